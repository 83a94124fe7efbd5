"""Steps of the weekly summaries and the Homes. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create, table


def summaries(database: Database) -> None:
    columns = "team_id subject weekday:int at tz set_by set_at is_always:int is_naming:int"
    create(database, "summary_schedules", columns, "team_id subject")
    runs = create(database, "summary_runs", "id team_id subject period begin end state figures keys thread", "id")
    runs.create_index(["team_id", "subject", "period"], unique=True)
    columns, key = "team_id subject period due_at person count:int listed", "team_id subject period person"
    create(database, "summary_notices", columns, key).create_index(["team_id", "due_at"])
    homes = create(database, "homes", "team_id user_id opened_at page:int hash digest", "team_id user_id")
    homes.create_index(["team_id", "opened_at"])


def private_homes(database: Database) -> None:
    """Of a Home that was published before, nobody knows what it shows."""
    table(database, "homes").add_column("is_private", int, not_null_default=1)
