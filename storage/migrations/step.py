"""What every step needs."""

from sqlite_utils import Database
from sqlite_utils.db import Table


def table(database: Database, name: str) -> Table:
    found = database[name]
    if not isinstance(found, Table):
        message = f"{name} is a view"
        raise TypeError(message)
    return found
