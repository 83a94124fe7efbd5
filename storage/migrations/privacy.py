"""Steps of what keeps records from whom they are not for. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create


def privacy(database: Database) -> None:
    create(database, "unscrubbed", "id team_id", "id")
