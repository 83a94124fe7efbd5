"""Data requests: what is asked, offered and agreed of some data, and how far that has come."""

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from storage import numbers
from storage.database import WORKSPACE, Reader, Record, Transaction, in_list

State = Literal[
    "draft", "open", "needs info", "negotiating", "agreed", "delivered", "accepted", "changed", "declined", "withdrawn",
    "expired",
]  # fmt: skip
STATES: tuple[State, ...] = (
    "draft", "open", "needs info", "negotiating", "agreed", "delivered", "accepted", "changed", "declined", "withdrawn",
    "expired",
)  # fmt: skip
Side = Literal["requester", "owner"]
SetUp = Literal["", "product team", "in-house", "public", "vendor"]
SET_UPS: tuple[SetUp, ...] = ("product team", "in-house", "public", "vendor")
Stance = Literal["value", "not needed", "unknown"]


class Offer(Record):
    """What one side says of a term: a value in its parts, or why none is needed, or who finds out until which day.

    ``senses`` are pins of the glossary senses that it uses; ``at`` is empty for what was chosen and never submitted.
    """

    stance: Stance = "value"
    parts: dict[str, str] = Field(default_factory=dict)
    reason: str = ""
    finder: str = ""
    until: str = ""
    senses: tuple[str, ...] = ()
    by: str = ""
    at: str = ""

    def says_the_same(self, other: "Offer") -> bool:
        unsigned = {"by": "", "at": ""}
        return self.model_copy(update=unsigned) == other.model_copy(update=unsigned)


class Term(Record):
    """One thing to agree on, as each side has it."""

    asked: Offer | None = None
    offered: Offer | None = None


class Agreement(Record):
    """That a side agreed to a version of the terms; ``at`` is ISO 8601 UTC text."""

    user_id: str
    version: int
    at: str


class Delivered(Record):
    """What was delivered: a link, where it lies, and which version of the data it is."""

    link: str
    place: str = ""
    data_version: str = ""
    by: str
    at: str


class DataRequest(Record):
    """A request for data. People are user ids, days ISO dates, times ISO 8601 UTC text, empty where there is none.

    ``number`` is how people name it, such as DR-12. ``data_key`` is the look-up key of the data, the same for every
    request of it. ``turn`` is the side whose move it is. ``terms_version`` counts what both sides have to agree to.
    ``agreed_terms`` are the terms as both sides agreed to them last, whatever is talked about since.
    ``more`` has what goes with the set-up, ``senses`` are pins of glossary senses (id and version with a colon),
    ``channel`` is where the thread opens, ``thread`` its id in the store.
    """

    id: str
    team_id: str
    visibility: str = WORKSPACE
    number: str
    state: State = "draft"
    turn: Literal["", "requester", "owner"] = "requester"
    requester: str
    owner: str = ""
    purpose: str = ""
    serves: str = ""
    component_id: str = ""
    decision_id: str = ""
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
    copied_from: str = ""
    source_link: str = ""
    created_at: str
    changed_at: str
    version: int = 1


class Event(Record):
    """One step in the history of a request; ``note`` says why or what."""

    version: int = 0
    at: str
    by: str
    what: str
    note: str = ""


def next_number(transaction: Transaction, team_id: str, visibility: str) -> str:
    return numbers.next_number(transaction, "DR", "data_request_numbers", team_id, visibility)


def add(transaction: Transaction, request: DataRequest, event: Event) -> None:
    row = _row(request)
    transaction.run(
        f"INSERT INTO data_requests ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})", **row
    )
    _note(transaction, request, event)


def change(transaction: Transaction, old: DataRequest, changes: Mapping[str, object], event: Event) -> DataRequest:
    """Write the next version of a request that was read in this transaction. Raises LookupError when it was not."""
    told = {**old.model_dump(), **changes, "version": old.version + 1, "changed_at": event.at}
    new = DataRequest.model_validate(told)
    row = _row(new)
    columns = ", ".join(f"{name} = :{name}" for name in row if name not in ("id", "team_id"))
    if not transaction.run(f"UPDATE data_requests SET {columns} WHERE id = :id AND version = :version - 1", **row):
        raise LookupError(f"the request {old.number} changed inside one transaction")
    _note(transaction, new, event)
    return new


