"""Tokens that end are renewed before anybody notices, by one process, and sealed by the newest key."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from structlog.testing import capture_logs

from bot.clock import Clock
from bot.installing.oauth import Client
from bot.installing.renewing import Renewing
from bot.local_slack.faults import Fault
from bot.sealing import Seal, Tokens, new_key
from bot.trial.run import Trial
from storage.engine.interface import Database, StoreUnavailableError
from storage.engine.sqlite_connection import sqlite3
from storage.workspaces import installations
from storage.workspaces.installations import Installation
from tests.bot.installing.spaces import HARBOUR, PUBLIC, QUAY, Spaces, serve, settings_for_many, spaces, two_slacks
from tests.playing import play
from tests.writing import write

ASKED = "ben in #general: /define bias"
THERE = "*bias* · 4 definitions"
KEY = new_key()


@pytest.fixture
async def both(clock: Clock, tmp_path: Path) -> AsyncIterator[Spaces]:
    """A bot that is in both workspaces, with tokens that end after twelve hours."""
    async with spaces(clock, tmp_path / "bot.db", [KEY], rotates=True) as begun:
        await begun.install(HARBOUR, QUAY)
        yield begun


def kept(store: Database, team_id: str = QUAY) -> Installation:
    found = installations.installation(store.reader, team_id)
    assert found is not None
    return found


def token(both: Spaces, team_id: str = QUAY) -> str:
    return Seal([KEY]).open(kept(both.bot.store, team_id).sealed).bot


def alerts(place: Trial) -> list[str]:
    """Return what people were told privately of the bot's token."""
    workspace = place.slack.workspace
    told = [each.text for user in workspace.users for each in workspace.direct_channel(user).messages.values()]
    return [text for text in told if "renew my token" in text]


async def mention(both: Spaces, words: str) -> str:
    return await play(both.quay, f"ben in #general: @Common Ground what does {words} mean?")


async def test_a_token_is_changed_two_hours_before_its_end_and_nobody_notices(both: Spaces) -> None:
    first = token(both)
    await both.pass_time(timedelta(hours=9, minutes=59))
    assert token(both) == first
    await both.pass_time(timedelta(minutes=2))
    second = token(both)
    assert second == both.quay.slack.workspace.app.bot_token != first
    await both.pass_time(timedelta(hours=9))
    assert "bias" in await mention(both, "bias")
    for _ in range(6):
        await both.pass_time(timedelta(hours=6))
    assert "drift" in await mention(both, "drift")
    assert token(both, HARBOUR) == both.harbour.slack.workspace.app.bot_token


async def test_a_bot_that_was_down_for_days_renews_a_token_when_it_is_wanted(clock: Clock, tmp_path: Path) -> None:
    async with two_slacks(clock, rotates=True) as slacks:
        settings = settings_for_many(slacks[0], tmp_path / "bot.db", [KEY])
        async with serve(clock, settings, slacks) as first:
            await first.install(QUAY)
        clock.move(timedelta(days=3))
        async with serve(clock, settings, slacks) as again:
            assert "bias" in await mention(again, "bias")


async def test_who_wants_a_token_that_is_being_renewed_waits_for_the_new_one(clock: Clock, tmp_path: Path) -> None:
    async def wanted(both: Spaces) -> str | None:
        client = await both.bot.relay.attempts.client_of(QUAY)
        return client.token if client is not None else None

    async with two_slacks(clock, rotates=True) as slacks:
        settings = settings_for_many(slacks[0], tmp_path / "bot.db", [KEY])
        async with serve(clock, settings, slacks) as first:
            await first.install(QUAY)
        clock.move(timedelta(days=3))
        async with serve(clock, settings, slacks) as again:
            found = await asyncio.gather(*(wanted(again) for _ in range(5)))
    assert found == [slacks[1].workspace.app.bot_token] * 5


async def test_many_who_want_it_at_once_and_two_processes_change_a_token_once(both: Spaces) -> None:
    slack, clock = both.bot.relay.slack, both.bot.clock
    app = both.quay.slack.workspace.app
    client = Client(app.client_id, app.client_secret, PUBLIC)
    processes = [Renewing(client, slack, both.bot.store, Seal([KEY]), clock) for _ in range(2)]
    first = token(both)
    with capture_logs() as logged:
        await asyncio.gather(*(each.renew(QUAY) for each in processes for _ in range(5)))
    assert logged == []
    assert token(both) == app.bot_token != first
    assert (app.bot_token.endswith("0002"), kept(both.bot.store).renewing_until) == (True, "")


async def test_where_slack_does_not_answer_it_is_asked_again_soon(both: Spaces) -> None:
    first = token(both)
    both.harbour.slack.faults.arm("oauth.v2.access", Fault("server_error"), Fault("server_error"))
    await both.pass_time(timedelta(hours=11))
    await both.pass_time(timedelta(seconds=10))
    assert token(both) == first
    await both.pass_time(timedelta(seconds=11))
    assert token(both) == both.quay.slack.workspace.app.bot_token != first


