"""Socket Mode stays open: through refusals, drops, and connections that die without a word."""

import asyncio
import logging
from collections.abc import Iterator

import pytest
import stamina
from slack_bolt.async_app import AsyncApp

from bot.local_slack.faults import Fault
from bot.settings import SettingsError
from bot.transport import socket_mode
from bot.transport.socket_mode import SocketModeTransport
from bot.trial.run import Trial


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(socket_mode, "_WATCH_SECONDS", 0.01)
    with stamina.set_testing(True, attempts=1_000):
        yield


async def answer(trial: Trial) -> str:
    await trial.slack.until(lambda: any(socket.is_open for socket in trial.slack.wire.sockets))
    await trial.do("ana in #general: /define recall")
    return [each.text for each in trial.slack.workspace.channels["CGENERAL"].ephemerals.values()][-1]


@pytest.mark.usefixtures("hasty")
async def test_a_connection_that_is_gone_is_built_anew_as_soon_as_slack_lets_it(running: Trial) -> None:
    (first,) = running.slack.wire.sockets
    running.slack.faults.arm("apps.connections.open", Fault("server_error"), Fault("lost_before"))
    await first.connection.close()
    await running.slack.until(lambda: first not in running.slack.wire.sockets)
    assert (await answer(running)).startswith("recall · ")


async def test_a_connection_that_slack_closes_is_replaced(running: Trial) -> None:
    (first,) = running.slack.wire.sockets
    await first.connection.close()
    await running.slack.until(lambda: first not in running.slack.wire.sockets)
    assert (await answer(running)).startswith("recall · ")


@pytest.mark.usefixtures("hasty")
async def test_a_connection_that_brings_nothing_for_long_is_renewed_without_a_gap(
    running: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = running.slack.wire.sockets
    open_sockets = list[int]()

    def is_renewed() -> bool:
        open_sockets.append(sum(socket.is_open for socket in running.slack.wire.sockets))
        return first not in running.slack.wire.sockets

    monkeypatch.setattr(socket_mode, "_SILENT_SECONDS", 0.0)
    await running.slack.until(is_renewed)
    monkeypatch.undo()
    assert min(open_sockets) >= 1
    assert (await answer(running)).startswith("recall · ")


@pytest.mark.usefixtures("hasty")
async def test_opening_waits_for_a_slack_that_refuses_at_first(running: Trial) -> None:
    slack = running.bot.boundary.services.slack
    door = SocketModeTransport(AsyncApp(client=slack), "xapp-local", slack, running.bot.in_flight)
    running.slack.faults.arm("apps.connections.open", Fault("server_error"))
    await door.open()
    assert await door.is_connected()
    door.take_nothing_more()
    await door.let_go()
    assert not await door.is_connected()


@pytest.mark.usefixtures("hasty")
async def test_a_token_that_is_taken_no_more_ends_the_watch_with_a_clear_line(running: Trial) -> None:
    (first,) = running.slack.wire.sockets
    running.slack.workspace.app.app_token = "xapp-new"
    await first.connection.close()
    with pytest.raises(SettingsError, match="SLACK_APP_TOKEN: Slack rejects it"):
        await running.bot.until_broken()


async def test_it_is_not_ready_before_there_is_a_connection(running: Trial) -> None:
    slack = running.bot.boundary.services.slack
    running.bot.condition.socket = SocketModeTransport(
        AsyncApp(client=slack), "xapp-local", slack, running.bot.in_flight
    )
    assert await running.bot.condition.problem() == "there is no connection to Slack"


async def test_what_cannot_be_acknowledged_any_more_is_one_line_in_the_log_and_done_once(
    running: Trial, caplog: pytest.LogCaptureFixture
) -> None:
    answered = asyncio.Event()
    running.slack.faults.arm("conversations.info", Fault("slow", until=answered))
    ana, general = running.slack.workspace.users["UANA"], running.slack.workspace.channels["CGENERAL"]
    running.slack.people.say(ana, general, "@Common Ground decided: we sail because the wind is fair")
    await running.slack.until(lambda: any(each.name == "conversations.info" for each in running.slack.faults.struck))
    await running.slack.wire.refresh(silent=True)
    answered.set()
    await running.quiet()
    posted = [each.text for each in general.messages.values() if each.bot_id]
    assert [text for text in posted if "sail" in text] == posted
    assert len(posted) == 1
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR] == []
