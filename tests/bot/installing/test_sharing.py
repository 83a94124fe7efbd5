"""Workspaces of one organisation are strangers to one another, also in a channel that they share, on each engine."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

import pytest

from bot.clock import Clock
from bot.local_slack.workspace.state import Channel
from bot.trial.run import Trial
from handlers.framework.context import Context
from handlers.slack.blocks import Message
from handlers.slack.interactions import Ask, Place
from handlers.slack.replies import Reply, Say
from storage.engine.interface import Reader, Transaction
from tests.bot.installing.grid import GROUP, Grid, grid
from tests.bot.installing.spaces import HARBOUR, QUAY
from tests.bot.installing.test_crossing import HAVE, OWN, buttons_in, kept
from tests.bot.installing.test_installed import said_in, send
from tests.conftest import on_postgres
from tests.playing import play


@pytest.fixture
async def both(clock: Clock, store_url: str) -> AsyncIterator[Grid]:
    async with grid(clock, store_url) as begun:
        await begun.install()
        await begun.add(begun.harbour, begun.quay)
        yield begun


def share(it: Grid, name: str) -> Channel:
    """Have a channel of Harbour's be one of Quay's, too, with Quay's Ben in it."""
    channel = it.harbour.slack.workspace.channel_named(name)
    it.quay.slack.workspace.channels[channel.id] = channel
    channel.members.add("UQBEN")
    return channel


async def press_all(there: Trial, shown: Sequence[object]) -> int:
    """Have somebody of a workspace press the buttons that another was shown; return how many."""
    workspace, general = there.slack.workspace, there.slack.workspace.channel_named("general")
    buttons = {(each["action_id"], each.get("value", "")): each for each in buttons_in(shown)}
    for each in buttons.values():
        blocks = [{"type": "actions", "block_id": "b", "elements": [each]}]
        message = workspace.keep(general, workspace.bots_message("A button", blocks, None))
        await there.slack.interactions.use(workspace.user_named("ben"), message, each["action_id"])
        await there.quiet()
    return len(buttons)


async def test_whoever_reaches_for_what_another_workspace_has_finds_nothing_of_it(both: Grid) -> None:
    await play(both.harbour, *HAVE)
    workspace = both.harbour.slack.workspace
    messages = [each for place in workspace.channels.values() for each in place.messages.values()]
    messages += [each for place in workspace.channels.values() for each in place.ephemerals.values()]
    before = kept(both.bot.store.reader, HARBOUR)
    shown = [each.blocks for each in messages] + [each.blocks for each in workspace.homes.values()]
    assert await press_all(both.quay, shown) > 15
    told = await play(
        both.quay,
        "ben in #general: /decision D-1",
        f"ben in #general: /common-ground find {OWN}",
        f"ben to the bot: what did we decide about {OWN}?",
        "ben opens the Home",
        "ben in #general: /common-ground my-data",
    )
    assert ("Drop the feed" in told, told != "") == (False, True)
    assert (OWN in said_in(both.harbour.slack), f"Drop the feed {OWN}" in said_in(both.quay.slack)) == (True, False)
    assert kept(both.bot.store.reader, HARBOUR) == before


async def test_in_a_channel_of_both_who_asks_is_answered_as_of_their_workspace_and_alone(both: Grid) -> None:
    await play(both.harbour, HAVE[0])
    await play(both.quay, "ben in #general: @Common Ground decided: Keep the feed quayside")
    shared = share(both, "data")
    quay, harbour = both.quay.slack, both.harbour.slack
    for place, who in ((quay, "UQBEN"), (harbour, "UANA")):
        place.people.say(place.workspace.users[who], shared, "@Common Ground what did we decide about the feed?")
        await both.quay.quiet()
        await both.harbour.quiet()
    assert [each.text for each in shared.messages.values() if each.bot_id] == []
    alone = {each.to: f"{each.text} {each.blocks}" for each in shared.ephemerals.values()}
    assert [("Drop the feed" in told, "Keep the feed" in told) for told in (alone["UANA"], alone["UQBEN"])] == [
        (True, False),
        (False, True),
    ]


