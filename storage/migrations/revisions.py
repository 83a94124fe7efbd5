"""Counts the changes of tables, for what is kept until one of them changes. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import table

_COUNTED = """
    components data_requests decisions duties duty_catalogues feedback model_evaluations preferences
    requirement_cards senses staged_batches
"""


def revisions(database: Database) -> None:
    """Count in triggers: whoever writes a row, and however, moves the count on."""
    table(database, "revisions").create(
        {"team_id": str, "counted": str, "changes": int}, pk=("team_id", "counted"), not_null={"changes"}
    )
    for name in _COUNTED.split():
        count(database, name)


def count(database: Database, name: str) -> None:
    """Count the changes of one table."""
    for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        database.execute(
            f"""
            CREATE TRIGGER {name}_{event.lower()}_counted AFTER {event} ON {name} BEGIN
                INSERT INTO revisions (team_id, counted, changes) VALUES ({row}.team_id, '{name}', 1)
                ON CONFLICT (team_id, counted) DO UPDATE SET changes = revisions.changes + 1;
            END
            """
        )


def indexes(database: Database) -> None:
    """What waits for somebody, or is new, is found beside any number of records that do not."""
    for name, columns, rows in (
        ("decisions_proposed", "decisions (team_id, deadline)", "state = 'proposed'"),
        ("decisions_to_review", "decisions (team_id, review_on)", "state = 'accepted' AND review_on <> ''"),
        ("decisions_expected", "decisions (team_id, expected_by)", "state = 'accepted' AND expected_by <> ''"),
        ("decisions_superseded", "decision_events (team_id, at)", "what = 'supersede'"),
        ("questions_open", "glossary_misses (team_id, due_at)", "state = 'open'"),
        ("senses_changed", "sense_versions (team_id, at DESC, sense_id, version DESC)", "what <> 'imported'"),
        ("senses_with_steward", "senses (team_id, word)", "steward <> ''"),
    ):
        database.execute(f"CREATE INDEX {name} ON {columns} WHERE {rows}")
    table(database, "decisions").create_index(["team_id", "decided_at"])
    table(database, "decisions").create_index(["team_id", "created_by"])


def everywhere(database: Database) -> None:
    """What time may ask for is found for all workspaces at once, by a few rows of each."""
    for name, columns, rows in (
        ("homes_opened", "homes (opened_at, team_id)", ""),
        ("homes_private", "homes (team_id)", "is_private = 1"),
        ("checks_waiting", "data_checks (team_id)", "state = 'waiting'"),
        ("threads_broken", "threads (team_id)", "is_told = 0 AND problem <> ''"),
        ("requests_needed", "data_requests (needed_by, team_id)", "state IN ('open', 'needs info', 'negotiating')"),
    ):
        database.execute(f"CREATE INDEX {name} ON {columns}{f' WHERE {rows}' if rows else ''}")


def of_decisions(database: Database) -> None:
    """The same of what the decision log is asked for each hour."""
    database.execute("CREATE INDEX asks_unanswered ON decision_asks (team_id, delivery_id) WHERE state = ''")
    database.execute("CREATE INDEX quotes_kept ON decision_quotes (at, team_id)")
