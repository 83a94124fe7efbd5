"""Decisions: who decided what and why, what was thought of it, and what became of it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, StringConstraints

from storage.engine.interface import WORKSPACE, Reader, Record, Transaction, in_list, to_text
from storage.records import numbers
from storage.records.ids import new_id
from storage.records.versioned import Event, events_of, note_event
from storage.workspaces.workspaces import note_place

State = Literal["proposed", "accepted", "rejected", "superseded", "deprecated"]
STATES: tuple[State, ...] = ("proposed", "accepted", "rejected", "superseded", "deprecated")
Attribute = Literal[
    "accuracy", "latency", "scale", "cost", "fairness", "explainability", "privacy", "security", "usability"
]
ATTRIBUTES: tuple[Attribute, ...] = (
    "accuracy", "latency", "scale", "cost", "fairness", "explainability", "privacy", "security", "usability",
)  # fmt: skip


def _one_kind_of_line_end(text: object) -> object:
    return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


Title = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Prose = Annotated[
    str, BeforeValidator(_one_kind_of_line_end), StringConstraints(max_length=3000, strip_whitespace=True)
]
Short = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True)]

_LISTS = ("attributes", "consulted", "informed", "senses", "asked", "amendments")
_FLAGS = ("silence_is_consent", "needs_data")


class NewDecision(Record):
    """A decision as it is written down. People are user ids; days are ISO dates, empty where there is none.

    ``senses`` are pins of glossary senses, id and version with a colon. ``source_…`` is the message that it was
    caught from, ``place`` and ``thread_ts`` where a proposal stands in Slack.
    """

    visibility: str = WORKSPACE
    title: Title
    why: Prose = ""
    decider: str
    state: State = "accepted"
    context: Prose = ""
    options: Prose = ""
    consequences: Prose = ""
    assumptions: Prose = ""
    reversible: Literal["", "yes", "no"] = ""
    attributes: tuple[Attribute, ...] = ()
    component_id: str = ""
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    review_on: str = ""
    review_when: Short = ""
    expected: Prose = ""
    expected_by: str = ""
    links: Prose = ""
    metric: Short = ""
    threshold: Short = ""
    source_text: Prose = ""
    source_author: str = ""
    source_link: Short = ""
    senses: tuple[str, ...] = ()
    deadline: str = ""
    asked: tuple[str, ...] = ()
    silence_is_consent: bool = False
    needs_data: bool = False
    place: str = ""
    thread_ts: str = ""


class Decision(NewDecision):
    """A decision in the log. ``number`` is how people name it, such as D-34; times are ISO 8601 UTC text.

    ``outcome`` is what happened, as told when it was looked at again; ``reason`` why it was rejected or deprecated.
    ``amendments`` begin with their day. ``origin`` is the file that it was imported from, ``component_name`` what that
    file calls a component that is not in the register.
    """

    id: str
    team_id: str
    number: str
    supersedes: str = ""
    superseded_by: str = ""
    created_by: str
    created_at: str
    decided_at: str = ""
    outcome: Prose = ""
    reason: Prose = ""
    amendments: tuple[str, ...] = ()
    origin: str = ""
    component_name: str = ""
    version: int = 1


def next_number(transaction: Transaction, team_id: str, visibility: str) -> str:
    return numbers.next_number(transaction, "D", "decision_numbers", team_id, visibility)


def note_number(transaction: Transaction, team_id: str, number: int) -> None:
    """Let no later decision get a number that an import has brought."""
    transaction.run(
        """
        INSERT INTO decision_numbers (team_id, last) VALUES (:team_id, :number) ON CONFLICT (team_id)
        DO UPDATE SET last = max(decision_numbers.last, excluded.last)
        """,
        team_id=team_id,
        number=number,
    )


def add(transaction: Transaction, decision: Decision, event: Event) -> None:
    row = _row(decision)
    transaction.run(f"INSERT INTO decisions ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})", **row)
    _note(transaction, decision, event)


def write_down(transaction: Transaction, team_id: str, new: NewDecision, by: str, at: str) -> Decision:
    """Add a new decision with the next number of its place; ``at`` is ISO 8601 UTC text."""
    if new.visibility != WORKSPACE:
        note_place(transaction, team_id, new.visibility)
    is_decided = new.state == "accepted"
    decision = Decision.model_validate({
        **new.model_dump(), "id": new_id(), "team_id": team_id, "created_by": by, "created_at": at,
        "number": next_number(transaction, team_id, new.visibility), "decided_at": at if is_decided else "",
    })  # fmt: skip
    add(transaction, decision, Event(version=1, at=at, by=by, what="logged" if is_decided else "proposed"))
    return decision


def change(transaction: Transaction, old: Decision, changes: Mapping[str, object], event: Event) -> Decision:
    """Write the next version of a decision that was read in this transaction. Raises LookupError when it was not."""
    new = Decision.model_validate({**old.model_dump(), **changes, "version": old.version + 1})
    row = _row(new)
    columns = ", ".join(f"{name} = :{name}" for name in row if name not in ("id", "team_id"))
    if not transaction.run(f"UPDATE decisions SET {columns} WHERE id = :id AND version = :version - 1", **row):
        raise LookupError(f"the decision {old.number} changed inside one transaction")
    _note(transaction, new, event.model_copy(update={"version": new.version}))
    return new


def put_in_place_of(transaction: Transaction, earlier: Decision, successor: Decision, by: str, at: str) -> None:
    """Put one decision in the place of another, with links both ways; ``at`` is ISO 8601 UTC text."""
    ended = {"state": "superseded", "superseded_by": successor.id}
    change(transaction, earlier, ended, Event(at=at, by=by, what="supersede", note=successor.number))
    follows = Event(at=at, by=by, what="takes the place of", note=earlier.number)
    change(transaction, successor, {"supersedes": earlier.id}, follows)


def by_id(reader: Reader, team_id: str, decision_id: str) -> Decision | None:
    row = reader.one("SELECT * FROM decisions WHERE team_id = :team_id AND id = :id", team_id=team_id, id=decision_id)
    return None if row is None else _decision(row)


def by_number(reader: Reader, team_id: str, number: str, visibilities: Sequence[str]) -> Decision | None:
    visible, values = in_list("visibility", visibilities)
    row = reader.one(
        f"SELECT * FROM decisions WHERE team_id = :team_id AND number = :number AND {visible}",
        team_id=team_id,
        number=number.upper(),
        **values,
    )
    return None if row is None else _decision(row)


def all_decisions(reader: Reader, team_id: str, visibilities: Sequence[str] | None = None) -> list[Decision]:
    """Return every decision, or those that may be seen, in the order in which they were made."""
    visible, values = in_list("visibility", visibilities) if visibilities is not None else ("1 = 1", {})
    rows = reader.all(
        f"SELECT * FROM decisions WHERE team_id = :team_id AND {visible} ORDER BY created_at, id",
        team_id=team_id,
        **values,
    )
    return [_decision(row) for row in rows]


def of_component(reader: Reader, team_id: str, component_id: str, visibilities: Sequence[str]) -> list[Decision]:
    """Return the decisions about a component that may be seen and were not rejected or replaced, the latest first."""
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"""
        SELECT * FROM decisions WHERE team_id = :team_id AND component_id = :component_id
        AND state IN ('accepted', 'proposed') AND {visible} ORDER BY created_at DESC, id DESC
        """,
        team_id=team_id,
        component_id=component_id,
        **values,
    )
    return [_decision(row) for row in rows]


def latest(reader: Reader, team_id: str, visibilities: Sequence[str], most: int = 20) -> list[Decision]:
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"SELECT * FROM decisions WHERE team_id = :team_id AND {visible} ORDER BY created_at DESC, id DESC LIMIT :most",
        team_id=team_id,
        most=most,
        **values,
    )
    return [_decision(row) for row in rows]


def history(reader: Reader, team_id: str, decision_id: str) -> list[Event]:
    """Return what happened to a decision, newest first."""
    return events_of(reader, "decision_events", {"team_id": team_id, "decision_id": decision_id})


def past_deadline(reader: Reader, team_id: str, now: datetime) -> list[Decision]:
    """Return the proposals whose last day has passed."""
    rows = reader.all(
        """
        SELECT * FROM decisions WHERE team_id = :team_id AND state = 'proposed' AND deadline <> '' AND deadline < :today
        ORDER BY created_at, id
        """,
        team_id=team_id,
        today=to_text(now)[:10],
    )
    return [_decision(row) for row in rows]


def open_ones(reader: Reader, team_id: str, now: datetime | None) -> list[Decision]:
    """Return what waits for somebody: proposals, and decisions whose day of review or of expectation has come.

    Without a moment: whatever has a day ahead as well.
    """
    rows = reader.all(
        """
        SELECT * FROM decisions WHERE team_id = :team_id AND (state = 'proposed' OR (state = 'accepted' AND (
            (review_on <> '' AND review_on <= :today)
            OR (expected_by <> '' AND expected_by <= :today AND outcome = '')
        ))) ORDER BY created_at, id
        """,
        team_id=team_id,
        today=to_text(now)[:10] if now is not None else "9999",
    )
    return [_decision(row) for row in rows]


def _note(transaction: Transaction, decision: Decision, event: Event) -> None:
    of = {"team_id": decision.team_id, "decision_id": decision.id}
    note_event(transaction, "decision_events", of, event, decision)


def decision_of(row: Mapping[str, object]) -> Decision:
    return _decision(row)


def _decision(row: Mapping[str, object]) -> Decision:
    told = {**row, **{name: json.loads(str(row[name])) for name in _LISTS}}
    return Decision.model_validate({**told, **{name: bool(row[name]) for name in _FLAGS}})


def _row(decision: Decision) -> dict[str, object]:
    lists = {name: json.dumps(getattr(decision, name)) for name in _LISTS}
    return {**decision.model_dump(), **lists, **{name: int(getattr(decision, name)) for name in _FLAGS}}
