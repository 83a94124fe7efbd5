"""Samples of data that are checked against what was agreed, and what was found; never the data."""

import json
from collections.abc import Mapping, Sequence
from typing import Literal

from storage.engine.interface import Reader, Record, Transaction
from storage.engine.statements import alter, delete, insert, workspaces_with


class Finding(Record):
    """One expectation, what was found, and whether it is kept; None where a sample cannot tell.

    ``question`` is what people are asked then.
    """

    expected: str
    found: str
    is_kept: bool | None
    question: str = ""


class Check(Record):
    """A sample that waits to be checked, or was; ``file_id`` is Slack's. ``problem`` is why it could not be read.

    ``read_as`` is how it was read, where that was a guess or left something out. ``is_reported``: another
    program checked the data, and told what it found.
    """

    id: str
    team_id: str
    request_id: str
    file_id: str
    file_name: str
    by: str
    at: str
    state: Literal["waiting", "done"] = "waiting"
    findings: tuple[Finding, ...] = ()
    problem: str = ""
    read_as: str = ""
    is_reported: bool = False

    @property
    def judged(self) -> list[Finding]:
        """Return the expectations of which the sample can tell whether they are kept."""
        return [each for each in self.findings if each.is_kept is not None]

    @property
    def broken(self) -> list[Finding]:
        return [each for each in self.findings if each.is_kept is False]


def add(transaction: Transaction, check: Check) -> None:
    insert(transaction, "data_checks", _row(check))


def end(transaction: Transaction, check: Check) -> bool:
    """Keep what was found; False when another process was faster."""
    waits = {"id": check.id, "state": "waiting"}
    return bool(alter(transaction, "data_checks", waits, state="done", findings=_row(check)["findings"]))


def take(transaction: Transaction, check: Check) -> bool:
    """Take away a sample that was read and not checked; False when another process was faster."""
    return bool(delete(transaction, "data_checks", id=check.id, state="waiting"))


def forget_findings(transaction: Transaction, team_id: str, request_id: str) -> None:
    """Forget what was expected and found, and of which file; that something was checked stays."""
    nothing = json.dumps({"findings": [], "problem": "", "read_as": ""})
    about = {"team_id": team_id, "request_id": request_id}
    alter(transaction, "data_checks", about, findings=nothing, file_name="", state="done")


def waiting(reader: Reader, team_id: str, most: int = 5) -> list[Check]:
    return _checks(reader, team_id, "state = 'waiting' ORDER BY id LIMIT :most", most=most)


def where_waiting(reader: Reader) -> set[str]:
    return workspaces_with(reader, "data_checks", "state = 'waiting'")


def of_request(reader: Reader, team_id: str, request_id: str) -> Sequence[Check]:
    """Return the checks of a request that are done, newest first."""
    return _checks(reader, team_id, "request_id = :id AND state = 'done' ORDER BY id DESC", id=request_id)


def done_between(reader: Reader, team_id: str, begin: str, end: str) -> list[Check]:
    """Return what was checked in a span of time (ISO 8601 UTC text), the newest first."""
    such = "state = 'done' AND at > :begin AND at <= :end ORDER BY id DESC"
    return _checks(reader, team_id, such, begin=begin, end=end)


def _checks(reader: Reader, team_id: str, such: str, **values: object) -> list[Check]:
    rows = reader.all(f"SELECT * FROM data_checks WHERE team_id = :team_id AND {such}", team_id=team_id, **values)
    return [_check(row) for row in rows]


def _check(row: Mapping[str, object]) -> Check:
    told = json.loads(str(row["findings"]))
    return Check.model_validate({**row, **told})


def _row(check: Check) -> dict[str, object]:
    told = {"findings", "problem", "read_as", "is_reported"}
    return {**check.model_dump(exclude=told), "findings": json.dumps(check.model_dump(include=told))}
