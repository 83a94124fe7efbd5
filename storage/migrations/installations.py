"""The workspaces that have let the app in by OAuth, each with its tokens, and which invitations were used up."""

from sqlite_utils import Database

from storage.migrations.step import create, table


def installations(database: Database) -> None:
    columns = (
        "team_id team_url bot_user_id bot_id app_id scopes sealed sealed_by token_ends_at renewing_until installed_at"
    )
    create(database, "installations", columns, "team_id").create_index(["token_ends_at"])
    create(database, "used_states", "state used_at", "state")


def refused(database: Database) -> None:
    """What Slack said when it would not renew a workspace's token."""
    table(database, "installations").add_column("refused", str, not_null_default="")
    database.execute("CREATE INDEX installations_refused ON installations (team_id) WHERE refused <> ''")


def organizations(database: Database) -> None:
    """The organisation whose token a workspace uses, and when it was asked last to which ones it added the app."""
    installed = table(database, "installations")
    for column in ("organization", "organization_name", "listed_at"):
        installed.add_column(column, str, not_null_default="")
    database.execute("CREATE INDEX installations_organization ON installations (organization) WHERE organization <> ''")
