"""What people were nudged about, what they put off, and whether it was useful to them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from storage.engine.interface import Reader, Record, Transaction, in_list, to_text
from storage.engine.statements import alter, insert

What = Literal["sent", "snoozed"]


class Nudge(Record):
    """One reminder in one message to a person, or that they put it off.

    ``kind`` and ``subject`` name the reminder, ``visibility`` is that of what it is about. ``settled_at`` is when it
    was gone, empty while it is not. ``state`` and ``reason`` are the message's own, while it is still in the outbox.
    Times are ISO 8601 UTC text.
    """

    id: str
    team_id: str
    person: str
    kind: str
    subject: str
    visibility: str
    what: What
    at: str
    delivery_id: str = ""
    useful: str = ""
    settled_at: str = ""
    state: str = ""
    reason: str = ""


class Figures(Record):
    """How nudges of one kind fared: how many were sent, answered, found useful, settled, and within how many hours."""

    kind: str
    sent: int
    answered: int
    useful: int
    settled: int
    hours: float | None


def open_nudges(reader: Reader, team_id: str) -> list[Nudge]:
    """Return the nudges about reminders that were not settled when it was last looked at."""
    rows = reader.all(
        """
        SELECT nudges.*, coalesce(outbox.state, '') AS state, coalesce(outbox.reason, '') AS reason
        FROM nudges LEFT JOIN outbox ON outbox.id = nudges.delivery_id
        WHERE nudges.team_id = :team_id AND settled_at = '' ORDER BY nudges.id
        """,
        team_id=team_id,
    )
    return [Nudge.model_validate(row) for row in rows]


def record(transaction: Transaction, nudges: Iterable[Nudge]) -> None:
    insert(transaction, "nudges", *(each.model_dump(exclude={"state", "reason"}) for each in nudges))


def settle(transaction: Transaction, nudges: Iterable[Nudge], now: datetime) -> None:
    """Note that what these were about is settled."""
    transaction.run_many(
        "UPDATE nudges SET settled_at = :now WHERE id = :id", [{"id": each.id, "now": to_text(now)} for each in nudges]
    )


def answer(transaction: Transaction, team_id: str, delivery_id: str, person: str, useful: str) -> bool:
    """Keep whether a message was useful, "yes" or "no"; False where it is not one of this person's."""
    told = {"team_id": team_id, "delivery_id": delivery_id, "person": person}
    return bool(alter(transaction, "nudges", told, useful=useful))


def forget_settled(transaction: Transaction, before: datetime) -> int:
    """Drop what was settled long ago."""
    return transaction.run("DELETE FROM nudges WHERE settled_at <> '' AND settled_at < :before", before=to_text(before))


def figures(reader: Reader, team_id: str, visibilities: Sequence[str]) -> list[Figures]:
    """Return how each kind of nudge about what may be seen fared; an answer counts once for a message."""
    visible, values = in_list("visibility", visibilities)
    such = f"team_id = :team_id AND what = 'sent' AND {visible}"
    rows = reader.all(
        f"SELECT kind, at, useful, settled_at, delivery_id FROM nudges WHERE {such}", team_id=team_id, **values
    )
    by_kind: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_kind.setdefault(row["kind"], []).append(row)
    return [_figures(kind, listed) for kind, listed in sorted(by_kind.items())]


def _figures(kind: str, rows: list[dict[str, str]]) -> Figures:
    settled = sorted(_hours(each) for each in rows if each["settled_at"])
    answers = {each["delivery_id"]: each["useful"] for each in rows if each["useful"]}
    return Figures(
        kind=kind,
        sent=len(rows),
        answered=len(answers),
        useful=sum(each == "yes" for each in answers.values()),
        settled=len(settled),
        hours=settled[len(settled) // 2] if settled else None,
    )


def _hours(row: dict[str, str]) -> float:
    spent = datetime.fromisoformat(row["settled_at"]) - datetime.fromisoformat(row["at"])
    return spent.total_seconds() / 3600
