"""Data requests: what is asked, offered and agreed of some data, and how far that has come."""

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from pydantic import Field

from storage.engine.interface import WORKSPACE, Reader, Record, Transaction, in_list
from storage.engine.statements import has, workspaces_with
from storage.finding.finding import Filing
from storage.records import numbers
from storage.records.offers import Agreement, Offer
from storage.records.revisions import remembered
from storage.records.rows import InBody
from storage.records.versioned import Dated, HistoryEntry, VersionedStore

_Negotiated = Literal["draft", "open", "needs info", "negotiating", "agreed"]
_Ending = Literal["delivered", "accepted", "changed", "declined", "withdrawn", "expired"]
State = Literal[_Negotiated, _Ending]
STATES: tuple[State, ...] = get_args(State)
#: In these nothing comes of a request any more.
OVER: tuple[State, ...] = ("declined", "withdrawn", "expired")
Side = Literal["requester", "owner"]
SetUp = Literal["", "product team", "in-house", "public", "vendor"]
SET_UPS: tuple[SetUp, ...] = ("product team", "in-house", "public", "vendor")


class Term(Record):
    """One thing to agree on, as each side has it."""

    asked: Offer | None = None
    offered: Offer | None = None

    @property
    def agreed(self) -> Offer | None:
        """Return what both sides would agree to: what one has said and the other left so, or said less of."""
        if self.asked is None or self.offered is None:
            return self.asked or self.offered
        if self.asked.says_as_much_as(self.offered):
            return self.asked
        return self.offered if self.offered.says_as_much_as(self.asked) else None


class Delivered(Record):
    """What was delivered: a link, where it lies, and which version of the data it is."""

    link: str
    place: str = ""
    data_version: str = ""
    by: str
    at: str


class Named(Record):
    """Who is named as approver, expert or sponsor (``parts``): asked by the delivery ``message``, and what they said.

    ``answer`` is empty until they say something, ``reason`` why not; ``at`` is when they were asked, or answered.
    """

    parts: tuple[Literal["approver", "expert", "sponsor"], ...]
    message: str
    at: str
    answer: Literal["", "yes", "no"] = ""
    reason: str = ""

    @property
    def says_yes(self) -> bool:
        return self.answer == "yes"


class Sitting(Record):
    """What somebody fills in within a few minutes, from ``at`` on, and the delivery that tells of it (``reply``).

    ``version`` is the request's before it.
    """

    by: str
    act: Literal["edit", "offer"]
    at: str
    version: int
    reply: str


class DataRequest(Dated):
    """A request for data. People are user ids, days ISO dates, times ISO 8601 UTC text, empty where there is none.

    ``number`` is how people name it, such as DR-12. ``data_key`` is the look-up key of the data, the same for every
    request of it. ``turn`` is the side whose move it is. ``terms_version`` counts what both sides have to agree to.
    ``agreed_terms`` are the terms as both sides agreed to them last, whatever is talked about since, and
    ``contract_version`` says how often they did; requests of older versions do not know that (0).
    ``semantic_version`` is the contract's, such as 1.2.0; empty before it was agreed, and in older versions.
    ``known`` is what the requester knows of the data already. ``population``, ``set_up`` and ``more``, which goes with
    it, are of older requests: now they are terms. ``senses`` are pins of glossary senses (id and version with a colon),
    ``channel`` is where the thread opens, ``thread`` its id in the store. ``named`` are, by their ids, those who were
    asked whether they approve, explain or sponsor it.
    """

    visibility: str = WORKSPACE
    number: str
    state: State = "draft"
    turn: Literal["", "requester", "owner"] = "requester"
    requester: str
    owner: str = ""
    purpose: str = ""
    known: str = ""
    serves: str = ""
    component_id: str = ""
    decision_id: str = ""
    feedback_id: str = ""
    change_id: str = ""
    entity: str = ""
    data_key: str = ""
    population: str = ""
    set_up: SetUp = ""
    more: dict[str, str] = Field(default_factory=dict)
    needed_by: str = ""
    channel: str = ""
    thread: str = ""
    terms: dict[str, Term] = Field(default_factory=dict)
    terms_version: int = 1
    agreements: dict[Side, Agreement] = Field(default_factory=dict)
    question: str = ""
    reason: str = ""
    deliveries: tuple[Delivered, ...] = ()
    senses: tuple[str, ...] = ()
    followers: tuple[str, ...] = ()
    agreed_terms: dict[str, Offer] = Field(default_factory=dict)
    agreed_at: str = ""
    agreed_in: str = ""
    contract_version: int = 0
    semantic_version: str = ""
    copied_from: str = ""
    source_link: str = ""
    named: dict[str, Named] = Field(default_factory=dict)
    sitting: Sitting | None = None


