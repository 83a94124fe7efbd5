"""What waits to be said: how much, and for how long."""

from storage.engine.interface import Reader
from storage.outbox.deliveries import IS_OPEN


def count_open(reader: Reader) -> int:
    """Return how many deliveries have not ended."""
    row = reader.one(f"SELECT count(*) AS number FROM outbox WHERE {IS_OPEN}")
    return row["number"] if row else 0


def by_kind(reader: Reader, team_id: str = "") -> dict[str, tuple[int, str]]:
    """Return how many deliveries have not ended, and when the oldest was written (ISO 8601 UTC), by kind of lane.

    The kinds are ``person``, ``channel`` and ``response``; one that nothing waits for is left out. Without a workspace,
    those of all are counted.
    """
    first = "CASE substr(lane, 1, 1) WHEN 'U' THEN 'person' WHEN 'W' THEN 'person' WHEN 'h' THEN 'response'"
    rows = reader.all(
        f"SELECT {first} ELSE 'channel' END AS kind, count(*) AS number, min(created_at) AS oldest FROM outbox"
        f" WHERE {IS_OPEN} AND :team_id IN ('', team_id) GROUP BY kind ORDER BY kind",
        team_id=team_id,
    )
    return {row["kind"]: (row["number"], row["oldest"]) for row in rows}
