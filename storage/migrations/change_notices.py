"""Steps of the change notices. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.privacy import refuse_nobody
from storage.migrations.revisions import count
from storage.migrations.step import create, create_history


def change_notices(database: Database) -> None:
    columns = "id team_id visibility component_id request_id created_at version:int body"
    made = create(database, "change_notices", columns, "id")
    made.create_index(["team_id", "component_id"])
    made.create_index(["team_id", "request_id"])
    create_history(database, "change_notice_events", "notice_id")
    count(database, "change_notices")
    refuse_nobody(database, "change_notices")
