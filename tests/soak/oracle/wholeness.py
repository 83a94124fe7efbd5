"""Nothing in the store is half-written: its file is sound, and every record has all that belongs to it."""

from collections.abc import Iterator
from sqlite3 import Connection

from tests.soak.oracle.transcript import Finding, Transcript

#: A table of records, that of their versions, and the column that names the record there.
_VERSIONED = (
    ("decisions", "decision_events", "decision_id"),
    ("data_requests", "data_request_events", "request_id"),
    ("feedback", "feedback_events", "feedback_id"),
    ("components", "component_events", "component_id"),
    ("requirement_cards", "requirement_card_events", "card_id"),
    ("senses", "sense_versions", "sense_id"),
)
_FOUND = {"decisions": "decision", "data_requests": "request"}


def judge(_told: Transcript, store: Connection) -> Iterator[Finding]:
    for check in ("integrity_check", "foreign_key_check"):
        for row in store.execute(f"PRAGMA {check}"):
            if row[0] != "ok":
                yield Finding("half-written", f"{check}: {row}")
    for table, events, name in _VERSIONED:
        yield from _versions(store, table, events, name)
    yield from _threads(store)


def _versions(store: Connection, table: str, events: str, name: str) -> Iterator[Finding]:
    told = store.execute(
        f"SELECT {table}.id, {table}.version, count({events}.version), max({events}.version) FROM {table}"
        f" LEFT JOIN {events} ON {events}.{name} = {table}.id GROUP BY {table}.id"
    )
    for record, version, count, latest in told:
        if count and (latest != version or count != version):
            yield Finding("half-written", f"{table} {record} is at version {version}, its events at {count}, {latest}")
    for (record,) in store.execute(f"SELECT {name} FROM {events} WHERE {name} NOT IN (SELECT id FROM {table})"):
        yield Finding("half-written", f"{events} tells of {record}, which is not in {table}")


def _threads(store: Connection) -> Iterator[Finding]:
    """A thread of the bot's own has its place in Slack, or the reason why it has none."""
    for thread, state in store.execute(
        "SELECT threads.id, outbox.state FROM threads JOIN outbox ON outbox.id = threads.opener"
        " WHERE threads.ts = '' AND threads.problem = '' AND outbox.state IN ('sent', 'failed', 'uncertain')"
    ):
        yield Finding("half-written", f"the thread {thread} has no place and no problem, its first message is {state}")
