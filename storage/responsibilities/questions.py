"""Who waits for an answer about a duty, and a workspace's own catalogue of duties."""

from datetime import datetime

from storage.engine.interface import Reader, Transaction, to_text
from storage.responsibilities.responsibilities import Duty


def ask(transaction: Transaction, about: Duty, user_id: str, place: str, now: datetime) -> bool:
    """Remember that somebody asked who has a duty; True when nobody had asked before. ``place`` is a channel id."""
    is_first = not askers(transaction, about)
    transaction.run(
        """
        INSERT INTO duty_questions (team_id, component_id, duty, user_id, place, asked_at)
        VALUES (:team_id, :component_id, :duty, :user_id, :place, :now) ON CONFLICT DO NOTHING
        """,
        team_id=about.team_id,
        component_id=about.component_id,
        duty=about.duty,
        user_id=user_id,
        place=place,
        now=to_text(now),
    )
    return is_first


def askers(reader: Reader, about: Duty) -> list[str]:
    """Return who waits to hear who has a duty."""
    rows = reader.all(
        """
        SELECT user_id FROM duty_questions
        WHERE team_id = :team_id AND component_id = :component_id AND duty = :duty ORDER BY asked_at, user_id
        """,
        team_id=about.team_id,
        component_id=about.component_id,
        duty=about.duty,
    )
    return [row["user_id"] for row in rows]


def end(transaction: Transaction, about: Duty) -> list[str]:
    """End the question who has a duty, and return who had asked."""
    waiting = askers(transaction, about)
    transaction.run(
        "DELETE FROM duty_questions WHERE team_id = :team_id AND component_id = :component_id AND duty = :duty",
        team_id=about.team_id,
        component_id=about.component_id,
        duty=about.duty,
    )
    return waiting


def own_catalogue(reader: Reader, team_id: str) -> str:
    """Return a workspace's own catalogue as YAML text; empty where it uses the one that comes with the bot."""
    row = reader.one("SELECT body FROM duty_catalogues WHERE team_id = :team_id", team_id=team_id)
    return row["body"] if row else ""


def keep_catalogue(transaction: Transaction, team_id: str, body: str) -> None:
    """Keep a workspace's own catalogue; an empty one takes it back."""
    transaction.run(
        """
        INSERT INTO duty_catalogues (team_id, body) VALUES (:team_id, :body)
        ON CONFLICT (team_id) DO UPDATE SET body = excluded.body
        """,
        team_id=team_id,
        body=body,
    )
