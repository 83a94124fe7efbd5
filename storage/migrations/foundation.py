"""Steps of what every feature uses: workspaces, deliveries, preferences. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import table


def workspaces(database: Database) -> None:
    table(database, "workspaces").create(
        {
            "team_id": str,
            "name": str,
            "bot_user_id": str,
            "disciplines": str,
            "data_channel": str,
            "places": str,
            "glossary_revision": int,
            "connected_at": str,
        },
        pk="team_id",
        not_null={
            "name", "bot_user_id", "disciplines", "data_channel", "places", "glossary_revision", "connected_at",
        },
    )  # fmt: skip
    table(database, "stewards").create(
        {"team_id": str, "discipline": str, "user_id": str}, pk=("team_id", "discipline", "user_id")
    )
    table(database, "finished_periods").create(
        {"team_id": str, "job": str, "period": str, "finished_at": str},
        pk=("team_id", "job", "period"),
        not_null={"finished_at"},
    )


def deliveries(database: Database) -> None:
    table(database, "handled").create(
        {"team_id": str, "gesture": str, "handled_at": str}, pk=("team_id", "gesture"), not_null={"handled_at"}
    )
    table(database, "handled").create_index(["handled_at"])
    outbox = table(database, "outbox")
    outbox.create(
        {
            "id": str,
            "team_id": str,
            "visibility": str,
            "act": str,
            "lane": str,
            "body": str,
            "state": str,
            "not_before": str,
            "expires_at": str,
            "tries": int,
            "reason": str,
            "slack_ts": str,
            "created_at": str,
        },
        pk="id",
        not_null={
            "team_id", "visibility", "act", "lane", "body", "state", "not_before", "expires_at", "tries", "reason",
            "slack_ts", "created_at",
        },
    )  # fmt: skip
    outbox.create_index(["state", "not_before"])


def preferences(database: Database) -> None:
    table(database, "preferences").create(
        {"team_id": str, "subject": str, "name": str, "value": str},
        pk=("team_id", "subject", "name"),
        not_null={"value"},
    )
    table(database, "workspaces").add_column("preferences_revision", int, not_null_default=0)


def threads(database: Database) -> None:
    opened = table(database, "threads")
    opened.create(
        {
            "id": str,
            "team_id": str,
            "channel": str,
            "opener": str,
            "about": str,
            "ts": str,
            "problem": str,
            "is_told": int,
        },
        pk="id",
        not_null={"team_id", "channel", "opener", "about", "ts", "problem", "is_told"},
    )
    opened.create_index(["team_id", "channel", "ts"])
    outbox = table(database, "outbox")
    outbox.add_column("thread", str, not_null_default="")
    outbox.add_column("slack_channel", str, not_null_default="")
    outbox.create_index(["thread"])


def redactions(database: Database) -> None:
    table(database, "redactions").create(
        {"team_id": str, "kind": str, "record_id": str, "by": str, "at": str},
        pk=("team_id", "kind", "record_id"),
        not_null={"by", "at"},
    )
    table(database, "old_messages").create(
        {"team_id": str, "record_id": str, "channel": str, "ts": str}, pk=("team_id", "record_id", "channel", "ts")
    )
