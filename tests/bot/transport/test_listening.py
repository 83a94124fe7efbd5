"""The bot listens where the settings say, says in one line why it cannot, and takes nothing more once it is to stop."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from aiohttp import ClientConnectorError, ClientSession

from bot.local_slack.faults import Fault
from bot.settings import SettingsError
from bot.transport.listening import listening
from bot.trial.run import Trial, settings_for
from tests.bot.transport.test_http import probe
from tests.conftest import StartTrial


async def test_it_answers_at_the_port_that_was_free_and_says_when_one_is_taken(running: Trial, tmp_path: Path) -> None:
    assert await probe(running, "/healthz") == (200, "ok\n")
    settings = settings_for(running.slack, tmp_path, use_http=False)
    taken = settings.model_copy(update={"port": running.bot.port})
    with pytest.raises(SettingsError, match="cannot listen on"):
        async with listening(taken, running.bot.condition):
            pass


async def test_a_bot_that_stops_takes_nothing_more_and_answers_what_it_has_in_hand(start: StartTrial) -> None:
    answered, stack = asyncio.Event(), AsyncExitStack()
    trial = await stack.enter_async_context(start(use_http=True))
    url, faults = f"http://127.0.0.1:{trial.bot.port}/healthz", trial.slack.faults
    async with ClientSession() as with_an_old_connection:
        async with with_an_old_connection.get(url) as response:
            assert await response.text() == "ok\n"
        faults.arm("conversations.info", Fault("slow", until=answered))
        ana, general = trial.slack.workspace.users["UANA"], trial.slack.workspace.channels["CGENERAL"]
        trial.slack.people.say(ana, general, "@Common Ground decided: we sail because the wind is fair")
        await trial.slack.until(lambda: any(each.name == "conversations.info" for each in faults.struck))
        stopping = asyncio.create_task(stack.aclose())
        await asyncio.wait({stopping}, timeout=0)
        with pytest.raises(ClientConnectorError):
            await with_an_old_connection.get(url)
    assert trial.slack.wire.acknowledged == []
    answered.set()
    await stopping
    assert len(trial.slack.wire.acknowledged) == 1
