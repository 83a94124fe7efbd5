"""Forms and answers where Slack takes its time: nobody is refused for it, and nothing that was typed is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count

import pytest
from structlog.testing import capture_logs

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from handlers.access.recipients import Destination, post
from handlers.framework.context import Context
from handlers.framework.routing import Command, Feature
from handlers.slack import blocks
from handlers.slack.blocks import Message, Modal
from handlers.slack.interactions import BlockAction, Interaction, ViewSubmission
from handlers.slack.replies import Open, Redraw, Reply, Say, Wrote
from tests.conftest import StartTrial
from tests.handlers.access.secrets import SECRET
from tests.playing import play

_ASKED, _LOG = "ana in #general: /define bias", "ana in #general: /decision log"
_TOLD = "This takes a while. An answer still comes; for a form, try again in a minute."
_ANSWER = "near misses are noted only on calm days"


def form(told: str) -> Modal:
    again = blocks.buttons([blocks.button("Again", "again")])
    return Modal("form", told, (blocks.field("name", "Name", blocks.text_input()), again), submit="Save")


async def open_form(_context: Context[Interaction]) -> Reply:
    return Reply(Open(form("A form")))


async def draw_again(_context: Context[BlockAction]) -> Reply:
    return Reply(Redraw(form("drawn again")))


async def save(context: Context[ViewSubmission]) -> Reply:
    return Reply(Say(Message(f"Saved by {(await context.actor()).user_id}.")))


async def tell_chloe(context: Context[Interaction]) -> Reply:
    """Tell somebody of a record of a private channel; who is in it is asked when it is sent."""
    said = post(Destination(context.team_id, "UCHLOE", about=(SECRET,)), Message("Something new"), context.now)
    return Reply(write=lambda _transaction, _now: Wrote(Say(Message("Told.")), (said,)))


async def save_here(context: Context[Interaction]) -> Reply:
    """Write something down where it is to be known who reads there now."""
    channel = await context.directory.channel_now(context.team_id, context.interaction.place.channel_id)
    return Reply(write=lambda _transaction, _now: Wrote(Say(Message(f"Written, {channel.place.openness}."))))


PROBE = Feature(
    "probe",
    commands=[
        Command("define", open_form, "Probe"),
        Command("common-ground", tell_chloe, "Help"),
        Command("decision", save_here, "Write"),
    ],
    actions={"again": draw_again},
    views={"form": save},
)


@pytest.fixture
async def probe(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(features=[PROBE]) as trial:
        yield trial


@asynccontextmanager
async def slow(trial: Trial, method: str, line: str) -> AsyncIterator[list[str]]:
    """Let a method take longer than Slack waits for an acknowledgement; gives what is seen before it answers."""
    until = asyncio.Event()
    trial.slack.faults.arm(method, Fault("slow", until=until))
    await trial.script.act(line)
    await trial.slack.wire.idle()
    yield trial.screen.news()
    until.set()
    await trial.quiet()


async def test_a_command_is_answered_once_slack_has_said_who_asks(running: Trial) -> None:
    async with slow(running, "users.info", _ASKED) as before:
        assert before == []
    told = "\n".join(running.screen.news())
    assert told.count(_ANSWER) == 1
    assert "Slack" not in told
    assert running.slack.workspace.warnings == []
    assert _ANSWER in await play(running, _ASKED)


async def test_a_mention_is_answered_once_though_slack_sends_it_again(start: StartTrial, door: str) -> None:
    async with start(use_http=door == "http") as trial:
        until = asyncio.Event()
        trial.slack.faults.arm("users.info", Fault("slow", until=until))
        await trial.script.act("ana in #general: @Common Ground define bias")
        trial.slack.wire.retry_due()
        until.set()
        await trial.quiet()
        await play(trial, "wait 6 minutes")
        channel = next(each for each in trial.slack.workspace.channels.values() if each.name == "general")
        assert [_ANSWER in str(each.blocks) for each in channel.messages.values() if each.bot_id] == [True]


async def seen_before_slack_answers(trial: Trial) -> str:
    """Return what somebody sees next, while the bot still waits for Slack."""
    async with asyncio.timeout(60):
        for _ in count():
            if told := trial.screen.news():
                return "\n".join(told)
            await asyncio.sleep(0)
    return ""


async def test_who_waits_for_a_form_is_told_at_once_when_it_cannot_open_and_the_next_press_opens_it(
    running: Trial,
) -> None:
    async with slow(running, "users.info", _LOG) as before:
        assert before == []
        running.bot.clock.move(timedelta(seconds=4))
        assert _TOLD in await seen_before_slack_answers(running)
    # The trigger is gone: Slack isn't even asked to open a form with it, and nothing is said twice.
    assert running.screen.news() == []
    assert running.slack.workspace.warnings == []
    assert "sees the form" in await play(running, _LOG)


async def test_who_waits_for_an_answer_that_is_late_is_told_so_and_gets_it(running: Trial) -> None:
    async with slow(running, "users.info", _ASKED):
        running.bot.clock.move(timedelta(seconds=4))
        assert _TOLD in await seen_before_slack_answers(running)
    told = "\n".join(running.screen.news())
    assert (told.count(_ANSWER), _TOLD in told) == (1, False)


async def test_a_form_that_slack_opens_slowly_is_there_and_nothing_is_said(running: Trial) -> None:
    await play(running, _ASKED)
    async with slow(running, "views.open", _LOG) as before:
        assert before == []
    told = "\n".join(running.screen.news())
    assert "sees the form" in told
    assert "took too long" not in told


async def test_what_was_typed_stays_in_the_form_and_can_be_submitted_once_more(probe: Trial) -> None:
    await play(probe, "ana in #general: /define", 'ana enters "Name": drift')
    async with slow(probe, "users.info", "ana submits") as before:
        assert "! Slack is slow right now, so nothing has been saved yet. Please submit this again." in "\n".join(
            before
        )
    assert "Saved by UANA." in await play(probe, "ana submits")


@pytest.mark.parametrize("error", ["not_found", "hash_conflict"])
async def test_a_form_that_was_closed_or_drawn_anew_meanwhile_needs_no_sentence(probe: Trial, error: str) -> None:
    await play(probe, "ana in #general: /define")
    probe.slack.faults.arm("views.update", Fault("refused", error=error))
    assert await play(probe, 'ana presses "Again"') == ""
    assert "drawn again" in await play(probe, 'ana presses "Again"')


async def test_what_follows_from_a_command_is_not_in_a_hurry(probe: Trial) -> None:
    until = asyncio.Event()
    probe.slack.faults.arm("conversations.members", Fault("slow", until=until))
    with capture_logs() as lines:
        await probe.script.act("ana in #general: /common-ground")
        await probe.quiet()
    until.set()
    assert [each for each in lines if each["log_level"] == "error"] == []
    assert "Something new" in await play(probe, "wait 5 seconds")


async def test_a_form_opens_by_what_slack_said_a_while_ago(running: Trial) -> None:
    await play(running, _LOG)
    running.bot.clock.move(timedelta(seconds=6))
    async with slow(running, "conversations.info", _LOG) as before:
        assert "sees the form" in "\n".join(before)
    assert "took too long" not in "\n".join(running.screen.news())


async def test_nothing_is_written_by_what_slack_said_a_while_ago(probe: Trial) -> None:
    line = "ana in #general: /decision"
    assert "Written, public." in await play(probe, line)
    probe.bot.clock.move(timedelta(seconds=6))
    async with slow(probe, "conversations.info", line) as before:
        assert before == []
        channel = next(each for each in probe.slack.workspace.channels.values() if each.name == "general")
        channel.kind = "private"
    assert "Written, private." in "\n".join(probe.screen.news())


async def test_a_home_that_is_asked_for_again_meanwhile_is_published_once(start: StartTrial, door: str) -> None:
    async with start(use_http=door == "http") as trial:
        until, calls = asyncio.Event(), [Fault("slow", until=asyncio.Event()) for _ in range(2)]
        trial.slack.faults.arm("users.info", Fault("slow", until=until))
        trial.slack.faults.arm("views.publish", *calls)
        await trial.script.act("ana opens the Home")
        trial.slack.wire.retry_due()
        until.set()
        for each in calls:
            assert each.until is not None
            each.until.set()
        await trial.quiet()
        assert trial.slack.faults.next_for("views.publish") is calls[1]
