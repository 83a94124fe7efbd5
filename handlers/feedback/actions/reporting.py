"""Where feedback is given by a button, by a form, and from a message."""

import asyncio
from dataclasses import replace

from handlers.checks.outcomes import Refused
from handlers.feedback import forms, messages, service
from handlers.feedback.context import Asker, asking
from handlers.feedback.forms import MOST, Form, FormNote, read_note
from handlers.feedback.rules import parsing
from handlers.feedback.rules.parsing import COMPONENT, GOT, HOW_OFTEN, NEEDED, SEVERITY
from handlers.feedback.rules.routing import Report
from handlers.feedback.service import Alike
from handlers.framework.context import Context
from handlers.slack import carried
from handlers.slack.interactions import BlockAction, Fields, Shortcut, ViewSubmission, Wrong
from handlers.slack.message_text import link_to, readable
from handlers.slack.replies import Redraw, Refuse, Reply, Say, Wrote
from storage.engine.interface import WORKSPACE, Transaction
from storage.feedback.feedback import Feedback
from storage.records.ids import new_id
from storage.responsibilities.responsibilities import Component

_LOOKS_ALIKE = "This looks like a report below. If it isn't the same, press Send again."
_GONE = {COMPONENT: "It's gone, or you can't see it here."}


async def give_by_button(context: Context[BlockAction]) -> Reply:
    it, place = await asking(context), context.interaction.place.channel_id
    return await it.opened(FormNote(place=place), context.interaction.value)


async def give_for_agent(context: Context[BlockAction]) -> Reply:
    """Open the form with what somebody's agent would report; nothing is written before they submit it."""
    it, told = await asking(context), carried.read(messages.Offered, context.interaction.value)
    note = FormNote(place=context.interaction.place.channel_id)
    return await it.opened(note, told.about, {GOT: told.got[:MOST]})


async def give_from_message(context: Context[Shortcut]) -> Reply:
    """Open the form with a message as what was seen, without the names in it, and the way back to it."""
    it, place, quoted = await asking(context), context.interaction.place.channel_id, context.interaction.quote
    if quoted is None:
        return Reply(Say(messages.how_to_send()))
    told = readable(quoted.text, {})
    known = (await it.choices(await it.home(place), "")).known
    in_it = [each for each in known if each.name.casefold() in told.casefold()]
    chosen = {COMPONENT: max(in_it, key=lambda each: len(each.name)).id} if in_it else {}
    note = FormNote(place=place, link=link_to(context.team_url, place, quoted.ts))
    return await it.opened(note, "", {GOT: told[:MOST], **chosen})


async def choose(context: Context[BlockAction]) -> Reply:
    """Show what is reported already on the component that is chosen."""
    it, view = await asking(context), context.interaction.view
    if view is None:
        return Reply()
    note = read_note(view.note)
    home = await it.home(note.place)
    there = await it.choices(home, view.fields.text(COMPONENT))
    form = Form(there.known, _entered(view.fields), note, there.others, is_private=home != WORKSPACE)
    return Reply(Redraw(forms.feedback_form(form)))


async def send(context: Context[ViewSubmission]) -> Reply:
    """Write feedback down and tell who it goes to; what looks like an open report is offered to be joined first."""
    it, fields, note = await asking(context), context.interaction.fields, read_note(context.interaction.note)
    home = await it.home(note.place)
    there = await it.choices(home, fields.text(COMPONENT))
    item = await asyncio.to_thread(parsing.report_in, fields, _start(it, note, there.chosen, home))
    if isinstance(item, Wrong):
        return Reply(Refuse(item.errors))
    if there.chosen is None:
        return Reply(Refuse(_GONE))
    if refused := await it.actor.why_barred():
        return Reply(replace(refused, field=COMPONENT))
    new = Report(item, there.chosen)
    facts = await it.facts_about(new)

    def keep(transaction: Transaction, _now: object) -> Wrote | Refuse:
        kept = service.report(transaction, new, home, note.shown, facts)
        if isinstance(kept, Refused):
            return Refuse({kept.field: kept.told})
        if isinstance(kept, Alike):
            shown = tuple(dict.fromkeys((*note.shown, *(each.id for each in kept.others))))
            again = note.model_copy(update={"shown": shown})
            form = Form(there.known, _entered(fields), again, kept.others, _LOOKS_ALIKE, is_private=home != WORKSPACE)
            return Wrote(Redraw(forms.feedback_form(form)))
        return Wrote(Say(messages.reported(kept.report.item, kept.report.item.receiver)), kept.messages)

    return Reply(write=keep)


def _entered(fields: Fields) -> dict[str, str]:
    return {name: fields.text(name) for name in (COMPONENT, *NEEDED, SEVERITY, HOW_OFTEN)}


def _start(it: Asker, note: FormNote, component: Component | None, home: str) -> Feedback:
    """Return what the form does not ask for."""
    visibility = service.visibility_of(component, home) if component is not None else home
    component_id = component.id if component is not None else ""
    empty = dict.fromkeys(("number", "seen_where", "input", "expected", "got", "created_at", "changed_at"), "")
    known = {"id": new_id(), "team_id": it.team_id, "visibility": visibility, "component_id": component_id}
    begun = {"reporter": it.user_id, "source_link": note.link, "severity": "low", "how_often": "once"}
    return Feedback.model_validate({**empty, **known, **begun})
