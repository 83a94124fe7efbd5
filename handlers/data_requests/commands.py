"""Where data requests are begun, read and listed: by command, from a message, by a button, and by number."""

import re
from collections.abc import Mapping, Sequence

from handlers.access.names import names_of
from handlers.access.placement import Placed, placed, visibility_at
from handlers.access.visibility import Viewpoint
from handlers.agreements.components import seen
from handlers.data_requests import service
from handlers.data_requests.actions.steps import open_step
from handlers.data_requests.context import Asker, asking
from handlers.data_requests.forms import draft as form_views
from handlers.data_requests.forms import steps
from handlers.data_requests.forms.draft import FormNote
from handlers.data_requests.messages import record, usage
from handlers.data_requests.rules import filters
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import Ask, BlockAction, Shortcut
from handlers.slack.message_text import link_to, people_in, readable
from handlers.slack.replies import Open, Reply, Say
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest
from storage.decisions import decisions
from storage.engine.interface import WORKSPACE, to_text
from storage.feedback import feedback
from storage.outbox import threads
from storage.records.ids import new_id
from storage.workspaces.workspaces import Workspace, known_workspace

#: Characters of the fields of the first page.
_FIELDS = {"purpose": 3000, "serves": 300, "entity": 80}
_NUMBERED = re.compile(
    r"(?:(?P<before>[a-z ]+?)\s+)?(?P<number>dr-[0-9a-z]+|dr ?\d+)(?:\s+(?P<after>.*))?", re.IGNORECASE | re.DOTALL
)


async def ask_for_data(context: Context[Ask]) -> Reply:
    """Show a request, take a step with it, or open the form with what was typed as its purpose."""
    ask, viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    text = _in_thread(it, ask)
    match = _NUMBERED.fullmatch(text)
    if match is not None and (not match["before"] or steps.called(match["before"])[0]):
        words = f"{match['before'] or ''} {match['after'] or ''}".strip()
        return await _of_number(it, match["number"], words, ask)
    if text and filters.wanted(text) is not None:
        return await list_requests(context)
    if text and steps.called(text) == (text.casefold(), ""):
        return Reply(Say(usage.name_one()))
    return await _begun(it, viewpoint, ask)


async def _of_number(it: Asker, number: str, words: str, ask: Ask) -> Reply:
    request = it.numbered(re.sub(r"^dr[- ]?", "DR-", number, flags=re.IGNORECASE))
    if request is None:
        return Reply(Say(usage.gone()))
    return await open_step(it, request, words, ask) if words else await read(it, request)


async def _begun(it: Asker, viewpoint: Viewpoint, ask: Ask) -> Reply:
    """Open the form, or after a mention a button that does."""
    place = await placed(it.actor.directory, ask.team_id, ask.place.channel_id, ask.user_id)
    if place is Placed.OUTSIDE:
        return Reply(Say(usage.only_where_i_am()))
    if ask.thread_ts is not None:
        return Reply(Say(usage.open_form(ask.text)))
    return await opened(it, viewpoint, FormNote(new_id(), place=ask.place.channel_id), {"purpose": ask.text})


def _in_thread(it: Asker, ask: Ask) -> str:
    """Return what was asked, with the number of the request in whose thread a step is asked for."""
    text = ask.text.strip()
    if ask.thread_ts is None or not steps.called(text)[0]:
        return text
    thread = threads.at(it.reader, ask.team_id, ask.place.channel_id, ask.thread_ts)
    request = it.seen(it.reader, thread.about) if thread is not None else None
    return text if request is None else f"{request.number} {text}"


async def opened(it: Asker, viewpoint: Viewpoint, note: FormNote, told: Mapping[str, str]) -> Reply:
    """Open the first page of a new request, with what is known of it by the names of its fields."""
    visibility = await visibility_at(it.context.directory, it.context.team_id, note.place, viewpoint)
    workspace = known_workspace(it.reader, it.context.team_id)
    known = {name: text[: _FIELDS[name]] for name, text in told.items()}
    request = new_request(it, note, visibility, workspace).model_copy(update=known)
    return Reply(Open(form_views.first_page(request, note, is_private=visibility != WORKSPACE)))


