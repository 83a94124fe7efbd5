"""Names of people, for what everybody reads and for tables."""

import asyncio
from collections.abc import Iterable

from handlers.directory import Directory


async def names_of(directory: Directory, team_id: str, people: Iterable[str]) -> dict[str, str]:
    """Return the names of people by user id; of whom Slack says nothing there is none."""
    wanted = sorted({each for each in people if each})
    found = await asyncio.gather(*(directory.person(team_id, each) for each in wanted))
    return {user_id: person.name for user_id, person in zip(wanted, found, strict=True) if person is not None}
