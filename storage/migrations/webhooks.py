"""Steps of the web hooks, by which other programs report. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create


def webhooks(database: Database) -> None:
    """Who may report of what, how that stands, and who is told of it once their day begins."""
    columns = (
        "id team_id target_kind target_id label sealed sealed_by every made_by created_at last_at due_at is_late:int "
        "states"
    )
    made = create(database, "webhooks", columns, "id")
    made.create_index(["team_id", "target_id"])
    made.create_index(["due_at"])
    create(database, "webhook_notices", "team_id webhook_id kind person was at", "team_id webhook_id kind person")
