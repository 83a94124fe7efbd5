"""What every step needs."""

from collections.abc import Sequence

from sqlite_utils import Database
from sqlite_utils.db import Table


def table(database: Database, name: str) -> Table:
    found = database[name]
    if not isinstance(found, Table):
        raise TypeError(f"{name} is a view")
    return found


def create_history(database: Database, name: str, record: str) -> Table:
    """Create the table of what happened to the records that the column ``record`` names."""
    return create(database, name, f"team_id {record} version:int at by what note body", f"team_id {record} version")


def create(
    database: Database, name: str, columns: str, key: str, foreign_keys: Sequence[tuple[str, str, str]] = ()
) -> Table:
    """Create a table of texts, and of numbers where a column's name ends in ``:int``; none of them may be empty (NULL).

    ``key`` are the columns of its primary key.
    """
    named = [column.partition(":") for column in columns.split()]
    types = {column: int if kind == "int" else str for column, _, kind in named}
    keys = key.split()
    found = table(database, name)
    found.create(
        types,
        pk=keys[0] if len(keys) == 1 else tuple(keys),
        not_null=types.keys() - set(keys),
        foreign_keys=list(foreign_keys) or None,
    )
    return found
