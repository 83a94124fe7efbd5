"""Steps of what replicas on one store tell one another. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.step import create


def leases(database: Database) -> None:
    """Who does the timed work of a workspace, and until when it is theirs."""
    create(database, "leases", "team_id name holder until", "team_id name")


def heard(database: Database) -> None:
    """What Slack told one replica of people and conversations, for the others."""
    create(database, "heard", "team_id number:int kind user_id channels heard_at", "team_id number")
