"""Where feedback is given: the form, from a command, a button or a message."""

import re
from dataclasses import replace
from datetime import datetime

from handlers.access.placement import Placed, placed
from handlers.access.recipients import At
from handlers.access.visibility import Viewpoint, may_hear
from handlers.agreements.components import named
from handlers.feedback import forms, messages, service
from handlers.feedback.context import Asker, asking, visibility_of
from handlers.feedback.forms import MOST, Form, FormNote, read_note
from handlers.feedback.rules import moves, parsing, routing
from handlers.feedback.rules.parsing import COMPONENT, GOT, HOW_OFTEN, NEEDED, SEVERITY
from handlers.framework.asker import NOT_SEEN_THERE
from handlers.framework.context import Context
from handlers.slack.interactions import BlockAction, Fields, Shortcut, ViewSubmission, Wrong
from handlers.slack.message_text import link_to, readable
from handlers.slack.replies import Open, Redraw, Refuse, Reply, Say, Wrote
from storage.engine.interface import WORKSPACE, Reader, Transaction
from storage.feedback.feedback import ITEMS, Feedback
from storage.records.ids import new_id
from storage.responsibilities.responsibilities import Component

_NO_RECEIVER = (
    "Nobody who looks after feedback on it is in this channel, so it would reach nobody. Invite them, or report it "
    "from an open channel."
)
#: So many reports that look alike are offered, and remembered as offered.
_OFFERED = 5
_LOOKS_ALIKE = "This looks like what is reported below. Join it, or press Send again if it is something else."


async def opened(it: Asker, viewpoint: Viewpoint, note: FormNote, text: str, more: Fields | None = None) -> Reply:
    """Open the form; what was typed names the component, or begins with its name and says what was seen."""
    home = await it.home(note.place, viewpoint)
    known = it.known(home)
    if not known:
        return Reply(Say(messages.nothing_to_report_on()))
    component, rest = _meant(text, known)
    entered = {name: str(value) for name, value in (more or {}).items()} | ({GOT: rest[:MOST]} if rest else {})
    if component is not None:
        entered[COMPONENT] = component.id
    others = _open_on(it, it.reader, component, home)
    form = Form(known, entered, note, others, is_private=home != WORKSPACE)
    return Reply(Open(forms.feedback_form(form)))


def _meant(text: str, known: list[Component]) -> tuple[Component | None, str]:
    """Return the component that a text names, and what else it says; the only one where it names none."""
    begun = [each for each in known if re.match(rf"{re.escape(each.name)}[\s:,;–-]+\S", text, re.IGNORECASE)]
    if begun:
        longest = max(begun, key=lambda each: len(each.name))
        return longest, text[len(longest.name) :].strip(" :,;–-")
    found = named(text, known)
    only = known[0] if len(known) == 1 else None
    return (found[0], "") if found else (only, text)


def _open_on(it: Asker, reader: Reader, component: Component | None, home: str) -> list[Feedback]:
    """Return what is reported on a component and not settled, the newest first, as far as it belongs there."""
    if component is None:
        return []
    visible = (visibility_of(component, home), WORKSPACE)
    seen = [each for each in visible if each in it.visible]
    found = ITEMS.some(reader, it.context.team_id, seen, component_id=component.id)
    return [each for each in found if each.state in moves.OPEN][::-1]


async def choose(context: Context[BlockAction]) -> Reply:
    """Show what is reported already on the component that is chosen."""
    press, viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    if press.view is None:
        return Reply()
    it, note = await asking(context), read_note(press.view.note)
    home = await it.home(note.place, viewpoint)
    known = it.known(home)
    component = next((each for each in known if each.id == press.view.fields.text(COMPONENT)), None)
    others = _open_on(it, it.reader, component, home)
    return Reply(
        Redraw(
            forms.feedback_form(Form(known, _entered(press.view.fields), note, others, is_private=home != WORKSPACE))
        )
    )


def _entered(fields: Fields) -> dict[str, str]:
    return {name: fields.text(name) for name in (COMPONENT, *NEEDED, SEVERITY, HOW_OFTEN)}


async def give_from_message(context: Context[Shortcut]) -> Reply:
    """Open the form with a message as what was seen, without the names in it, and the way back to it."""
    shortcut, viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    place, quoted = shortcut.place.channel_id, shortcut.quote
    if await placed(context.directory, shortcut.team_id, place, shortcut.user_id) is Placed.OUTSIDE or quoted is None:
        return Reply(Say(messages.only_where_i_am()))
    it = await asking(context)
    note = FormNote(place, link_to(context.team_url, place, quoted.ts))
    told = readable(quoted.text, {})
    known = it.known(await it.home(place, viewpoint))
    in_it = [each for each in known if each.name.casefold() in told.casefold()]
    chosen = {COMPONENT: max(in_it, key=lambda each: len(each.name)).id} if in_it else {}
    return await opened(it, viewpoint, note, "", Fields({GOT: told[:MOST], **chosen}))


async def send(context: Context[ViewSubmission]) -> Reply:
    """Write feedback down and tell who it goes to; what looks like an open report is offered to be joined first."""
    submission, viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it, note = await asking(context), read_note(submission.note)
    home = await it.home(note.place, viewpoint)
    known = it.known(home)
    component = next((each for each in known if each.id == submission.fields.text(COMPONENT)), None)
    new = parsing.report_in(submission.fields, _start(it, note, component, home))
    if isinstance(new, Wrong):
        return Reply(Refuse(new.errors))
    if component is None:
        return Reply(Refuse({COMPONENT: "It is not there any more, or you may not see it here."}))
    at = await it.at(new, component)
    if errors := await _misplaced(it, component, at):
        return Reply(Refuse(errors))

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        others = moves.alike(new, _open_on(it, transaction, component, home))[:_OFFERED]
        if fresh := [each.id for each in others if each.id not in note.shown]:
            shown = replace(note, shown=[*note.shown, *fresh])
            form = Form(known, _entered(submission.fields), shown, others, _LOOKS_ALIKE, is_private=home != WORKSPACE)
            return Wrote(Redraw(forms.feedback_form(form)))
        at_now = replace(at, now=now)
        kept = service.report(transaction, new, component, at_now)
        seen = service.shown(transaction, kept.item, component, at_now)
        roles = it.roles(transaction, kept.item, component, at_now)
        return Wrote(Say(messages.record(seen, roles, it.user_id)), kept.messages)

    return Reply(write=keep)


def _start(it: Asker, note: FormNote, component: Component | None, home: str) -> Feedback:
    """Return what the form does not ask for."""
    visibility = visibility_of(component, home) if component is not None else home
    return Feedback(
        id=new_id(), team_id=it.context.team_id, visibility=visibility, number="",
        component_id=component.id if component is not None else "", reporter=it.user_id, seen_where="", input="",
        expected="", got="", severity="low", how_often="once", source_link=note.link, created_at="", changed_at="",
    )  # fmt: skip


async def _misplaced(it: Asker, component: Component, at: At) -> dict[str, str]:
    """Say why a report would reach nobody, or may not be made by who makes it."""
    if not may_hear(at.members, it.user_id):
        return {COMPONENT: NOT_SEEN_THERE}
    if not routing.receiver((*it.receivers(it.reader, component), *at.admins), at.members):
        return {COMPONENT: _NO_RECEIVER}
    unfit = await it.actor.why_unfit(it.user_id)
    return {COMPONENT: unfit} if unfit else {}
