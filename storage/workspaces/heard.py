"""What Slack told one replica of changes in people and conversations, for the others, which keep what it said before.

How much was told so far is counted with the changes of tables, in the same write.
"""

from collections.abc import Sequence
from datetime import datetime

from storage.engine.interface import Reader, Record, Transaction, to_text
from storage.engine.statements import insert
from storage.workspaces.workspaces import hold

_COUNTED = "heard"


class Heard(Record):
    """The ``kind`` of an event, whom it is about, and which conversations, with spaces; either may be empty."""

    kind: str
    user_id: str = ""
    channels: str = ""


def note(transaction: Transaction, team_id: str, heard: Heard, now: datetime) -> int:
    """Tell the other replicas of an event; return which number it has."""
    hold(transaction, team_id)
    number = _counted(transaction, team_id)
    insert(transaction, "heard", {"team_id": team_id, "number": number, "heard_at": to_text(now), **heard.__dict__})
    return number


def note_change(transaction: Transaction, team_id: str) -> None:
    """Count an event where there is no other replica to be told of it: what rests until something changes wakes."""
    if hold(transaction, team_id):
        _counted(transaction, team_id)


def _counted(transaction: Transaction, team_id: str) -> int:
    row = transaction.one(
        """
        INSERT INTO revisions (team_id, counted, changes) VALUES (:team_id, :counted, 1)
        ON CONFLICT (team_id, counted) DO UPDATE SET changes = revisions.changes + 1 RETURNING changes
        """,
        team_id=team_id,
        counted=_COUNTED,
    )
    return int(row["changes"]) if row else 0


def last(reader: Reader, team_id: str) -> int:
    """Return the number of the last event; 0 where there was none."""
    told = "SELECT changes FROM revisions WHERE team_id = :team_id AND counted = :counted"
    row = reader.one(told, team_id=team_id, counted=_COUNTED)
    return row["changes"] if row else 0


def since(reader: Reader, team_id: str, number: int) -> Sequence[Heard]:
    """Return the events behind a number, as far as they are still known."""
    told = "SELECT kind, user_id, channels FROM heard WHERE team_id = :team_id AND number > :number ORDER BY number"
    return [Heard.model_validate(row) for row in reader.all(told, team_id=team_id, number=number)]


def forget(transaction: Transaction, team_id: str, before: datetime) -> int:
    old = "DELETE FROM heard WHERE team_id = :team_id AND heard_at < :before"
    return transaction.run(old, team_id=team_id, before=to_text(before))
