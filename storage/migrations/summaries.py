"""Steps of the weekly summaries and the Homes. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import table


def summaries(database: Database) -> None:
    table(database, "summary_schedules").create(
        {
            "team_id": str, "subject": str, "weekday": int, "at": str, "tz": str, "set_by": str, "set_at": str,
            "is_always": int, "is_naming": int,
        },
        pk=("team_id", "subject"),
        not_null={"weekday", "at", "tz", "set_by", "set_at", "is_always", "is_naming"},
    )  # fmt: skip
    runs = table(database, "summary_runs")
    runs.create(
        {
            "id": str, "team_id": str, "subject": str, "period": str, "begin": str, "end": str, "state": str,
            "figures": str, "keys": str, "thread": str,
        },
        pk="id",
        not_null={"team_id", "subject", "period", "begin", "end", "state", "figures", "keys", "thread"},
    )  # fmt: skip
    runs.create_index(["team_id", "subject", "period"], unique=True)
    table(database, "summary_notices").create(
        {"team_id": str, "subject": str, "period": str, "due_at": str, "person": str, "count": int, "listed": str},
        pk=("team_id", "subject", "period", "person"),
        not_null={"due_at", "count", "listed"},
    ).create_index(["team_id", "due_at"])
    homes = table(database, "homes")
    homes.create(
        {"team_id": str, "user_id": str, "opened_at": str, "page": int, "hash": str, "digest": str},
        pk=("team_id", "user_id"),
        not_null={"opened_at", "page", "hash", "digest"},
    )
    homes.create_index(["team_id", "opened_at"])
