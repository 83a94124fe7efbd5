"""No row of any table may belong to nobody: what is empty would be seen by a mistake, or never again."""

import pytest
import sqlite_utils

from storage.engine.interface import WORKSPACE, Database, Transaction
from storage.engine.statements import alter, insert
from storage.migrations import MIGRATIONS
from tests.writing import write


def tables_with_a_visibility() -> dict[str, dict[str, object]]:
    """Return the tables that have one, each with a row for it."""
    database = sqlite_utils.Database(memory=True)
    MIGRATIONS.apply(database)
    rows: dict[str, dict[str, object]] = {
        table.name: {each.name: 0 if each.type == "INTEGER" else "[]" for each in table.columns}
        for table in database.tables
    }
    database.close()
    return {name: row | {"visibility": WORKSPACE} for name, row in rows.items() if "visibility" in row}


TABLES = tables_with_a_visibility()


def test_records_are_among_them() -> None:
    assert {"decisions", "data_requests", "senses", "components", "feedback", "outbox"} <= TABLES.keys()


@pytest.mark.parametrize("table", TABLES)
async def test_a_row_without_a_visibility_is_not_written(store: Database, table: str) -> None:
    row = TABLES[table]

    def empty_it(transaction: Transaction) -> None:
        alter(transaction, table, {"visibility": WORKSPACE}, visibility="")

    with pytest.raises(Exception, match="a visibility is empty"):
        await write(store, insert, table, {**row, "visibility": ""})
    await write(store, insert, table, row)
    with pytest.raises(Exception, match="a visibility is empty"):
        await store.write(empty_it)
    assert store.reader.all(f"SELECT visibility FROM {table}") == [{"visibility": WORKSPACE}]
