"""Decisions: who decided what and why, what was thought of it, and what became of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, StringConstraints

from storage.engine.interface import WORKSPACE, Reader, Record, Transaction, to_text
from storage.engine.statements import workspaces_with
from storage.finding.finding import Filing
from storage.records import numbers
from storage.records.ids import new_id
from storage.records.rows import InColumns
from storage.records.versioned import HistoryEntry, Versioned, VersionedStore
from storage.workspaces.workspaces import note_place

State = Literal["proposed", "accepted", "rejected", "superseded", "deprecated"]
STATES: tuple[State, ...] = get_args(State)
Attribute = Literal[
    "accuracy", "latency", "scale", "cost", "fairness", "explainability", "privacy", "security", "usability"
]
ATTRIBUTES: tuple[Attribute, ...] = get_args(Attribute)


def _one_kind_of_line_end(text: object) -> object:
    return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


Title = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
#: Of any length: what people bring in files is longer than what a form takes.
Prose = Annotated[str, BeforeValidator(_one_kind_of_line_end), StringConstraints(strip_whitespace=True)]
Short = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True)]


class NewDecision(Record):
    """A decision as it is written down. People are user ids; days are ISO dates, empty where there is none.

    ``senses`` are pins of glossary senses, id and version with a colon. ``source_…`` is the message that it was
    caught from, ``place`` and ``thread_ts`` where it stands in Slack. ``adds_to`` is the id of a decision to which
    this one adds something.
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
    adds_to: str = ""


class Decision(NewDecision, Versioned):
    """A decision in the log. ``number`` is how people name it, such as D-34; times are ISO 8601 UTC text.

    ``outcome`` is what happened, as told when it was looked at again; ``reason`` why it was rejected or deprecated.
    ``amendments`` begin with their day. ``origin`` is the file that it was imported from, ``component_name`` what that
    file calls a component that is not in the register.
    """

    id: str
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

    @property
    def is_reported(self) -> bool:
        """Tell whether somebody else says that the decider decided this, which the decider has not confirmed."""
        is_by_another = self.created_by not in ("", self.decider)
        return self.state == "proposed" and not self.deadline and is_by_another


def _filed(decision: Decision) -> Filing:
    told = (
        decision.number,
        decision.why,
        decision.context,
        decision.options,
        decision.consequences,
        decision.expected,
        decision.assumptions,
        decision.outcome,
        decision.metric,
        decision.threshold,
        decision.component_name,
        *decision.attributes,
        *decision.amendments,
    )
    return Filing(
        kind="decision",
        id=decision.id,
        visibility=decision.visibility,
        component_id=decision.component_id,
        title=decision.title,
        body="\n".join(filter(None, told)),
        is_current=decision.state in ("proposed", "accepted"),
        at=decision.decided_at or decision.created_at,
    )


DECISIONS = VersionedStore(
    InColumns(Decision),
    "decisions",
    entries=HistoryEntry,
    history_table="decision_events",
    key={"id": "decision_id"},
    files=_filed,
)
add, change, history = DECISIONS.add, DECISIONS.change, DECISIONS.history


def next_number(transaction: Transaction, team_id: str, visibility: str) -> str:
    return numbers.next_number(transaction, "D", "decision_numbers", team_id, visibility)


def note_number(transaction: Transaction, team_id: str, number: int) -> None:
    """Let no later decision get a number that an import has brought."""
    numbers.note_number(transaction, "decision_numbers", team_id, number)


def write_down(transaction: Transaction, team_id: str, new: NewDecision, by: str, at: str) -> Decision:
    """Add a new decision with the next number of its place; ``at`` is ISO 8601 UTC text."""
    if new.visibility != WORKSPACE:
        note_place(transaction, team_id, new.visibility)
    what, decided_at = ("logged", at) if new.state == "accepted" else ("proposed", "")
    made = {"id": new_id(), "team_id": team_id, "created_by": by, "created_at": at, "decided_at": decided_at}
    number = next_number(transaction, team_id, new.visibility)
    decision = Decision.model_validate({**new.model_dump(), **made, "number": number})
    add(transaction, decision, HistoryEntry(at=at, by=by, what=what))
    return decision


