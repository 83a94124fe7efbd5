"""Where a data request is begun from a button or a message, and its first two pages are filled in."""

import asyncio
import re
from collections.abc import Mapping
from datetime import datetime

from handlers.access.recipients import Facts
from handlers.agreements.clauses import Part
from handlers.agreements.components import seen
from handlers.data_requests.context import Asker, FormNote, asking, read_note
from handlers.data_requests.forms import draft
from handlers.data_requests.messages import usage
from handlers.data_requests.rules import parsing
from handlers.data_requests.rules.clauses import SET_UP_PARTS
from handlers.data_requests.rules.status import ENDED
from handlers.data_requests.service import drafts, requests
from handlers.framework.context import Context
from handlers.slack import carried
from handlers.slack.blocks import Modal
from handlers.slack.interactions import BlockAction, Fields, Shortcut, ViewSubmission, Wrong
from handlers.slack.message_text import link_to, people_in, readable
from handlers.slack.replies import Open, Redraw, Refuse, Reply
from storage.data_requests import data_requests, notes
from storage.data_requests.data_requests import DataRequest
from storage.decisions import decisions
from storage.engine.interface import WORKSPACE, Reader, Transaction
from storage.feedback import feedback
from storage.glossary.glossary import look_up_key
from storage.records.ids import new_id
from storage.responsibilities import responsibilities

_DECISION = re.compile(r"\b(d-[0-9a-z]+)\b", re.IGNORECASE)
_CHOSEN_FIRST = ("set_up", "needed_by", "owner", "channel")
#: Characters of the fields of the first page.
_FIELDS = {"purpose": 3000, "serves": 300, "entity": 80}
#: What is known of a new request: by the names of its fields.
Known = Mapping[str, str]


async def opened(it: Asker, note: FormNote, known: Known) -> Reply:
    """Open the first page of a new request, with what is known of it."""
    request = await it.new_request(note)
    told = {name: text[: _FIELDS[name]] for name, text in known.items()}
    return Reply(Open(draft.first_page(request.model_copy(update=told), note)))


async def ask_by_button(context: Context[BlockAction]) -> Reply:
    """Open the form: anew, with the purpose that a mention gave, for a decision, or for feedback."""
    it, press = await asking(context), context.interaction
    place = press.place.channel_id
    begin = await context.read(_beginning, it, press.value, place)
    return usage.GONE if begin is None else await opened(it, *begin)


def _beginning(reader: Reader, it: Asker, told: str, place: str) -> tuple[FormNote, Known] | None:
    """Return what a button knows of a new request; None where it is for what is not shown to who presses."""
    kind, _, value = told.partition(":")
    if kind == "feedback":
        return _for_feedback(reader, it, value, place)
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
    return note, {"purpose": f"To settle {item.number}: {item.got}", "entity": item.note, "serves": serves}


async def ask_from_message(context: Context[Shortcut]) -> Reply:
    """Open the form, with a message as the purpose and the way back to it where it is used on one."""
    shortcut, it = context.interaction, await asking(context)
    place, quoted = shortcut.place.channel_id, shortcut.quote
    if quoted is None:
        return await opened(it, FormNote(new_id(), place=place), {})
    note = FormNote(new_id(), place=place, link=link_to(context.team_url, place, quoted.ts))
    return await opened(it, note, {"purpose": readable(quoted.text, await it.names_of(people_in(quoted.text)))})


async def keep_choice(context: Context[BlockAction]) -> Reply:
    """Keep what is chosen on the first pages of a draft at once; where the data comes from changes the second."""
    view = context.interaction.view
    if view is None:
        return Reply()
    it, note = await asking(context), read_note(view.note)
    request = await it.begun(note)
    if request is None:
        return usage.GONE
    chosen, facts = _chosen(view.fields, request, note), await it.facts_of(request)

    def keep(transaction: Transaction, _now: datetime) -> None:
        drafts.choose(transaction, request, chosen, facts)

    if note.page != "second" or chosen["set_up"] == request.set_up:
        return Reply(write=keep)
    entered = {part.id: view.fields.text(part.id) for part in _parts_in(view.fields, request)}
    shown = request.model_copy(update={**chosen, "more": {**request.more, **entered}})
    return Reply(Redraw(draft.second_page(shown, note, (), ())), keep)


def _parts_in(fields: Fields, request: DataRequest) -> list[Part]:
    return [part for part in SET_UP_PARTS.get(request.set_up, ()) if part.id in fields]


def _chosen(fields: Fields, request: DataRequest, note: FormNote) -> dict[str, object]:
    """Return what was chosen, and never what was typed: Slack sends it too, but nobody has submitted it."""
    if note.page == "first":
        return {name: fields.text(name) for name in _CHOSEN_FIRST if name in fields}
    menus = [part for part in _parts_in(fields, request) if part.kind in ("person", "choice")]
    chosen = {part.id: fields.text(part.id) for part in menus}
    return {"set_up": fields.text("set_up"), "more": {**request.more, **chosen}}


