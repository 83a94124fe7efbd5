"""A workspace is deleted from every table of the schema, and what refers to another goes first."""

import sqlite_utils

from storage.engine.interface import Database
from storage.migrations import MIGRATIONS
from storage.workspaces import deletion
from storage.workspaces.workspaces import connect_workspace
from tests.conftest import START
from tests.writing import write

#: Which steps the schema has taken, the list of what is being deleted itself, and what was used up before Slack named
#: a workspace.
WITHOUT_ROWS_OF_A_WORKSPACE = {"_sqlite_migrations", "deletions", "used_states"}


def test_every_table_of_the_schema_is_listed_with_its_key_and_what_refers_to_another_first() -> None:
    database = sqlite_utils.Database(memory=True)
    MIGRATIONS.apply(database)
    tables = {each.name: each for each in database.tables if "_fts" not in each.name}
    keys = {name: " ".join(each.pks) for name, each in tables.items() if name not in WITHOUT_ROWS_OF_A_WORKSPACE}
    without_team = [name for name in keys if "team_id" not in tables[name].columns_dict]
    referred = {(name, key.other_table) for name in keys for key in tables[name].foreign_keys}
    database.close()
    order = list(deletion.TABLES)
    assert keys == deletion.TABLES
    assert without_team == []
    assert len(referred) >= 5
    assert [pair for pair in referred if order.index(pair[0]) > order.index(pair[1])] == []


async def test_many_rows_go_in_several_writes_and_those_of_others_stay(store: Database) -> None:
    for team_id in ("T1", "T2"):
        await write(store, connect_workspace, team_id, "Harbour", "U0BOT", START)
    handled = [{"team_id": team, "gesture": f"g{number}", "handled_at": ""} for number in range(1200) for team in "12"]
    adding = "INSERT INTO handled (team_id, gesture, handled_at) VALUES ('T' || :team_id, :gesture, :handled_at)"
    await store.write(lambda transaction: transaction.run_many(adding, handled))
    assert deletion.counts(store.reader, "T1") == {"handled": 1200, "workspaces": 1}
    await write(store, deletion.begin, "T1", START)
    await write(store, deletion.begin, "T1", START)
    assert deletion.begun(store.reader) == ["T1"]
    writes = 0
    while await write(store, deletion.delete_some, "T1"):
        writes += 1
    assert writes == 3
    assert (deletion.counts(store.reader, "T1"), deletion.begun(store.reader)) == ({}, ["T1"])
    await write(store, deletion.end, "T1")
    assert deletion.begun(store.reader) == []
    assert deletion.counts(store.reader, "T2") == {"handled": 1200, "workspaces": 1}
    assert not await write(store, deletion.delete_some, "T2")
