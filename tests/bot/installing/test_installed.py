"""Two workspaces that one bot serves know nothing of each other, and end one by one."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot.app import Bot
from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.local_slack.wire.delivery import signature
from bot.local_slack.wire.server import LocalSlack
from bot.sealing import Seal, Tokens, new_key
from bot.transport.http import EVENTS_PATH
from bot.trial.run import Trial
from storage.workspaces import deletion, installations
from storage.workspaces.workspaces import uninstall
from tests.bot.installing.spaces import HARBOUR, QUAY, Spaces, serve, settings_for_many, spaces, two_slacks
from tests.conftest import on_postgres
from tests.playing import play
from tests.writing import write

WORDS = ("Drop the feed", "Zugzwang", "only quays know")


@pytest.fixture
async def both(clock: Clock, tmp_path: Path) -> AsyncIterator[Spaces]:
    """A bot that is in both workspaces."""
    async with spaces(clock, tmp_path / "bot.db") as begun:
        await begun.install(HARBOUR, QUAY)
        yield begun


def said_in(slack: LocalSlack) -> str:
    """Return all that anybody was ever shown in a workspace: messages, whispers, Homes and forms."""
    places = slack.workspace.channels.values()
    messages = [each for place in places for each in (*place.messages.values(), *place.ephemerals.values())]
    views = [*slack.workspace.homes.values(), *(view for stack in slack.workspace.views.values() for view in stack)]
    return json.dumps([[(each.text, each.blocks) for each in messages], [each.content for each in views]])


async def use_all(trial: Trial, words: str) -> None:
    """Have a workspace's own word, decision and Home, and let a week pass over them."""
    await play(
        trial,
        f"ben in #general: @Common Ground decided: Drop the feed {words}",
        "ben in #general: /decision D-1",
        "ben in #general: @Common Ground what does zugzwang mean?",
        f"ana in #general: /common-ground find {words}",
        "ben opens the Home",
        "ana in #general: /decision list",
        "ana in #general: /common-ground my-data",
    )


async def test_what_one_workspace_has_is_never_shown_in_the_other(both: Spaces) -> None:
    await use_all(both.quay, "quayside")
    await use_all(both.harbour, "harbourside")
    for _ in range(8):
        await both.pass_time(timedelta(days=1))
    here, there = said_in(both.harbour.slack), said_in(both.quay.slack)
    assert ("Drop the feed harbourside" in here, "quayside" in here) == (True, False)
    assert ("Drop the feed quayside" in there, "harbourside" in there) == (True, False)
    assert "D-1" in await play(both.harbour, "ben in #general: /common-ground find harbourside")
    assert "“quayside” isn't defined yet." in await play(both.harbour, "ben in #general: /common-ground find quayside")


async def test_the_same_ids_in_two_workspaces_are_two_people_and_two_channels(both: Spaces) -> None:
    await play(both.quay, "ben in #general: @Common Ground decided: Drop the feed")
    await both.pass_time(timedelta())
    assert await play(both.harbour, "ben in #general: /decision D-1") != ""
    assert "Drop the feed" not in said_in(both.harbour.slack)
    both.quay.slack.workspace.users["UBEN"].is_guest = True
    both.quay.slack.people.change(both.quay.slack.workspace.users["UBEN"])
    await play(both.harbour, "ben in #general: @Common Ground decided: Keep the feed")
    assert "Keep the feed" in await play(both.harbour, "ana in #general: /decision D-1")
    assert "Keep the feed" not in said_in(both.quay.slack)


async def test_a_link_leads_into_the_workspace_that_it_is_shown_in(both: Spaces) -> None:
    await play(both.quay, "ben in #general: @Common Ground decided: Drop the feed")
    (row,) = both.bot.store.reader.all("SELECT team_id, source_link FROM decisions")
    assert row["team_id"] == QUAY
    assert row["source_link"].startswith(both.quay.slack.url) or not row["source_link"]


