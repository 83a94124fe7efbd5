"""Where a data request is begun: from a button or a message; and its one form is filled in."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.agreements.components import seen
from handlers.data_requests.context import Asker, FormNote, asking, read_note
from handlers.data_requests.forms import asking as forms
from handlers.data_requests.messages import usage
from handlers.framework.context import Context
from handlers.slack.interactions import BlockAction, Fields, Shortcut
from handlers.slack.message_text import link_to, people_in, readable
from handlers.slack.replies import Open, Redraw, Reply
from storage.change_notices.change_notices import NOTICES
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest
from storage.decisions import decisions
from storage.engine.interface import WORKSPACE, Reader
from storage.feedback import feedback
from storage.records.ids import new_id

#: Characters of the fields that are filled in beforehand.
_FIELDS = {"purpose": 3000, "serves": 300, "entity": 80, "needed_by": 10}
#: What is known of a new request: by the names of its fields.
Known = Mapping[str, str]


async def opened(it: Asker, note: FormNote, known: Known) -> Reply:
    """Open the form of a new request, with what is known of it."""
    request = await it.new_request(note)
    told = {name: text[: _FIELDS[name]] for name, text in known.items()}
    return Reply(Open(await forms.form_for(it, request.model_copy(update=told), note)))


async def ask_by_button(context: Context[BlockAction]) -> Reply:
    """Open the form: anew, with the purpose that a mention gave, for a decision, or for feedback."""
    it, press = await asking(context), context.interaction
    place = press.place.channel_id
    begin = await context.read(_beginning, it, press.value, place)
    return usage.GONE if begin is None else await opened(it, *begin)


def _beginning(reader: Reader, it: Asker, told: str, place: str) -> tuple[FormNote, Known] | None:
    """Return what a button knows of a new request; None where it is for what is not shown to who presses."""
    kind, _, value = told.partition(":")
    if kind in _FOR:
        return _FOR[kind](reader, it, value, place)
    decision = decisions.by_id(reader, it.team_id, value) if kind == "decision" else None
    if decision is None:
        return FormNote(new_id(), place=place), {"purpose": value} if kind == "purpose" else {}
    if decision.visibility not in it.visible:
        return None
    # What belongs to a private channel asks for data there, wherever its button was pressed.
    home = decision.visibility if decision.visibility != WORKSPACE else place
    note = FormNote(new_id(), place=home, decision_id=decision.id, component_id=decision.component_id)
    return note, {"purpose": decision.title, "serves": decision.number}


def _for_feedback(reader: Reader, it: Asker, feedback_id: str, place: str) -> tuple[FormNote, Known] | None:
    item = feedback.by_id(reader, it.team_id, feedback_id, it.visible)
    if item is None:
        return None
    home = item.visibility if item.visibility != WORKSPACE else place
    note = FormNote(new_id(), place=home, component_id=item.component_id, feedback_id=item.id)
    component = seen(reader, it.team_id, item.component_id, it.visible)
    serves = component.name if component is not None else item.number
    return note, {"purpose": f"To answer {item.number}: {item.got}", "entity": item.note, "serves": serves}


def _for_change(reader: Reader, it: Asker, told: str, place: str) -> tuple[FormNote, Known] | None:
    """Ask for the data that somebody needs since something changed, in the words in which they said so."""
    notice_id, _, person = told.partition(":")
    notice = NOTICES.one(reader, it.team_id, it.visible, id=notice_id)
    said = notice.answers.get(it.user_id) if notice is not None and person == it.user_id else None
    if notice is None or said is None:
        return None
    home = notice.visibility if notice.visibility != WORKSPACE else place
    part = seen(reader, it.team_id, notice.asked[it.user_id] or notice.component_id, it.visible)
    changed = data_requests.by_id(reader, it.team_id, notice.request_id) if notice.request_id else None
    changed = changed if changed is not None and changed.visibility in it.visible else None
    source = seen(reader, it.team_id, notice.component_id, it.visible) if not notice.request_id else None
    note = FormNote(new_id(), place=home, component_id=part.id if part is not None else "", change_id=notice.id)
    entity = changed.entity if changed is not None else source.name if source is not None else ""
    serves = part.name if part is not None else ""
    return note, {"purpose": said.note, "entity": entity, "serves": serves, "needed_by": said.until}


async def ask_from_message(context: Context[Shortcut]) -> Reply:
    """Open the form, with a message as the purpose and the way back to it where it is used on one."""
    shortcut, it = context.interaction, await asking(context)
    place, quoted = shortcut.place.channel_id, shortcut.quote
    if quoted is None:
        return await opened(it, FormNote(new_id(), place=place), {})
    note = FormNote(new_id(), place=place, link=link_to(context.team_url, place, quoted.ts))
    return await opened(it, note, {"purpose": readable(quoted.text, await it.names_of(people_in(quoted.text)))})


#: What else a button can begin a request for.
_FOR: Mapping[str, Callable[[Reader, Asker, str, str], tuple[FormNote, Known] | None]] = {
    "feedback": _for_feedback,
    "change": _for_change,
}


async def change(it: Asker, request: DataRequest, _rest: str) -> Reply:
    """Open the form of a request that was sent, in the place of its terms."""
    note = FormNote(request.id, seen=str(request.version))
    return Reply(it.shown(await forms.form_for(it, request, note)))


async def attach(context: Context[BlockAction]) -> Reply:
    """Put the field for a sample in the place of the one for words, or back; the words are kept meanwhile."""
    view = context.interaction.view
    if view is None:
        return Reply()
    it, note = await asking(context), read_note(view.note)
    request = await it.begun(note)
    if request is None:
        return usage.GONE
    is_file = "known" in view.fields
    known = view.fields.text("known") if is_file else note.known
    typed = {**_typed(view.fields), "known": known}
    shown = await forms.known_of(it, request)
    note = note.carrying(known if is_file else "")
    return Reply(Redraw(forms.asking_form(request.model_copy(update=typed), note, replace(shown, is_file=is_file))))


def _typed(fields: Fields) -> dict[str, str]:
    """Return what stands in the form, by the names of the request's parts."""
    names = {"component": "component_id"} | {
        name: name for name in ("entity", "purpose", "serves", "owner", "needed_by", "channel")
    }
    return {part: fields.text(field) for field, part in names.items() if field in fields}
