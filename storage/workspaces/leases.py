"""Which replica does the timed work of a workspace: one at a time, for as long as it goes on saying that it lives."""

from datetime import datetime, timedelta

from storage.engine.interface import Transaction, to_text
from storage.engine.statements import delete

#: Whoever holds a lease says so three times as often; a replica that dies is followed by another after so long.
LEASE = timedelta(minutes=1)
JOBS = "jobs"


def take(transaction: Transaction, holder: str, now: datetime, name: str = JOBS) -> list[str]:
    """Take the lease of each workspace where it is free, or keep one's own for longer; return the workspaces.

    One that would end later than any can was taken by a clock that is wrong.
    """
    taking = """
        INSERT INTO leases (team_id, name, holder, until)
        SELECT team_id, :name, :holder, :until FROM workspaces WHERE team_id <> ''
        ON CONFLICT (team_id, name) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE leases.holder = excluded.holder OR leases.until <= :now OR leases.until > :never
        RETURNING team_id
    """
    until, never = to_text(now + LEASE), to_text(now + 2 * LEASE)
    rows = transaction.all(taking, name=name, holder=holder, until=until, now=to_text(now), never=never)
    return sorted(row["team_id"] for row in rows)


def give_back(transaction: Transaction, holder: str) -> None:
    """Let others have one's leases at once."""
    delete(transaction, "leases", holder=holder)
