"""Weekly summaries: when each is due, what each told, and who is told before that something of theirs is listed."""

import json
from collections.abc import Iterable, Mapping
from typing import Literal

from storage.engine.interface import Reader, Record, Transaction

State = Literal["posted", "nothing", "folded"]


class Schedule(Record):
    """When a channel, or a person, gets a summary.

    ``subject`` is its id, ``weekday`` 0 for Monday, ``at`` such as 09:00.
    ``tz`` is an IANA name, ``set_at`` ISO 8601 UTC text. ``is_always``: one line is said where nothing happened.
    ``is_naming``: people are notified of what waits for them.
    """

    team_id: str
    subject: str
    weekday: int
    at: str
    tz: str
    set_by: str
    set_at: str
    is_always: bool = False
    is_naming: bool = False


class Run(Record):
    """A summary as it was told. ``period`` is the day on which it was due.

    ``begins_at`` and ``ends_at`` are the time that it told of (ISO 8601 UTC text). ``figures`` are followed over the
    weeks, ``keys`` tell what was listed; ``thread`` is where it stands.
    """

    id: str
    team_id: str
    subject: str
    period: str
    begins_at: str
    ends_at: str
    state: State
    figures: dict[str, int]
    keys: tuple[str, ...]
    thread: str = ""


class Notice(Record):
    """That so many things of somebody's will be listed in a summary that is due at ``due_at`` (ISO 8601 UTC text).

    ``listed`` names the first of them.
    """

    team_id: str
    subject: str
    period: str
    due_at: str
    person: str
    count: int
    listed: str = ""


def schedules(reader: Reader, team_id: str) -> list[Schedule]:
    rows = reader.all("SELECT * FROM summary_schedules WHERE team_id = :team_id ORDER BY subject", team_id=team_id)
    return [_schedule(row) for row in rows]


def schedule(reader: Reader, team_id: str, subject: str) -> Schedule | None:
    row = reader.one(
        "SELECT * FROM summary_schedules WHERE team_id = :team_id AND subject = :subject",
        team_id=team_id,
        subject=subject,
    )
    return None if row is None else _schedule(row)


def choose(transaction: Transaction, new: Schedule) -> None:
    """Keep when a summary is due, in the place of what was chosen before."""
    stop(transaction, new.team_id, new.subject)
    row = {**new.model_dump(), "is_always": int(new.is_always), "is_naming": int(new.is_naming)}
    transaction.run(
        """
        INSERT INTO summary_schedules (team_id, subject, weekday, at, tz, set_by, set_at, is_always, is_naming)
        VALUES (:team_id, :subject, :weekday, :at, :tz, :set_by, :set_at, :is_always, :is_naming)
        """,
        **row,
    )


def stop(transaction: Transaction, team_id: str, subject: str) -> bool:
    """Tell of no more weeks, and of nothing ahead; False where nothing was told."""
    transaction.run(
        "DELETE FROM summary_notices WHERE team_id = :team_id AND subject = :subject", team_id=team_id, subject=subject
    )
    return bool(
        transaction.run(
            "DELETE FROM summary_schedules WHERE team_id = :team_id AND subject = :subject",
            team_id=team_id,
            subject=subject,
        )
    )


def add_run(transaction: Transaction, run: Run) -> bool:
    """Keep what a summary told; False where this period was told already."""
    row = {**run.model_dump(), "figures": json.dumps(run.figures), "keys": json.dumps(run.keys)}
    return bool(
        transaction.run(
            """
            INSERT INTO summary_runs (id, team_id, subject, period, begins_at, ends_at, state, figures, keys, thread)
            VALUES (:id, :team_id, :subject, :period, :begins_at, :ends_at, :state, :figures, :keys, :thread)
            ON CONFLICT DO NOTHING
            """,
            **row,
        )
    )


def runs(reader: Reader, team_id: str, subject: str, most: int = 12) -> list[Run]:
    """Return the last runs of a summary, the newest first."""
    rows = reader.all(
        """
        SELECT * FROM summary_runs WHERE team_id = :team_id AND subject = :subject ORDER BY period DESC LIMIT :most
        """,
        team_id=team_id,
        subject=subject,
        most=most,
    )
    return [_run(row) for row in rows]


def run_of(reader: Reader, team_id: str, run_id: str) -> Run | None:
    row = reader.one("SELECT * FROM summary_runs WHERE team_id = :team_id AND id = :id", team_id=team_id, id=run_id)
    return None if row is None else _run(row)


def has_run(reader: Reader, team_id: str, subject: str, period: str) -> bool:
    row = reader.one(
        "SELECT 1 AS found FROM summary_runs WHERE team_id = :team_id AND subject = :subject AND period = :period",
        team_id=team_id,
        subject=subject,
        period=period,
    )
    return row is not None


def note_notices(transaction: Transaction, notices: Iterable[Notice]) -> None:
    transaction.run_many(
        """
        INSERT INTO summary_notices (team_id, subject, period, due_at, person, count, listed)
        VALUES (:team_id, :subject, :period, :due_at, :person, :count, :listed) ON CONFLICT DO NOTHING
        """,
        [each.model_dump() for each in notices],
    )


def notices_ahead(reader: Reader, team_id: str, now: str) -> list[Notice]:
    """Return who is to hear that something of theirs will be listed, as long as it is not yet."""
    rows = reader.all(
        "SELECT * FROM summary_notices WHERE team_id = :team_id AND due_at > :now ORDER BY due_at, subject, person",
        team_id=team_id,
        now=now,
    )
    return [Notice.model_validate(row) for row in rows]


def forget_listed(transaction: Transaction, team_id: str) -> None:
    """Keep how many things will be listed, and not what they are called: one of them was redacted."""
    transaction.run("UPDATE summary_notices SET listed = '' WHERE team_id = :team_id", team_id=team_id)


def forget_notices(transaction: Transaction, before: str) -> int:
    return transaction.run("DELETE FROM summary_notices WHERE due_at < :before", before=before)


def _schedule(row: Mapping[str, object]) -> Schedule:
    return Schedule.model_validate({**row, "is_always": bool(row["is_always"]), "is_naming": bool(row["is_naming"])})


def _run(row: Mapping[str, object]) -> Run:
    lists = {name: json.loads(str(row[name])) for name in ("figures", "keys")}
    return Run.model_validate({**row, **lists})
