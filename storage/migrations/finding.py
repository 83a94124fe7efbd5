"""The index of what is looked for over all kinds of records. A step that has shipped is never edited."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from storage.migrations.step import create, table

_DECISION = "number why context options consequences expected assumptions outcome metric threshold component_name"
_REQUEST = "number purpose population known question serves"
_FEEDBACK = "number input expected seen_where note answer severity"
_PAST = ("rejected", "superseded", "deprecated", "declined", "withdrawn", "expired", "answered", "works as meant")
Row = dict[str, Any]


def finding(database: Database) -> None:
    """Index what is there by the words of each record, of what it is about, and of who may see it (``scope``)."""
    columns = "id team_id kind visibility component_id component title body is_current:int at scope"
    found = create(database, "findable", columns, "id")
    found.create_index(["team_id", "component_id"])
    found.enable_fts(["scope", "title", "component", "body"], tokenize="porter", create_triggers=True)
    _refuse_rows_of_nobody(database)
    parts = {(each["team_id"], each["id"]): each for each in table(database, "components").rows}
    for kind, row in _records(database):
        part = parts.get((row["team_id"], row.get("component_id", "")), {})
        visibility = row.get("visibility") or part.get("visibility", "")
        if visibility:
            found.insert(_filed(kind, {**row, "visibility": visibility}, part))


def latest(database: Database) -> None:
    """Find the newest of some kinds that may be seen without going through all that is kept."""
    database.execute(
        "CREATE INDEX findable_latest ON findable (team_id, is_current DESC, at DESC, id, kind, visibility)"
    )


def _refuse_rows_of_nobody(database: Database) -> None:
    """In triggers, as for the other tables of records."""
    for event, when in (("insert", "INSERT"), ("update", "UPDATE OF visibility")):
        database.execute(
            f"""
            CREATE TRIGGER findable_{event}_visibility BEFORE {when} ON findable WHEN NEW.visibility = '' BEGIN
                SELECT RAISE(ABORT, 'a visibility is empty: findable');
            END
            """
        )


def _records(database: Database) -> Iterator[tuple[str, Row]]:
    """Yield each record that can be found, with its ``title`` and ``words``."""
    for row in table(database, "decisions").rows:
        lists = [each for name in ("attributes", "amendments") for each in json.loads(row[name])]
        at = row["decided_at"] or row["created_at"]
        yield "decision", {**row, "words": [*_some(row, _DECISION), *lists], "at": at}
    for row in _bodies(database, "data_requests"):
        if row["state"] != "draft":
            words = [*_some(row, _REQUEST), *_terms(row.get("terms", {}))]
            yield "data request", {**row, "title": row.get("entity", ""), "words": words, "at": row["created_at"]}
    for row in _bodies(database, "requirement_cards"):
        said = {name: {"said": each["said"]} for name, each in row.get("requirements", {}).items()}
        yield "card", {**row, "title": "requirements", "words": _terms(said), "at": row["created_at"]}
    for row in _bodies(database, "feedback"):
        yield "feedback", {**row, "title": row["got"], "words": _some(row, _FEEDBACK), "at": row["created_at"]}
    for row in table(database, "data_notes").rows:
        yield "data note", {**row, "title": row["data_key"], "words": [row["text"]]}


def _bodies(database: Database, name: str) -> Iterator[Row]:
    for row in table(database, name).rows:
        yield {**json.loads(row["body"]), "team_id": row["team_id"]}


def _some(row: Mapping[str, Any], names: str) -> list[str]:
    return [row.get(name, "") for name in names.split()]


def _terms(terms: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the names of terms, and what either side says of each."""
    words = []
    for name, term in terms.items():
        said = [term[each] for each in ("asked", "offered", "said") if term.get(each)]
        words += [name, *(text for each in said for text in _offer(each))]
    return words


def _offer(offer: Mapping[str, Any]) -> list[str]:
    parts = offer.get("parts", {}) if offer.get("stance", "value") == "value" else {}
    return [*(f"{name.replace('_', ' ')}: {value}" for name, value in parts.items()), offer.get("reason", "")]


def _filed(kind: str, row: Row, part: Mapping[str, Any]) -> Row:
    is_current = row.get("state", "") not in _PAST
    is_seen = part.get("visibility") in ("workspace", row["visibility"])
    return {
        "team_id": row["team_id"],
        "kind": kind,
        "id": row["id"],
        "visibility": row["visibility"],
        "component_id": row.get("component_id", ""),
        "component": part["name"] if is_seen else "",
        "title": row["title"],
        "body": "\n".join(filter(None, row["words"])),
        "is_current": int(is_current),
        "at": row["at"],
        "scope": f"{row['team_id']}{row['visibility']}{'now' if is_current else 'past'}",
    }


def own_words(database: Database) -> None:
    """Find meanings and decisions by the words of one workspace, without going through those of all."""
    for name, columns in (
        ("senses", ["team_id", "word", "gloss", "definition"]),
        ("decisions", ["team_id", "title", "why", "context", "consequences", "options", "amendments"]),
    ):
        found = table(database, name)
        found.disable_fts()
        found.enable_fts(columns, tokenize="porter", create_triggers=True)
        _follow_only(database, name, columns)


def _follow_only(database: Database, name: str, columns: Sequence[str]) -> None:
    """Let an index follow only what it has: a state that changes is none of its words."""
    trigger = f"{name}_au"
    row = database.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", [trigger]).fetchone()
    narrower = str(row[0]).replace("AFTER UPDATE ON", f"AFTER UPDATE OF {', '.join(columns)} ON")
    database.execute(f"DROP TRIGGER {trigger}")
    database.execute(narrower)


def filed_at_once(_database: Database) -> None:
    """Nothing in this engine, which files words with each row."""
