"""What the bot knows of people between two looks at Slack: their time zone, and whether they are still there."""

from collections.abc import Iterable, Mapping, Sequence

from storage.engine.interface import Reader, Record, Transaction, in_list
from storage.engine.statements import has, insert_missing, put
from storage.records.rows import InColumns
from storage.records.tables import Table


class KnownPerson(Record):
    """A person as Slack described them last, at ``read_at`` (ISO 8601 UTC text). ``tz`` is an IANA name.

    Of who is gone, ``read_at`` stays the moment when Slack said so first.
    """

    team_id: str
    user_id: str
    name: str
    tz: str
    is_gone: bool
    is_away: bool
    read_at: str


_PEOPLE = Table(InColumns(KnownPerson), "people", "user_id")


def known_people(reader: Reader, team_id: str) -> dict[str, KnownPerson]:
    """Return everybody known in a workspace, by user id."""
    return {each.user_id: each for each in _PEOPLE.some(reader, team_id)}


def gone_people(reader: Reader, team_id: str) -> frozenset[str]:
    """Return who left, was deactivated, or is a guest, of those that the bot knows."""
    rows = reader.all("SELECT user_id FROM people WHERE team_id = :team_id AND is_gone = 1", team_id=team_id)
    return frozenset(row["user_id"] for row in rows)


def gone_since(reader: Reader, team_id: str) -> dict[str, str]:
    """Return since when those who are gone are known to be (ISO 8601 UTC text); not of who was forgotten."""
    gone = (each for each in _PEOPLE.some(reader, team_id) if each.is_gone)
    return {each.user_id: each.read_at for each in gone if each.read_at}


def known_names(reader: Reader, team_id: str, people: Sequence[str]) -> dict[str, str]:
    """Return the names of those of some people that the bot knows."""
    if not people:
        return {}
    listed, values = in_list("user_id", people)
    rows = reader.all(
        f"SELECT user_id, name FROM people WHERE team_id = :team_id AND {listed}", team_id=team_id, **values
    )
    return {row["user_id"]: row["name"] for row in rows}


def parts_of_names(reader: Reader, team_id: str) -> frozenset[str]:
    """Return the words of the names of all who are known, in small letters (for searches)."""
    rows = reader.all("SELECT name FROM people WHERE team_id = :team_id", team_id=team_id)
    return frozenset(part for row in rows for part in row["name"].casefold().split())


def is_known(reader: Reader, team_id: str, user_id: str) -> bool:
    return has(reader, "people", team_id=team_id, user_id=user_id)


def note_names(transaction: Transaction, team_id: str, names: Mapping[str, str]) -> None:
    """Remember the names of people of whom nothing is known yet; Slack is asked about the rest at the next look."""
    unread = {"team_id": team_id, "tz": "UTC", "is_gone": 0, "is_away": 0, "read_at": ""}
    new = ({**unread, "user_id": user_id, "name": name} for user_id, name in names.items())
    insert_missing(transaction, _PEOPLE.table, *new)


def note_people(transaction: Transaction, people: Iterable[KnownPerson]) -> None:
    """Remember people as Slack describes them now."""
    described = list(people)
    known = {team_id: gone_since(transaction, team_id) for team_id in {each.team_id for each in described}}
    still = (
        each.model_copy(update={"read_at": known[each.team_id].get(each.user_id, each.read_at)})
        if each.is_gone
        else each
        for each in described
    )
    put(transaction, _PEOPLE.table, "team_id user_id", *(_PEOPLE.rows.row_of(each) for each in still))
