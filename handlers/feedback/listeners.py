"""Where feedback is read and listed, joined, and moved on: by command, by button, and by form."""

import re
from dataclasses import replace
from datetime import datetime

from handlers import blocks
from handlers.answers import Open, Refuse, Reply, Say, Wrote
from handlers.asking import NOT_SEEN_THERE
from handlers.dispatch import Means
from handlers.feedback import form_views, keeping, rules, views
from handlers.feedback.asking import Asking, asking
from handlers.feedback.form_listeners import opened
from handlers.feedback.form_views import NOTE, UNTIL, FormNote
from handlers.feedback.rules import Refused, Step
from handlers.gestures import Ask, Press, Submission, text_in
from handlers.histories import history
from handlers.names import names_of
from handlers.pasted import personal
from handlers.places import Placed, placed
from handlers.roles import Acting
from handlers.telling import At
from handlers.term_rules import past
from handlers.visibility import Viewpoint, may_hear
from storage import responsibilities
from storage.database import Transaction
from storage.feedback import ITEMS, Feedback
from storage.responsibilities import Component

_NUMBER = re.compile(r"fb[- ]?(?P<rest>[0-9a-z]+)", re.IGNORECASE)


async def give(ask: Ask, viewpoint: Viewpoint, acting: Acting, means: Means) -> Reply:
    """Show feedback by its number, list what is open, or open the form with the component that was named."""
    it = asking(ask, viewpoint, acting, means)
    if match := _NUMBER.fullmatch(ask.text):
        found = it.numbered(f"FB-{match['rest']}")
        return Reply(Say(views.gone())) if found is None else await _read(it, *found)
    if ask.text.casefold() == "list":
        return await _listed(it)
    if await placed(acting.directory, ask.team_id, ask.place.channel_id, ask.user_id) is Placed.OUTSIDE:
        return Reply(Say(views.only_where_i_am()))
    if ask.thread_ts is not None:
        return Reply(Say(views.open_form(ask.text)))
    return await opened(it, viewpoint, FormNote(ask.place.channel_id), ask.text)


async def give_by_button(press: Press, viewpoint: Viewpoint, acting: Acting, means: Means) -> Reply:
    it = asking(press, viewpoint, acting, means)
    if await placed(acting.directory, press.team_id, press.place.channel_id, press.user_id) is Placed.OUTSIDE:
        return Reply(Say(views.only_where_i_am()))
    return await opened(it, viewpoint, FormNote(press.place.channel_id), press.value)


async def _read(it: Asking, item: Feedback, component: Component) -> Reply:
    at = await it.at(item, component)
    seen = keeping.shown(it.reader, item, component, at)
    return Reply(Say(views.record(seen, it.roles(it.reader, item, component, at), it.user_id)))


async def open_record(press: Press, viewpoint: Viewpoint, acting: Acting, means: Means) -> Reply:
    it = asking(press, viewpoint, acting, means)
    found = it.seen(it.reader, press.value)
    return Reply(Say(views.gone())) if found is None else await _read(it, *found)


async def _listed(it: Asking) -> Reply:
    """List what is open and may be seen, what is worst and waits longest first."""
    team_id = it.means.team_id
    every = await it.means.store.search(lambda reader: ITEMS.every(reader, team_id))
    parts = {each.id: each for each in responsibilities.components(it.reader, team_id, it.visible)}
    found = [
        each
        for each in every
        if each.visibility in it.visible and each.component_id in parts and each.state in rules.OPEN
    ]
    ordered = sorted(found, key=lambda each: (rules.rank(each), each.moved_at))
    shown = []
    for each in ordered[: views.LISTED]:
        component = parts[each.component_id]
        shown.append(keeping.shown(it.reader, each, component, await it.at(each, component)))
    return Reply(Say(views.listed(shown, len(ordered), "Open feedback")))


