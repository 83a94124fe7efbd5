"""Steps of the nudges. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import table


def nudges(database: Database) -> None:
    table(database, "people").create(
        {
            "team_id": str, "user_id": str, "name": str, "tz": str, "is_gone": int, "is_away": int, "read_at": str,
        },
        pk=("team_id", "user_id"),
        not_null={"name", "tz", "is_gone", "is_away", "read_at"},
    )  # fmt: skip
    sent = table(database, "nudges")
    sent.create(
        {
            "id": str, "team_id": str, "person": str, "kind": str, "subject": str, "what": str, "at": str,
            "delivery_id": str, "useful": str, "settled_at": str,
        },
        pk="id",
        not_null={"team_id", "person", "kind", "subject", "what", "at", "delivery_id", "useful", "settled_at"},
    )  # fmt: skip
    sent.create_index(["team_id", "subject", "kind"])
    sent.create_index(["delivery_id"])


def open_nudges(database: Database) -> None:
    table(database, "nudges").create_index(["team_id", "settled_at"])
