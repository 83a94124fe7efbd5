"""What was never said: deliveries that failed, or of which nobody can say whether they arrived."""

from collections.abc import Sequence
from datetime import datetime

from storage.engine.interface import Reader, Record, Transaction, to_text
from storage.engine.statements import workspaces_with
from storage.outbox import claims, deliveries
from storage.outbox.deliveries import Delivery

#: So many are told, the newest.
_MOST = 200


def count_lost(reader: Reader) -> int:
    """Return how many deliveries failed, or may not have arrived, of those that are still kept."""
    row = reader.one("SELECT count(*) AS number FROM outbox WHERE state IN ('failed', 'uncertain')")
    return row["number"] if row else 0


class Lost(Record):
    """A delivery that failed, or may not have arrived; whether admins were told of it."""

    id: str
    reason: str
    is_told: bool


def lost(reader: Reader, team_id: str, since: datetime) -> list[Lost]:
    """Return what was written since a moment and was lost; not what nobody misses, as its reader has left."""
    rows = reader.all(
        """
        SELECT outbox.id, outbox.reason, handled.gesture IS NOT NULL AS is_told
        FROM outbox LEFT JOIN handled ON handled.team_id = outbox.team_id AND handled.gesture = 'lost:' || outbox.id
        WHERE outbox.team_id = :team_id AND state IN ('failed', 'uncertain') AND created_at >= :since
            AND reason NOT IN (:left, :uninstalled, :taken_out)
        ORDER BY outbox.id DESC LIMIT :most
        """,
        team_id=team_id,
        since=to_text(since),
        left=deliveries.READER_LEFT,
        uninstalled=deliveries.UNINSTALLED,
        taken_out=deliveries.TAKEN_OUT,
        most=_MOST,
    )
    return [Lost.model_validate(row) for row in rows]


def where_lost(reader: Reader, since: datetime) -> set[str]:
    """Return the workspaces in which something was lost that was written since a moment."""
    such = "state IN ('failed', 'uncertain') AND created_at >= :since"
    return workspaces_with(reader, "outbox", such, since=to_text(since))


def note_told(transaction: Transaction, team_id: str, told: Sequence[str], now: datetime) -> None:
    """Note that admins were told of lost deliveries, by their ids, or need not be."""
    for each in told:
        claims.claim(transaction, team_id, [f"lost:{each}"], now)


def ended_badly(reader: Reader, team_id: str, limit: int = 20) -> list[Delivery]:
    """Return deliveries that failed or of which nobody can say whether they arrived, newest first."""
    lost = "SELECT * FROM outbox WHERE team_id = :team_id AND state IN ('failed', 'uncertain')"
    rows = reader.all(f"{lost} ORDER BY id DESC LIMIT :most", team_id=team_id, most=limit)
    return [deliveries.in_outbox(row) for row in rows]
