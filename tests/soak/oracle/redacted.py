"""What was redacted stands nowhere any more: in no row of the store, and in nothing that the bot says."""

from collections.abc import Iterator
from sqlite3 import Connection

from tests.soak.oracle.once import is_told
from tests.soak.oracle.store import tables
from tests.soak.oracle.transcript import Finding, Transcript


def judge(told: Transcript, store: Connection) -> Iterator[Finding]:
    done = [deed for deed in told.deeds if deed.gone and deed.is_acknowledged and not deed.is_undone]
    for mark in sorted({deed.gone for deed in done if not is_told(told, deed)}):
        for said in told.said:
            if said.is_bots and not said.to and mark in said.text.casefold():
                yield Finding("leak", f"{mark} was redacted, and stands in {said.ts} in {said.channel}")
        for table in tables(store):
            if _holds(store, table, mark):
                yield Finding("leak", f"{mark} was redacted, and stands in {table}")


def _holds(store: Connection, table: str, mark: str) -> bool:
    columns = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
    anywhere = " OR ".join(f'"{column}" LIKE :mark' for column in columns)
    return (
        store.execute(f"SELECT 1 FROM {table} WHERE {anywhere} LIMIT 1", {"mark": f"%{mark}%"}).fetchone() is not None
    )
