"""Weekly summaries: when each is due, what each told, and who is told before that something of theirs is listed."""

import json
from collections.abc import Iterable, Mapping
from typing import Literal

from storage.engine.interface import Reader, Record, Transaction
from storage.engine.statements import delete, insert, insert_new, workspaces_with
from storage.records.rows import InColumns
from storage.records.tables import Table

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
    """A summary as it was told. ``period`` is the day on which it was due, or begins with that from which it told.

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

    None of them where nothing has happened that it would tell of, so that it may not come. ``listed`` are the
    visibilities of which it tells, with spaces between.
    """

    team_id: str
    subject: str
    period: str
    due_at: str
    person: str
    count: int
    listed: str = ""

    @property
    def shows(self) -> frozenset[str]:
        return frozenset(self.listed.split())


_SCHEDULES = Table(InColumns(Schedule), "summary_schedules", "subject")
_NOTICES = Table(InColumns(Notice), "summary_notices", "due_at, subject, person")


def is_of_channel(subject: str) -> bool:
    """Tell a channel's summary from that of a person, by the id of whose it is."""
    return subject.startswith(("C", "G"))


def schedules(reader: Reader, team_id: str) -> list[Schedule]:
    return _SCHEDULES.some(reader, team_id)


def where_scheduled(reader: Reader) -> set[str]:
    return workspaces_with(reader, "summary_schedules")


def schedule(reader: Reader, team_id: str, subject: str) -> Schedule | None:
    return _SCHEDULES.one(reader, team_id, subject=subject)


def choose(transaction: Transaction, new: Schedule) -> None:
    """Keep when a summary is due, in the place of what was chosen before."""
    stop(transaction, new.team_id, new.subject)
    insert(transaction, _SCHEDULES.table, _SCHEDULES.rows.row_of(new))


def stop(transaction: Transaction, team_id: str, subject: str) -> bool:
    """Tell of no more weeks, and of nothing ahead; False where nothing was told."""
    delete(transaction, _NOTICES.table, team_id=team_id, subject=subject)
    return bool(delete(transaction, _SCHEDULES.table, team_id=team_id, subject=subject))


def add_run(transaction: Transaction, run: Run) -> bool:
    """Keep what a summary told; False where this period was told already."""
    row = {**run.model_dump(), "figures": json.dumps(run.figures), "keys": json.dumps(run.keys)}
    return insert_new(transaction, "summary_runs", **row)


def runs(reader: Reader, team_id: str, subject: str, most: int = 12) -> list[Run]:
    """Return the last runs of a summary, the newest first."""
    told = "SELECT * FROM summary_runs WHERE team_id = :team_id AND subject = :subject ORDER BY period DESC LIMIT :most"
    return [_run(row) for row in reader.all(told, team_id=team_id, subject=subject, most=most)]


def run_of(reader: Reader, team_id: str, run_id: str) -> Run | None:
    row = reader.one("SELECT * FROM summary_runs WHERE team_id = :team_id AND id = :id", team_id=team_id, id=run_id)
    return None if row is None else _run(row)


def note_notices(transaction: Transaction, notices: Iterable[Notice]) -> None:
    _NOTICES.insert_missing(transaction, notices)


def notices_since(reader: Reader, team_id: str, since: str) -> list[Notice]:
    """Return whose things will be listed, or were in summaries that were due since a moment, the next ones last."""
    return _NOTICES.find(reader, team_id, None, "AND due_at > :since ORDER BY due_at, subject, person", since=since)


def forget_notices(transaction: Transaction, before: str) -> int:
    return transaction.run("DELETE FROM summary_notices WHERE due_at < :before", before=before)


def _run(row: Mapping[str, object]) -> Run:
    lists = {name: json.loads(str(row[name])) for name in ("figures", "keys")}
    return Run.model_validate({**row, **lists})
