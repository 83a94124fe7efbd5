"""Each workspace the bot is in: its settings, its stewards, the periods its jobs have finished."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from storage.engine.interface import Reader, Record, Transaction, to_text
from storage.engine.statements import alter, delete, has, insert, insert_new
from storage.outbox import deliveries
from storage.records.rows import InColumns
from storage.records.tables import Table
from storage.workspaces import deletion, installations

T = TypeVar("T")
#: The disciplines a workspace starts with, in the order in which meanings are shown.
DEFAULT_DISCIPLINES = ("data science", "software engineering", "product", "operations", "domain")


class Workspace(Record):
    """A workspace.

    ``data_channel`` is a channel id, or empty until an admin chooses one; ``places`` are the channels that
    have records of their own. ``uninstalled_at`` is when the app was taken out of it, ISO 8601 UTC text: it is stopped
    from then on, and empty again once the app is back.
    """

    team_id: str
    name: str
    bot_user_id: str
    disciplines: tuple[str, ...]
    data_channel: str
    places: tuple[str, ...]
    glossary_revision: int
    preferences_revision: int = 0
    connected_at: str
    uninstalled_at: str = ""


class Steward(Record):
    """A person who looks after the words of one discipline."""

    discipline: str
    user_id: str


_STEWARDS = Table(InColumns(Steward), "stewards", "discipline, user_id")


def workspace(reader: Reader, team_id: str) -> Workspace | None:
    row = reader.one("SELECT * FROM workspaces WHERE team_id = :team_id", team_id=team_id)
    return None if row is None else _workspace(row)


def known_workspace(reader: Reader, team_id: str) -> Workspace:
    """Return a workspace that has connected. Raises LookupError for any other."""
    found = workspace(reader, team_id)
    if found is None:
        raise LookupError(f"the workspace {team_id} has not connected")
    return found


def connect_workspace(transaction: Transaction, team_id: str, name: str, bot_user_id: str, now: datetime) -> bool:
    """Remember a workspace; return True the first time it is met, or again after it was deleted.

    One that was uninstalled goes on, but what waited to be said there meanwhile is out of date; what was said before is
    brought up to date.
    """
    if workspace(transaction, team_id) is None:
        deletion.delete_rest(transaction, team_id)
    told = {"name": name, "bot_user_id": bot_user_id}
    listed = {"disciplines": json.dumps(DEFAULT_DISCIPLINES), "data_channel": "", "places": "[]"}
    new = {"team_id": team_id, **told, **listed, "glossary_revision": 0, "connected_at": to_text(now)}
    # Where replicas begin at once, one of them brings it.
    if insert_new(transaction, "workspaces", **new):
        return True
    if not hold(transaction, team_id):
        deliveries.end_open(transaction, team_id, deliveries.UNINSTALLED)
        deliveries.edit_again(transaction, team_id, now)
    alter(transaction, "workspaces", {"team_id": team_id}, uninstalled_at="", **told)
    return False


def uninstall(transaction: Transaction, team_id: str, now: datetime) -> bool:
    """Stop a workspace: nothing is answered or sent there any more, and its tokens go. False where it is stopped."""
    installations.forget(transaction, team_id)
    deliveries.end_open(transaction, team_id, deliveries.UNINSTALLED)
    return bool(
        alter(transaction, "workspaces", {"team_id": team_id, "uninstalled_at": ""}, uninstalled_at=to_text(now))
    )


def is_active(reader: Reader, team_id: str) -> bool:
    """Tell whether a workspace has connected and the app is still installed in it."""
    return has(reader, "workspaces", team_id=team_id, uninstalled_at="")


def hold(transaction: Transaction, team_id: str) -> bool:
    """Let no other replica change a workspace before this write is done; False for one that isn't active.

    What a change decides by what it has read there holds until it is written, whoever else is at work.
    """
    told = "SELECT uninstalled_at FROM workspaces WHERE team_id = :team_id" + transaction.once_free
    row = transaction.one(told, team_id=team_id)
    return row is not None and not row["uninstalled_at"]


def held(team_id: str, change: Callable[[Transaction], T]) -> Callable[[Transaction], T]:
    """Return the same change, which begins by holding the workspace, be it active or not."""

    def run(transaction: Transaction) -> T:
        hold(transaction, team_id)
        return change(transaction)

    return run


def is_uninstalled(reader: Reader, team_id: str) -> bool:
    gone = "SELECT 1 AS found FROM workspaces WHERE team_id = :team_id AND uninstalled_at <> ''"
    return reader.one(gone, team_id=team_id) is not None


def choose_settings(
    transaction: Transaction, team_id: str, disciplines: tuple[str, ...], data_channel: str, stewards: list[Steward]
) -> None:
    """Replace the workspace's settings and all its stewards."""
    this = {"team_id": team_id}
    alter(transaction, "workspaces", this, disciplines=json.dumps(disciplines), data_channel=data_channel)
    delete(transaction, "stewards", team_id=team_id)
    insert(transaction, "stewards", *({**this, **steward.model_dump()} for steward in stewards))


def stewards_of(reader: Reader, team_id: str) -> list[Steward]:
    return _STEWARDS.some(reader, team_id)


def note_place(transaction: Transaction, team_id: str, channel_id: str) -> None:
    """Remember that a channel has records of its own from now on."""
    places = known_workspace(transaction, team_id).places
    if channel_id not in places:
        alter(transaction, "workspaces", {"team_id": team_id}, places=json.dumps([*places, channel_id]))


def note_changes(transaction: Transaction, team_id: str) -> None:
    """Say that words and preferences were changed together: what is remembered of them is made anew."""
    both = "glossary_revision = glossary_revision + 1, preferences_revision = preferences_revision + 1"
    transaction.run(f"UPDATE workspaces SET {both} WHERE team_id = :team_id", team_id=team_id)


def claim_period(transaction: Transaction, team_id: str, job: str, period: str, now: datetime) -> bool:
    """Return True for the one caller that may do this job for this period."""
    return insert_new(
        transaction, "finished_periods", team_id=team_id, job=job, period=period, finished_at=to_text(now)
    )


def is_finished(reader: Reader, team_id: str, job: str, period: str) -> bool:
    return has(reader, "finished_periods", team_id=team_id, job=job, period=period)


def finished_in(reader: Reader, job: str, period: str) -> set[str]:
    """Return the workspaces in which a job is done for a period (for searches)."""
    rows = reader.all(
        """
        SELECT workspaces.team_id FROM workspaces JOIN finished_periods ON finished_periods.team_id = workspaces.team_id
        WHERE job = :job AND period = :period
        """,
        job=job,
        period=period,
    )
    return {row["team_id"] for row in rows}


def forget_old_periods(transaction: Transaction, team_id: str, before: datetime) -> int:
    old = "DELETE FROM finished_periods WHERE team_id = :team_id AND finished_at < :before"
    return transaction.run(old, team_id=team_id, before=to_text(before))


def all_workspaces(reader: Reader) -> list[Workspace]:
    return [_workspace(row) for row in reader.all("SELECT * FROM workspaces ORDER BY connected_at, team_id")]


def team_ids(reader: Reader) -> list[str]:
    return [row["team_id"] for row in reader.all("SELECT team_id FROM workspaces")]


def _workspace(row: dict[str, object]) -> Workspace:
    lists = {name: json.loads(str(row[name])) for name in ("disciplines", "places")}
    return Workspace.model_validate({**row, **lists})
