"""What the bot knows of people between two looks at Slack: their time zone, and whether they are still there."""

from collections.abc import Iterable

from storage.database import Reader, Record, Transaction


class KnownPerson(Record):
    """A person as Slack described them last, at ``read_at`` (ISO 8601 UTC text). ``tz`` is an IANA name."""

    team_id: str
    user_id: str
    name: str
    tz: str
    is_gone: bool
    is_away: bool
    read_at: str


def known_people(reader: Reader, team_id: str) -> dict[str, KnownPerson]:
    """Return everybody known in a workspace, by user id."""
    rows = reader.all("SELECT * FROM people WHERE team_id = :team_id", team_id=team_id)
    return {row["user_id"]: KnownPerson.model_validate(row) for row in rows}


def is_known(reader: Reader, team_id: str, user_id: str) -> bool:
    row = reader.one(
        "SELECT 1 AS found FROM people WHERE team_id = :team_id AND user_id = :user_id",
        team_id=team_id,
        user_id=user_id,
    )
    return row is not None


def note_people(transaction: Transaction, people: Iterable[KnownPerson]) -> None:
    """Remember people as Slack describes them now."""
    transaction.run_many(
        """
        INSERT INTO people (team_id, user_id, name, tz, is_gone, is_away, read_at)
        VALUES (:team_id, :user_id, :name, :tz, :is_gone, :is_away, :read_at)
        ON CONFLICT (team_id, user_id) DO UPDATE SET name = excluded.name, tz = excluded.tz,
            is_gone = excluded.is_gone, is_away = excluded.is_away, read_at = excluded.read_at
        """,
        [{**each.model_dump(), "is_gone": int(each.is_gone), "is_away": int(each.is_away)} for each in people],
    )