def put_in_place_of(transaction: Transaction, earlier: Decision, successor: Decision, by: str, at: str) -> Decision:
    """Put one decision in the place of another, with links both ways; return the earlier. ``at`` is ISO 8601 text."""
    ended = {"state": "superseded", "superseded_by": successor.id, "reason": ""}
    step = HistoryEntry(at=at, by=by, what="supersede", note=successor.number)
    replaced = change(transaction, earlier, ended, step)
    follows = HistoryEntry(at=at, by=by, what="takes the place of", note=earlier.number)
    change(transaction, successor, {"supersedes": earlier.id}, follows)
    return replaced


def by_id(reader: Reader, team_id: str, decision_id: str) -> Decision | None:
    return DECISIONS.one(reader, team_id, id=decision_id)


def by_number(reader: Reader, team_id: str, number: str, visibilities: Sequence[str]) -> Decision | None:
    return DECISIONS.one(reader, team_id, visibilities, number=number.upper())


def all_decisions(reader: Reader, team_id: str, visibilities: Sequence[str] | None = None) -> list[Decision]:
    """Return every decision, or those that may be seen, in the order in which they were made."""
    return DECISIONS.some(reader, team_id, visibilities)


def of_component(reader: Reader, team_id: str, component_id: str, visibilities: Sequence[str]) -> list[Decision]:
    """Return the decisions about a component that may be seen and were not rejected or replaced, the latest first."""
    such = """
        AND component_id <> '' AND component_id = :id AND state IN ('accepted', 'proposed')
        ORDER BY created_at DESC, id DESC
    """
    return DECISIONS.find(reader, team_id, visibilities, such, id=component_id)


def additions(reader: Reader, decision: Decision) -> list[Decision]:
    """Return the decisions that add to one and whose readers may see both, in the order in which they were made."""
    such = "AND adds_to <> '' AND adds_to = :id ORDER BY created_at, id"
    return DECISIONS.find(reader, decision.team_id, (WORKSPACE, decision.visibility), such, id=decision.id)


def latest(reader: Reader, team_id: str, visibilities: Sequence[str], most: int = 20) -> list[Decision]:
    return DECISIONS.find(reader, team_id, visibilities, "ORDER BY created_at DESC, id DESC LIMIT :most", most=most)


def past_deadline(reader: Reader, team_id: str, now: datetime) -> list[Decision]:
    """Return the proposals whose last day has passed."""
    such = "AND state = 'proposed' AND deadline <> '' AND deadline < :today ORDER BY created_at, id"
    return DECISIONS.find(reader, team_id, None, such, today=to_text(now)[:10])


def where_past(reader: Reader, now: datetime) -> set[str]:
    """Return the workspaces with such proposals."""
    such = "state = 'proposed' AND deadline <> '' AND deadline < :today"
    return workspaces_with(reader, "decisions", such, today=to_text(now)[:10])


def open_ones(reader: Reader, team_id: str, now: datetime | None) -> list[Decision]:
    """Return what waits for somebody: proposals, and decisions whose day of review or of expectation has come.

    Without a moment: whatever has a day ahead as well.
    """
    rows = reader.all(
        """
        SELECT * FROM decisions WHERE (team_id = :team_id AND state = 'proposed')
        OR (team_id = :team_id AND state = 'accepted' AND review_on <> '' AND review_on <= :today)
        OR (team_id = :team_id AND state = 'accepted' AND expected_by <> '' AND expected_by <= :today AND outcome = '')
        ORDER BY created_at, id
        """,
        team_id=team_id,
        today=to_text(now)[:10] if now is not None else "9999",
    )
    return [DECISIONS.read(row) for row in rows]
