"""Feedback on models and products: what was seen in use, who reported it, and what became of it."""

from collections.abc import Sequence
from typing import Literal, get_args

from storage.engine.interface import WORKSPACE, Reader, Transaction
from storage.finding.finding import Filing
from storage.records import numbers
from storage.records.rows import InBody
from storage.records.versioned import Dated, HistoryEntry, VersionedStore

State = Literal["new", "will fix", "needs data", "answered", "works as meant"]
STATES: tuple[State, ...] = get_args(State)
Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
Frequency = Literal["once", "sometimes", "often", "always"]


class Feedback(Dated):
    """One thing that was seen in use. People are user ids; ``fix_by`` is an ISO date, empty where there is none.

    ``number`` is how people name it, such as FB-3. ``joined`` reported the same. ``note`` is what was said with the
    last step, which ``by`` took at ``moved_at``. ``source_link`` leads to the message that it came from; ``receiver``
    was told of it, ``answer`` is the last answer, also where it did not settle the matter.
    """

    visibility: str = WORKSPACE
    number: str
    component_id: str
    state: State = "new"
    reporter: str
    seen_where: str
    input: str
    expected: str
    got: str
    severity: Severity
    how_often: Frequency
    joined: tuple[str, ...] = ()
    note: str = ""
    answer: str = ""
    by: str = ""
    fix_by: str = ""
    source_link: str = ""
    moved_at: str = ""
    receiver: str = ""


def _filed(item: Feedback) -> Filing:
    told = (item.number, item.input, item.expected, item.seen_where, item.note, item.answer, item.severity)
    return Filing(
        kind="feedback",
        id=item.id,
        visibility=item.visibility,
        component_id=item.component_id,
        title=item.got,
        body="\n".join(filter(None, told)),
        is_current=item.state in ("new", "will fix", "needs data"),
        at=item.created_at,
    )


ITEMS = VersionedStore(
    InBody(Feedback, ("visibility", "number", "component_id", "state", "reporter")),
    "feedback",
    entries=HistoryEntry,
    history_table="feedback_events",
    key={"id": "feedback_id"},
    stamp="changed_at",
    files=_filed,
)


def next_number(transaction: Transaction, team_id: str, visibility: str) -> str:
    return numbers.next_number(transaction, "FB", "feedback_numbers", team_id, visibility)


def by_id(reader: Reader, team_id: str, feedback_id: str, visibilities: Sequence[str]) -> Feedback | None:
    return ITEMS.one(reader, team_id, visibilities, id=feedback_id)


def by_number(reader: Reader, team_id: str, number: str, visibilities: Sequence[str]) -> Feedback | None:
    return ITEMS.one(reader, team_id, visibilities, number=number.upper())