def by_id(reader: Reader, team_id: str, request_id: str) -> DataRequest | None:
    row = reader.one(
        "SELECT body FROM data_requests WHERE team_id = :team_id AND id = :id", team_id=team_id, id=request_id
    )
    return None if row is None else _request(row)


def by_number(reader: Reader, team_id: str, number: str, visibilities: Sequence[str] | None) -> DataRequest | None:
    """Return the request of a number among those that may be seen; None as visibilities is for who runs the bot."""
    visible, values = in_list("visibility", visibilities) if visibilities is not None else ("1 = 1", {})
    row = reader.one(
        f"SELECT body FROM data_requests WHERE team_id = :team_id AND number = :number AND {visible}",
        team_id=team_id,
        number=number.upper(),
        **values,
    )
    return None if row is None else _request(row)


def in_states(
    reader: Reader, team_id: str, states: Sequence[State], visibilities: Sequence[str] | None = None
) -> list[DataRequest]:
    """Return the requests in some states, of those that may be seen, in the order in which they were made."""
    return [
        each
        for each in _every(reader, team_id)
        if each.state in states and (visibilities is None or each.visibility in visibilities)
    ]


def _every(reader: Reader, team_id: str) -> list[DataRequest]:
    """Return all requests; they are read again once one of them has changed: reminders and summaries go through all."""
    row = reader.one(
        """
        SELECT count(*) AS number, coalesce(sum(version), 0) AS versions, coalesce(sum(length(body)), 0) AS size
        FROM data_requests WHERE team_id = :team_id
        """,
        team_id=team_id,
    )
    revision = tuple(row.values()) if row else ()
    return reader.remember(("data requests", team_id), revision, lambda: _read_all(reader, team_id))


def _read_all(reader: Reader, team_id: str) -> list[DataRequest]:
    rows = reader.all(
        "SELECT body FROM data_requests WHERE team_id = :team_id ORDER BY created_at, id", team_id=team_id
    )
    return [_request(row) for row in rows]


def with_person(reader: Reader, team_id: str, user_id: str, visibilities: Sequence[str]) -> list[DataRequest]:
    """Return the requests that have not ended and in which somebody is named, in the order in which they were made."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"""
        SELECT body FROM data_requests
        WHERE team_id = :team_id AND state NOT IN ('declined', 'withdrawn', 'expired') AND {visible}
        AND (requester = :user_id OR owner = :user_id OR body LIKE :named) ORDER BY created_at, id
        """,
        team_id=team_id,
        user_id=user_id,
        named=f'%"{user_id}"%',
        **values,
    )
    return [_request(row) for row in rows]


def of_data(reader: Reader, team_id: str, data_key: str, visibilities: Sequence[str]) -> list[DataRequest]:
    """Return the requests for the same data that may be seen, newest first."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"""
        SELECT body FROM data_requests WHERE team_id = :team_id AND data_key = :data_key AND {visible}
        ORDER BY created_at DESC, id DESC
        """,
        team_id=team_id,
        data_key=data_key,
        **values,
    )
    return [_request(row) for row in rows]


def decisions_served(reader: Reader, team_id: str, visibilities: Sequence[str]) -> frozenset[str]:
    """Return the decisions for which data was asked, as far as that may be seen."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"""
        SELECT DISTINCT decision_id FROM data_requests
        WHERE team_id = :team_id AND decision_id <> '' AND state NOT IN ('draft', 'withdrawn') AND {visible}
        """,
        team_id=team_id,
        **values,
    )
    return frozenset(row["decision_id"] for row in rows)


def _note(transaction: Transaction, request: DataRequest, event: Event) -> None:
    transaction.run(
        """
        INSERT INTO data_request_events (team_id, request_id, version, at, by, what, note, body)
        VALUES (:team_id, :request_id, :version, :at, :by, :what, :note, :body)
        """,
        **{**event.model_dump(), "version": request.version},
        team_id=request.team_id,
        request_id=request.id,
        body=request.model_dump_json(),
    )


def _request(row: Mapping[str, object]) -> DataRequest:
    return DataRequest.model_validate_json(str(row["body"]))


def _row(request: DataRequest) -> dict[str, object]:
    """Return the columns by which requests are found, and the whole as JSON."""
    names = (
        "id", "team_id", "visibility", "number", "state", "requester", "owner", "data_key", "needed_by", "decision_id",
        "thread", "created_at", "version",
    )  # fmt: skip
    return {**{name: getattr(request, name) for name in names}, "body": request.model_dump_json()}
