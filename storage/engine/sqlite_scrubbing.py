"""Takes out of SQLite's files what was deleted and overwritten: ``secure_delete`` leaves some of it.

Pages that were balanced keep pieces of rows between those that they hold, until VACUUM writes the file anew, and
indexes for full-text search keep deleted words, until their parts are merged. Merging goes in steps, so that others
write in between; VACUUM keeps them waiting, for a second at 64 MiB.
"""

from storage.engine.interface import Reader, StoreUnavailableError, Transaction

#: A file of so many bytes is written anew at any hour.
AT_ANY_HOUR = 64 * 2**20
#: So many pages are merged while others wait.
_MERGED = 100
#: Writing the file anew keeps so many pages of it in memory, not all that a write may: it changes each of them.
_KEPT = 500
#: A step that has merged something changes at least so many rows.
_SOME = 2


def indexes(reader: Reader) -> list[str]:
    """Return the names of the indexes for full-text search."""
    found = reader.all("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
    return [row["name"] for row in found]


def merge_some(transaction: Transaction, index: str, *, is_first: bool) -> bool:
    """Merge the parts of an index a little further; return whether there may be more to do.

    https://sqlite.org/fts5.html#the_merge_command: less than nothing begins with all of its parts.
    """
    before = _changes(transaction)
    pages = -_MERGED if is_first else _MERGED
    transaction.run(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', :pages)", pages=pages)
    return _changes(transaction) - before >= _SOME


def _changes(reader: Reader) -> int:
    return int((reader.one("SELECT total_changes() AS changes") or {"changes": 0})["changes"])


def scrub(alone: Transaction, *, is_quiet: bool) -> bool:
    """Write the file anew, a large one only where it ``is_quiet``, and empty the log; return whether all is out.

    Raises StoreUnavailableError.
    """
    is_anew = is_quiet or _told(alone, "page_count") * _told(alone, "page_size") <= AT_ANY_HOUR
    if is_anew:
        _write_anew(alone)
    if _told(alone, "wal_checkpoint(TRUNCATE)"):
        raise StoreUnavailableError("somebody still reads what was deleted")
    return is_anew


def _write_anew(alone: Transaction) -> None:
    """VACUUM may change the row numbers that indexes go by; one of which it has is made anew, which takes long."""
    names = indexes(alone)
    before = [_numbered(alone, name) for name in names]
    usual = _told(alone, "cache_spill")
    alone.run(f"PRAGMA cache_spill = {_KEPT}")
    try:
        alone.run("VACUUM")
    finally:
        alone.run(f"PRAGMA cache_spill = {usual}")
    for name, rows in zip(names, before, strict=True):
        if _numbered(alone, name) != rows:
            alone.run(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")


def _numbered(reader: Reader, index: str) -> list[dict[str, object]]:
    return reader.all(f"SELECT rowid, id FROM {index.removesuffix('_fts')} ORDER BY id")


def _told(reader: Reader, pragma: str) -> int:
    """Return the first that a pragma tells."""
    return int(next(iter((reader.one(f"PRAGMA {pragma}") or {"": 0}).values())))