async def read_history(press: Press, viewpoint: Viewpoint, acting: Acting, means: Means) -> Reply:
    it = asking(press, viewpoint, acting, means)
    feedback_id, _, begin = press.value.partition(":")
    found = it.seen(it.reader, feedback_id)
    if found is None:
        return Reply(Say(views.gone()))
    events = ITEMS.history(it.reader, means.team_id, feedback_id)
    names = await names_of(it.reader, means.directory, means.team_id, [each.by for each in events])
    door, page = (views.HISTORY, feedback_id), int(begin) if begin.isdigit() else 0
    return Reply(Say(history(f"History of {found[0].number}", events, names, door, page)))


async def join(press: Press, viewpoint: Viewpoint, acting: Acting, means: Means) -> Reply:
    """Report the same as others did: who joins hears what becomes of it."""
    it = asking(press, viewpoint, acting, means)
    found = it.seen(it.reader, press.value)
    if found is None:
        return Reply(Say(views.gone()))
    at = await it.at(*found)
    if it.user_id in rules.reporters(found[0]):
        told = f"You have reported {found[0].number} already. I tell you what becomes of it."
        return Reply(Say(blocks.said(told)))
    if not may_hear(at.members, it.user_id):
        return Reply(Say(blocks.said(NOT_SEEN_THERE)))
    if unfit := await acting.why_unfit(it.user_id):
        return Reply(Say(blocks.said(unfit)))

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        current = it.seen(transaction, press.value)
        if current is None or current[0].state not in rules.OPEN:
            return Wrote(Say(views.gone() if current is None else _read_now(it, transaction, *current, at)))
        item = keeping.join(transaction, current[0], replace(at, now=now))
        return Wrote(Say(blocks.said(f"You reported {item.number} too. I tell you what becomes of it.")))

    return Reply(write=keep)


def _read_now(it: Asking, transaction: Transaction, item: Feedback, component: Component, at: At) -> blocks.Message:
    seen = keeping.shown(transaction, item, component, at)
    return views.record(seen, it.roles(transaction, item, component, at), it.user_id)


async def open_step(press: Press, viewpoint: Viewpoint, acting: Acting, means: Means) -> Reply:
    """Open the form of a step; what is not allowed is said before anybody types."""
    it = asking(press, viewpoint, acting, means)
    act, _, feedback_id = press.value.partition(":")
    found = it.seen(it.reader, feedback_id)
    if found is None or act not in rules.ACTS:
        return Reply(Say(views.gone()))
    item, component = found
    at = await it.at(item, component)
    told = rules.not_allowed(item, act, it.roles(it.reader, item, component, at))
    return Reply(Say(blocks.said(told)) if told else Open(form_views.step_form(act, item, component)))


async def take_step(submission: Submission, viewpoint: Viewpoint, acting: Acting, means: Means) -> Reply:
    """Take a step with what its form was told; everybody who reported it hears of it."""
    it = asking(submission, viewpoint, acting, means)
    act, _, feedback_id = submission.note.partition(":")
    found = it.seen(it.reader, feedback_id)
    if found is None or act not in rules.ACTS:
        return Reply(Say(views.gone()))
    note, until = text_in(submission.fields, NOTE), text_in(submission.fields, UNTIL)
    errors = {NOTE: wrong} if (wrong := personal(note)) else {}
    errors |= {UNTIL: wrong} if until and (wrong := past(until, means.now)) else {}
    if errors:
        return Reply(Refuse(errors))
    at = await it.at(*found)

    def keep(transaction: Transaction, now: datetime) -> Wrote | Refuse:
        current = it.seen(transaction, feedback_id)
        if current is None:
            return Wrote(Say(views.gone()))
        item, component = current
        at_now = replace(at, now=now)
        step = Step(act, it.user_id, it.roles(transaction, item, component, at), note, until)
        taken = keeping.take(transaction, item, component, step, at_now)
        if isinstance(taken, Refused):
            return Refuse({taken.field: taken.told}) if taken.field else Wrote(Say(blocks.said(taken.told)))
        return Wrote(Say(_read_now(it, transaction, taken.item, component, at_now)), taken.messages)

    return Reply(write=keep)
