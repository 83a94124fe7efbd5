"""What people were nudged about, and whether it is settled."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from storage.engine.interface import Reader, Record, Transaction, in_list, to_text
from storage.engine.statements import insert

#: No moment is as late.
_NEVER = "9999"


class Nudge(Record):
    """One reminder in one message to a person.

    ``kind`` and ``subject`` name the reminder, ``visibility`` is that of what it is about. ``settled_at`` is when it
    was gone, empty while it is not. ``state`` and ``reason`` are the message's own, while it is still in the outbox.
    Times are ISO 8601 UTC text. What older versions kept besides, that it was put off or useful, is not read.
    """

    id: str
    team_id: str
    person: str
    kind: str
    subject: str
    visibility: str
    at: str
    what: Literal["sent"] = "sent"
    delivery_id: str = ""
    useful: str = ""
    settled_at: str = ""
    state: str = ""
    reason: str = ""


class Figures(Record):
    """How nudges of one kind fared: how many were sent, settled, and half of these within how many hours."""

    kind: str
    sent: int
    settled: int
    hours: float | None


def open_nudges(reader: Reader, team_id: str, since: str = _NEVER) -> list[Nudge]:
    """Return the nudges about what was not settled when it was last looked at, and all since a moment, if any."""
    rows = reader.all(
        """
        SELECT nudges.*, coalesce(outbox.state, '') AS state, coalesce(outbox.reason, '') AS reason
        FROM nudges LEFT JOIN outbox ON outbox.id = nudges.delivery_id
        WHERE nudges.team_id = :team_id AND what = 'sent' AND (settled_at = '' OR settled_at >= :since)
        ORDER BY nudges.id
        """,
        team_id=team_id,
        since=since,
    )
    return [Nudge.model_validate(row) for row in rows]


def record(transaction: Transaction, nudges: Iterable[Nudge]) -> None:
    insert(transaction, "nudges", *(each.model_dump(exclude={"state", "reason"}) for each in nudges))


def settle(transaction: Transaction, nudges: Iterable[Nudge], now: datetime) -> None:
    """Note that what these were about is settled."""
    transaction.run_many(
        "UPDATE nudges SET settled_at = :now WHERE id = :id", [{"id": each.id, "now": to_text(now)} for each in nudges]
    )


def forget_settled(transaction: Transaction, team_id: str, before: datetime) -> int:
    """Drop what was settled long ago, and what older versions kept of reminders that were put off."""
    gone = "(settled_at <> '' AND settled_at < :before OR what <> 'sent' AND at < :before)"
    old = f"DELETE FROM nudges WHERE team_id = :team_id AND {gone}"
    return transaction.run(old, team_id=team_id, before=to_text(before))


def figures(reader: Reader, team_id: str, visibilities: Sequence[str]) -> list[Figures]:
    """Return how each kind of nudge about what may be seen fared."""
    visible, values = in_list("visibility", visibilities)
    such = f"team_id = :team_id AND what = 'sent' AND {visible}"
    rows = reader.all(f"SELECT kind, at, settled_at FROM nudges WHERE {such}", team_id=team_id, **values)
    by_kind: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_kind.setdefault(row["kind"], []).append(row)
    return [_figures(kind, listed) for kind, listed in sorted(by_kind.items())]


def _figures(kind: str, rows: list[dict[str, str]]) -> Figures:
    settled = sorted(_hours(each) for each in rows if each["settled_at"])
    return Figures(
        kind=kind,
        sent=len(rows),
        settled=len(settled),
        hours=settled[len(settled) // 2] if settled else None,
    )


def _hours(row: dict[str, str]) -> float:
    spent = datetime.fromisoformat(row["settled_at"]) - datetime.fromisoformat(row["at"])
    return spent.total_seconds() / 3600
