"""What each feature lets go once it has ended: nothing that was kept of a record alone is left behind."""

import pytest
import sqlite_utils

from handlers import FEATURES
from handlers.framework.routing import join
from handlers.hooks.retention import Retained
from storage.engine.interface import WORKSPACE, Database
from storage.migrations import MIGRATIONS
from storage.records import retention

KINDS = join(FEATURES).hooks.retains
#: Columns of other records, which stay, that name one that may be gone.
MENTIONED = {
    ("change_notices", "request_id"),
    ("data_requests", "decision_id"),
    ("data_requests", "feedback_id"),
    ("launches", "decision_id"),
}


def columns() -> set[tuple[str, str]]:
    """Return every column of every table."""
    database = sqlite_utils.Database(memory=True)
    MIGRATIONS.apply(database)
    found = {(table.name, column.name) for table in database.tables for column in table.columns}
    database.close()
    return found


def test_every_kind_has_a_name_of_its_own() -> None:
    assert len({each.kind for each in KINDS}) == len({each.label for each in KINDS}) == len(KINDS) >= 6


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.kind)
def test_every_table_that_names_a_record_by_its_id_loses_it_too(kind: Retained) -> None:
    named = {of[0] for of in kind.ended.beside.values() if of[0].endswith("_id")}
    assert {(table, of) for table, keys in kind.ended.beside.items() for of in keys} <= columns()
    wanted = {each for each in columns() if each[1] in named - {"record_id"}} - MENTIONED
    assert wanted <= {(table, of) for table, keys in kind.ended.beside.items() for of in keys}


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.kind)
async def test_what_is_past_can_be_asked_of_every_kind(store: Database, kind: Retained) -> None:
    assert retention.past(store.reader, kind.ended, "T1", "9", 10) == []
    assert retention.count(store.reader, kind.ended, "T1", "9", [WORKSPACE]) == 0
