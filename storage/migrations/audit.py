"""Steps of the audit trail. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create


def audit(database: Database) -> None:
    columns = "id team_id at actor action outcome target_kind target_id visibility details"
    trail = create(database, "audit", columns, "id")
    trail.create_index(["team_id", "at"])
    trail.create_index(["team_id", "actor", "at"])
