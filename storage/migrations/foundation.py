"""Steps of what every feature uses: workspaces, deliveries, preferences. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create, table


def workspaces(database: Database) -> None:
    columns = "team_id name bot_user_id disciplines data_channel places glossary_revision:int connected_at"
    create(database, "workspaces", columns, "team_id")
    create(database, "stewards", "team_id discipline user_id", "team_id discipline user_id")
    create(database, "finished_periods", "team_id job period finished_at", "team_id job period")


def deliveries(database: Database) -> None:
    create(database, "handled", "team_id gesture handled_at", "team_id gesture")
    table(database, "handled").create_index(["handled_at"])
    columns = "id team_id visibility act lane body state not_before expires_at tries:int reason slack_ts created_at"
    outbox = create(database, "outbox", columns, "id")
    outbox.create_index(["state", "not_before"])


def preferences(database: Database) -> None:
    create(database, "preferences", "team_id subject name value", "team_id subject name")
    table(database, "workspaces").add_column("preferences_revision", int, not_null_default=0)


def threads(database: Database) -> None:
    opened = create(database, "threads", "id team_id channel opener about ts problem is_told:int", "id")
    opened.create_index(["team_id", "channel", "ts"])
    outbox = table(database, "outbox")
    outbox.add_column("thread", str, not_null_default="")
    outbox.add_column("slack_channel", str, not_null_default="")
    outbox.create_index(["thread"])


def redactions(database: Database) -> None:
    create(database, "redactions", "team_id kind record_id by at", "team_id kind record_id")
    create(database, "old_messages", "team_id record_id channel ts", "team_id record_id channel ts")


def open_deliveries(database: Database) -> None:
    """What is open is asked for each second, lane by lane, beside any number of rows that have ended."""
    database.execute("CREATE INDEX outbox_open ON outbox (lane, id) WHERE state IN ('waiting', 'sending', 'unsure')")
    database.execute("CREATE INDEX outbox_lost ON outbox (team_id, id) WHERE state IN ('failed', 'uncertain')")
    database.execute("DROP INDEX idx_outbox_state_not_before")


def asks(database: Database) -> None:
    """Which records the buttons of a message want something done about: a few rows beside any number of others."""
    table(database, "outbox").add_column("asks", str, not_null_default="")
    database.execute("CREATE INDEX outbox_asks ON outbox (team_id, asks, id) WHERE asks <> ''")


def origins(database: Database) -> None:
    """By which request a message was written, as the log calls that."""
    table(database, "outbox").add_column("origin", str, not_null_default="")


def lanes(database: Database) -> None:
    """A lane is one of a workspace. By the index without it, replicas of the version before find theirs."""
    database.execute(
        "CREATE INDEX outbox_lanes ON outbox (team_id, lane, id) WHERE state IN ('waiting', 'sending', 'unsure')"
    )


def parted(_database: Database) -> None:
    """Nothing in this engine: the policies of PostgreSQL are of the tables that there are by then and later."""


def uninstalled(database: Database) -> None:
    table(database, "workspaces").add_column("uninstalled_at", str, not_null_default="")
    create(database, "deletions", "team_id begun_at", "team_id")
