"""What Slack tells of people and conversations reaches every replica, though Slack tells it to one of them.

Each looks before it answers, sends or does timed work, so none goes by what another one has heard to be past.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from handlers.slack import changes
from handlers.slack.directory import Directory
from handlers.slack.users import person_of
from storage.engine.interface import Database
from storage.workspaces import heard
from storage.workspaces.heard import Heard


async def hear(store: Database, directory: Directory, team_id: str, event: Mapping[str, Any], now: datetime) -> None:
    """Take note of an event, and tell the other replicas of what changes what they may know.

    Raises StoreUnavailableError; Slack sends the event again then.
    """
    is_shared = store.is_shared and event.get("type") in changes.HEARD
    told = _told(directory, team_id, event) if is_shared else None
    directory.hear(team_id, event)
    if told is not None:
        number = await store.write(partial(heard.note, team_id=team_id, heard=told, now=now))
        if directory.followed.get(team_id) == number - 1:
            directory.followed[team_id] = number
    elif event.get("type") == changes.JOINED and not store.is_shared:
        # What waits in a private channel may be theirs to hear of.
        await store.write(partial(heard.note_change, team_id=team_id))


async def catch_up(store: Database, directory: Directory, team_id: str) -> None:
    """Take note of what other replicas have heard since the last time. Raises StoreUnavailableError."""
    if not store.is_shared:
        return
    known, latest = directory.followed.get(team_id), await store.read(heard.last, team_id)
    if known == latest:
        return
    found = await store.read(heard.since, team_id, known) if known is not None else []
    directory.followed[team_id] = latest
    if known is None or len(found) < latest - known or latest < known:
        # Nobody knows any more what was heard in between.
        directory.clear()
    for each in found:
        _take(directory, team_id, each)


def _told(directory: Directory, team_id: str, event: Mapping[str, Any]) -> Heard | None:
    """Return what others must know; of a person only who it is, and nothing where they are what they were."""
    kind = str(event["type"])
    if kind not in changes.PEOPLE:
        return Heard(kind=kind, user_id=str(event.get("user") or ""), channels=" ".join(changes.named_in(event)))
    now, before = person_of(event["user"], team_id), directory.person_known(team_id, event["user"]["id"])
    is_same = before is not None and replace(before, updated=now.updated) == now
    return None if is_same else Heard(kind=changes.LEFT if now.has_left else kind, user_id=now.user_id)


def _take(directory: Directory, team_id: str, told: Heard) -> None:
    if told.kind in (*changes.PEOPLE, changes.LEFT):
        directory.doubt(team_id, told.user_id, has_left=told.kind == changes.LEFT)
    elif told.kind == "team_access_revoked":
        directory.clear()
    for channel in told.channels.split():
        directory.hear(team_id, {"type": told.kind, "channel": channel, "user": told.user_id})
