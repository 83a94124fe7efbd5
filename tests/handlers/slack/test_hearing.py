"""What Slack tells one replica is known to all of them, and of people no more than who it is about."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.local_slack.wire.server import LocalSlack
from handlers.slack.directory import Directory
from handlers.slack.hearing import catch_up, hear
from storage.engine.interface import Database
from storage.workspaces import heard
from tests.conftest import START, on_postgres, on_sqlite
from tests.handlers.slack.test_directory import TEAM
from tests.writing import write

JOINED = {"type": "member_joined_channel", "channel": "CGENERAL", "user": "UGUS"}


class Two:
    """What two replicas know of Slack, and their store."""

    def __init__(self, store: Database, client: AsyncWebClient, clock: Clock) -> None:
        self.store, self.first, self.second = store, Directory(client, clock.now), Directory(client, clock.now)

    async def catch_up(self) -> None:
        for each in (self.first, self.second):
            await catch_up(self.store, each, TEAM)

    async def hear(self, event: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Tell the first, let the second catch up, and return what the store has of it."""
        await hear(self.store, self.first, TEAM, event, START)
        await catch_up(self.store, self.second, TEAM)
        told = await self.store.read(lambda reader: reader.all("SELECT kind, user_id, channels FROM heard"))
        return [*told]


@pytest.fixture
async def two(store: Database, client: AsyncWebClient, clock: Clock) -> Two:
    found = Two(store, client, clock)
    await found.catch_up()
    return found


@on_postgres
async def test_who_becomes_an_admin_or_is_deactivated_is_that_for_all(two: Two, slack: LocalSlack) -> None:
    ben = slack.workspace.users["UBEN"]
    for each in (two.first, two.second):
        assert await each.admins(TEAM) == {"UCHLOE"}
        assert await each.is_member(TEAM, "UBEN", "CGENERAL")
    ben.is_admin = True
    told = await two.hear({"type": "user_change", "user": {"id": "UBEN", "real_name": "Ben Okafor", "is_admin": True}})
    assert told == [{"kind": "user_change", "user_id": "UBEN", "channels": ""}]
    assert await two.second.admins(TEAM) == {"UCHLOE", "UBEN"}
    ben.is_admin, ben.deleted = False, True
    slack.workspace.channels["CGENERAL"].members.discard("UBEN")
    await two.hear({"type": "user_change", "user": {"id": "UBEN", "deleted": True}})
    assert await two.second.admins(TEAM) == {"UCHLOE"}
    assert not await two.second.is_member(TEAM, "UBEN", "CGENERAL")


@on_postgres
async def test_of_somebody_who_is_what_they_were_nobody_is_told(two: Two) -> None:
    gus = {"type": "user_change", "user": {"id": "UGUS", "is_restricted": True}}
    assert len(await two.hear(gus)) == 1
    again = {"id": "UGUS", "is_restricted": True, "updated": 7, "profile": {"status_text": "lunch"}}
    assert len(await two.hear({**gus, "user": again})) == 1


@on_postgres
async def test_a_channel_of_which_one_has_heard_is_asked_about_anew_by_all_and_once_by_that_one(two: Two) -> None:
    for each in (two.first, two.second):
        await each.channel_now(TEAM, "CGENERAL")
    assert len(await two.hear(JOINED)) == 1
    assert two.second.channel_known(TEAM, "CGENERAL") is None
    await two.first.channel_now(TEAM, "CGENERAL")
    await two.catch_up()
    assert two.first.channel_known(TEAM, "CGENERAL") is not None


@on_postgres
async def test_who_has_missed_what_is_no_longer_known_asks_everything_anew(two: Two) -> None:
    await two.second.channel_now(TEAM, "CCHURN")
    await hear(two.store, two.first, TEAM, JOINED, START)
    await write(two.store, heard.forget, TEAM, START + timedelta(seconds=1))
    assert two.second.channel_known(TEAM, "CCHURN") is not None
    await two.catch_up()
    assert two.second.channel_known(TEAM, "CCHURN") is None


@on_postgres
async def test_that_the_bot_is_taken_out_of_a_workspace_is_told_to_all(two: Two) -> None:
    await two.second.channel_now(TEAM, "CGENERAL")
    await two.hear({"type": "team_access_revoked", "team_ids": [TEAM]})
    assert two.second.channel_known(TEAM, "CGENERAL") is None


@on_sqlite
async def test_one_process_alone_writes_nothing_down(two: Two) -> None:
    assert await two.hear(JOINED) == []
