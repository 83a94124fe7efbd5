"""PostgreSQL's schema, made from SQLite's as the steps leave it, so that each table is written down once.

A new store gets all of it at once; one that lacks some steps gets what they have changed. Texts are compared byte by
byte there too (``COLLATE "C"``). References of one table to another are left out, for SQLite doesn't hold them either.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import sqlite_utils

from storage.engine.interface import StoreError
from storage.migrations import AT_ONCE, PARTED, STEPS

_TYPES = {"TEXT": 'TEXT COLLATE "C"', "INTEGER": "BIGINT"}
_SEARCHED = re.compile(r'CREATE VIRTUAL TABLE "(?P<table>\w+)_fts" USING FTS5 \((?P<columns>[^=]*?),\s*tokenize')
_OF_SEARCH = re.compile(r"_fts(?:_[a-z]+)?$")
_COUNTED = re.compile(r"CREATE TRIGGER \w+_counted AFTER \w+ ON (\w+)")
_OWNED = re.compile(r"CREATE TRIGGER \w+_visibility BEFORE .* ON (\w+)")
#: Among what is searched, the workspace; in PostgreSQL it is one more word of a row.
_OWNER, _WHOSE = "team_id", "array_to_tsvector(ARRAY['team ' || {}.team_id])"
_FOLLOWED = re.compile(r'CREATE TRIGGER "?\w+_a[iud]"? AFTER ')


@dataclass
class Schema:
    """What there is: each table's columns and key, indexes by name, and by name of a table what follows its rows.

    Of the tables ``searched`` some columns are found by words; the changes of those ``counted`` are counted; a row of
    those ``owned`` has a visibility, and of those ``parted`` is there for its own workspace alone. The words of those
    filed ``at_once`` wait in no list.
    """

    tables: dict[str, dict[str, str]] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)
    indexes: dict[str, str] = field(default_factory=dict)
    searched: dict[str, list[str]] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)
    owned: set[str] = field(default_factory=set)
    parted: set[str] = field(default_factory=set)
    at_once: set[str] = field(default_factory=set)


def schema_after(steps: Collection[str]) -> Schema:
    """Return the schema as some steps leave it."""
    made = sqlite_utils.Database(memory=True)
    for name, step in STEPS:
        if name in steps:
            step(made)
    schema = Schema()
    for kind, place, sql in made.execute("SELECT type, name, sql FROM sqlite_master WHERE sql <> ''").fetchall():
        _READ[kind](schema, place, " ".join(sql.split()))
    for name in schema.tables:
        told = made.execute(f'PRAGMA table_info("{name}")').fetchall()
        schema.tables[name] = {each[1]: _definition(*each[2:]) for each in told}
        schema.keys[name] = [each[1] for each in sorted(told, key=lambda each: each[5]) if each[5]]
    made.close()
    if PARTED in steps:
        schema.parted = {name for name, columns in schema.tables.items() if "team_id" in columns}
    if AT_ONCE in steps:
        schema.at_once = set(schema.searched)
    return schema


def _definition(kind: str, is_needed: int, default: str | None, key: int) -> str:
    needed = " NOT NULL" if is_needed or key else ""
    return _TYPES[kind] + needed + (f" DEFAULT {default}" if default is not None else "")


def _table(schema: Schema, name: str, sql: str) -> None:
    if found := _SEARCHED.match(sql):
        schema.searched[found["table"]] = re.findall(r'"(\w+)"', found["columns"])
    if not _OF_SEARCH.search(name):
        schema.tables[name] = {}


def _index(schema: Schema, name: str, sql: str) -> None:
    schema.indexes[name] = sql


def _trigger(schema: Schema, name: str, sql: str) -> None:
    """Raises StoreError for a trigger of another kind than those that are known here."""
    if found := _COUNTED.match(sql):
        schema.counted.add(found[1])
    elif found := _OWNED.match(sql):
        schema.owned.add(found[1])
    elif not _FOLLOWED.match(sql):
        raise StoreError(f"PostgreSQL has no counterpart of the trigger {name}")


_READ: Mapping[str, Callable[[Schema, str, str], None]] = {"table": _table, "index": _index, "trigger": _trigger}


def statements(before: Schema, after: Schema) -> Iterator[str]:
    """Yield what makes one schema the other. Raises StoreError where that takes more than adding to it."""
    _check(before, after)
    for name in sorted(after.tables.keys() - before.tables.keys()):
        told = ", ".join(f'"{column}" {kind}' for column, kind in after.tables[name].items())
        yield f"CREATE TABLE {name} ({told}, PRIMARY KEY ({', '.join(after.keys[name])}))"
    for name, columns in before.tables.items():
        added = {column: kind for column, kind in after.tables[name].items() if column not in columns}
        yield from (f'ALTER TABLE {name} ADD COLUMN "{column}" {kind}' for column, kind in added.items())
    yield from (f'DROP INDEX "{name}"' for name in sorted(before.indexes.keys() - after.indexes.keys()))
    yield from (sql for name, sql in after.indexes.items() if name not in before.indexes)
    for name in sorted(after.owned - before.owned):
        yield f"ALTER TABLE {name} ADD CONSTRAINT \"a visibility is empty: {name}\" CHECK (visibility <> '')"
    for name in sorted(after.parted - before.parted):
        yield from _parting(name)
    for name in sorted(after.counted - before.counted):
        yield from _counting(name)
    yield from _found_by_words(before, after)


def _found_by_words(before: Schema, after: Schema) -> Iterator[str]:
    for name in sorted(after.searched.keys() - before.searched.keys()):
        yield from _searching(name)
    for name in sorted(after.at_once - before.at_once):
        yield from _at_once(name)
    for name, searched in sorted(after.searched.items()):
        if before.searched.get(name) != searched:
            yield from _filing(name, searched)
        if name in before.searched and before.searched[name] != searched:
            yield _filed_anew(name)


def _check(before: Schema, after: Schema) -> None:
    for name, columns in before.tables.items():
        now = after.tables.get(name, {})
        if {column: now.get(column) for column in columns} != columns:
            raise StoreError(f"the table {name} is changed otherwise than by new columns")
    is_same = all(after.indexes.get(name, sql) == sql for name, sql in before.indexes.items())
    known = [(columns, after.searched.get(name, [])) for name, columns in before.searched.items()]
    if not is_same or any(now not in (columns, [_OWNER, *columns]) for columns, now in known):
        raise StoreError("an index is made otherwise under the name that it had")


def _parting(table: str) -> Iterator[str]:
    """Let a connection that is kept to a workspace find and write its rows alone; the owner's, too, which the bot is.

    What isn't kept to any, such as the version before, finds all. Of a CASE the planner takes half of the rows to
    pass, and of comparisons hardly any, which would make it read long lists row by row.
    """
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    kept_to = "coalesce(current_setting('common_ground.team', true), '')"
    there = f"CASE {kept_to} WHEN '' THEN true ELSE {kept_to} = team_id END"
    yield f"CREATE POLICY one_workspace ON {table} USING ({there})"


def _counting(table: str) -> Iterator[str]:
    """Count rows for a whole statement at once: one row that each row moved on would get ever slower."""
    for event, rows in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        yield (
            f"CREATE TRIGGER {table}_{event.lower()}_counted AFTER {event} ON {table} "
            f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_changes()"
        )


def _searching(table: str) -> Iterator[str]:
    """Keep what is found by words in a table beside it; its rows are numbered as they were first written."""
    yield f"""
        CREATE TABLE {table}_fts (
            full_text_id TEXT COLLATE "C" PRIMARY KEY REFERENCES {table} ON DELETE CASCADE,
            full_text_place BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
            full_text_length BIGINT NOT NULL, full_text_words TSVECTOR NOT NULL
        )
    """
    yield f"CREATE INDEX {table}_fts_words ON {table}_fts USING gin (full_text_words)"


def _at_once(table: str) -> Iterator[str]:
    """File words with each row: a list of those that wait is read to its end by everybody who looks for something."""
    yield f"ALTER INDEX {table}_fts_words SET (fastupdate = off)"
    yield f"SELECT gin_clean_pending_list('{table}_fts_words')"


def _filing(table: str, columns: Sequence[str]) -> Iterator[str]:
    """Have the words of a row follow it; whose it is stands among them, with a space, which no word has.

    Whoever writes rows meanwhile is waited for by the trigger, and waits for it.
    """
    listed = ", ".join(f'"{column}"' for column in columns)
    said = [each for each in columns if each != _OWNER]
    words = " || ' ǁ ' || ".join(f'plain_words(NEW."{column}")' for column in said)
    owner = f"{_WHOSE.format('NEW')} || " if _OWNER in columns else ""
    yield f"""
        CREATE OR REPLACE FUNCTION file_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            words TSVECTOR := {owner}to_tsvector('common_ground', {words});
            length BIGINT := (SELECT coalesce(sum(cardinality(positions)), 0) FROM unnest(words)) - {len(said) - 1};
        BEGIN
            IF TG_OP = 'INSERT' THEN
                INSERT INTO {table}_fts (full_text_id, full_text_length, full_text_words)
                VALUES (NEW.id, length, words);
            ELSE
                UPDATE {table}_fts SET full_text_length = length, full_text_words = words WHERE full_text_id = NEW.id;
            END IF;
            RETURN NULL;
        END $$
    """
    yield (
        f"CREATE OR REPLACE TRIGGER {table}_filed AFTER INSERT OR UPDATE OF {listed} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION file_{table}()"
    )


def _filed_anew(table: str) -> str:
    return f"""
        UPDATE {table}_fts SET full_text_words = {_WHOSE.format(table)} || full_text_words
        FROM {table} WHERE {table}.id = full_text_id
    """
