"""The schema as numbered steps; each runs once, in a transaction. A step that has shipped is never edited."""

from functools import cache

from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

MIGRATIONS = Migrations("common_ground")


@cache
def step_names() -> frozenset[str]:
    """Return the names of the steps that this version knows."""
    empty = Database(memory=True)
    names = frozenset(step.name for step in MIGRATIONS.pending(empty))
    empty.close()
    return names


def _table(database: Database, name: str) -> Table:
    table = database[name]
    if not isinstance(table, Table):
        message = f"{name} is a view"
        raise TypeError(message)
    return table


@MIGRATIONS(name="0001_workspaces")
def workspaces(database: Database) -> None:
    _table(database, "workspaces").create(
        {
            "team_id": str,
            "name": str,
            "bot_user_id": str,
            "disciplines": str,
            "data_channel": str,
            "places": str,
            "glossary_revision": int,
            "connected_at": str,
        },
        pk="team_id",
        not_null={
            "name", "bot_user_id", "disciplines", "data_channel", "places", "glossary_revision", "connected_at",
        },
    )  # fmt: skip
    _table(database, "stewards").create(
        {"team_id": str, "discipline": str, "user_id": str}, pk=("team_id", "discipline", "user_id")
    )
    _table(database, "finished_periods").create(
        {"team_id": str, "job": str, "period": str, "finished_at": str},
        pk=("team_id", "job", "period"),
        not_null={"finished_at"},
    )


@MIGRATIONS(name="0002_deliveries")
def deliveries(database: Database) -> None:
    _table(database, "handled").create(
        {"team_id": str, "gesture": str, "handled_at": str}, pk=("team_id", "gesture"), not_null={"handled_at"}
    )
    _table(database, "handled").create_index(["handled_at"])
    outbox = _table(database, "outbox")
    outbox.create(
        {
            "id": str,
            "team_id": str,
            "visibility": str,
            "act": str,
            "lane": str,
            "body": str,
            "state": str,
            "not_before": str,
            "expires_at": str,
            "tries": int,
            "reason": str,
            "slack_ts": str,
            "created_at": str,
        },
        pk="id",
        not_null={
            "team_id", "visibility", "act", "lane", "body", "state", "not_before", "expires_at", "tries", "reason",
            "slack_ts", "created_at",
        },
    )  # fmt: skip
    outbox.create_index(["state", "not_before"])


@MIGRATIONS(name="0003_glossary")
def glossary(database: Database) -> None:
    senses = _table(database, "senses")
    senses.create(
        {
            "id": str,
            "team_id": str,
            "visibility": str,
            "word": str,
            "look_up_key": str,
            "discipline": str,
            "gloss": str,
            "definition": str,
            "example": str,
            "origin": str,
            "version": int,
            "updated_at": str,
        },
        pk="id",
        not_null={
            "team_id", "visibility", "word", "look_up_key", "discipline", "gloss", "definition", "example", "origin",
            "version", "updated_at",
        },
    )  # fmt: skip
    senses.create_index(["team_id", "look_up_key", "discipline", "visibility"], unique=True)
    names = _table(database, "sense_names")
    names.create(
        {"team_id": str, "look_up_key": str, "sense_id": str, "name": str, "visibility": str},
        pk=("team_id", "look_up_key", "sense_id"),
        not_null={"name", "visibility"},
        foreign_keys=[("sense_id", "senses", "id")],
    )
    names.create_index(["team_id", "visibility"])


@MIGRATIONS(name="0004_glossary_misses")
def glossary_misses(database: Database) -> None:
    _table(database, "glossary_misses").create(
        {
            "team_id": str,
            "visibility": str,
            "look_up_key": str,
            "word": str,
            "times": int,
            "first_at": str,
            "last_at": str,
        },
        pk=("team_id", "visibility", "look_up_key"),
        not_null={"word", "times", "first_at", "last_at"},
    )
