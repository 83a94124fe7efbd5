"""The app is let into a workspace by who was sent to Slack and comes back, once and soon; else a page says why not."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.manifest import read_manifest, scopes
from storage.workspaces import installations
from storage.workspaces.workspaces import all_workspaces
from tests.bot.installing.spaces import HARBOUR, PUBLIC, QUAY, Browser, Spaces, path_with, query_of, spaces
from tests.conftest import StartTrial
from tests.playing import play


@pytest.fixture
async def both(clock: Clock, tmp_path: Path) -> AsyncIterator[Spaces]:
    async with spaces(clock, tmp_path / "bot.db") as begun:
        yield begun


def known(both: Spaces) -> list[str]:
    return [each.team_id for each in installations.all_installed(both.bot.store.reader)]


async def test_slack_is_asked_for_what_the_manifest_has_and_leads_back_here(both: Spaces) -> None:
    browser = both.browser()
    asked = query_of(await browser.to_slack())
    needed, optional = scopes(read_manifest())
    assert asked["scope"].split(",") == [*needed, *optional]
    assert asked["redirect_uri"] == f"{PUBLIC}/slack/oauth_redirect"
    assert asked["client_id"] == "1.local"
    (cookie,) = browser.cookies.values()
    assert cookie not in asked["state"]


async def test_a_workspace_that_lets_it_in_has_its_words_at_once(both: Spaces) -> None:
    status, shown = await both.browser().install(both.harbour.slack, QUAY)
    assert (status, "<h1>Common Ground is in Quay</h1>" in shown) == (200, True)
    assert f'<a href="{both.quay.slack.url}/">Open Quay</a>' in shown
    assert known(both) == [QUAY]
    assert [each.name for each in all_workspaces(both.bot.store.reader)] == ["Quay"]
    assert "*bias* · 4 definitions" in await play(both.quay, "ben in #general: /define bias")


async def test_what_is_optional_may_be_refused_and_what_is_needed_may_not(both: Spaces) -> None:
    needed, optional = scopes(read_manifest())
    both.quay.slack.workspace.app.refused_scopes = {*optional}
    assert (await both.browser().install(both.harbour.slack, QUAY))[0] == 200
    both.harbour.slack.workspace.app.refused_scopes = {"dnd:read", "chat:write"}
    status, shown = await both.browser().install(both.harbour.slack, HARBOUR)
    assert (status, "Slack didn’t grant what I can’t do without: chat:write, dnd:read." in shown) == (400, True)
    assert known(both) == [QUAY]
    kept = installations.installation(both.bot.store.reader, QUAY)
    assert kept is not None
    assert kept.scopes.split(",") == needed


async def test_a_state_is_good_once(both: Spaces) -> None:
    browser = both.browser()
    back = await browser.allow(both.harbour.slack, await browser.to_slack(), QUAY)
    cookies = dict(browser.cookies)
    assert (await browser.get(back))[0] == 200
    again = await browser.allow(both.harbour.slack, await browser.to_slack(), HARBOUR)
    browser.cookies = cookies
    reused = path_with(again, state=query_of(back)["state"])
    status, _, shown = await browser.get(reused)
    assert (status, "This link was used already." in shown) == (400, True)
    assert known(both) == [QUAY]


@pytest.mark.parametrize("how", ["stolen", "forged", "none", "old", "of a sealed token"])
async def test_who_was_not_sent_to_slack_or_comes_too_late_installs_nothing(both: Spaces, how: str) -> None:
    browser = both.browser()
    await both.install(HARBOUR)
    back = await browser.allow(both.harbour.slack, await browser.to_slack(), QUAY)
    if how == "old":
        both.bot.clock.move(timedelta(minutes=10, seconds=1))
    if how == "stolen":
        browser = both.browser()
        await browser.to_slack()
    kept = installations.installation(both.bot.store.reader, HARBOUR)
    assert kept is not None
    other = {"forged": "x" + query_of(back)["state"], "none": "", "of a sealed token": kept.sealed}
    status, _, shown = await browser.get(path_with(back, state=other.get(how, query_of(back)["state"])))
    assert (status, "This link isn’t yours, or it is older than ten minutes." in shown) == (400, True)
    assert known(both) == [HARBOUR]


async def test_who_does_not_allow_it_is_told_that_nothing_was_installed(both: Spaces) -> None:
    browser = both.browser()
    back = await browser.allow(both.harbour.slack, await browser.to_slack(), QUAY)
    status, _, shown = await browser.get(path_with(back, code="", error="access_denied"))
    assert (status, "You didn’t allow it in Slack." in shown) == (400, True)
    browser = both.browser()
    back = await browser.allow(both.harbour.slack, await browser.to_slack(), QUAY)
    status, _, shown = await browser.get(path_with(back, code="", error="<script>"))
    assert (status, "Slack says: &lt;script&gt;." in shown, "<script>" in shown) == (400, True, False)
    assert known(both) == []


async def test_a_code_that_slack_does_not_take_installs_nothing(both: Spaces) -> None:
    browser = both.browser()
    back = await browser.allow(both.harbour.slack, await browser.to_slack(), QUAY)
    status, _, shown = await browser.get(path_with(back, code="other"))
    assert (status, "Slack refused it: invalid_code." in shown, known(both)) == (400, True, [])


async def test_where_slack_is_down_a_page_says_so_and_it_can_be_begun_anew(both: Spaces) -> None:
    both.harbour.slack.faults.arm("oauth.v2.access", Fault("server_error"))
    status, shown = await both.browser().install(both.harbour.slack, QUAY)
    assert (status, "Slack doesn’t answer right now." in shown, known(both)) == (502, True, [])
    await both.install(QUAY)
    assert known(both) == [QUAY]


def bytes_of(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.glob("bot.db*"))


async def test_no_token_stands_in_the_store_or_in_the_log(both: Spaces, tmp_path: Path) -> None:
    with capture_logs() as logged:
        await both.install(QUAY, HARBOUR)
        await play(both.quay, "ben in #general: /define bias")
    files = bytes_of(tmp_path)
    assert b"T0QUAY" in files
    for token in (b"xoxb-quay", b"xoxb-local", b"local-client-secret"):
        assert (token in files, token.decode() in str(logged)) == (False, False)


async def test_a_bot_of_one_workspace_has_no_such_door(start: StartTrial) -> None:
    async with start(use_http=True) as trial:
        browser = Browser(trial.bot.port)
        assert [(await browser.get(path))[0] for path in ("/slack/install", "/slack/oauth_redirect")] == [404, 404]
