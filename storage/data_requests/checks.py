"""Samples of data that are checked against what was agreed, and what was found; never the data."""

import json
from collections.abc import Mapping, Sequence
from typing import Literal

from storage.engine.interface import Reader, Record, Transaction


class Finding(Record):
    """One expectation, what was found, and whether it is kept; None where a sample cannot tell."""

    expected: str
    found: str
    is_kept: bool | None


class Check(Record):
    """A sample that waits to be checked, or was; ``file_id`` is Slack's. ``problem`` is why it could not be read."""

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

    @property
    def judged(self) -> list[Finding]:
        """Return the expectations of which the sample can tell whether they are kept."""
        return [each for each in self.findings if each.is_kept is not None]

    @property
    def broken(self) -> list[Finding]:
        return [each for each in self.findings if each.is_kept is False]


def add(transaction: Transaction, check: Check) -> None:
    transaction.run(
        """
        INSERT INTO data_checks (id, team_id, request_id, file_id, file_name, by, at, state, findings)
        VALUES (:id, :team_id, :request_id, :file_id, :file_name, :by, :at, :state, :findings)
        """,
        **_row(check),
    )


def end(transaction: Transaction, check: Check) -> bool:
    """Keep what was found; False when another process was faster."""
    return bool(
        transaction.run(
            "UPDATE data_checks SET state = 'done', findings = :findings WHERE id = :id AND state = 'waiting'",
            id=check.id,
            findings=_row(check)["findings"],
        )
    )


def forget_findings(transaction: Transaction, team_id: str, request_id: str) -> None:
    """Forget what was expected and found, and of which file; that something was checked stays."""
    transaction.run(
        """
        UPDATE data_checks SET findings = :nothing, file_name = '', state = 'done'
        WHERE team_id = :team_id AND request_id = :request_id
        """,
        team_id=team_id,
        request_id=request_id,
        nothing=json.dumps({"findings": [], "problem": ""}),
    )


def waiting(reader: Reader, team_id: str, most: int = 5) -> list[Check]:
    rows = reader.all(
        "SELECT * FROM data_checks WHERE team_id = :team_id AND state = 'waiting' ORDER BY id LIMIT :most",
        team_id=team_id,
        most=most,
    )
    return [_check(row) for row in rows]


def of_request(reader: Reader, team_id: str, request_id: str) -> Sequence[Check]:
    """Return the checks of a request that are done, newest first."""
    rows = reader.all(
        """
        SELECT * FROM data_checks WHERE team_id = :team_id AND request_id = :request_id AND state = 'done'
        ORDER BY id DESC
        """,
        team_id=team_id,
        request_id=request_id,
    )
    return [_check(row) for row in rows]


def done_between(reader: Reader, team_id: str, begin: str, end: str) -> list[Check]:
    """Return what was checked in a span of time (ISO 8601 UTC text), the newest first."""
    rows = reader.all(
        """
        SELECT * FROM data_checks WHERE team_id = :team_id AND state = 'done' AND at > :begin AND at <= :end
        ORDER BY id DESC
        """,
        team_id=team_id,
        begin=begin,
        end=end,
    )
    return [_check(row) for row in rows]


def _check(row: Mapping[str, object]) -> Check:
    told = json.loads(str(row["findings"]))
    return Check.model_validate({**row, "findings": told["findings"], "problem": told["problem"]})


def _row(check: Check) -> dict[str, object]:
    row = check.model_dump(exclude={"findings", "problem"})
    return {**row, "findings": json.dumps(check.model_dump(include={"findings", "problem"}))}
