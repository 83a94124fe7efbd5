"""Who takes the bot out and lets it in again: what Slack says of the old token ends nothing."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.local_slack.faults import Fault
from storage.workspaces import installations
from tests.bot.installing.grid import GROUP, Grid, grid
from tests.bot.installing.spaces import HARBOUR, QUAY, spaces
from tests.bot.installing.test_installed import send
from tests.bot.installing.test_organizations import ASKED, HOURLY, THERE, names, told_of
from tests.playing import play
from tests.writing import write


@pytest.fixture
async def both(clock: Clock, tmp_path: Path) -> AsyncIterator[Grid]:
    async with grid(clock, tmp_path / "bot.db") as begun:
        await begun.install()
        await begun.add(begun.harbour, begun.quay)
        yield begun


async def let_in_again(it: Grid) -> str:
    """Let it in with a new token while Slack has still to answer that it takes the old one no longer."""
    goes_on, slow = asyncio.Event(), it.harbour.slack.faults
    slow.arm("auth.teams.list", Fault("refused", error="token_revoked", until=goes_on))
    await send(it.spaces, json.dumps(told_of("app_uninstalled")), "application/json")
    await until(lambda: bool(slow.struck))
    was, it.group.workspace.app.bot_token = sealed(it), "xoxb-anew"
    installing = asyncio.create_task(it.install())
    await until(lambda: sealed(it) != was)
    goes_on.set()
    shown = await installing
    await it.quiet()
    return shown


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        for _ in count():
            if is_so():
                return
            await asyncio.sleep(0)


def sealed(it: Grid) -> str:
    found = installations.installation(it.bot.store.reader, GROUP)
    return "" if found is None else found.sealed


async def test_what_slack_says_of_the_old_token_takes_nothing_from_who_has_a_new_one(both: Grid) -> None:
    assert "It is in 2 workspaces now." in await let_in_again(both)
    assert (both.installed(), names(both)) == ([GROUP, HARBOUR, QUAY], ["Harbour", "Quay"])
    await both.pass_time(HOURLY)
    assert [THERE in await play(each, ASKED) for each in (both.harbour, both.quay)] == [True, True]


async def test_a_workspace_that_another_replica_adds_while_slack_lists_them_is_not_taken_out(
    clock: Clock, tmp_path: Path
) -> None:
    async with grid(clock, tmp_path / "bot.db") as it:
        await it.install()
        await it.add(it.harbour)
        goes_on, slow = asyncio.Event(), it.harbour.slack.faults
        slow.arm("auth.teams.list", Fault("slow", until=goes_on))
        await send(it.spaces, json.dumps(told_of("team_access_granted")), "application/json")
        await until(lambda: bool(slow.struck))
        there = installations.installation(it.bot.store.reader, HARBOUR)
        assert there is not None
        added = there.model_copy(update={"team_id": QUAY})
        await write(it.bot.store, installations.install, added)
        goes_on.set()
        await it.quiet()
        assert it.installed() == [GROUP, HARBOUR, QUAY]
        await it.pass_time(HOURLY)
        assert it.installed() == [GROUP, HARBOUR]


async def test_a_workspace_that_lets_it_in_again_while_slack_is_asked_about_the_old_token_keeps_it(
    clock: Clock, tmp_path: Path
) -> None:
    async with spaces(clock, tmp_path / "bot.db") as it:
        await it.install(QUAY)
        goes_on, slow = asyncio.Event(), it.harbour.slack.faults
        slow.arm("auth.test", Fault("refused", error="token_revoked", until=goes_on))
        told = {"type": "event_callback", "event_id": "EvOut", "api_app_id": "A0LOCAL", "team_id": QUAY}
        out = json.dumps({**told, "event": {"type": "app_uninstalled"}})
        telling = asyncio.create_task(send(it, out, "application/json"))
        await until(lambda: bool(slow.struck))
        it.quay.slack.workspace.app.bot_token = "xoxb-anew"
        await it.install(QUAY)
        goes_on.set()
        assert (await telling)[0] == 200
        await it.quay.quiet()
        assert [each.team_id for each in installations.all_installed(it.bot.store.reader)] == [QUAY]
        assert THERE in await play(it.quay, ASKED)
