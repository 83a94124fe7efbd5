"""Launches: whether a component may go out on its day, who said so, and when it was asked how that went."""

from collections.abc import Mapping
from typing import Literal, get_args

from storage.engine.interface import Reader, Record, Transaction
from storage.engine.statements import put
from storage.records.rows import InColumns
from storage.records.tables import Table

Verdict = Literal["", "go", "go with risk", "no-go"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)[1:]


class Launch(Record):
    """What was decided of one launch of a component; who sees the component sees it.

    ``launch_on`` and ``until`` are ISO dates, ``at`` ISO 8601 UTC text, ``by`` and ``owner`` user ids: who decided, and
    who has the risk, which ends on ``until``. ``decision_id`` is the decision that records it, with its reasons.
    ``reviewed`` are the weeks after the launch of which somebody has said what happened.
    """

    team_id: str
    component_id: str
    launch_on: str
    verdict: Verdict = ""
    decision_id: str = ""
    by: str = ""
    at: str = ""
    owner: str = ""
    until: str = ""
    reviewed: tuple[str, ...] = ()


_LAUNCHES = Table(InColumns(Launch), "launches", "launch_on")


def launch(reader: Reader, team_id: str, component_id: str, launch_on: str) -> Launch:
    """Return what was decided of a launch; one without a verdict where nothing was."""
    found = _LAUNCHES.one(reader, team_id, component_id=component_id, launch_on=launch_on)
    return found or Launch(team_id=team_id, component_id=component_id, launch_on=launch_on)


def all_launches(reader: Reader, team_id: str) -> Mapping[tuple[str, str], Launch]:
    """Return every launch of which something was decided, by the component's id and the day."""
    return {(each.component_id, each.launch_on): each for each in _LAUNCHES.some(reader, team_id)}


def keep(transaction: Transaction, kept: Launch) -> None:
    put(transaction, _LAUNCHES.table, "team_id component_id launch_on", _LAUNCHES.rows.row_of(kept))