def new_request(it: Asker, note: FormNote, visibility: str, workspace: Workspace) -> DataRequest:
    """Return a request that nobody has filled in yet; its thread opens in the data channel, or where it belongs."""
    here = note.place if note.place.startswith("C") else ""
    channel = (workspace.data_channel or here) if visibility == WORKSPACE else visibility
    at = to_text(it.context.now)
    return DataRequest(
        id=note.request_id, team_id=it.context.team_id, visibility=visibility, number="", requester=it.user_id,
        channel=channel, source_link=note.link, decision_id=note.decision_id, component_id=note.component_id,
        feedback_id=note.feedback_id,
        created_at=at, changed_at=at,
    )  # fmt: skip


async def read(it: Asker, request: DataRequest) -> Reply:
    """Return a request in full, with what the person can do about it."""
    at = await it.at(request)
    seen = service.shown(it.reader, request, at)
    return Reply(Say(record.record(seen, it.roles(request), it.user_id)))


async def open_record(context: Context[BlockAction]) -> Reply:
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    request = it.seen(it.reader, press.value)
    return Reply(Say(usage.gone())) if request is None else await read(it, request)


async def ask_by_button(context: Context[BlockAction]) -> Reply:
    """Open the form: anew, with the purpose that a mention gave, or for a decision."""
    press, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    place = await placed(actor.directory, press.team_id, press.place.channel_id, press.user_id)
    if place is Placed.OUTSIDE:
        return Reply(Say(usage.only_where_i_am()))
    kind, _, value = press.value.partition(":")
    if kind == "feedback":
        return await _for_feedback(it, viewpoint, value, press.place.channel_id)
    decision = decisions.by_id(it.reader, press.team_id, value) if kind == "decision" else None
    if decision is None:
        note = FormNote(new_id(), place=press.place.channel_id)
        return await opened(it, viewpoint, note, {"purpose": value} if kind == "purpose" else {})
    if decision.visibility not in viewpoint.visibilities:
        return Reply(Say(usage.gone()))
    # What belongs to a private channel asks for data there, wherever its button was pressed.
    home = decision.visibility if decision.visibility != WORKSPACE else press.place.channel_id
    note = FormNote(new_id(), place=home, decision_id=decision.id, component_id=decision.component_id)
    return await opened(it, viewpoint, note, {"purpose": decision.title, "serves": decision.number})


async def _for_feedback(it: Asker, viewpoint: Viewpoint, feedback_id: str, place: str) -> Reply:
    """Open the form for the data that feedback needs; what belongs to a private channel asks for data there."""
    item = feedback.by_id(it.reader, it.context.team_id, feedback_id, viewpoint.visibilities)
    if item is None:
        return Reply(Say(usage.gone()))
    home = item.visibility if item.visibility != WORKSPACE else place
    note = FormNote(new_id(), place=home, component_id=item.component_id, feedback_id=item.id)
    component = seen(it.reader, it.context.team_id, item.component_id, viewpoint.visibilities)
    told = {
        "purpose": f"To settle {item.number}: {item.got}", "entity": item.note,
        "serves": component.name if component is not None else item.number,
    }  # fmt: skip
    return await opened(it, viewpoint, note, told)


async def ask_from_message(context: Context[Shortcut]) -> Reply:
    """Open the form with a message as the purpose, and the way back to it."""
    shortcut, viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    place, quoted = shortcut.place.channel_id, shortcut.quote
    if await placed(context.directory, shortcut.team_id, place, shortcut.user_id) is Placed.OUTSIDE or quoted is None:
        return Reply(Say(usage.only_where_i_am()))
    it = await asking(context)
    names = await names_of(it.reader, context.directory, shortcut.team_id, people_in(quoted.text))
    note = FormNote(new_id(), place=place, link=link_to(context.team_url, place, quoted.ts))
    return await opened(it, viewpoint, note, {"purpose": readable(quoted.text, names)})


async def list_requests(context: Context[Ask]) -> Reply:
    """List requests: mine, waiting for me, open, or overdue."""
    ask, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    wanted = filters.wanted(ask.text)
    if wanted is None:
        return Reply(Say(blocks.said(filters.CHOICES)))
    every = await context.store.search(
        lambda reader: data_requests.in_states(reader, ask.team_id, data_requests.STATES, it.visible)
    )
    found = [each for each in every if it.shows(each) and wanted.keeps(each, ask.user_id, context.now)]
    names = await names_of(it.reader, context.directory, ask.team_id, _named(found))
    return Reply(Say(record.listed(found, names, wanted.heading, wanted.nothing)))


def _named(found: Sequence[DataRequest]) -> list[str]:
    return [person for each in found[: record.LISTED] for person in (each.requester, each.owner) if person]


async def tell_how(context: Context[Ask]) -> Reply:
    return Reply(Say(usage.how_to(context.command_prefix)))
