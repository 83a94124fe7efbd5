"""A store as SQL text that says the same on every machine, and a store made from such a text again.

The full-text indexes are left out and built anew from the tables that they are of: their own tables belong to the
SQLite that wrote them. Ids are counted through in the order in which they were made.
"""

import gzip
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

from bot.trial.script import BEGINS
from storage.engine.interface import to_text
from storage.engine.sqlite_connection import sqlite3 as newer_sqlite3

_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])")
_PRIVATE_NUMBER = re.compile(r"\b(?:D|DR|FB)-[BCDFGHJKLMNPQRSTVWXZ]{5}\b")
_LOCAL_SLACK = re.compile(r"http://127\.0\.0\.1:\d+")
_MIGRATED = re.compile(r"""(INSERT INTO "_sqlite_migrations" VALUES\(.*,)'[^']*'\);""")
_FIRST_ID = int(BEGINS.timestamp()) * 10**9
_SCHEMA = "SELECT name, sql FROM sqlite_master WHERE sql LIKE :like ORDER BY name"


def dump(store: Path) -> str:
    """Return a store as SQL text, with nothing in it of the machine and the moment that it was made on."""
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(store)) as kept:
        kept.execute("VACUUM INTO ?", [str(Path(folder) / "copy.db")])
        with closing(sqlite3.connect(Path(folder) / "copy.db")) as copy:
            return _without_surroundings("\n".join(_statements(copy)) + "\n")


def load(text: str, store: Path) -> None:
    """Make a store from its SQL text."""
    with closing(newer_sqlite3.connect(store)) as connection:
        connection.executescript(text)


def read(file: Path) -> str:
    return (gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()).decode()


def write(file: Path, text: str) -> None:
    file.write_bytes(gzip.compress(text.encode(), mtime=0) if file.suffix == ".gz" else text.encode())


def _statements(copy: sqlite3.Connection) -> Iterator[str]:
    """Yield the tables without their full-text indexes, then these: a trigger would fill them while they are loaded."""
    indexes, triggers = (
        copy.execute(_SCHEMA, {"like": f"CREATE {kind}%"}).fetchall() for kind in ("VIRTUAL TABLE", "TRIGGER")
    )
    for name, _ in triggers:
        copy.execute(f"DROP TRIGGER [{name}]")
    for name, _ in indexes:
        copy.execute(f"DROP TABLE [{name}]")
    copy.commit()
    yield from copy.iterdump()
    for name, sql in indexes:
        yield f"{sql};\nINSERT INTO [{name}] ([{name}]) VALUES ('rebuild');"
    for _, sql in triggers:
        yield f"{sql};"


def _without_surroundings(text: str) -> str:
    ids = sorted(set(_ID.findall(text)))
    text = _ID.sub(_by({each: f"{_FIRST_ID + place:016x}{0:08x}" for place, each in enumerate(ids)}), text)
    numbers = list(dict.fromkeys(_PRIVATE_NUMBER.findall(text)))
    letters = ("".join(each) for each in product("BCDFG", repeat=5))
    renamed = {each: f"{each[:-5]}{end}" for each, end in zip(numbers, letters, strict=False)}
    text = _PRIVATE_NUMBER.sub(_by(renamed), text)
    text = _MIGRATED.sub(rf"\g<1>'{to_text(BEGINS)}');", text)
    return _LOCAL_SLACK.sub("https://harbour.example", text)


def _by(names: dict[str, str]) -> Callable[[re.Match[str]], str]:
    return lambda match: names[match[0]]
