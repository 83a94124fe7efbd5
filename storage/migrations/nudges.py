"""Steps of the nudges. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create, table


def nudges(database: Database) -> None:
    create(database, "people", "team_id user_id name tz is_gone:int is_away:int read_at", "team_id user_id")
    sent = create(database, "nudges", "id team_id person kind subject what at delivery_id useful settled_at", "id")
    sent.create_index(["team_id", "subject", "kind"])
    sent.create_index(["delivery_id"])


def open_nudges(database: Database) -> None:
    table(database, "nudges").create_index(["team_id", "settled_at"])
