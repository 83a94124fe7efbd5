"""What the bot knows of people between two looks at Slack: their time zone, and whether they are still there."""

from collections.abc import Iterable, Mapping, Sequence

from storage.engine.interface import Reader, Record, Transaction, in_list


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


def gone_people(reader: Reader, team_id: str) -> frozenset[str]:
    """Return who left, was deactivated, or is a guest, of those that the bot knows."""
    rows = reader.all("SELECT user_id FROM people WHERE team_id = :team_id AND is_gone = 1", team_id=team_id)
    return frozenset(row["user_id"] for row in rows)


def known_names(reader: Reader, team_id: str, people: Sequence[str]) -> dict[str, str]:
    """Return the names of those of some people that the bot knows."""
    if not people:
        return {}
    listed, values = in_list("user_id", people)
    rows = reader.all(
        f"SELECT user_id, name FROM people WHERE team_id = :team_id AND {listed}", team_id=team_id, **values
    )
    return {row["user_id"]: row["name"] for row in rows}


def is_known(reader: Reader, team_id: str, user_id: str) -> bool:
    row = reader.one(
        "SELECT 1 AS found FROM people WHERE team_id = :team_id AND user_id = :user_id",
        team_id=team_id,
        user_id=user_id,
    )
    return row is not None


def note_names(transaction: Transaction, team_id: str, names: Mapping[str, str]) -> None:
    """Remember the names of people of whom nothing is known yet; Slack is asked about the rest at the next look."""
    transaction.run_many(
        """
        INSERT INTO people (team_id, user_id, name, tz, is_gone, is_away, read_at)
        VALUES (:team_id, :user_id, :name, 'UTC', 0, 0, '') ON CONFLICT DO NOTHING
        """,
        [{"team_id": team_id, "user_id": user_id, "name": name} for user_id, name in names.items()],
    )


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
