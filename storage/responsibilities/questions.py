"""Who waits for an answer about a duty, and a workspace's own catalogue of duties."""

from datetime import datetime

from storage.engine.interface import Reader, Transaction, to_text
from storage.engine.statements import delete, equal, insert_new, put
from storage.responsibilities.responsibilities import Duty


def ask(transaction: Transaction, about: Duty, user_id: str, place: str, now: datetime) -> bool:
    """Remember that somebody asked who has a duty; True when nobody had asked before. ``place`` is a channel id."""
    is_first = not askers(transaction, about)
    insert_new(transaction, "duty_questions", **_which(about), user_id=user_id, place=place, asked_at=to_text(now))
    return is_first


def askers(reader: Reader, about: Duty) -> list[str]:
    """Return who waits to hear who has a duty."""
    which = _which(about)
    rows = reader.all(f"SELECT user_id FROM duty_questions WHERE {equal(which)} ORDER BY asked_at, user_id", **which)
    return [row["user_id"] for row in rows]


def end(transaction: Transaction, about: Duty) -> list[str]:
    """End the question who has a duty, and return who had asked."""
    waiting = askers(transaction, about)
    delete(transaction, "duty_questions", **_which(about))
    return waiting


def _which(about: Duty) -> dict[str, str]:
    return about.model_dump(include={"team_id", "component_id", "duty"})


def own_catalogue(reader: Reader, team_id: str) -> str:
    """Return a workspace's own catalogue as YAML text; empty where it uses the one that comes with the bot."""
    row = reader.one("SELECT body FROM duty_catalogues WHERE team_id = :team_id", team_id=team_id)
    return row["body"] if row else ""


def keep_catalogue(transaction: Transaction, team_id: str, body: str) -> None:
    """Keep a workspace's own catalogue; an empty one takes it back."""
    put(transaction, "duty_catalogues", "team_id", {"team_id": team_id, "body": body})
