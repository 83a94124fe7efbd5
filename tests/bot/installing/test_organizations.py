"""An organisation lets the bot in once; it is in those of its workspaces to which it was added, each by itself."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.local_slack.workspace.installed import App
from bot.local_slack.workspace.state import Json
from bot.sealing import Seal, new_key
from storage.workspaces import deletion, installations
from storage.workspaces.workspaces import all_workspaces
from tests.bot.installing.grid import GROUP, Grid, grid
from tests.bot.installing.spaces import HARBOUR, QUAY
from tests.bot.installing.test_installed import said_in, send, use_all
from tests.playing import play

ASKED, THERE = "ben in #general: /define bias", "*bias* · 4 definitions"
#: A form that is opened where no channel is, and sent.
FORM = (
    'ben uses "Ask for data"',
    'ben enters "What data do you need?": speeds of quayships',
    'ben enters "What is it for?": To tell pilots when a berth is free',
    'ben enters "In which channel should I ask?": #general',
    'ben enters "Who has it?": ana',
    'ben enters "Needed by": 2026-02-02',
    "ben submits",
)
#: An hour after this Slack is asked again for the workspaces, whatever it told.
HOURLY = timedelta(minutes=61)


@pytest.fixture
async def it(clock: Clock, tmp_path: Path) -> AsyncIterator[Grid]:
    """An organisation that has not let the bot in."""
    async with grid(clock, tmp_path / "bot.db") as begun:
        yield begun


@pytest.fixture
async def both(it: Grid) -> Grid:
    """An organisation that has let the bot in, and added it to both workspaces."""
    await it.install()
    await it.add(it.harbour, it.quay)
    return it


def names(it: Grid) -> list[str]:
    """Return the workspaces that are not stopped."""
    return [each.name for each in all_workspaces(it.bot.store.reader) if not each.uninstalled_at]


async def test_it_is_in_no_workspace_before_it_was_added_and_the_page_says_how(it: Grid) -> None:
    shown = await it.install()
    assert "It isn’t in any workspace yet: next, add it to some in Slack. In each, open its Home" in shown
    address = f"https://app.slack.com/manage/{GROUP}/integrations/profile/A0LOCAL/workspaces/add"
    assert f'<a href="{address}">Add it to workspaces</a>' in shown
    assert (it.installed(), all_workspaces(it.bot.store.reader)) == ([GROUP], [])
    assert THERE not in await play(it.quay, ASKED)


async def test_a_workspace_to_which_it_is_added_has_its_words_at_once_and_the_other_does_not(it: Grid) -> None:
    await it.install()
    await it.add(it.quay)
    assert (it.installed(), names(it)) == ([GROUP, QUAY], ["Quay"])
    assert THERE in await play(it.quay, ASKED)
    assert THERE not in await play(it.harbour, ASKED)


async def test_where_it_was_added_already_the_page_says_to_how_many(it: Grid) -> None:
    await it.add(it.quay)
    assert "It is in 1 workspace now." in await it.install()
    await it.add(it.harbour)
    shown = await it.install()
    assert ("It is in 2 workspaces now." in shown, "Add it to more workspaces</a>" in shown) == (True, True)
    assert names(it) == ["Harbour", "Quay"]


async def test_its_token_stands_once_in_the_store_and_no_workspace_has_one(clock: Clock, tmp_path: Path) -> None:
    key = new_key()
    async with grid(clock, tmp_path / "bot.db", [key]) as it:
        await it.install()
        await it.add(it.harbour, it.quay)
        kept = {each.team_id: each for each in installations.all_installed(it.bot.store.reader)}
    assert Seal([key]).open(kept[GROUP].sealed).bot == "xoxb-group"
    assert [(kept[each].sealed, kept[each].organization) for each in (HARBOUR, QUAY)] == [("", GROUP)] * 2
    assert kept[QUAY].organization_name == "Harbour Group"


async def test_everything_works_there_and_every_call_says_of_which_workspace_it_is(both: Grid) -> None:
    with capture_logs() as logged:
        await use_all(both.quay, "quayside")
        await use_all(both.harbour, "harbourside")
        told = await play(both.quay, *FORM, "chloe in #general: /common-ground status")
        for _ in range(8):
            await both.pass_time(timedelta(days=1))
    assert [each for each in logged if "missing_argument" in str(each) or "team_access" in str(each)] == []
    assert ("I've asked Ana Ruiz." in told, "Harbour Group installed me for its workspaces." in told) == (True, True)
    here, there = said_in(both.harbour.slack), said_in(both.quay.slack)
    assert ("Drop the feed harbourside" in here, "quayside" in here) == (True, False)
    assert ("Drop the feed quayside" in there, "harbourside" in there) == (True, False)
    assert ("speeds of quayships" in there, "quayships" in here) == (True, False)
    assert [each.slack.workspace.warnings for each in (both.harbour, both.quay)] == [[], []]


async def test_by_socket_mode_one_connection_serves_all_its_workspaces(clock: Clock, tmp_path: Path) -> None:
    async with grid(clock, tmp_path / "bot.db", use_http=False) as it:
        await it.install()
        await it.add(it.harbour, it.quay)
        assert [THERE in await play(each, ASKED) for each in (it.harbour, it.quay)] == [True, True]
        await it.take_out(it.quay)
        assert [THERE in await play(each, ASKED) for each in (it.harbour, it.quay)] == [True, False]
        assert [len(each.wire.sockets) for each in (it.group, it.harbour.slack, it.quay.slack)] == [1, 1, 1]


async def test_its_token_is_renewed_once_for_all(clock: Clock, tmp_path: Path) -> None:
    key = new_key()
    async with grid(clock, tmp_path / "bot.db", [key], rotates=True) as it:
        await it.install()
        await it.add(it.harbour, it.quay)
        for _ in range(5):
            await it.pass_time(timedelta(hours=10, minutes=1))
            assert [THERE in await play(each, ASKED) for each in (it.harbour, it.quay)] == [True, True]
        found = installations.installation(it.bot.store.reader, GROUP)
        assert found is not None
        assert Seal([key]).open(found.sealed).bot == it.group.workspace.app.bot_token != "xoxb-group"
        assert it.group.workspace.app.bot_token.endswith("0006")


async def test_where_slack_will_not_renew_it_admins_of_each_workspace_are_told(clock: Clock, tmp_path: Path) -> None:
    async with grid(clock, tmp_path / "bot.db", rotates=True) as it:
        await it.install()
        await it.add(it.harbour, it.quay)
        it.group.workspace.app.refresh_token = "another"
        await it.pass_time(timedelta(hours=10, minutes=1))
        await it.pass_time(timedelta(minutes=10))
        told = [said_in(each.slack) for each in (it.harbour, it.quay)]
        assert ["renew my token here" in each and "An admin of Harbour Group has" in each for each in told] == [
            True
        ] * 2


async def test_taken_out_of_one_workspace_it_goes_on_in_the_other_and_its_rows_go_in_time(both: Grid) -> None:
    await use_all(both.quay, "quayside")
    await use_all(both.harbour, "harbourside")
    await both.take_out(both.quay)
    assert (both.installed(), names(both)) == ([GROUP, HARBOUR], ["Harbour"])
    assert THERE not in await play(both.quay, ASKED)
    assert "Drop the feed harbourside" in await play(both.harbour, "ben in #general: /decision D-1")
    store = both.bot.store
    await both.pass_time(timedelta(days=29))
    assert "decisions" in deletion.counts(store.reader, QUAY)
    await both.pass_time(timedelta(days=2))
    assert (deletion.counts(store.reader, QUAY), "decisions" in deletion.counts(store.reader, HARBOUR)) == ({}, True)


async def test_added_again_in_time_it_has_everything_that_was_kept(both: Grid) -> None:
    await use_all(both.quay, "quayside")
    await both.take_out(both.quay)
    await both.add(both.quay)
    assert "Drop the feed quayside" in await play(both.quay, "ben in #general: /decision D-1")


async def test_uninstalled_from_the_organisation_it_stops_in_all_its_workspaces(both: Grid) -> None:
    await use_all(both.quay, "quayside")
    reached = await both.bot.boundary.services.at(QUAY)
    assert reached is not None
    app = both.group.workspace.app
    await reached.slack.apps_uninstall(client_id=app.client_id, client_secret=app.client_secret)
    await both.quiet()
    assert (both.installed(), names(both)) == ([], [])
    assert THERE not in await play(both.harbour, ASKED)
    assert "decisions" in deletion.counts(both.bot.store.reader, QUAY)
    app.bot_token = "xoxb-anew"
    await both.install()
    both.bot.boundary.forget_settings()
    assert "Drop the feed quayside" in await play(both.quay, "ben in #general: /decision D-1")


async def test_what_slack_did_not_tell_is_found_within_the_hour(both: Grid) -> None:
    quay = both.quay.slack.workspace
    quay.app = App(quay.app.manifest, bot_token="xoxb-out", refusal="account_inactive")
    await both.pass_time(timedelta(minutes=30))
    assert names(both) == ["Harbour", "Quay"]
    await both.pass_time(timedelta(minutes=31))
    assert names(both) == ["Harbour"]
    quay.app = both.group.workspace.app
    await both.pass_time(HOURLY)
    assert THERE in await play(both.quay, ASKED)


async def test_where_slack_is_down_just_then_it_is_asked_again_at_the_next_tick(it: Grid) -> None:
    await it.install()
    it.harbour.slack.faults.arm("auth.teams.list", Fault("server_error"))
    await it.add(it.quay)
    assert names(it) == []
    await it.pass_time(timedelta())
    assert names(it) == ["Quay"]


def told_of(kind: str, **more: object) -> Json:
    """Return an event about an installation as Slack may send it: with no team, and without what is left out."""
    told = {"type": "event_callback", "event_id": f"Ev{kind}", "api_app_id": "A0LOCAL", "team_id": None}
    return {**told, "enterprise_id": GROUP, "event": {"type": kind, "team_ids": [QUAY]}, **more}


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {
            "authorizations": [
                {"enterprise_id": GROUP, "team_id": QUAY, "is_bot": False, "is_enterprise_install": False}
            ]
        },
        {"enterprise_id": None, "team_id": QUAY, "authorizations": [{"enterprise_id": GROUP, "team_id": None}]},
    ],
)
async def test_it_is_told_of_a_workspace_in_each_shape_that_slack_documents(it: Grid, shape: Json) -> None:
    await it.install()
    it.quay.slack.workspace.app = it.group.workspace.app
    sent = json.dumps(told_of("team_access_granted", **shape))
    assert await send(it.spaces, sent, "application/json") == (200, "")
    await it.quiet()
    assert names(it) == ["Quay"]


@pytest.mark.parametrize("kind", ["team_access_granted", "team_access_revoked", "app_uninstalled", "tokens_revoked"])
async def test_what_is_told_late_changes_nothing_that_slack_says_otherwise_by_now(both: Grid, kind: str) -> None:
    assert await send(both.spaces, json.dumps(told_of(kind)), "application/json") == (200, "")
    await both.quiet()
    assert names(both) == ["Harbour", "Quay"]


@pytest.mark.parametrize("other", [{"enterprise_id": "E0OTHER"}, {"api_app_id": "A0OTHER"}])
async def test_what_is_told_of_another_organisation_or_app_is_refused(both: Grid, other: Json) -> None:
    sent = json.dumps(told_of("team_access_granted", **other))
    assert await send(both.spaces, sent, "application/json") == (403, "")


async def test_a_workspace_that_had_let_it_in_by_itself_uses_the_organisations_token_and_loses_nothing(
    it: Grid,
) -> None:
    await it.spaces.install(QUAY)
    await use_all(it.quay, "quayside")
    it.bot.clock.move(timedelta(seconds=1))
    await it.install()
    assert it.installed() == [GROUP, QUAY]
    await it.add(it.quay)
    kept = installations.installation(it.bot.store.reader, QUAY)
    assert kept is not None
    assert (kept.sealed, kept.organization) == ("", GROUP)
    assert "Drop the feed quayside" in await play(it.quay, "ben in #general: /decision D-1")


async def test_a_workspace_that_lets_it_in_by_itself_later_keeps_its_token_and_falls_back_on_the_organisations(
    both: Grid,
) -> None:
    await use_all(both.quay, "quayside")
    both.bot.clock.move(timedelta(seconds=1))
    quay = both.quay.slack.workspace
    quay.app = own = App(quay.app.manifest, bot_token="xoxb-quay", refusal="account_inactive")
    await both.spaces.install(QUAY)
    # The organisation's admins have added the app to it all the same.
    quay.app = both.group.workspace.app
    await both.pass_time(HOURLY)
    quay.app = own
    kept = installations.installation(both.bot.store.reader, QUAY)
    assert kept is not None
    assert (kept.sealed != "", kept.organization, names(both)) == (True, "", ["Harbour", "Quay"])
    assert "Drop the feed quayside" in await play(both.quay, "ben in #general: /decision D-1")
    reached = await both.bot.boundary.services.at(QUAY)
    assert reached is not None
    await reached.slack.apps_uninstall(client_id=quay.app.client_id, client_secret=quay.app.client_secret)
    await both.quay.quiet()
    assert names(both) == ["Harbour"]
    quay.app = both.group.workspace.app
    await both.pass_time(HOURLY)
    assert "Drop the feed quayside" in await play(both.quay, "ben in #general: /decision D-1")
