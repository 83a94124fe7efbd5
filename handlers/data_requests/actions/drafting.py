"""Where the first two pages of a data request are filled in, its terms opened, and a draft is sent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.access.placement import may_hold, visibility_at
from handlers.access.visibility import Viewpoint, may_hear
from handlers.agreements.clauses import Part, people_named
from handlers.checks.outcomes import Refused
from handlers.data_requests import service
from handlers.data_requests.actions.sending import sent
from handlers.data_requests.commands import new_request
from handlers.data_requests.context import Asker, asking
from handlers.data_requests.forms import draft as form_views
from handlers.data_requests.forms.draft import FormNote, read_note
from handlers.data_requests.messages import usage
from handlers.data_requests.rules import parsing
from handlers.data_requests.rules.clauses import SET_UP_PARTS
from handlers.data_requests.rules.moves import Move
from handlers.data_requests.rules.status import ENDED
from handlers.data_requests.service import At
from handlers.framework.asker import NOT_SEEN_THERE
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import BlockAction, Fields, ViewSubmission, Wrong
from handlers.slack.replies import Open, Redraw, Refuse, Reply, Say, Wrote
from storage.data_requests import data_requests
from storage.data_requests import notes as data_notes
from storage.data_requests.data_requests import DataRequest
from storage.decisions import decisions
from storage.engine.interface import WORKSPACE, Transaction, to_text
from storage.glossary.glossary import look_up_key
from storage.outbox.deliveries import Delivery
from storage.records.versioned import HistoryEntry
from storage.responsibilities import responsibilities
from storage.workspaces.workspaces import known_workspace

_DECISION = re.compile(r"\b(d-[0-9a-z]+)\b", re.IGNORECASE)
_CHOSEN_FIRST = ("set_up", "needed_by", "owner", "channel")


async def begun(it: Asker, viewpoint: Viewpoint, note: FormNote) -> DataRequest | None:
    """Return the request that a form is about, or the one that it begins; None where it may not be changed there."""
    known = data_requests.by_id(it.reader, it.context.team_id, note.request_id)
    if known is not None:
        return known if it.shows(known) and "requester" in it.roles(known) else None
    visibility = await visibility_at(it.context.directory, it.context.team_id, note.place, viewpoint)
    return new_request(it, note, visibility, known_workspace(it.reader, it.context.team_id))


async def keep_choice(context: Context[BlockAction]) -> Reply:
    """Keep what is chosen on the first pages of a draft at once; where the data comes from changes the second."""
    press, viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    if press.view is None:
        return Reply()
    it, note = await asking(context), read_note(press.view.note)
    request = await begun(it, viewpoint, note)
    if request is None:
        return Reply(Say(usage.gone()))
    chosen = _chosen(press.view.fields, request, note)
    at = await it.at(request)
    is_switched = note.page == "second" and chosen["set_up"] != request.set_up
    shown = request.model_copy(update={**chosen, "more": {**request.more, **_typed(press.view.fields, request)}})
    answer = Redraw(form_views.second_page(shown, note, (), ())) if is_switched else None

    def keep(transaction: Transaction, now: datetime) -> None:
        current = data_requests.by_id(transaction, context.team_id, request.id)
        if current is None:
            current = service.draft(transaction, request, replace(at, now=now))
        if current.state == "draft" and it.user_id == current.requester:
            event = HistoryEntry(at=to_text(now), by=it.user_id, what="chose something in the draft")
            data_requests.change(transaction, current, chosen, event)

    return Reply(write=keep) if answer is None else Reply(answer, keep)


def _chosen(fields: Fields, request: DataRequest, note: FormNote) -> dict[str, object]:
    """Return what was chosen, and never what was typed: Slack sends it too, but nobody has submitted it."""
    if note.page == "first":
        return {name: fields.text(name) for name in _CHOSEN_FIRST if name in fields}
    chosen = {
        part.id: fields.text(part.id)
        for part in SET_UP_PARTS.get(request.set_up, ())
        if part.kind in ("person", "choice") and part.id in fields
    }
    return {"set_up": fields.text("set_up"), "more": {**request.more, **chosen}}


def _typed(fields: Fields, request: DataRequest) -> dict[str, str]:
    return {part.id: fields.text(part.id) for part in SET_UP_PARTS.get(request.set_up, ()) if part.id in fields}


async def save_first(context: Context[ViewSubmission]) -> Reply:
    """Keep the first page and show the second."""
    submission, viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it, note = await asking(context), read_note(submission.note)
    request = await begun(it, viewpoint, note)
    if request is None:
        return Reply(Say(usage.gone()))
    facts = parsing.request_facts(submission.fields, request, context.now)
    errors = dict(facts.errors) if isinstance(facts, Wrong) else {}
    channel = submission.fields.text("channel") or request.channel
    at = await it.at(request, submission.fields.text("owner"))
    errors |= await _misplaced(it, request, at, channel, submission.fields)
    if errors or isinstance(facts, Wrong):
        return Reply(Refuse(errors))
    where = request.channel if request.thread else channel
    told = {**facts, **_served(it, str(facts["serves"]), note), "channel": where}
    changes = _what_changed(it, request, note, told)

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        taken = change_facts(it, transaction, request, changes, replace(at, now=now))
        if isinstance(taken, Wrote):
            return taken
        kept, messages = taken
        others = [
            each
            for each in data_requests.of_data(transaction, context.team_id, kept.data_key, it.visible)
            if each.id != kept.id and each.thread and each.state not in ENDED
        ]
        notes = data_notes.of_data(transaction, context.team_id, kept.data_key, it.visible)
        return Wrote(Open(form_views.second_page(kept, note, others, notes)), messages)

    return Reply(write=keep)


def _what_changed(it: Asker, request: DataRequest, note: FormNote, told: Mapping[str, object]) -> dict[str, object]:
    """Return what differs from what the form began with: what somebody else changed meanwhile is not undone."""
    begin = data_requests.version_of(it.reader, request.team_id, request.id, int(note.seen)) if note.seen else None
    return {name: value for name, value in told.items() if begin is None or value != getattr(begin, name)}


async def _misplaced(it: Asker, request: DataRequest, at: At, channel: str, fields: Fields) -> dict[str, str]:
    """Say who and where cannot be: an owner who left, a channel without the bot, a place that one has left."""
    errors, owner = {}, fields.text("owner")
    is_public = (fields.text("set_up") or request.set_up) == "public"
    if owner and (unfit := await it.unfit(owner, at.members)):
        errors["owner"] = unfit
    elif owner == it.user_id and not is_public:
        errors["owner"] = "You cannot be both sides of it. Name who owns the data, or leave it empty."
    errors |= not_seen(it, at, "purpose")
    if request.visibility == WORKSPACE and not request.thread:
        if not channel:
            errors["channel"] = "Choose a channel in which the thread opens."
        elif not await may_hold(it.context.directory, request.team_id, channel, request.visibility):
            errors["channel"] = usage.NOT_THERE
    return errors


def _served(it: Asker, serves: str, note: FormNote) -> dict[str, str]:
    """Return the decision and the component that somebody named, as far as they see them."""
    match = _DECISION.search(serves)
    decision = decisions.by_number(it.reader, it.context.team_id, match[1], it.visible) if match else None
    parts = responsibilities.components(it.reader, it.context.team_id, it.visible)
    key = look_up_key(serves)
    component = next((each.id for each in parts if each.look_up_key == key), "")
    return {
        "decision_id": decision.id if decision is not None else note.decision_id,
        "component_id": component or (decision.component_id if decision is not None else note.component_id),
    }


def change_facts(
    it: Asker, transaction: Transaction, request: DataRequest, changes: Mapping[str, object], at: At
) -> tuple[DataRequest, Sequence[Delivery]] | Wrote:
    """Write what was entered on a page; of what was sent already it is a new version."""
    current = data_requests.by_id(transaction, request.team_id, request.id)
    if current is None:
        current = service.draft(transaction, request, at)
    if all(getattr(current, name) == value for name, value in changes.items()):
        return current, ()
    made = Move("edit", it.user_id, it.roles(current), facts=changes)
    taken = service.take(transaction, current, made, at)
    return Wrote(Say(blocks.said(taken.told))) if isinstance(taken, Refused) else (taken.request, taken.messages)


async def save_second(context: Context[ViewSubmission]) -> Reply:
    """Keep what goes with where the data comes from, and show the terms."""
    submission, viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it, note = await asking(context), read_note(submission.note)
    request = await begun(it, viewpoint, note)
    if request is None:
        return Reply(Say(usage.gone()))
    chosen = submission.fields.text("set_up")
    set_up = next((each for each in SET_UP_PARTS if each == chosen), request.set_up)
    told = parsing.set_up_facts(submission.fields, set_up)
    parts = SET_UP_PARTS[set_up]
    at = await it.at(request, *people_named(parts, {} if isinstance(told, Wrong) else told))
    errors = dict(told.errors) if isinstance(told, Wrong) else await unfit_people(it, told, parts, at)
    errors |= not_seen(it, at, "set_up")
    if errors or isinstance(told, Wrong):
        return Reply(Refuse(errors))

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        taken = change_facts(it, transaction, request, {"set_up": set_up, "more": told}, replace(at, now=now))
        if isinstance(taken, Wrote):
            return taken
        names = service.names_in(transaction, taken[0], at)
        return Wrote(Open(form_views.overview(taken[0], it.roles(taken[0]), names)), taken[1])

    return Reply(write=keep)


def not_seen(it: Asker, at: At, block_id: str) -> dict[str, str]:
    """Say at a field that who fills it in is not in the channel: they may have left it since the form was opened."""
    return {} if may_hear(at.members, it.user_id) else {block_id: NOT_SEEN_THERE}


async def unfit_people(it: Asker, told: Mapping[str, str], parts: Sequence[Part], at: At) -> dict[str, str]:
    """Say at each field who of the people named there cannot be."""
    named = {part.id: told[part.id] for part in parts if part.kind == "person" and told.get(part.id)}
    found = {name: await it.unfit(person, at.members) for name, person in named.items()}
    return {name: error for name, error in found.items() if error}


async def open_terms(context: Context[BlockAction]) -> Reply:
    """Show the terms; of a draft that has no first page yet, that page."""
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    request = it.seen(it.reader, press.value)
    if request is None:
        return Reply(Say(usage.gone()))
    if request.state == "draft" and not request.purpose:
        return Reply(Open(form_views.first_page(request, FormNote(request.id), is_private=_is_private(request))))
    return Reply(Open(form_views.overview(request, it.roles(request), (await it.at(request)).names)))


async def go_back(context: Context[BlockAction]) -> Reply:
    """Show the first page, or all terms, in the place of the form."""
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    page, _, request_id = press.value.partition(":")
    request = it.seen(it.reader, request_id)
    if request is None:
        return Reply(Say(usage.gone()))
    if page == "first":
        return Reply(Redraw(form_views.first_page(request, FormNote(request.id), is_private=_is_private(request))))
    return Reply(Redraw(form_views.overview(request, it.roles(request), (await it.at(request)).names)))


def _is_private(request: DataRequest) -> bool:
    return request.visibility != WORKSPACE


async def send(context: Context[ViewSubmission]) -> Reply:
    """Send a draft from the overview of its terms."""
    submission, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it, note = await asking(context), read_note(submission.note)
    request = it.seen(it.reader, note.request_id)
    return Reply(Say(usage.gone())) if request is None else await sent(it, request)
