"""Where feedback is read and listed, joined, and moved on: by command, by button, and by form."""

import re
from dataclasses import replace
from datetime import datetime

from handlers.access.names import names_of
from handlers.access.placement import Placed, placed
from handlers.access.recipients import At
from handlers.access.visibility import may_hear
from handlers.checks.dates import wrong_ahead
from handlers.checks.outcomes import Refused
from handlers.checks.sensitive_data import personal
from handlers.feedback import forms, messages, service
from handlers.feedback.commands import opened
from handlers.feedback.context import Asker, asking
from handlers.feedback.forms import NOTE, UNTIL, FormNote
from handlers.feedback.rules import moves
from handlers.feedback.rules.moves import Step
from handlers.framework.asker import NOT_SEEN_THERE
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.history import history
from handlers.slack.interactions import Ask, BlockAction, ViewSubmission
from handlers.slack.replies import Open, Refuse, Reply, Say, Wrote
from storage.engine.interface import Transaction
from storage.feedback.feedback import ITEMS, Feedback
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component

_NUMBER = re.compile(r"fb[- ]?(?P<rest>[0-9a-z]+)", re.IGNORECASE)


async def give(context: Context[Ask]) -> Reply:
    """Show feedback by its number, list what is open, or open the form with the component that was named."""
    ask, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    if match := _NUMBER.fullmatch(ask.text):
        found = it.numbered(f"FB-{match['rest']}")
        return Reply(Say(messages.gone())) if found is None else await _read(it, *found)
    if ask.text.casefold() == "list":
        return await _listed(it)
    if await placed(actor.directory, ask.team_id, ask.place.channel_id, ask.user_id) is Placed.OUTSIDE:
        return Reply(Say(messages.only_where_i_am()))
    if ask.thread_ts is not None:
        return Reply(Say(messages.open_form(ask.text)))
    return await opened(it, viewpoint, FormNote(ask.place.channel_id), ask.text)


async def give_by_button(context: Context[BlockAction]) -> Reply:
    press, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    if await placed(actor.directory, press.team_id, press.place.channel_id, press.user_id) is Placed.OUTSIDE:
        return Reply(Say(messages.only_where_i_am()))
    return await opened(it, viewpoint, FormNote(press.place.channel_id), press.value)


async def _read(it: Asker, item: Feedback, component: Component) -> Reply:
    at = await it.at(item, component)
    seen = service.shown(it.reader, item, component, at)
    return Reply(Say(messages.record(seen, it.roles(it.reader, item, component, at), it.user_id)))


async def open_record(context: Context[BlockAction]) -> Reply:
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    found = it.seen(it.reader, press.value)
    return Reply(Say(messages.gone())) if found is None else await _read(it, *found)


async def _listed(it: Asker) -> Reply:
    """List what is open and may be seen, what is worst and waits longest first."""
    team_id = it.context.team_id
    every = await it.context.store.search(lambda reader: ITEMS.every(reader, team_id))
    parts = {each.id: each for each in responsibilities.components(it.reader, team_id, it.visible)}
    found = [
        each
        for each in every
        if each.visibility in it.visible and each.component_id in parts and each.state in moves.OPEN
    ]
    ordered = sorted(found, key=lambda each: (moves.rank(each), each.moved_at))
    shown = []
    for each in ordered[: messages.LISTED]:
        component = parts[each.component_id]
        shown.append(service.shown(it.reader, each, component, await it.at(each, component)))
    return Reply(Say(messages.listed(shown, len(ordered), "Open feedback")))


async def read_history(context: Context[BlockAction]) -> Reply:
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    feedback_id, _, begin = press.value.partition(":")
    found = it.seen(it.reader, feedback_id)
    if found is None:
        return Reply(Say(messages.gone()))
    events = ITEMS.history(it.reader, context.team_id, feedback_id)
    names = await names_of(it.reader, context.directory, context.team_id, [each.by for each in events])
    door, page = (messages.HISTORY, feedback_id), int(begin) if begin.isdigit() else 0
    return Reply(Say(history(f"History of {found[0].number}", events, names, door, page)))


async def join(context: Context[BlockAction]) -> Reply:
    """Report the same as others did: who joins hears what becomes of it."""
    press, _viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    found = it.seen(it.reader, press.value)
    if found is None:
        return Reply(Say(messages.gone()))
    at = await it.at(*found)
    if it.user_id in moves.reporters(found[0]):
        told = f"You have reported {found[0].number} already. I tell you what becomes of it."
        return Reply(Say(blocks.said(told)))
    if not may_hear(at.members, it.user_id):
        return Reply(Say(blocks.said(NOT_SEEN_THERE)))
    if unfit := await actor.why_unfit(it.user_id):
        return Reply(Say(blocks.said(unfit)))

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        current = it.seen(transaction, press.value)
        if current is None or current[0].state not in moves.OPEN:
            return Wrote(Say(messages.gone() if current is None else _read_now(it, transaction, *current, at)))
        item = service.join(transaction, current[0], replace(at, now=now))
        return Wrote(Say(blocks.said(f"You reported {item.number} too. I tell you what becomes of it.")))

    return Reply(write=keep)


def _read_now(it: Asker, transaction: Transaction, item: Feedback, component: Component, at: At) -> blocks.Message:
    seen = service.shown(transaction, item, component, at)
    return messages.record(seen, it.roles(transaction, item, component, at), it.user_id)


async def open_step(context: Context[BlockAction]) -> Reply:
    """Open the form of a step; what is not allowed is said before anybody types."""
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    act, _, feedback_id = press.value.partition(":")
    found = it.seen(it.reader, feedback_id)
    if found is None or act not in moves.ACTS:
        return Reply(Say(messages.gone()))
    item, component = found
    at = await it.at(item, component)
    told = moves.not_allowed(item, act, it.roles(it.reader, item, component, at))
    return Reply(Say(blocks.said(told)) if told else Open(forms.step_form(act, item, component)))


async def take_step(context: Context[ViewSubmission]) -> Reply:
    """Take a step with what its form was told; everybody who reported it hears of it."""
    submission, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    act, _, feedback_id = submission.note.partition(":")
    found = it.seen(it.reader, feedback_id)
    if found is None or act not in moves.ACTS:
        return Reply(Say(messages.gone()))
    note, until = submission.fields.text(NOTE), submission.fields.text(UNTIL)
    errors = {NOTE: wrong} if (wrong := personal(note)) else {}
    errors |= {UNTIL: wrong} if until and (wrong := wrong_ahead(until, context.now.date())) else {}
    if errors:
        return Reply(Refuse(errors))
    at = await it.at(*found)

    def keep(transaction: Transaction, now: datetime) -> Wrote | Refuse:
        current = it.seen(transaction, feedback_id)
        if current is None:
            return Wrote(Say(messages.gone()))
        item, component = current
        at_now = replace(at, now=now)
        step = Step(act, it.user_id, it.roles(transaction, item, component, at), note, until)
        taken = service.take(transaction, item, component, step, at_now)
        if isinstance(taken, Refused):
            return Refuse({taken.field: taken.told}) if taken.field else Wrote(Say(blocks.said(taken.told)))
        return Wrote(Say(_read_now(it, transaction, taken.item, component, at_now)), taken.messages)

    return Reply(write=keep)