async def test_no_request_asks_slack_who_it_is_for(both: Spaces) -> None:
    both.harbour.slack.faults.arm("auth.test", Fault("server_error"))
    assert "bias" in await play(both.quay, "ben in #general: /define bias", "ben in #general: /define drift")
    assert both.harbour.slack.faults.may_strike("auth.test")


async def send(both: Spaces, body: str, kind: str) -> tuple[int, str]:
    headers = {"Content-Type": kind, **signature(both.harbour.slack.workspace.app.signing_secret, body)}
    url = f"http://127.0.0.1:{both.bot.port}{EVENTS_PATH}"
    async with ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        return response.status, await response.text()


def command(team_id: str, text: str = "bias") -> str:
    told = {"command": "/define", "text": text, "user_id": "UBEN", "team_id": team_id, "channel_id": "CGENERAL"}
    return urlencode({**told, "channel_name": "general", "trigger_id": f"t{text}", "api_app_id": "A0LOCAL"})


async def test_a_workspace_that_has_not_let_it_in_is_not_answered(both: Spaces) -> None:
    form = "application/x-www-form-urlencoded"
    assert "bias" in (await send(both, command(QUAY), form))[1]
    for team_id in ("T0OTHER", ""):
        assert await send(both, command(team_id, "drift"), form) == (403, "")
    other_app = command(QUAY, "recall").replace("A0LOCAL", "A0OTHER")
    assert await send(both, other_app, form) == (403, "")


async def test_uninstalled_from_one_it_goes_on_in_the_other(both: Spaces) -> None:
    await use_all(both.quay, "quayside")
    await use_all(both.harbour, "harbourside")
    app = both.quay.slack.workspace.app
    client = await both.bot.boundary.services.at(QUAY)
    assert client is not None
    await client.slack.apps_uninstall(client_id=app.client_id, client_secret=app.client_secret)
    await both.quay.quiet()
    store = both.bot.store
    assert [each.team_id for each in installations.all_installed(store.reader)] == [HARBOUR]
    said = said_in(both.quay.slack)
    await play(both.quay, "ben in #general: /define bias", "ben in #general: @Common Ground what does drift mean?")
    await both.pass_time(timedelta(days=8))
    assert said_in(both.quay.slack).count("drift") == said.count("drift") + 1
    assert "Drop the feed harbourside" in await play(both.harbour, "ben in #general: /decision D-1")
    await both.pass_time(timedelta(days=23))
    assert (deletion.counts(store.reader, QUAY), "decisions" in deletion.counts(store.reader, HARBOUR)) == ({}, True)


async def test_let_in_again_it_has_everything_that_was_kept(both: Spaces) -> None:
    await use_all(both.quay, "quayside")
    await write(both.bot.store, uninstall, QUAY, both.bot.clock.now())
    both.bot.boundary.forget_settings()
    assert await play(both.quay, "ben in #general: /decision D-1") == ""
    both.quay.slack.workspace.app.bot_token = "xoxb-anew"
    await both.install(QUAY)
    both.bot.boundary.forget_settings()
    assert "Drop the feed quayside" in await play(both.quay, "ben in #general: /decision D-1")


async def test_a_restart_finds_all_workspaces_by_the_store_alone(clock: Clock, tmp_path: Path) -> None:
    async with two_slacks(clock) as slacks:
        settings = settings_for_many(slacks[0], tmp_path / "bot.db", [new_key()])
        async with serve(clock, settings, slacks) as first:
            await first.install(HARBOUR, QUAY)
            await play(first.quay, "ben in #general: @Common Ground decided: Drop the feed")
        async with serve(clock, settings, slacks) as again:
            assert "Drop the feed" in await play(again.quay, "ben in #general: /decision D-1")
            assert "bias" in await play(again.harbour, "ben in #general: /define bias")


