"""A legal hold: while a workspace has one, nothing in it is deleted for good."""

from datetime import datetime

from storage.engine.interface import Reader, Record, Transaction, to_text
from storage.workspaces import preferences

#: Among the preferences; the subject is the workspace's own id.
LEGAL_HOLD = "legal_hold"
#: Who set a hold, where it was not set in Slack.
OPERATOR = "operator"


class Hold(Record):
    """That nothing may be deleted: who said so (a user id, or OPERATOR), and when (ISO 8601 UTC text)."""

    by: str
    at: str


def hold(reader: Reader, team_id: str) -> Hold | None:
    told = "SELECT value FROM preferences WHERE team_id = :team_id AND subject = :team_id AND name = :name"
    row = reader.one(told, team_id=team_id, name=LEGAL_HOLD)
    by, _, at = row["value"].partition(" ") if row else ("", "", "")
    return Hold(by=by, at=at) if by else None


def put_on_hold(transaction: Transaction, team_id: str, by: str, now: datetime) -> None:
    """Keep everything from now on; a hold that is there already stays as it was set."""
    if hold(transaction, team_id) is None:
        preferences.choose(transaction, team_id, team_id, LEGAL_HOLD, f"{by} {to_text(now)}")


def lift(transaction: Transaction, team_id: str) -> None:
    preferences.choose(transaction, team_id, team_id, LEGAL_HOLD, "")
