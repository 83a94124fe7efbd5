"""Ready means: a write reaches the disk, requests are taken, and what works by itself has worked lately."""

import asyncio
import gc
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.condition import Condition
from bot.trial.run import Trial
from storage.engine.interface import Database, StoreUnavailableError
from storage.engine.sqlite_connection import sqlite3
from tests.bot.outbox.sending import a_post, said, send
from tests.conftest import on_sqlite


class Seconds:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def condition(store: Database, seconds: Seconds) -> Condition:
    condition = Condition(store, seconds)
    condition.slack_answered = True
    return condition


def turn(condition: Condition, *names: str) -> None:
    for each in names:
        condition.turned(each)


async def test_it_is_starting_until_both_have_begun_to_work(condition: Condition) -> None:
    assert await condition.problem() == "starting"
    turn(condition, "clock")
    assert await condition.problem() == "starting"
    turn(condition, "outbox")
    assert await condition.problem() == ""


@pytest.mark.parametrize(("stopped", "works", "longest"), [("outbox", "clock", 15), ("clock", "outbox", 90)])
async def test_what_stopped_working_is_named(
    condition: Condition, seconds: Seconds, stopped: str, works: str, longest: int
) -> None:
    turn(condition, "clock", "outbox")
    seconds.passed += longest
    turn(condition, works)
    assert await condition.problem() == ""
    seconds.passed += 1
    assert await condition.problem() == f"the {stopped} was last looked at {longest + 1} seconds ago; restart the bot"


@on_sqlite
async def test_a_store_that_another_process_locks_is_told_in_time(
    condition: Condition, seconds: Seconds, tmp_path: Path
) -> None:
    turn(condition, "clock", "outbox")
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert await condition.problem() == "the store doesn't answer: no write was done in 2.5 seconds"
    seconds.passed += 0.5
    assert await condition.problem() == "the store doesn't answer: database is locked"
    other.execute("ROLLBACK")
    other.close()
    seconds.passed += 2
    assert await condition.problem() == ""


@on_sqlite
async def test_who_has_only_a_moment_hears_how_the_last_write_ended_until_that_is_long_ago(
    condition: Condition, store: Database, seconds: Seconds, tmp_path: Path
) -> None:
    turn(condition, "clock", "outbox")
    assert await condition.problem() == ""
    seconds.passed += 2
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert await condition.problem(0.0) == ""
    seconds.passed += 3
    assert await condition.problem(0.0) == "the store doesn't answer: no write was done in 2.5 seconds"
    with pytest.raises(StoreUnavailableError):
        await store.probe()
    assert await condition.problem(0.0) == "the store doesn't answer: database is locked"
    other.close()


@on_sqlite
async def test_a_write_that_fails_after_whoever_asked_has_gone_is_no_fault_in_the_log(
    store: Database, seconds: Seconds, tmp_path: Path
) -> None:
    faults: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, fault: faults.append(fault))
    condition = Condition(store, seconds)
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert await condition.problem() == "the store doesn't answer: no write was done in 2.5 seconds"
    with pytest.raises(StoreUnavailableError):
        await store.probe()
    other.close()
    seconds.passed += 2
    assert await condition.problem() == "starting"
    gc.collect()
    assert faults == []


async def test_a_bot_whose_file_is_gone_is_not_ready(running: Trial, tmp_path: Path) -> None:
    assert await running.bot.condition.problem() == ""
    (tmp_path / "bot.db").rename(tmp_path / "moved.db")
    told = await Condition(running.bot.store).problem()
    (tmp_path / "moved.db").rename(tmp_path / "bot.db")
    assert told.startswith("the store doesn't answer: ")


async def test_a_token_that_slack_rejects_is_told_until_it_is_taken_again(running: Trial) -> None:
    app, condition = running.slack.workspace.app, running.bot.condition
    token, app.bot_token = app.bot_token, "xoxb-other"
    with capture_logs() as logged:
        await send(running, a_post("one"), a_post("two", "CDATA"))
        assert await condition.problem() == (
            "Slack rejects the bot token (invalid_auth); copy it again from OAuth & Permissions into SLACK_BOT_TOKEN, "
            "and restart"
        )
        app.bot_token = token
        await running.pass_time(timedelta(minutes=1))
        assert await condition.problem() == ""
    told = [(each["log_level"], each["event"]) for each in logged if "token" in each["event"]]
    assert told == [
        ("error", "Slack rejects the bot token; nothing is sent until that is mended"),
        ("info", "Slack takes the bot token again"),
    ]
    assert said(running) == ["one"]


@pytest.mark.parametrize("method", ["apps.connections.open", "other"])
def test_another_token_that_slack_rejects_is_not_the_bots(condition: Condition, method: str) -> None:
    condition.heard(method, "invalid_auth")
    assert condition.token_error == ""
    condition.heard("chat.postMessage", "token_revoked")
    condition.heard(method, "")
    condition.heard("chat.postMessage", "is_archived")
    assert condition.token_error == "token_revoked"
    condition.heard("chat.postMessage", "")
    assert condition.token_error == ""
