"""What Slack says of a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from handlers.slack.interactions import Place


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation as Slack describes it: what kind of place it is, and whether the bot is in it."""

    place: Place
    has_bot: bool

    @property
    def is_within_reach(self) -> bool:
        """Tell whether what is said there may be kept: the bot is in it, or everybody in the workspace may be."""
        return self.has_bot or self.place.is_open


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where somebody is, of the conversations that were asked about; of those ``unknown`` Slack does not say it.

    Into those ``shut`` Slack did not let the bot look.
    """

    places: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    shut: frozenset[str] = frozenset()


def belonging(user_id: str, members: Mapping[str, frozenset[str] | None]) -> Belonging:
    """Return where somebody is by who is in which conversation; None where Slack does not say."""
    there = frozenset(each for each, people in members.items() if user_id in (people or ()))
    unknown = frozenset(each for each, people in members.items() if people is None)
    return Belonging(there, unknown, frozenset(each for each, people in members.items() if people == frozenset()))


def as_channel(channel: Mapping[str, Any], *, has_bot: bool) -> Channel:
    is_public = bool(channel.get("is_channel")) and not channel.get("is_private")
    is_shared = any(channel.get(flag) for flag in ("is_ext_shared", "is_pending_ext_shared", "is_org_shared"))
    return Channel(Place(channel["id"], "public" if is_public else "private", is_shared=is_shared), has_bot)


@lru_cache(maxsize=1_000)
def unknown(channel_id: str) -> Channel:
    return Channel(Place(channel_id, "private", is_shared=True), has_bot=False)


def stricter(told: Place, described: Place) -> Place:
    """Return what holds of a conversation when Slack says two things of it."""
    openness = "private" if told.openness == "private" else described.openness
    is_shared = told.is_shared or described.is_shared
    if (openness, is_shared) == (described.openness, described.is_shared):
        return described
    return replace(described, openness=openness, is_shared=is_shared)