async def test_where_slack_tells_it_of_the_other_workspace_who_asks_is_still_of_their_own(both: Grid) -> None:
    await play(both.harbour, HAVE[0])
    shared = share(both, "data")
    bot = {
        "enterprise_id": GROUP,
        "team_id": HARBOUR,
        "user_id": "U0BOT",
        "is_bot": True,
        "is_enterprise_install": True,
    }
    event = {"type": "app_mention", "user": "UQBEN", "channel": shared.id, "ts": "1767603600.5", "team": QUAY}
    event |= {"text": "<@U0BOT> decided: Move the berth", "event_ts": "1767603600.5"}
    told = {"type": "event_callback", "event_id": "Ev1", "api_app_id": "A0LOCAL", "team_id": HARBOUR, "event": event}
    sent = json.dumps({**told, "enterprise_id": GROUP, "authorizations": [bot]})
    assert await send(both.spaces, sent, "application/json") == (200, "")
    rows = both.bot.store.reader.all("SELECT team_id, title FROM decisions ORDER BY title")
    assert [(row["team_id"], row["title"]) for row in rows] == [
        (HARBOUR, f"Drop the feed {OWN}"),
        (QUAY, "Move the berth"),
    ]


async def test_what_is_kept_in_a_channel_of_both_is_the_workspaces_of_who_kept_it(both: Grid) -> None:
    shared, quay = share(both, "data"), both.quay.slack
    said = "@Common Ground decided: Move the berth"
    quay.people.say(quay.workspace.users["UQBEN"], shared, said)
    await both.quay.quiet()
    rows = both.bot.store.reader.all("SELECT team_id, visibility FROM decisions")
    assert [(row["team_id"], row["visibility"]) for row in rows] == [(QUAY, shared.id)]


async def test_who_leaves_a_channel_of_both_is_out_of_it_for_each_at_once(both: Grid) -> None:
    shared = share(both, "secret-launch")
    for each in (both.quay.slack.workspace, both.harbour.slack.workspace):
        shared.members |= {each.bot.id}
    directories = []
    for team_id in (HARBOUR, QUAY):
        reached = await both.bot.boundary.services.at(team_id)
        assert reached is not None
        directories.append((team_id, reached.directory))
        assert await reached.directory.is_member(team_id, "UQBEN", shared.id)
    both.quay.slack.people.leave(shared, both.quay.slack.workspace.users["UQBEN"])
    await both.quay.quiet()
    found = [await directory.is_member(team_id, "UQBEN", shared.id) for team_id, directory in directories]
    assert found == [False, False]


async def test_an_admin_of_one_workspace_is_none_of_another(both: Grid) -> None:
    chloe = both.harbour.slack.workspace.users["UCHLOE"]
    chloe.team_id, both.quay.slack.workspace.users[chloe.id] = HARBOUR, chloe
    both.bot.clock.move(timedelta(minutes=5))
    asked = "chloe in #general: /common-ground settings"
    assert "sees the form" in await play(both.harbour, asked)
    quay = both.quay.slack.workspace
    del quay.users["UQCHLOE"]
    quay.channel_named("general").members.add(chloe.id)
    told = await play(both.quay, asked)
    assert ("sees the form" in told, "admin" in told) == (False, True)


def teams_in(reader: Reader, table: str) -> list[str]:
    return [row["team_id"] for row in reader.all(f"SELECT team_id FROM {table}")]


@on_postgres
async def test_a_request_whose_statements_forget_their_workspace_finds_nothing_of_its_sibling(both: Grid) -> None:
    found: list[str] = []

    def change(transaction: Transaction, _now: datetime) -> None:
        transaction.run("UPDATE decisions SET title = 'taken'")

    async def forget(context: Context[Ask]) -> Reply:
        for table in ("decisions", "installations", "workspaces"):
            found.extend(await context.read(teams_in, table))
        return Reply(Say(Message("Done.")), change)

    for each in (both.harbour, both.quay):
        await play(each, HAVE[0])
    general = both.quay.slack.workspace.channel_named("general").id
    asked = Ask(QUAY, "UQBEN", Place(general), "", ("trigger:crossing",), response_url=both.quay.slack.url)
    assert "Done." in (await both.bot.boundary.handle(asked, forget)).body
    assert found == [QUAY] * 3
    titles = await both.bot.store.read(lambda reader: reader.all("SELECT team_id, title FROM decisions"))
    assert {row["team_id"]: row["title"] for row in titles} == {HARBOUR: f"Drop the feed {OWN}", QUAY: "taken"}
