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


@MIGRATIONS(name="0005_glossary_meanings")
def glossary_meanings(database: Database) -> None:
    senses = _table(database, "senses")
    for name in (
        "example_link", "say_instead", "source_title", "source_link", "source_licence", "steward", "replaced_by",
        "created_by", "verified_on", "verified_by",
    ):  # fmt: skip
        senses.add_column(name, str, not_null_default="")
    for name in ("aliases", "misspellings", "relations"):
        senses.add_column(name, str, not_null_default="[]")
    senses.add_column("status", str, not_null_default="approved")
    senses.add_column("batch", str, not_null_default="")
    names = _table(database, "sense_names")
    names.add_column("batch", str, not_null_default="")
    _table(database, "staged_batches").create({"batch": str, "team_id": str}, pk="batch", not_null={"team_id"})
    names.add_column("is_hidden", int, not_null_default=0)
    database.execute(
        """
        UPDATE senses SET aliases = (
            SELECT json_group_array(name) FROM sense_names
            WHERE sense_id = senses.id AND sense_names.look_up_key <> senses.look_up_key
        )
        """
    )
    senses.create_index(["team_id", "status"])
    senses.enable_fts(["word", "gloss", "definition"], tokenize="porter", create_triggers=True)
    _index_only_what_changed(database)
    versions = _table(database, "sense_versions")
    versions.create(
        {
            "team_id": str, "sense_id": str, "version": int, "what": str, "by": str, "at": str, "note": str,
            "body": str,
        },
        pk=("team_id", "sense_id", "version"),
        not_null={"what", "by", "at", "note", "body"},
    )  # fmt: skip
    _keep_first_versions(database)


def _index_only_what_changed(database: Database) -> None:
    """Let the full-text index follow only its own columns: an import changes who sees a meaning, not what it says."""
    name = "senses_au"
    row = database.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", [name]).fetchone()
    narrower = str(row[0]).replace("AFTER UPDATE ON", "AFTER UPDATE OF word, gloss, definition ON")
    database.execute(f"DROP TRIGGER {name}")
    database.execute(narrower)


def _keep_first_versions(database: Database) -> None:
    columns = [column.name for column in _table(database, "senses").columns if column.name != "batch"]
    lists = {"aliases", "misspellings", "relations"}
    body = ", ".join(f"'{name}', {f'json({name})' if name in lists else name}" for name in columns)
    database.execute(
        f"""
        INSERT INTO sense_versions (team_id, sense_id, version, what, by, at, note, body)
        SELECT team_id, id, version, 'imported', '', updated_at, '', json_object({body}) FROM senses
        """
    )


@MIGRATIONS(name="0006_glossary_questions")
def glossary_questions(database: Database) -> None:
    misses = _table(database, "glossary_misses")
    misses.add_column("state", str, not_null_default="miss")
    misses.add_column("owner", str, not_null_default="")
    misses.add_column("due_at", str, not_null_default="")
    _table(database, "glossary_askers").create(
        {"team_id": str, "visibility": str, "look_up_key": str, "user_id": str, "asked_at": str},
        pk=("team_id", "visibility", "look_up_key", "user_id"),
        not_null={"asked_at"},
    )
    _table(database, "sense_opinions").create(
        {"team_id": str, "sense_id": str, "user_id": str, "opinion": str, "version": int, "at": str},
        pk=("team_id", "sense_id", "user_id"),
        not_null={"opinion", "version", "at"},
    )
    disputes = _table(database, "sense_disputes")
    disputes.create(
        {"id": str, "team_id": str, "sense_id": str, "reason": str, "by": str, "at": str, "settled_at": str},
        pk="id",
        not_null={"team_id", "sense_id", "reason", "by", "at", "settled_at"},
    )
    disputes.create_index(["team_id", "sense_id"])
    _table(database, "word_uses").create(
        {"team_id": str, "look_up_key": str, "times": int, "last_at": str},
        pk=("team_id", "look_up_key"),
        not_null={"times", "last_at"},
    )


@MIGRATIONS(name="0007_preferences")
def preferences(database: Database) -> None:
    _table(database, "preferences").create(
        {"team_id": str, "subject": str, "name": str, "value": str},
        pk=("team_id", "subject", "name"),
        not_null={"value"},
    )
    _table(database, "workspaces").add_column("preferences_revision", int, not_null_default=0)


@MIGRATIONS(name="0008_responsibilities")
def responsibilities(database: Database) -> None:
    components = _table(database, "components")
    components.create(
        {
            "id": str, "team_id": str, "visibility": str, "name": str, "look_up_key": str, "kind": str, "team": str,
            "channel": str, "lead": str, "model_side": str, "product_side": str, "set_up": str, "launch_on": str,
            "created_by": str, "created_at": str, "version": int,
        },
        pk="id",
        not_null={
            "team_id", "visibility", "name", "look_up_key", "kind", "team", "channel", "lead", "model_side",
            "product_side", "set_up", "launch_on", "created_by", "created_at", "version",
        },
    )  # fmt: skip
    components.create_index(["team_id", "look_up_key", "visibility"], unique=True)
    duties = _table(database, "duties")
    duties.create(
        {
            "team_id": str, "component_id": str, "duty": str, "state": str, "owner": str, "backup": str,
            "helpers": str, "claimants": str, "declined_by": str, "proposed_to": str, "proposed_by": str, "need": str,
            "reason": str, "since": str, "confirmed_at": str, "changed_at": str, "version": int,
        },
        pk=("team_id", "component_id", "duty"),
        not_null={
            "state", "owner", "backup", "helpers", "claimants", "declined_by", "proposed_to", "proposed_by", "need",
            "reason", "since", "confirmed_at", "changed_at", "version",
        },
        foreign_keys=[("component_id", "components", "id")],
    )  # fmt: skip
    duties.create_index(["team_id", "owner"])
    _table(database, "duty_events").create(
        {
            "team_id": str, "component_id": str, "duty": str, "version": int, "at": str, "by": str, "what": str,
            "person": str, "note": str,
        },
        pk=("team_id", "component_id", "duty", "version"),
        not_null={"at", "by", "what", "person", "note"},
    )  # fmt: skip


@MIGRATIONS(name="0009_reasons")
def reasons(database: Database) -> None:
    _table(database, "staged_batches").add_column("touched_at", str, not_null_default="")
    _table(database, "sense_names").create_index(["sense_id"])
    _table(database, "sense_opinions").add_column("reason", str, not_null_default="")
