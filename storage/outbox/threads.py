"""Threads that the bot opens and goes on writing in: where each stands in Slack, and what is wrong with it."""

from collections.abc import Iterable, Sequence

from storage.engine.interface import Reader, Record, Transaction, in_list
from storage.engine.statements import insert, workspaces_with
from storage.records.rows import InColumns
from storage.records.tables import Table


class Thread(Record):
    """A thread of the bot's own. ``opener`` is the delivery of its first message, ``about`` the id of its record.

    ``ts`` is that message's, empty until Slack has it; ``problem`` is why Slack takes no more there. ``is_told``: who
    is concerned has heard of the problem.
    """

    id: str
    team_id: str
    channel: str
    opener: str
    about: str = ""
    ts: str = ""
    problem: str = ""
    is_told: bool = False


class Ending(Record):
    """How a delivery in a thread ended: it is there (``ts``), or Slack takes no more (``problem``), or neither."""

    delivery_id: str
    thread: str
    ts: str = ""
    problem: str = ""


_THREADS = Table(InColumns(Thread), "threads", "id")


def add(transaction: Transaction, thread: Thread) -> None:
    insert(transaction, _THREADS.table, _THREADS.rows.row_of(thread))


def thread(reader: Reader, thread_id: str) -> Thread | None:
    row = reader.one("SELECT * FROM threads WHERE id = :id", id=thread_id)
    return None if row is None else _THREADS.read(row)


def at(reader: Reader, team_id: str, channel: str, ts: str) -> Thread | None:
    """Return the thread whose first message this is."""
    return _THREADS.one(reader, team_id, channel=channel, ts=ts) if ts else None


def standing(reader: Reader, team_id: str, ids: Sequence[str]) -> list[Thread]:
    """Return those of some threads that Slack has."""
    listed, values = in_list("id", ids)
    return _THREADS.find(reader, team_id, None, f"AND ts <> '' AND {listed}", **values) if ids else []


#: A thread without its first message is lost, although Slack may go on to take replies for it.
_GONE = "message_not_found"
_WELL = "UPDATE threads SET problem = '', is_told = 0 WHERE id = :thread AND problem <> ''"


def note_endings(transaction: Transaction, endings: Iterable[Ending]) -> None:
    """Keep where a thread stands once its first message is there, and what Slack minds about it, until it does not."""
    for each in endings:
        told = each.model_dump()
        if each.ts:
            transaction.run("UPDATE threads SET ts = :ts WHERE id = :thread AND opener = :delivery_id", **told)
        if each.problem:
            transaction.run("UPDATE threads SET problem = :problem WHERE id = :thread AND problem = ''", **told)
        elif each.ts:
            transaction.run(f"{_WELL} AND (problem <> :gone OR opener = :delivery_id)", **told, gone=_GONE)


def end_unopened(transaction: Transaction, team_id: str, reason: str) -> None:
    """Note that the threads of a workspace whose first message is not there get none."""
    ending = "UPDATE threads SET problem = :reason WHERE team_id = :team_id AND ts = '' AND problem = ''"
    transaction.run(ending, team_id=team_id, reason=reason)


def broken(reader: Reader, team_id: str) -> list[Thread]:
    """Return the threads in which Slack takes no more, of which nobody has been told."""
    return _THREADS.find(reader, team_id, None, "AND is_told = 0 AND problem <> '' ORDER BY id")


def where_broken(reader: Reader) -> set[str]:
    return workspaces_with(reader, "threads", "is_told = 0 AND problem <> ''")


def note_told(transaction: Transaction, told: Iterable[Thread]) -> None:
    transaction.run_many("UPDATE threads SET is_told = 1 WHERE id = :id", [{"id": each.id} for each in told])
