"""The audit trail: who changed what, and what was refused for lack of rights. Ids, and never a text that was typed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field
from pydantic_core import to_json

from storage.engine.interface import WORKSPACE, Reader, Record, Transaction, to_text
from storage.records.ids import new_id
from storage.records.rows import InColumns
from storage.records.tables import Table
from storage.workspaces.workspaces import note_place

Action = Literal[
    "access-denied",
    "admin-added",
    "admin-removed",
    "catalogue-changed",
    "exported",
    "imported",
    "legal-hold-changed",
    "person-exported",
    "person-forgotten",
    "redacted",
    "reported",
    "retention-changed",
    "settings-changed",
    "steward-added",
    "steward-removed",
    "summary-changed",
    "summary-ended",
    "summary-set",
    "token-made",
    "token-revoked",
    "webhook-made",
    "webhook-revoked",
]
Outcome = Literal["success", "denied"]

#: The same refusal of the same person is noted once in this time, and so many of one person's in a day.
_ONCE_IN, _DENIALS_A_DAY = timedelta(minutes=1), 200


class Entry(Record):
    """What somebody did, or was refused, at ``at`` (ISO 8601 UTC text).

    ``actor`` is a user id, at the command line ``cli:`` and the name of the system's user, or ``hook:`` and the id of
    a web hook. ``target_kind`` and ``target_id`` name what it was done to, and ``visibility`` says whose that is.
    ``details`` are names of settings, or of the button or form that was used, or the kind of a report.
    """

    team_id: str
    at: str
    actor: str
    action: Action
    target_kind: str = ""
    target_id: str = ""
    visibility: str = WORKSPACE
    details: tuple[str, ...] = ()
    outcome: Outcome = "success"
    id: str = Field(default_factory=new_id)

    def in_channel(self, channel_id: str, visibility: str) -> "Entry":
        """Return the same, done to a channel; ``visibility`` is whose that is."""
        of_channel = {"target_kind": "channel", "target_id": channel_id, "visibility": visibility}
        return self.model_copy(update=of_channel)


_AUDIT = Table(InColumns(Entry), "audit", "at DESC, id DESC")


def who(team_id: str, actor: str, now: datetime) -> dict[str, str]:
    """Return where somebody (a user id) did something, and when, for an entry."""
    return {"team_id": team_id, "actor": actor, "at": to_text(now)}


def settings_changed(team_id: str, by: str, now: datetime, *names: str) -> Entry:
    """Return that somebody changed settings of the workspace, by their names."""
    about = {"target_kind": "workspace", "target_id": team_id, "details": names}
    return Entry(action="settings-changed", **who(team_id, by, now), **about)


def note(transaction: Transaction, entry: Entry) -> None:
    """Keep that something was done, in the transaction that does it; in a channel, the admins in it may read that."""
    if entry.visibility != WORKSPACE:
        note_place(transaction, entry.team_id, entry.visibility)
    _AUDIT.insert(transaction, entry)


def note_denied(transaction: Transaction, entry: Entry, now: datetime) -> None:
    """Keep that something was refused; what one person tries over and over fills no store."""
    lately = "AND actor = :actor AND outcome = 'denied' AND at > :since ORDER BY at DESC LIMIT :most"
    since, most = to_text(now - timedelta(days=1)), _DENIALS_A_DAY
    before = _AUDIT.find(transaction, entry.team_id, None, lately, actor=entry.actor, since=since, most=most)
    same = (each for each in before if each.at > to_text(now - _ONCE_IN) and _what(each) == _what(entry))
    if len(before) < _DENIALS_A_DAY and next(same, None) is None:
        note(transaction, entry)


def entries(
    reader: Reader, team_id: str, visibilities: Sequence[str] | None, since: str = "", action: str = ""
) -> list[Entry]:
    """Return what was noted since a moment (ISO 8601 UTC text), the oldest first; None sees all visibilities."""
    such = f"AND at >= :since {'AND action = :action ' if action else ''}ORDER BY at, id"
    return _AUDIT.find(reader, team_id, visibilities, such, since=since, **({"action": action} if action else {}))


def newest(
    reader: Reader, team_id: str, visibilities: Sequence[str], before: tuple[str, str], most: int
) -> list[Entry]:
    """Return what was noted before an entry (its time and its id), the newest first."""
    at, last = before
    such = "AND (at < :at OR (at = :at AND id < :last)) ORDER BY at DESC, id DESC LIMIT :most"
    return _AUDIT.find(reader, team_id, visibilities, such, at=at, last=last, most=most)


def reported(reader: Reader, team_id: str, kind: str, since: str) -> Mapping[str, Sequence[str]]:
    """Return when what one kind of report says of components changed since a moment, by their ids, the oldest first."""
    rows = reader.all(
        """
        SELECT target_id, at FROM audit WHERE team_id = :team_id AND at >= :since
            AND action = 'reported' AND target_kind = 'component' AND details = :details ORDER BY at
        """,
        team_id=team_id,
        since=since,
        details=to_json([kind]).decode(),
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["target_id"], []).append(row["at"])
    return found


def forget(transaction: Transaction, team_id: str, before: datetime) -> int:
    """Drop what was noted long ago."""
    old = "DELETE FROM audit WHERE team_id = :team_id AND at < :before"
    return transaction.run(old, team_id=team_id, before=to_text(before))


def _what(entry: Entry) -> tuple[object, ...]:
    return entry.action, entry.target_kind, entry.target_id, entry.details