def _filed(request: DataRequest) -> Filing | None:
    """Return what is found of a request; a draft is its author's alone."""
    if request.state == "draft":
        return None
    terms = [text for name, term in request.terms.items() for text in (name, *_words_of(term))]
    told = [request.number, request.purpose, request.population, request.known, request.question, request.serves]
    return Filing(
        kind="data request",
        id=request.id,
        visibility=request.visibility,
        component_id=request.component_id,
        title=request.entity,
        body="\n".join(filter(None, [*told, *terms])),
        is_current=request.state not in ("declined", "withdrawn", "expired"),
        at=request.created_at,
    )


def _words_of(term: Term) -> list[str]:
    return [text for offer in (term.asked, term.offered) if offer is not None for text in offer.words]


REQUESTS = VersionedStore(
    InBody(
        DataRequest,
        ("visibility", "number", "state", "requester", "owner", "data_key", "needed_by", "decision_id", "thread"),
    ),
    "data_requests",
    entries=HistoryEntry,
    history_table="data_request_events",
    key={"id": "request_id"},
    stamp="changed_at",
    files=_filed,
)
add, change, history, version_of = REQUESTS.add, REQUESTS.change, REQUESTS.history, REQUESTS.version_of


def next_number(transaction: Transaction, team_id: str, visibility: str) -> str:
    return numbers.next_number(transaction, "DR", "data_request_numbers", team_id, visibility)


def note_number(transaction: Transaction, team_id: str, number: int) -> None:
    """Let no later request get a number that a file has brought back."""
    numbers.note_number(transaction, "data_request_numbers", team_id, number)


def is_taken(reader: Reader, request_id: str) -> bool:
    """Tell whether a request has this id, in any workspace."""
    return has(reader, REQUESTS.table, id=request_id)


def by_id(reader: Reader, team_id: str, request_id: str) -> DataRequest | None:
    return REQUESTS.one(reader, team_id, id=request_id)


def by_number(reader: Reader, team_id: str, number: str, visibilities: Sequence[str] | None) -> DataRequest | None:
    """Return the request of a number among those that may be seen; None as visibilities is for who runs the bot."""
    return REQUESTS.one(reader, team_id, visibilities, number=number.upper())


def where_needed(reader: Reader, before: str) -> set[str]:
    """Return the workspaces with requests that are still talked about and were needed before a day (ISO)."""
    such = "state IN ('open', 'needs info', 'negotiating') AND needed_by < :before AND needed_by <> ''"
    return workspaces_with(reader, "data_requests", such, before=before)


def in_states(
    reader: Reader, team_id: str, states: Sequence[State], visibilities: Sequence[str] | None = None
) -> list[DataRequest]:
    """Return the requests in some states, of those that may be seen, in the order in which they were made."""
    return [
        each
        for each in REQUESTS.every(reader, team_id)
        if each.state in states and (visibilities is None or each.visibility in visibilities)
    ]


def with_person(reader: Reader, team_id: str, user_id: str, visibilities: Sequence[str]) -> list[DataRequest]:
    """Return the requests that have not ended and in which somebody has a part, in the order they were made in."""
    ended = ("declined", "withdrawn", "expired")
    return [
        each
        for each in REQUESTS.every(reader, team_id)
        if (user_id in (each.requester, each.owner) or user_id in each.followers)
        and each.state not in ended
        and each.visibility in visibilities
    ]


def of_feedback(reader: Reader, team_id: str) -> Mapping[str, Sequence[DataRequest]]:
    """Return the requests that were opened for feedback, by its id, in the order in which they were made."""

    def group() -> dict[str, list[DataRequest]]:
        found: dict[str, list[DataRequest]] = {}
        for each in REQUESTS.every(reader, team_id):
            if each.feedback_id:
                found.setdefault(each.feedback_id, []).append(each)
        return found

    return remembered(reader, (team_id, "requests for feedback"), ["data_requests"], group)


def of_data(reader: Reader, team_id: str, data_key: str, visibilities: Sequence[str]) -> list[DataRequest]:
    """Return the requests for the same data that may be seen, newest first."""
    return REQUESTS.some(reader, team_id, visibilities, data_key=data_key)[::-1]


def decisions_served(reader: Reader, team_id: str, visibilities: Sequence[str]) -> frozenset[str]:
    """Return the decisions for which data was asked, as far as that may be seen."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"""
        SELECT DISTINCT decision_id FROM data_requests
        WHERE team_id = :team_id AND decision_id <> '' AND state NOT IN ('draft', 'withdrawn') AND {visible}
        """,
        **{"team_id": team_id, **values},
    )
    return frozenset(row["decision_id"] for row in rows)
