"""Sends a request: what it depends on is asked of Slack first, then its thread opens and the owner is told."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from handlers.access.recipients import Facts
from handlers.data_requests.context import Asker, FormNote, asking, read_note
from handlers.data_requests.forms import asking as forms
from handlers.data_requests.messages import usage
from handlers.data_requests.rules import parsing
from handlers.data_requests.rules.moves import Move, why_not
from handlers.data_requests.rules.status import ENDED, is_public
from handlers.data_requests.samples import giving, proposing
from handlers.data_requests.samples.forms import SAMPLE
from handlers.data_requests.service import asking as service
from handlers.data_requests.service import requests
from handlers.framework.context import Context
from handlers.slack import blocks, carried
from handlers.slack.error_messages import NOT_SEEN_THERE
from handlers.slack.interactions import Fields, ViewSubmission, Wrong
from handlers.slack.replies import Done, Redraw, Refuse, Reply, Say
from storage.data_requests import data_requests, notes
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import DataRequest, Term
from storage.decisions import decisions
from storage.engine.interface import WORKSPACE, Reader, to_text
from storage.glossary.glossary import look_up_key
from storage.records.offers import Offer
from storage.responsibilities import responsibilities

_DECISION = re.compile(r"\b(d-[0-9a-z]+)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Entered:
    """What was entered in the form of a request, as changes of it; ``sample`` waits to be read."""

    told: Mapping[str, object]
    sample: Check | None = None


async def send(context: Context[ViewSubmission]) -> Reply:
    it, note, fields = await asking(context), read_note(context.interaction.note), context.interaction.fields
    request = await it.begun(note)
    if request is None:
        return usage.GONE
    facts = await it.facts_of(request, fields.text("owner"))
    entered = await _entered(it, request, note, fields, facts)
    if isinstance(entered, Wrong):
        return Reply(Refuse(entered.errors))
    data_key = str(entered.told["data_key"])
    same = await context.read(_same, it, request, data_key)
    if request.state == "draft" and same and not note.same:
        kept = await context.read(notes.of_data, it.team_id, data_key, it.visible)
        shown = replace(await forms.known_of(it, request), others=same, notes=kept, is_file=SAMPLE in fields)
        note = replace(note, same=same[0].id)
        typed = {**entered.told, "entity": fields.text("entity")}
        return Reply(Redraw(forms.asking_form(request.model_copy(update=typed), note, shown)))
    changes = await context.read(_changes, it, request, note, entered.told)
    made = Move("send", it.user_id, frozenset(("requester",)), facts=changes, today=await context.today())
    is_new = request.state == "draft"

    def show(_reader: Reader, new: DataRequest) -> Say | Done:
        return Say(forms.sent(new, facts.names)) if is_new else Done()

    # The first request of a private channel makes the store know it; that who asks is in it was looked at above.
    facts = replace(facts, visible=tuple(dict.fromkeys((*facts.visible, request.visibility))))
    return usage.changed(show, service.ask, request, made, entered.sample, facts)


async def _entered(it: Asker, request: DataRequest, note: FormNote, fields: Fields, facts: Facts) -> _Entered | Wrong:
    told = await asyncio.to_thread(parsing.request_facts, fields, request, await it.context.today())
    known = fields.text("known") if "known" in fields else note.known
    wrong, proposed = await asyncio.to_thread(lambda: (proposing.objection_to(known), proposing.from_words(known)))
    errors = dict(told.errors) if isinstance(told, Wrong) else {}
    errors |= {"known": wrong} if wrong else {}
    errors |= await _misplaced(it, request, facts, fields)
    sample = await giving.given(it, request, fields)
    errors |= sample.errors if isinstance(sample, Wrong) else {}
    if errors or isinstance(told, Wrong) or isinstance(sample, Wrong):
        return Wrong(errors)
    where = request.channel if request.thread else fields.text("channel") or request.channel
    signed = {"by": it.user_id, "at": to_text(it.context.now)}
    entity, amount = proposing.name_and_amount(str(told["entity"]))
    if request.state == "draft" and amount:
        told = {**told, "entity": entity, "data_key": parsing.data_key(entity)}
        proposed["quantity"] = Offer(parts={"amount": amount}, source="the request")
    new = {name: Term(asked=offer.model_copy(update=signed)) for name, offer in proposed.items()}
    return _Entered({**told, "known": known, "channel": where, "terms": {**new, **request.terms}}, sample)


def _same(reader: Reader, it: Asker, request: DataRequest, data_key: str) -> list[DataRequest]:
    """Return the other requests for the same data that the person may see."""
    same = data_requests.of_data(reader, request.team_id, data_key, it.visible)
    return [each for each in same if each.id != request.id and each.thread and each.state not in ENDED]


def _changes(
    reader: Reader, it: Asker, request: DataRequest, note: FormNote, told: Mapping[str, object]
) -> dict[str, object]:
    """Return what differs from what the form began with: what somebody else changed meanwhile is not undone."""
    found = {**told, **_served(reader, it, request, note)}
    begin = data_requests.version_of(reader, it.team_id, request.id, carried.number(note.seen)) if note.seen else None
    return {name: value for name, value in found.items() if begin is None or value != getattr(begin, name)}


def _served(reader: Reader, it: Asker, request: DataRequest, note: FormNote) -> dict[str, str]:
    """Return the decision and the component that somebody named, as far as a request may name them."""
    fields = it.context.interaction.fields if isinstance(it.context.interaction, ViewSubmission) else Fields()
    parts = responsibilities.components(reader, it.team_id, (WORKSPACE, request.visibility))
    chosen = next((each for each in parts if each.id == fields.text("component")), None)
    if chosen is not None:
        return {"serves": chosen.name, "component_id": chosen.id}
    serves = fields.text("serves")
    match = _DECISION.search(serves)
    decision = decisions.by_number(reader, it.team_id, match[1], it.visible) if match else None
    named = next((each.id for each in parts if each.look_up_key == look_up_key(serves)), "")
    of_decision = decision.component_id if decision is not None else note.component_id
    about = decision.id if decision is not None else note.decision_id
    return {"decision_id": about, "component_id": named or of_decision}


async def _misplaced(it: Asker, request: DataRequest, facts: Facts, fields: Fields) -> dict[str, str]:
    """Say who and where cannot be: an owner who left, a channel without the bot, a place that one has left."""
    owner, channel = fields.text("owner"), fields.text("channel") or request.channel
    errors = await it.misfits(facts, {"owner": owner}) | it.not_seen(facts, "purpose")
    if owner == it.user_id and not is_public(request):
        told = "You can't be both requester and owner. Choose somebody else, or leave it empty."
        errors.setdefault("owner", told)
    if request.visibility != WORKSPACE or request.thread:
        return errors
    field = "channel" if "channel" in fields else "entity"
    if not channel:
        errors[field] = "Choose the channel where I should ask."
    elif not await it.may_hold(channel, request.visibility):
        errors[field] = usage.NOT_THERE
    return errors


async def sent(it: Asker, request: DataRequest) -> Reply:
    """Send a draft as it is, by a word after its number."""
    if refused := why_not(request, "send", it.roles(request)):
        return Reply(refused)
    facts = await it.facts_of(request)
    if told := await _hindrance(it, request, facts):
        return Reply(Say(blocks.said(f"{told} Your draft {request.number} is kept.")))
    made = Move("send", it.user_id, it.roles(request), today=await it.context.today())

    def show(_reader: Reader, new: DataRequest) -> Say:
        return Say(forms.sent(new, facts.names))

    return usage.changed(show, requests.take, request, made, facts)


async def _hindrance(it: Asker, request: DataRequest, facts: Facts) -> str:
    """Say what Slack knows that keeps a draft from being sent; empty where nothing does."""
    if not facts.may_hear(it.user_id):
        return NOT_SEEN_THERE
    if not await it.may_hold(request.channel, request.visibility):
        return usage.NOT_THERE
    misfits = await it.misfits(facts, {"owner": request.owner})
    return next((f"{told} Choose somebody else." for told in misfits.values()), "")