async def save_first(context: Context[ViewSubmission]) -> Reply:
    it, note, fields = await asking(context), read_note(context.interaction.note), context.interaction.fields
    request = await it.begun(note)
    if request is None:
        return usage.GONE
    told = await asyncio.to_thread(parsing.request_facts, fields, request, await context.today())
    facts = await it.facts_of(request, fields.text("owner"))
    errors = dict(told.errors) if isinstance(told, Wrong) else {}
    errors |= await _misplaced(it, request, facts, fields)
    if errors or isinstance(told, Wrong):
        return Reply(Refuse(errors))
    where = request.channel if request.thread else fields.text("channel") or request.channel
    changes = await context.read(_changes, it, request, note, {**told, "channel": where})

    def show(reader: Reader, new: DataRequest) -> Open:
        return Open(_second_page(reader, it, new, note))

    return usage.changed(show, requests.fill_in, request, changes, facts)


def _second_page(reader: Reader, it: Asker, request: DataRequest, note: FormNote) -> Modal:
    """Show who else asks for this data, and what is noted of it."""
    same = data_requests.of_data(reader, request.team_id, request.data_key, it.visible)
    others = [each for each in same if each.id != request.id and each.thread and each.state not in ENDED]
    kept = notes.of_data(reader, request.team_id, request.data_key, it.visible)
    return draft.second_page(request, note, others, kept)


def _changes(
    reader: Reader, it: Asker, request: DataRequest, note: FormNote, told: Mapping[str, object]
) -> dict[str, object]:
    """Return what differs from what the form began with: what somebody else changed meanwhile is not undone."""
    found = {**told, **_served(reader, it, str(told["serves"]), note)}
    begin = data_requests.version_of(reader, it.team_id, request.id, carried.number(note.seen)) if note.seen else None
    return {name: value for name, value in found.items() if begin is None or value != getattr(begin, name)}


def _served(reader: Reader, it: Asker, serves: str, note: FormNote) -> dict[str, str]:
    """Return the decision and the component that somebody named, as far as they see them."""
    match = _DECISION.search(serves)
    decision = decisions.by_number(reader, it.team_id, match[1], it.visible) if match else None
    parts, key = responsibilities.components(reader, it.team_id, it.visible), look_up_key(serves)
    component = next((each.id for each in parts if each.look_up_key == key), "")
    return {
        "decision_id": decision.id if decision is not None else note.decision_id,
        "component_id": component or (decision.component_id if decision is not None else note.component_id),
    }


async def _misplaced(it: Asker, request: DataRequest, facts: Facts, fields: Fields) -> dict[str, str]:
    """Say who and where cannot be: an owner who left, a channel without the bot, a place that one has left."""
    owner, channel = fields.text("owner"), fields.text("channel") or request.channel
    errors = await it.misfits(facts, {"owner": owner}) | it.not_seen(facts, "purpose")
    is_public = (fields.text("set_up") or request.set_up) == "public"
    if owner == it.user_id and not is_public:
        errors.setdefault("owner", "You cannot be both sides of it. Name who owns the data, or leave it empty.")
    if request.visibility != WORKSPACE or request.thread:
        return errors
    if not channel:
        errors["channel"] = "Choose a channel in which the thread opens."
    elif not await it.may_hold(channel, request.visibility):
        errors["channel"] = usage.NOT_THERE
    return errors


async def save_second(context: Context[ViewSubmission]) -> Reply:
    it, note, fields = await asking(context), read_note(context.interaction.note), context.interaction.fields
    request = await it.begun(note)
    if request is None:
        return usage.GONE
    chosen = fields.text("set_up")
    set_up = next((each for each in SET_UP_PARTS if each == chosen), request.set_up)
    if not set_up:
        raise carried.OutdatedError
    parts, told = SET_UP_PARTS[set_up], await asyncio.to_thread(parsing.set_up_facts, fields, set_up)
    people = [part.id for part in parts if part.kind == "person"]
    named = {} if isinstance(told, Wrong) else {name: told.get(name, "") for name in people}
    facts = await it.facts_of(request, *named.values())
    errors = dict(told.errors) if isinstance(told, Wrong) else await it.misfits(facts, named)
    errors |= it.not_seen(facts, "set_up")
    if errors or isinstance(told, Wrong):
        return Reply(Refuse(errors))

    def show(reader: Reader, new: DataRequest) -> Open:
        return Open(draft.overview(new, *requests.seen_by(reader, new, facts)))

    return usage.changed(show, requests.fill_in, request, {"set_up": set_up, "more": told}, facts)
