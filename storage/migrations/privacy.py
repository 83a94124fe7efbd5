"""Steps of what keeps records from whom they are not for. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create, table

_SEEN = """
    audit components data_notes data_requests decisions feedback glossary_askers glossary_misses nudges outbox
    redactions sense_names senses staged_senses
"""


def privacy(database: Database) -> None:
    """Refuse a row that belongs to nobody, and note what must be taken out of the files.

    In triggers: SQLite adds a CHECK to a table only by making it anew, with its indexes, triggers and row numbers.
    """
    create(database, "unscrubbed", "id team_id", "id")
    for name in _SEEN.split():
        refuse_nobody(database, name)


def refuse_nobody(database: Database, name: str) -> None:
    """Refuse a row of a table that belongs to nobody."""
    for event, when in (("insert", "INSERT"), ("update", "UPDATE OF visibility")):
        database.execute(
            f"""
            CREATE TRIGGER {name}_{event}_visibility BEFORE {when} ON {name} WHEN NEW.visibility = '' BEGIN
                SELECT RAISE(ABORT, 'a visibility is empty: {name}');
            END
            """
        )


def scrubbing(database: Database) -> None:
    """Have what was deleted before taken out of the files too."""
    table(database, "unscrubbed").add_column("waits", int, not_null_default=0)
    database.execute("INSERT INTO unscrubbed (id, team_id) SELECT team_id, team_id FROM workspaces")