async def test_without_the_key_that_sealed_them_tokens_are_of_no_use_and_the_log_says_so(
    clock: Clock, tmp_path: Path
) -> None:
    async with two_slacks(clock) as slacks:
        settings = settings_for_many(slacks[0], tmp_path / "bot.db", [new_key()])
        async with serve(clock, settings, slacks) as first:
            await first.install(QUAY)
        with capture_logs() as logged:
            settings = settings_for_many(slacks[0], tmp_path / "bot.db", [new_key()])
            async with serve(clock, settings, slacks) as again:
                assert "bias" not in await play(again.quay, "ben in #general: /define bias")
    told = {"no key in TOKEN_KEYS opens the tokens of a workspace", "a request is for another app or workspace"}
    assert told <= {each["event"] for each in logged}


async def probe(bot: Bot) -> tuple[int, str]:
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{bot.port}/readyz") as response:
        return response.status, await response.text()


async def test_it_is_ready_before_any_workspace_has_let_it_in(clock: Clock, tmp_path: Path) -> None:
    async with spaces(clock, tmp_path / "bot.db") as begun:
        assert await probe(begun.bot) == (200, "ready\n")


async def test_a_workspace_that_takes_its_token_back_keeps_no_other_waiting(both: Spaces) -> None:
    both.quay.slack.workspace.app.refusal = "token_revoked"
    await play(both.quay, "ben in #general: @Common Ground what does drift mean?")
    await both.pass_time(timedelta())
    assert await probe(both.bot) == (200, "ready\n")
    assert "bias" in await play(both.harbour, "ben in #general: /define bias")


async def test_what_slack_tells_late_of_an_uninstall_does_not_take_the_app_out_again(both: Spaces) -> None:
    app, told = both.quay.slack.workspace.app, {"type": "event_callback", "event_id": "EvLATE", "team_id": QUAY}
    late = json.dumps({**told, "api_app_id": app.app_id, "event": {"type": "app_uninstalled"}, "authorizations": []})
    app.bot_token = "xoxb-anew"
    await both.install(QUAY)
    assert await send(both, late, "application/json") == (200, "")
    assert [each.team_id for each in installations.all_installed(both.bot.store.reader)] == [HARBOUR, QUAY]
    assert "bias" in await play(both.quay, "ben in #general: @Common Ground what does bias mean?")


@on_postgres
async def test_the_token_that_another_replica_was_given_is_used_at_once(clock: Clock, store_url: str) -> None:
    key = new_key()
    async with spaces(clock, store_url, [key]) as both:
        await both.install(QUAY)
        found = installations.installation(both.bot.store.reader, QUAY)
        assert found is not None
        anew = found.model_copy(update={"sealed": Seal([key]).seal(Tokens(bot="xoxb-anew"))})
        await write(both.bot.store, installations.install, anew)
        reached = await both.bot.boundary.services.at(QUAY)
        assert reached is not None
        assert reached.slack.token == "xoxb-anew"


async def test_by_socket_mode_one_connection_serves_all_workspaces(clock: Clock, tmp_path: Path) -> None:
    async with two_slacks(clock) as slacks:
        settings = settings_for_many(slacks[0], tmp_path / "bot.db", [new_key()], use_http=False)
        async with serve(clock, settings, slacks) as both:
            await both.install(HARBOUR, QUAY)
            for each, word in ((both.harbour, "bias"), (both.quay, "drift"), (both.harbour, "recall")):
                assert f"*{word}*" in await play(each, f"ben in #general: /define {word}")
            await use_all(both.quay, "only quays know")
            assert [len(each.wire.sockets) for each in slacks] == [1, 1]
            assert [str(each.wire.sockets) for each in slacks] == [str(slacks[0].wire.sockets)] * 2
            said = [said_in(each) for each in slacks]
            async with (
                ClientSession() as session,
                session.post(f"http://127.0.0.1:{both.bot.port}{EVENTS_PATH}") as answer,
            ):
                assert answer.status == 404
    assert [[word in each for word in ("Drop the feed", "only quays know")] for each in said] == [
        [False] * 2,
        [True] * 2,
    ]
