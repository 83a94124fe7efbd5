"""What data requests would have people settle: moves, what is to be found out, what is late, what nobody watches."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from handlers.agreements.clauses import is_complete
from handlers.data_requests.messages import buttons, finding
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.status import ENDED, is_overdue, is_recurring, settled_terms, waits_for
from handlers.data_requests.rules.wording import title
from handlers.hooks.reminders import Known, NudgeKind, Reminder, Topic
from handlers.slack.blocks import Block
from storage.data_requests import data_requests
from storage.data_requests.data_requests import STATES, DataRequest
from storage.engine.interface import WORKSPACE, Reader, to_text
from storage.glossary.glossary import look_up_key
from storage.records.offers import Offer
from storage.records.revisions import remembered
from storage.responsibilities import responsibilities

_OVERDUE, _UNKNOWN = "data overdue", "data to be found out"
_MOVE, _UNWATCHED = "data request waits", "data that nobody watches"
KINDS = (
    NudgeKind(_OVERDUE, "Agreed data that is overdue", "data"),
    NudgeKind(_UNKNOWN, "Terms that somebody promised to find out", "data"),
    NudgeKind(_MOVE, "Data requests with a next step", "data"),
    NudgeKind(_UNWATCHED, "Recurring data without monitoring", "data"),
)
_TOPIC = Topic("data requests", "Data requests", "need you")
_HARM = {_OVERDUE: 75, _UNKNOWN: 60, _MOVE: 55, _UNWATCHED: 30}
#: What is to be found out by a day is asked about so long before it.
_AHEAD = timedelta(days=2)
_MONITORING = "data-monitoring"
_OPEN = tuple(each for each in STATES if each not in (*ENDED, "draft"))


def open_reminders(reader: Reader, team_id: str, known: Known, now: datetime) -> Sequence[Reminder]:
    """Return what waits for whom in every request that has not ended."""
    watched = _watched(reader, team_id)

    def find() -> list[Reminder]:
        every = data_requests.in_states(reader, team_id, _OPEN)
        return [reminder for each in every for reminder in _of_request(each, watched, known, now)]

    given = (known, now.date(), watched)
    return remembered(reader, (team_id, "reminders of requests"), ("data_requests",), find, given)


def _of_request(
    request: DataRequest, watched: frozenset[tuple[str, str]], known: Known, now: datetime
) -> Iterator[Reminder]:
    for term_id, offer in _unknown(request):
        yield _to_be_found_out(request, term_id, offer, known)
    if request.state == "agreed" and is_overdue(request, now.date()):
        yield _late(request, known)
    elif waits_for(request):
        yield _move(request, known)
    is_there = request.state in ("agreed", "delivered", "accepted")
    if is_there and is_recurring(request) and not _is_watched(request, watched):
        yield _unwatched(request, known)


def people(reader: Reader, team_id: str) -> Iterable[str]:
    """Return who asks for data, who owns it, and who finds something out about it."""

    def find() -> frozenset[str]:
        every = data_requests.in_states(reader, team_id, _OPEN)
        named = [(each.requester, each.owner, *(offer.finder for _, offer in _unknown(each))) for each in every]
        return frozenset(person for people in named for person in people)

    return remembered(reader, (team_id, "people of requests"), ("data_requests",), find)


def _unknown(request: DataRequest) -> list[tuple[str, Offer]]:
    unknown = [(term_id, said) for term_id, said in settled_terms(request).items() if said.stance == "unknown"]
    return [(term_id, said) for term_id, said in unknown if is_complete(TERMS[term_id], said)]


def _to_be_found_out(request: DataRequest, term_id: str, offer: Offer, known: Known) -> Reminder:
    label = TERMS[term_id].label.lower()
    due = datetime.combine(datetime.fromisoformat(offer.until), time(), datetime.fromisoformat(offer.at).tzinfo)
    said = f"{label} still to be found out", ""
    reminder = _reminder(request, _UNKNOWN, said, (offer.finder, request.requester), known)
    ripe = to_text(max(due - _AHEAD, datetime.fromisoformat(offer.at)))

    def button(person: str) -> Block:
        return finding.answer(request, term_id) if person == offer.finder else buttons.opening(request)

    return replace(
        reminder,
        subject=finding.name_of(request, term_id),
        since=offer.at,
        active_at=offer.at,
        ripe_at=ripe,
        due=offer.until,
        button=button,
    )


def _late(request: DataRequest, known: Known) -> Reminder:
    found = _reminder(request, _OVERDUE, ("not delivered yet", ""), (request.owner, request.requester), known)
    return replace(found, due=request.needed_by)


def _move(request: DataRequest, known: Known) -> Reminder:
    _, _, what = waits_for(request).partition(": ")
    turn = request.owner if request.turn == "owner" else request.requester
    other = request.requester if request.turn == "owner" else request.owner
    if not turn:
        return _reminder(request, _MOVE, ("the data has no owner yet; name one", ""), (other, ""), known)
    of_others = f"the {'owner' if request.turn == 'owner' else 'requester'} is next to {what}"
    said = (of_others, "") if turn in known.gone else (f"you're next to {what}", of_others)
    return _reminder(request, _MOVE, said, (turn, other), known)


def _unwatched(request: DataRequest, known: Known) -> Reminder:
    said = "it's delivered repeatedly, but nobody monitors its quality", ""
    return _reminder(request, _UNWATCHED, said, (request.owner, request.requester), known)


def _reminder(request: DataRequest, kind: str, said: tuple[str, str], asked: tuple[str, str], known: Known) -> Reminder:
    """Return a reminder for the first of two people, and in the end for the other; for admins where both are gone.

    ``said`` is for who can settle it, and for others; empty where that is the same.
    """
    there = [each for each in asked if each and each not in known.gone]
    return Reminder(
        kind=kind,
        subject=request.id,
        visibility=request.visibility,
        people=tuple(there[:1]) or known.admins,
        lead=next(iter(there[1:]), ""),
        since=request.changed_at,
        active_at=request.changed_at,
        harm=_HARM[kind],
        told=said[0],
        told_lead=said[1],
        button=lambda _person: buttons.opening(request),
        topic=_TOPIC,
        title=f"{request.number} {title(request)}",
    )


def _watched(reader: Reader, team_id: str) -> frozenset[tuple[str, str]]:
    """Return which datasets somebody monitors: their look-up keys, each with who may see that."""
    parts = responsibilities.all_components(reader, team_id)
    duties = responsibilities.duties_named(reader, team_id, _MONITORING)
    monitored = {component_id for component_id, duty in duties.items() if duty.state == "accepted"}
    return frozenset((each.look_up_key, each.visibility) for each in parts if each.id in monitored)


def _is_watched(request: DataRequest, watched: frozenset[tuple[str, str]]) -> bool:
    key = look_up_key(request.entity)
    return any((key, visibility) in watched for visibility in (WORKSPACE, request.visibility))
