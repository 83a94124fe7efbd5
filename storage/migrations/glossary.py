"""Steps of the glossary. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.privacy import refuse_nobody
from storage.migrations.step import create, table


def glossary(database: Database) -> None:
    columns = "id team_id visibility word look_up_key discipline gloss definition example origin version:int updated_at"
    senses = create(database, "senses", columns, "id")
    senses.create_index(["team_id", "look_up_key", "discipline", "visibility"], unique=True)
    names = create(
        database,
        "sense_names",
        "team_id look_up_key sense_id name visibility",
        "team_id look_up_key sense_id",
        foreign_keys=[("sense_id", "senses", "id")],
    )
    names.create_index(["team_id", "visibility"])


def glossary_misses(database: Database) -> None:
    columns, key = "team_id visibility look_up_key word times:int first_at last_at", "team_id visibility look_up_key"
    create(database, "glossary_misses", columns, key)


def glossary_meanings(database: Database) -> None:
    senses = table(database, "senses")
    later = """
        example_link say_instead source_title source_link source_licence steward replaced_by created_by verified_on
        verified_by
    """
    for name in later.split():
        senses.add_column(name, str, not_null_default="")
    for name in ("aliases", "misspellings", "relations"):
        senses.add_column(name, str, not_null_default="[]")
    senses.add_column("status", str, not_null_default="approved")
    senses.add_column("batch", str, not_null_default="")
    names = table(database, "sense_names")
    names.add_column("batch", str, not_null_default="")
    create(database, "staged_batches", "batch team_id", "batch")
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
    create(database, "sense_versions", "team_id sense_id version:int what by at note body", "team_id sense_id version")
    _keep_first_versions(database)


def _index_only_what_changed(database: Database) -> None:
    """Let the full-text index follow only its own columns: an import changes who sees a meaning, not what it says."""
    name = "senses_au"
    row = database.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", [name]).fetchone()
    narrower = str(row[0]).replace("AFTER UPDATE ON", "AFTER UPDATE OF word, gloss, definition ON")
    database.execute(f"DROP TRIGGER {name}")
    database.execute(narrower)


def _keep_first_versions(database: Database) -> None:
    columns = [column.name for column in table(database, "senses").columns if column.name != "batch"]
    lists = {"aliases", "misspellings", "relations"}
    body = ", ".join(f"'{name}', {f'json({name})' if name in lists else name}" for name in columns)
    database.execute(
        f"""
        INSERT INTO sense_versions (team_id, sense_id, version, what, by, at, note, body)
        SELECT team_id, id, version, 'imported', '', updated_at, '', json_object({body}) FROM senses
        """
    )


def glossary_questions(database: Database) -> None:
    misses = table(database, "glossary_misses")
    misses.add_column("state", str, not_null_default="miss")
    misses.add_column("owner", str, not_null_default="")
    misses.add_column("due_at", str, not_null_default="")
    key = "team_id visibility look_up_key user_id"
    create(database, "glossary_askers", f"{key} asked_at", key)
    create(database, "sense_opinions", "team_id sense_id user_id opinion version:int at", "team_id sense_id user_id")
    disputes = create(database, "sense_disputes", "id team_id sense_id reason by at settled_at", "id")
    disputes.create_index(["team_id", "sense_id"])
    create(database, "word_uses", "team_id look_up_key times:int last_at", "team_id look_up_key")


def reasons(database: Database) -> None:
    table(database, "staged_batches").add_column("touched_at", str, not_null_default="")
    table(database, "sense_names").create_index(["sense_id"])
    table(database, "sense_opinions").add_column("reason", str, not_null_default="")


def staged_changes(database: Database) -> None:
    senses = {column.name: int if column.name == "version" else str for column in table(database, "senses").columns}
    table(database, "staged_senses").create(
        {**senses, "has_new_names": int, "body": str}, pk=("batch", "id"), not_null={*senses, "has_new_names", "body"}
    )


def near_names(database: Database) -> None:
    """File names by what is near them. Without row numbers: the key is all that a row has."""
    columns = ("team_id TEXT NOT NULL", "slip TEXT NOT NULL", "size INTEGER NOT NULL", "look_up_key TEXT NOT NULL")
    key = "PRIMARY KEY (team_id, slip, size, look_up_key)"
    database.execute(f"CREATE TABLE near_names ({', '.join(columns)}, {key}) WITHOUT ROWID")
    create(database, "unfiled_names", "team_id batch after", "team_id batch")
    database.execute(
        "INSERT INTO unfiled_names (team_id, batch, after) SELECT DISTINCT team_id, batch, '' FROM sense_names"
    )


def asked_otherwise(database: Database) -> None:
    """Questions are joined with the same put otherwise, answered where they were asked, and passed on."""
    misses, askers = table(database, "glossary_misses"), table(database, "glossary_askers")
    for name in ("likeness", "channel", "ended_by"):
        misses.add_column(name, str, not_null_default="")
    misses.add_column("passed", str, not_null_default="[]")
    misses.create_index(["team_id", "visibility", "likeness"])
    for name in ("channel", "thread_ts", "told_at"):
        askers.add_column(name, str, not_null_default="")
    database.execute("CREATE INDEX askers_waiting ON glossary_askers (team_id, asked_at) WHERE told_at = ''")
    database.execute("CREATE INDEX questions_answered ON glossary_misses (team_id, channel) WHERE state = 'answered'")


def ended_questions(database: Database) -> None:
    """When a question was answered or closed, so that it can be said how long questions are open."""
    table(database, "glossary_misses").add_column("ended_at", str, not_null_default="")


def sessions(database: Database) -> None:
    """When people clarify words together, which, and who leads it."""
    columns = "id team_id visibility owner held_on words planned_by planned_at clarified_at"
    create(database, "glossary_sessions", columns, "id").create_index(["team_id", "clarified_at"])
    refuse_nobody(database, "glossary_sessions")


def near_bases(database: Database) -> None:
    """File long names that put something before a word under that word too, which takes one look in place of many."""
    put_before = [
        "un",
        "non",
        "in",
        "im",
        "over",
        "under",
        "auto",
        "multi",
        "hyper",
        "semi",
        "self",
        "micro",
        "meta",
        "sub",
    ]
    listed = ", ".join(f"('{each}')" for each in put_before)
    database.execute(
        f"""
        INSERT OR IGNORE INTO near_names (team_id, slip, size, look_up_key)
        SELECT team_id, '-' || substr(look_up_key, length(put.column1) + 1), 0, look_up_key
        FROM sense_names JOIN (VALUES {listed}) AS put ON look_up_key LIKE put.column1 || '%'
        WHERE length(look_up_key) >= length(put.column1) + 8
        AND is_hidden = 0 AND batch NOT IN (SELECT batch FROM staged_batches)
        """
    )


def names_since(database: Database) -> None:
    """From which revision of the glossary on a name is there, for what is kept in memory of all names."""
    table(database, "sense_names").add_column("since", int, not_null_default=0)
    database.execute("CREATE INDEX names_since ON sense_names (team_id, since) WHERE since > 0")
