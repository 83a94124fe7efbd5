"""Which replica does the timed work of a workspace: one at a time, for as long as it goes on saying that it lives.

Each has at most its share of the workspaces. That it lives, it says by a lease of no workspace, under its own name.
"""

from datetime import datetime, timedelta

from storage.engine.interface import Reader, Transaction, to_text
from storage.engine.statements import delete

#: Whoever holds a lease says so three times as often; a replica that dies is followed by another after so long.
LEASE = timedelta(minutes=1)
JOBS = "jobs"
_KEEP = "ON CONFLICT (team_id, name) DO UPDATE SET until = excluded.until WHERE leases.holder = excluded.holder"


def take(transaction: Transaction, holder: str, now: datetime, name: str = JOBS) -> list[str]:
    """Keep one's own leases for longer, and take free ones; return the workspaces, no more than one's share of all.

    What one has beyond that, since another replica has come, is free again.
    """
    told = {"name": name, "holder": holder, "until": to_text(now + LEASE)}
    live(transaction, holder, now)
    taking = f"""
        INSERT INTO leases (team_id, name, holder, until)
        SELECT workspaces.team_id, :name, :holder, :until
        FROM workspaces LEFT JOIN leases AS held ON held.team_id = workspaces.team_id AND held.name = :name
        WHERE workspaces.team_id <> '' AND (held.holder IS NULL OR held.holder = :holder)
        ORDER BY CASE WHEN held.holder IS NULL THEN 1 ELSE 0 END, workspaces.team_id LIMIT :share
        {_KEEP} RETURNING team_id
    """
    kept = sorted(row["team_id"] for row in transaction.all(taking, **told, share=_share(transaction)))
    is_kept = "team_id IN (SELECT value FROM EACH(:kept) AS one)"
    beyond = f"DELETE FROM leases WHERE holder = :holder AND name = :name AND NOT {is_kept}"
    transaction.run(beyond, holder=holder, name=name, kept=kept)
    return kept


def live(transaction: Transaction, holder: str, now: datetime) -> None:
    """Say that one lives. What has ended goes.

    One that would end later than any can was taken by a clock that is wrong.
    """
    ended = "DELETE FROM leases WHERE until <= :now OR until > :never"
    transaction.run(ended, now=to_text(now), never=to_text(now + 2 * LEASE))
    lives = f"INSERT INTO leases (team_id, name, holder, until) VALUES ('', :holder, :holder, :until) {_KEEP}"
    transaction.run(lives, holder=holder, until=to_text(now + LEASE))


def _share(reader: Reader) -> int:
    """Return how many workspaces each replica has at most."""
    row = reader.one("SELECT count(*) AS number FROM workspaces WHERE team_id <> ''") or {"number": 0}
    return -(-int(row["number"]) // living(reader))


def living(reader: Reader) -> int:
    """Return how many replicas have a lease of their own."""
    row = reader.one("SELECT count(*) AS number FROM leases WHERE team_id = ''") or {"number": 0}
    return int(row["number"])


def is_any_alive(reader: Reader, now: datetime) -> bool:
    """Tell whether a replica has said, no longer ago than a lease lasts, that it lives."""
    lives = "SELECT 1 AS found FROM leases WHERE team_id = '' AND until > :now AND until <= :never"
    return reader.one(lives, now=to_text(now), never=to_text(now + 2 * LEASE)) is not None


def give_back(transaction: Transaction, holder: str) -> None:
    """Let others have one's leases at once."""
    delete(transaction, "leases", holder=holder)