class TakenWhileSlackAnswers(asyncio.Event):
    """Has somebody else take the store, once Slack has been asked."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.other = sqlite3.connect(path, isolation_level=None)

    async def wait(self) -> Literal[True]:
        self.other.execute("BEGIN IMMEDIATE")
        return True


async def test_a_new_token_that_the_store_could_not_take_is_written_once_it_can(both: Spaces, tmp_path: Path) -> None:
    app, taken = both.quay.slack.workspace.app, TakenWhileSlackAnswers(tmp_path / "bot.db")
    client = Client(app.client_id, app.client_secret, PUBLIC)
    renewing = Renewing(client, both.bot.relay.slack, both.bot.store, Seal([KEY]), both.bot.clock)
    both.harbour.slack.faults.arm("oauth.v2.access", Fault("slow", until=taken))
    with pytest.raises(StoreUnavailableError):
        await renewing.renew(QUAY)
    taken.other.execute("COMMIT")
    taken.other.close()
    assert token(both) != app.bot_token
    await renewing.keep_up(both.bot.clock.now())
    assert (token(both), kept(both.bot.store).renewing_until) == (app.bot_token, "")
    assert app.bot_token.endswith("0002")


class DiesOnceSlackHasAnswered(Seal):
    """A process that ends with Slack's new tokens in hand, before anything of them is written."""

    def seal(self, _tokens: Tokens) -> str:
        raise ProcessEndedError


class ProcessEndedError(Exception):
    """The process is no more."""


async def test_who_died_with_new_tokens_in_hand_is_followed_at_the_next_start_with_the_old_ones(
    clock: Clock, tmp_path: Path
) -> None:
    async with two_slacks(clock, rotates=True) as slacks:
        settings, app = settings_for_many(slacks[0], tmp_path / "bot.db", [KEY]), slacks[1].workspace.app
        async with serve(clock, settings, slacks) as first:
            await first.install(QUAY)
            clock.move(timedelta(hours=10, minutes=1))
            client, slack, store = (
                Client(app.client_id, app.client_secret, PUBLIC),
                first.bot.relay.slack,
                first.bot.store,
            )
            with pytest.raises(ProcessEndedError):
                await Renewing(client, slack, store, DiesOnceSlackHasAnswered([KEY]), clock).renew(QUAY)
            assert token(first) != app.bot_token
            assert "bias" in await mention(first, "bias")
        async with serve(clock, settings, slacks) as again:
            await again.pass_time(timedelta(seconds=1))
            assert (token(again), kept(again.bot.store).refused) == (app.bot_token, "")
            await again.pass_time(timedelta(hours=2))
            assert "drift" in await mention(again, "drift")


async def test_where_slack_will_not_renew_a_token_admins_are_told_while_it_is_good_and_installing_ends_it(
    both: Spaces,
) -> None:
    both.quay.slack.workspace.app.refresh_token = "another"
    await both.pass_time(timedelta(hours=10, minutes=1))
    assert kept(both.bot.store).refused == "invalid_refresh_token"
    await both.pass_time(timedelta(minutes=10))
    (alert,) = alerts(both.quay)
    assert alert == (
        "Slack won’t renew my token here (invalid_refresh_token), and without it I can’t answer. Install me again at "
        "https://bot.example/slack/install."
    )
    assert alerts(both.harbour) == []
    assert alert in await play(both.quay, "ana in #general: /common-ground status")
    await both.install(QUAY)
    assert kept(both.bot.store).refused == ""


async def test_what_slack_will_not_renew_is_said_in_the_log_seldom_and_stops_no_other(both: Spaces) -> None:
    both.quay.slack.workspace.app.refresh_token = "another"
    with capture_logs() as logged:
        for _ in range(10):
            await both.pass_time(timedelta(hours=11) if not logged else timedelta(minutes=1))
    (told,) = [each for each in logged if each["event"] == "a token was not renewed"]
    assert (told["team_id"], told["error"]) == (QUAY, "invalid_refresh_token")
    assert "xox" not in str(logged)
    assert token(both, HARBOUR) == both.harbour.slack.workspace.app.bot_token


async def test_a_new_key_seals_all_tokens_and_the_old_one_can_go(clock: Clock, tmp_path: Path) -> None:
    new = new_key()
    async with two_slacks(clock) as slacks:
        for keys, sealed_by in (([KEY], KEY), ([new, KEY], new), ([new], new)):
            settings = settings_for_many(slacks[0], tmp_path / "bot.db", keys)
            async with serve(clock, settings, slacks) as begun:
                if keys == [KEY]:
                    await begun.install(HARBOUR, QUAY)
                await begun.pass_time(timedelta())
                found = [kept(begun.bot.store, each).sealed_by for each in (HARBOUR, QUAY)]
                assert found == [Seal([sealed_by]).name] * 2
                assert THERE in await play(begun.quay, ASKED)


async def test_what_no_key_opens_keeps_no_other_from_the_newest_key(both: Spaces) -> None:
    lost = kept(both.bot.store, HARBOUR).model_copy(update={"sealed": "lost", "sealed_by": "a lost key"})
    await write(both.bot.store, installations.install, lost)
    for _ in range(3):
        await both.pass_time(timedelta(seconds=20))
    assert kept(both.bot.store, HARBOUR).sealed == "lost"
    assert kept(both.bot.store, QUAY).sealed_by == Seal([KEY]).name


async def test_states_that_were_used_are_forgotten(both: Spaces) -> None:
    assert len(both.bot.store.reader.all("SELECT state FROM used_states")) == 2
    await both.pass_time(timedelta(hours=1, minutes=1))
    assert both.bot.store.reader.all("SELECT state FROM used_states") == []
