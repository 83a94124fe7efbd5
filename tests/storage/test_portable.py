"""The SQL of the store is written for every engine: what one of them alone has, or reserves, is not in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils

from storage.migrations import MIGRATIONS, MOVES, STEPS

STORAGE = Path(__file__).parents[2] / "storage"
#: Full-text search, schema steps and the file itself differ by engine.
OF_ONE_ENGINE = ("engine/postgres", "engine/sqlite", "migrations/")
NOT_PORTABLE = {
    r"\bINSERT OR\b|\bREPLACE INTO\b": "INSERT OR IGNORE INTO people VALUES (1)",
    r"\browid\b|\bAUTOINCREMENT\b|\bPRAGMA\b|\bsqlite_\w+": "SELECT rowid FROM people",
    r"\b(?:GLOB|REGEXP|MATCH|ILIKE|COLLATE)\b": "name GLOB 'A*'",
    r"\bjson\w*\(|->": "SELECT json_extract(body, '$.name')",
    r"\b(?:max|min)\([^()]*,": "SET last = max(last, :last)",
    r"\b(?:greatest|least|ifnull|iif|nvl)\(": "SELECT ifnull(name, '')",
    r"\b(?:lower|upper)\(": "WHERE lower(name) = :name",
    r"\b(?:date|datetime|time|strftime|julianday|unixepoch|now|to_char)\(": "SELECT datetime('now')",
    r"\b(?:group_concat|string_agg|printf|typeof|random|changes)\(": "SELECT group_concat(name)",
    r"\bFOR UPDATE\b|\bSKIP LOCKED\b|\bINDEXED BY\b|::": "SELECT id::int FROM people FOR UPDATE",
    r"(?:=|<|>|IN \(|VALUES \() ?\?(?:$|[\s,)])": "SELECT id FROM people WHERE id = ?",
    r"\b(?:AND|OR|NOT) :\w+\s*(?:\)|$)": "SELECT id FROM people WHERE (is_gone = 0 OR :is_all)",
    r"==|`|\bLIMIT :\w+ ?,": "SELECT `id` FROM people LIMIT :a, :b",
}
#: LIKE folds ASCII in one engine and nothing in another: it looks for ids, and for words of ours in small letters.
LIKE = {
    "claimants LIKE :listed", "consulted LIKE :people", "body LIKE :named", "attributes LIKE :attribute",
    "body LIKE '%\"in_channel\"%'", "record_id LIKE 'U%'", "record_id LIKE 'W%'", "x LIKE :x",
    "example_link LIKE '%/archives/%'", "source_link LIKE '%/archives/%'",
}  # fmt: skip
RESERVED = """
    add all alter analyse analyze and any array as asc asymmetric authorization autoincrement between binary both case
    cast check collate collation column commit concurrently constraint create cross current_catalog current_date
    current_role current_schema current_time current_timestamp current_user default deferrable delete desc distinct do
    drop else end escape except exists false fetch for foreign freeze from full grant group having ilike in index
    initially inner insert intersect into is isnull join lateral leading left like limit localtime localtimestamp
    natural not nothing notnull null offset on only or order outer overlaps placing primary references returning right
    select session_user set similar some symmetric system_user table tablesample then to trailing transaction true
    union unique update user using values variadic verbose when where window with
"""


def _texts(source: str) -> Iterator[str]:
    """Return what stands in a module's strings, but for docstrings; what is put into one is left out."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)


def statements() -> dict[str, str]:
    """Return each text in the store's modules that may be SQL, with the module that it was found in."""
    names = {path: path.relative_to(STORAGE).as_posix() for path in STORAGE.rglob("*.py")}
    ours = {path: name for path, name in names.items() if not name.startswith(OF_ONE_ENGINE)}
    return {text: name for path, name in ours.items() for text in _texts(path.read_text(encoding="utf-8"))}


def test_there_is_sql_to_look_at() -> None:
    assert sum(bool(re.search(r"\b(?:SELECT|INSERT|UPDATE|DELETE)\b", text)) for text in statements()) > 100


@pytest.mark.parametrize("pattern", NOT_PORTABLE)
def test_no_statement_has_what_one_engine_alone_knows(pattern: str) -> None:
    assert re.search(pattern, NOT_PORTABLE[pattern])
    assert {name: text for text, name in statements().items() if re.search(pattern, text)} == {}


def test_case_is_folded_by_us_and_not_by_like() -> None:
    found = {each for text in statements() for each in re.findall(r"\w+ LIKE (?::\w+|'[^']*'|\S*)", text)}
    assert found <= LIKE
    assert "claimants LIKE :listed" in found


def test_no_table_and_no_column_is_called_by_a_word_of_sql() -> None:
    database = sqlite_utils.Database(memory=True)
    MIGRATIONS.apply(database)
    names = {f"{table.name}.{column.name}": column.name for table in database.tables for column in table.columns}
    names |= {table.name: table.name for table in database.tables}
    aliases = {each for text in statements() for each in re.findall(r"\bAS (\w+)", text)}
    database.close()
    assert "summary_runs.ends_at" in names
    reserved = RESERVED.split()
    assert [place for place, name in names.items() if name.casefold() in reserved] == []
    assert [each for each in aliases if each.casefold() in reserved] == []


def test_a_step_that_changes_rows_says_so_for_the_engines_that_get_the_schema_from_its_result() -> None:
    database, changed = sqlite_utils.Database(memory=True), set[str]()
    for name, step in STEPS:
        said: list[str] = []

        def note(sql: str, _values: object, into: list[str] = said) -> None:
            into.append(sql)

        with database.tracer(note):
            step(database)
        if any(re.match(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b", each) for each in said):
            changed.add(name)
    database.close()
    assert {"0048_near_names", "0064_near_bases"} <= changed
    assert {name for name in changed if name > "0064_near_bases"} == MOVES.keys()
