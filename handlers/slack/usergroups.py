"""The user groups of a workspace, where the optional scope for them is granted."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.cache import NO_ANSWER, patience
from handlers.slack.directory import Directory

_log = structlog.get_logger(__name__)
#: Of so many people of a user group Slack is asked whether they are there.
_ASKED = 100


@dataclass(frozen=True, slots=True)
class Group:
    """A user group as Slack describes it; one that is disabled, or empty, has no ``members`` (user ids)."""

    id: str
    name: str
    members: tuple[str, ...] = ()


async def groups_of(slack: AsyncWebClient) -> dict[str, Group] | None:
    """Return every user group by its id; None where Slack does not say, as without the scope."""
    try:
        async with patience():
            answer = await slack.usergroups_list(include_users=True, include_disabled=True)
            return {each["id"]: await _group(slack, each) for each in answer["usergroups"]}
    except NO_ANSWER as error:
        _log.info("slack did not list the user groups", error=error)
        return None


async def without_who_left(directory: Directory, team_id: str, group: Group, known: Collection[str] = ()) -> Group:
    """Return a user group without guests and those who have left: Slack may list them still.

    Who is ``known`` is not asked about, nor are more than a few at one time; in doubt somebody is there.
    """
    asked = [each for each in group.members if each not in known][:_ASKED]
    found = await asyncio.gather(*(directory.person(team_id, each) for each in asked))
    out = {who for who, person in zip(asked, found, strict=True) if person is not None and person.is_guest}
    return replace(group, members=tuple(each for each in group.members if each not in out))


async def _group(slack: AsyncWebClient, told: Mapping[str, Any]) -> Group:
    """Read https://docs.slack.dev/reference/objects/usergroup-object; of a large group it has not everybody."""
    people, count = list(told.get("users") or ()), int(told.get("user_count") or 0)
    if told.get("date_delete"):
        people = []
    elif count > len(people):
        people = list((await slack.usergroups_users_list(usergroup=told["id"]))["users"])
    return Group(str(told["id"]), str(told.get("name") or told.get("handle") or told["id"]), tuple(people))
