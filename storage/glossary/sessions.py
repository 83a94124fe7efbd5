"""Sessions in which people clarify words: who holds one when, about which words; and what is misread."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from storage.engine.interface import WORKSPACE, Reader, Record, Transaction, to_text
from storage.engine.statements import alter, insert
from storage.records.rows import InColumns
from storage.records.tables import Table


class Session(Record):
    """A session on words. ``words`` are look-up keys, people user ids, ``held_on`` is an ISO date.

    ``clarified_at`` is empty until something was clarified in it; times are ISO 8601 UTC text.
    """

    id: str
    team_id: str
    owner: str
    held_on: str
    words: tuple[str, ...]
    visibility: str = WORKSPACE
    planned_by: str
    planned_at: str
    clarified_at: str = ""


class Objection(NamedTuple):
    """That somebody disputed a meaning, or found it not clear; ``by`` is a user id, ``at`` ISO 8601 UTC text."""

    sense_id: str
    by: str
    at: str
    is_dispute: bool
    is_open: bool = False


_SESSIONS = Table(InColumns(Session), "glossary_sessions", "held_on, id")


def plan(transaction: Transaction, session: Session) -> None:
    insert(transaction, _SESSIONS.table, _SESSIONS.rows.row_of(session))


def session(reader: Reader, team_id: str, session_id: str) -> Session | None:
    return _SESSIONS.one(reader, team_id, id=session_id)


def to_hold(reader: Reader, team_id: str) -> list[Session]:
    """Return the sessions in which nothing was clarified yet, the next one first."""
    return _SESSIONS.some(reader, team_id, clarified_at="")


def clarified(reader: Reader, team_id: str) -> dict[str, str]:
    """Return when each word was clarified in a session last, by its look-up key."""
    held = [each for each in _SESSIONS.some(reader, team_id) if each.clarified_at]
    return {word: each.clarified_at for each in sorted(held, key=lambda each: each.clarified_at) for word in each.words}


def end(transaction: Transaction, held: Session, now: datetime) -> bool:
    """Note that a session was held; False where that was noted before."""
    open_ = {"team_id": held.team_id, "id": held.id, "clarified_at": ""}
    return bool(alter(transaction, _SESSIONS.table, open_, clarified_at=to_text(now)))


def forget_word(transaction: Transaction, team_id: str, key: str) -> None:
    """Take a word out of every session."""
    for each in _SESSIONS.some(transaction, team_id):
        if key in each.words:
            left = each.model_copy(update={"words": tuple(word for word in each.words if word != key)})
            told = {"words": _SESSIONS.rows.row_of(left)["words"]}
            alter(transaction, _SESSIONS.table, {"team_id": team_id, "id": each.id}, **told)


def objections(reader: Reader, team_id: str, begin: str) -> Sequence[Objection]:
    """Return who disputed which meaning, and who found which not clear, since a moment (ISO 8601 UTC text)."""
    return [*_objections(reader, team_id, begin)]


def _objections(reader: Reader, team_id: str, begin: str) -> Iterable[Objection]:
    told = {"team_id": team_id, "begin": begin}
    such = "WHERE team_id = :team_id AND at >= :begin"
    for row in reader.all(f"SELECT sense_id, by, at, settled_at FROM sense_disputes {such} ORDER BY at, id", **told):
        yield Objection(row["sense_id"], row["by"], row["at"], is_dispute=True, is_open=not row["settled_at"])
    unclear = f"SELECT sense_id, user_id, at FROM sense_opinions {such} AND opinion = 'not clear' ORDER BY at, user_id"
    for row in reader.all(unclear, **told):
        yield Objection(row["sense_id"], row["user_id"], row["at"], is_dispute=False)
