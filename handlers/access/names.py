"""Names of people, for what everybody reads and for tables."""

import asyncio
from collections.abc import Iterable

from handlers.slack.directory import Directory
from storage.engine.interface import Database
from storage.workspaces.people import known_names

#: Slack allows about a hundred such questions a minute.
_ASKED_AT_ONCE = 20


async def names_of(store: Database, directory: Directory, team_id: str, people: Iterable[str]) -> dict[str, str]:
    """Return the names of people by user id: those that the bot knows, and what Slack says of a few others."""
    wanted = sorted({each for each in people if each})
    names = await store.read(known_names, team_id, wanted)
    missing = [each for each in wanted if each not in names][:_ASKED_AT_ONCE]
    found = await asyncio.gather(*(directory.person(team_id, each) for each in missing))
    return names | {user_id: person.name for user_id, person in zip(missing, found, strict=True) if person is not None}
