"""Hints in passing: to whom they go, and that nobody else is told anything."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from storage.workspaces import preferences
from tests.conftest import StartTrial
from tests.playing import play
from tests.sent import sent
from tests.writing import write

KNOWN = ("ben in #{0}: /glossary me software engineering", "{1} in #{0}: /glossary me {2}")
HINT = "Ben Okafor may mean something else by drift than you do."


@pytest.fixture
async def running(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(reads_channels=True) as started:
        yield started


async def begun(running: Trial, channel: str = "general", hearer: str = "eli", discipline: str = "domain") -> None:
    """Let Ben and somebody of another discipline be known, and switch hints on."""
    for line in (*KNOWN, "ben in #{0}: /glossary passing on"):
        await running.do(line.format(channel, hearer, discipline))


def hints(running: Trial) -> list[str]:
    """Return to whom hints went, of all that was sent."""
    return [to for to, text in sent(running) if "may mean something else" in text]


async def test_who_hears_a_word_said_by_another_discipline_is_told_alone(running: Trial) -> None:
    await begun(running)
    before = len(sent(running))
    told = await play(running, "eli in #general: hello", "ben in #general: we saw drift")
    assert hints(running) == ["UELI"]
    assert len(sent(running)) == before + 1
    (hint,) = (text for _, text in sent(running) if HINT in text)
    assert "Deployed configuration no longer matches" in hint
    assert "A slow change of an instrument's reading" in hint
    assert "Common Ground (only visible to Eli Berg):" in told


async def test_in_a_thread_it_is_told_in_the_thread(running: Trial) -> None:
    await begun(running)
    people, workspace = running.slack.people, running.slack.workspace
    first = people.say(workspace.users["UELI"], workspace.channels["CGENERAL"], "look")
    people.say(workspace.users["UANA"], workspace.channels["CGENERAL"], "elsewhere")
    people.say(workspace.users["UBEN"], workspace.channels["CGENERAL"], "drift", first.ts)
    await running.quiet()
    whispers = workspace.channels["CGENERAL"].ephemerals.values()
    assert [(each.to, each.thread_ts) for each in whispers if "may mean" in each.text] == [("UELI", first.ts)]


@pytest.mark.parametrize(
    "lines",
    [
        ("eli in #general: hello", "ben in #general: an ablation would help"),
        ("ana in #general: hello", "ben in #general: we saw drift"),
        ("ben in #general: hello", "ben in #general: we saw drift"),
        ("eli in #general: hello", "wait 2 hours", "ben in #general: we saw drift"),
        ("eli in #general: hello", "ana in #general: we saw drift"),
        ("eli in #data: hello", "ben in #data: we saw drift"),
        ("eli in #general: hello", "ben in #general: @Common Ground define drift"),
        ("eli in #general: hello", "ben in #general: x", 'ben edits "x": we saw drift'),
    ],
    ids=["one discipline", "unknown hearer", "alone", "long ago", "unknown speaker", "not on", "to the bot", "edited"],
)
async def test_nobody_is_told_where_nobody_hears_a_word_that_differs(running: Trial, lines: tuple[str, ...]) -> None:
    await begun(running)
    await play(running, *lines)
    assert hints(running) == []


async def test_once_a_week_at_most_and_never_again_after_one_press(running: Trial) -> None:
    await begun(running)
    talk = ("eli in #general: hello", "ben in #general: we saw drift", "ben in #general: drift again")
    await play(running, *talk, "wait 6 days", *talk)
    assert hints(running) == ["UELI"]
    await play(running, "wait 1 day", *talk)
    assert hints(running) == ["UELI", "UELI"]
    told = await play(running, 'eli presses "Never again"')
    assert "You won't get these hints again, in any channel." in told
    await play(running, "wait 8 days", *talk)
    assert hints(running) == ["UELI", "UELI"]


async def test_two_messages_at_the_same_time_are_one_hint(running: Trial) -> None:
    await begun(running)
    await play(running, "eli in #general: hello")
    people, workspace = running.slack.people, running.slack.workspace
    for _ in range(3):
        people.say(workspace.users["UBEN"], workspace.channels["CGENERAL"], "drift")
    await asyncio.gather(running.quiet())
    assert hints(running) == ["UELI"]


async def test_hints_are_switched_on_in_a_channel(running: Trial) -> None:
    told = await play(running, "ben to the bot: /glossary passing on")
    assert "Hints are for channels. Type this in the channel where you want them." in told


async def test_where_guests_read_hints_cannot_be_switched_on_and_are_not_given(running: Trial) -> None:
    told = await play(running, "ben in #churn-model: /glossary passing on")
    assert "Only members of the workspace can choose that, in channels no guest or other company reads." in told
    team_id = running.bot.identity.team_id
    await write(running.bot.store, preferences.choose, team_id, "CCHURNMODEL", preferences.PASSING, "on")
    await begun(running, "churn-model", "ana", "data science")
    await play(running, "ana in #churn-model: hello", "ben in #churn-model: we saw drift")
    assert hints(running) == []


async def test_without_the_scope_to_read_who_switches_it_on_is_told_so(running: Trial) -> None:
    running.slack.workspace.app.refused_scopes |= {"channels:history"}
    told = await play(running, "ben in #general: /glossary passing on", "ben in #general: /glossary passing")
    assert "I can't read along in this channel. Whoever installed me has to grant `channels:history`" in told
    assert "Hints are off in this channel. To switch them on: `/glossary passing on`." in told


async def test_where_the_bot_is_not_it_asks_to_be_invited(running: Trial) -> None:
    told = await play(running, "ben in #random: /glossary passing on")
    assert "I'm not in this channel yet. Invite me, then try again." in told


async def test_where_slack_does_not_say_who_spoke_nobody_is_told(running: Trial) -> None:
    await begun(running)
    await play(running, "eli in #general: hello")
    running.slack.faults.arm("conversations.history", Fault("rate_limited", retry_after=30))
    await play(running, "ben in #general: we saw drift")
    assert hints(running) == []


def rows(running: Trial) -> Iterator[str]:
    reader = running.bot.store.reader
    for table in reader.all("SELECT name FROM sqlite_master WHERE type = 'table'"):
        yield from (str(row) for row in reader.all(f"SELECT * FROM {table['name']}"))


async def test_nothing_of_what_is_said_is_kept(running: Trial) -> None:
    await begun(running)
    await play(running, "eli in #general: my holiday was short", "ben in #general: we saw drift, and dolphins")
    assert hints(running) == ["UELI"]
    assert not [each for each in rows(running) if "holiday" in each or "dolphins" in each]


async def test_a_private_channels_own_word_is_told_in_that_channel_alone(running: Trial) -> None:
    lines = (
        "chloe in #secret-launch: /glossary me product",
        "ana in #secret-launch: /glossary me data science",
        "chloe in #secret-launch: /glossary passing on",
        "ana in #secret-launch: hello",
        "chloe in #secret-launch: the recall was expensive",
    )
    await play(running, *lines)
    assert hints(running) == ["UANA"]


async def test_where_the_app_is_not_set_up_to_read_along_they_cannot_be_switched_on(running: Trial) -> None:
    services = replace(running.bot.boundary.services, reads_channels=False)
    running.bot.boundary.services = services
    told = await play(running, "ben in #general: /glossary passing on")
    assert "Hints aren't set up in this workspace." in told
    await play(running, "eli in #general: hello", "ben in #general: we saw drift")
    assert hints(running) == []


async def test_everybody_in_the_channel_reads_that_it_reads_along_and_when_it_no_longer_does(running: Trial) -> None:
    told = await play(running, "ben in #general: /glossary passing on", "ben in #general: /glossary passing on")
    assert told.count("@Ben Okafor switched hints on in this channel: when a word means something else") == 1
    told = await play(running, "eli in #general: /glossary passing off", "eli in #general: /glossary passing off")
    assert told.count("@Eli Berg switched hints off in this channel. I no longer read along.") == 1
    assert len([to for to, text in sent(running) if to == "CGENERAL" and "switched hints" in text]) == 2
