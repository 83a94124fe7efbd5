"""Teams that own duties together: a user group of Slack's, or a list of people, one of whom is accountable."""

from collections.abc import Mapping

from storage.engine.interface import ConflictError, Reader, Record, Transaction
from storage.engine.statements import delete, insert
from storage.glossary.glossary import look_up_key
from storage.records.rows import InColumns
from storage.records.versioned import Dated, HistoryEntry, VersionedStore
from storage.responsibilities.responsibilities import Name


class NewTeam(Record):
    """A team as it is described. People are user ids; ``channel`` is where it is asked, a channel id or empty.

    ``group_id`` is the user group whose people the members are, ``group_name`` what Slack calls it; both are empty
    where they were listed one by one.
    """

    name: Name
    group_id: str = ""
    group_name: str = ""
    members: tuple[str, ...] = ()
    accountable: str
    channel: str = ""


class Team(NewTeam, Dated):
    """A team, as the store knows it: everybody who is a member of the workspace may see it."""

    look_up_key: str
    created_by: str


TEAMS = VersionedStore(
    InColumns(Team),
    "owner_teams",
    "name, id",
    entries=HistoryEntry,
    history_table="owner_team_events",
    key={"id": "owner_team_id"},
    stamp="changed_at",
)
history = TEAMS.history


def teams(reader: Reader, team_id: str) -> Mapping[str, Team]:
    """Return the teams of a workspace by their ids, in the order of their names."""
    return {each.id: each for each in TEAMS.every(reader, team_id)}


def team(reader: Reader, team_id: str, owner_team_id: str) -> Team | None:
    return TEAMS.one(reader, team_id, id=owner_team_id)


def named(reader: Reader, team_id: str, name: str) -> Team | None:
    """Return the team of a name, without regard to case, spaces and hyphens."""
    return TEAMS.one(reader, team_id, look_up_key=look_up_key(name))


def take_away(transaction: Transaction, old: Team, entry: HistoryEntry) -> None:
    """Delete a team that was read in this transaction; its history stays, with a last step.

    Raises ConflictError when ``old`` is not how it stands.
    """
    if not delete(transaction, TEAMS.table, team_id=old.team_id, id=old.id, version=old.version):
        raise ConflictError("a team was changed since it was read")
    insert(transaction, TEAMS.history_table, *TEAMS.steps([TEAMS.next_version(old, {}, entry)], entry))


def where_any(reader: Reader) -> set[str]:
    """Return the workspaces that have teams."""
    return {row["team_id"] for row in reader.all("SELECT DISTINCT team_id FROM owner_teams")}


def accountable_for(team: Team, gone: frozenset[str]) -> str:
    """Return who is accountable for a team; empty where they have left the workspace, or the team."""
    is_there = team.accountable in team.members and team.accountable not in gone
    return team.accountable if is_there else ""


def people_of(team: Team, gone: frozenset[str]) -> tuple[str, ...]:
    """Return who of a team is there, the one who is accountable first."""
    ordered = sorted(team.members, key=lambda each: each != team.accountable)
    return tuple(each for each in ordered if each not in gone)
