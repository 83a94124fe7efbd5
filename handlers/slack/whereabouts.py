"""Which guests are in which of the bot's channels, by a list of each guest's: few calls for very many channels."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from cachetools import TTLCache

from handlers.slack.cache import NO_ANSWER, Key, patience
from handlers.slack.questions import PAGE, Questions

_log = structlog.get_logger(__name__)
#: Where there are more, asking about the channels takes fewer calls.
_FEW = 20
#: Who goes through many channels asks again before that.
_KEPT_SECONDS, _KEPT_AT_MOST = 60, 50_000
#: The kinds of channels that are asked for where all of somebody's are listed.
_CHANNELS = "public_channel,private_channel"


@dataclass(frozen=True, slots=True)
class Seen:
    """The people who were looked for in a channel, and those of them who are there."""

    looked_for: frozenset[str]
    there: frozenset[str]


class Whereabouts:
    """Keeps who of some people is in a channel, by (team_id, channel_id), until something changes there."""

    def __init__(self, questions: Questions, now: Callable[[], datetime]) -> None:
        self._questions = questions
        self._seen: TTLCache[Key, Seen] = TTLCache(_KEPT_AT_MOST, _KEPT_SECONDS, timer=lambda: now().timestamp())

    def covers(self, team_id: str, channels: Iterable[str], people: frozenset[str]) -> bool:
        """Tell whether it is known of all these channels which of these people are there."""
        return all(self.any_in(team_id, each, people) is not None for each in channels)

    async def ask(self, team_id: str, people: frozenset[str]) -> dict[str, frozenset[str]] | None:
        """Return in which channels each of some people is, as far as the bot is, too; None where Slack can't be asked.

        Nobody is asked about where they are too many.
        """
        if len(people) > _FEW:
            return None
        try:
            async with patience():
                found = await asyncio.gather(*(self._channels_of(team_id, each) for each in people))
        except NO_ANSWER as error:
            _log.warning("slack did not say which channels guests are in", error=error)
            return None
        return dict(zip(people, found, strict=True))

    async def _channels_of(self, team_id: str, user_id: str) -> frozenset[str]:
        return frozenset(each["id"] for each in await listed(self._questions, team_id, user=user_id))

    def keep(self, team_id: str, channels: Iterable[str], told: dict[str, frozenset[str]]) -> None:
        """Keep who is in channels of the bot's; a private one that it is not in may be missing in what was told."""
        people = frozenset(told)
        for each in channels:
            there = frozenset(person for person, where in told.items() if each in where)
            self._seen[team_id, each] = Seen(people, there)

    def any_in(self, team_id: str, channel_id: str, people: frozenset[str]) -> bool | None:
        """Tell whether one of these people is in a channel; None where that is not known of all."""
        seen = self._seen.get((team_id, channel_id))
        return None if seen is None or not people <= seen.looked_for else not people.isdisjoint(seen.there)

    def drop(self, key: Key) -> None:
        self._seen.pop(key, None)

    def clear(self) -> None:
        self._seen.clear()


async def listed(questions: Questions, team_id: str, **whose: str) -> list[Any]:
    """Return the channels of a ``user``, the bot where none is named, as Slack describes them.

    Raises one of NO_ANSWER.
    """
    asked = {**whose, "team_id": team_id, "types": _CHANNELS, "limit": PAGE}
    return await questions.all("users.conversations", "channels", **asked)
