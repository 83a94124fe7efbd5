"""An answer that Slack takes late reaches nobody with what they may no longer see by then, by whatever way it goes."""

import asyncio
from datetime import timedelta

import pytest

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from handlers.slack.error_messages import NOT_TOLD_ANY_MORE
from tests.handlers.access.secrets import SECRET, remove, remove_unheard, seeded
from tests.playing import play

IN_DIRECT, BY_PRESS = "ana to the bot: define falcon", 'ana presses "falcon"'
#: What somebody does, after which lines, and the call by which they are answered.
WAYS = pytest.mark.parametrize(
    ("before", "line", "call"),
    [((), IN_DIRECT, "chat.postMessage"), (("ana in #general: /define falkon",), BY_PRESS, "respond")],
    ids=["direct message", "press"],
)
FLIES = "flies in May"


@pytest.fixture
async def secret(running: Trial) -> Trial:
    return await seeded(running)


async def put_off(trial: Trial, before: tuple[str, ...], line: str, call: str) -> None:
    """Have somebody do something whose answer Slack takes only five minutes later."""
    await play(trial, *before)
    trial.slack.faults.arm(call, Fault("rate_limited", retry_after=300))
    assert FLIES not in await play(trial, line)


async def news(trial: Trial) -> str:
    """Return what is seen six minutes later."""
    await trial.pass_time(timedelta(minutes=6))
    return "\n".join(trial.screen.news())


@WAYS
async def test_who_is_still_there_reads_it(secret: Trial, before: tuple[str, ...], line: str, call: str) -> None:
    await put_off(secret, before, line, call)
    assert FLIES in await news(secret)


@WAYS
async def test_who_left_meanwhile_reads_that_they_can_ask_again(
    secret: Trial, before: tuple[str, ...], line: str, call: str
) -> None:
    await put_off(secret, before, line, call)
    await remove(secret, "ana")
    seen = await news(secret)
    assert NOT_TOLD_ANY_MORE in seen
    assert FLIES not in seen
    again = await play(secret, IN_DIRECT)
    assert "isn't defined" in again
    assert FLIES not in again


@WAYS
@pytest.mark.parametrize("change", [{"is_guest": True}, {"deleted": True}])
async def test_who_is_no_full_member_any_more_reads_nothing_of_the_workspace(
    secret: Trial, before: tuple[str, ...], line: str, call: str, change: dict[str, bool]
) -> None:
    await put_off(secret, before, line, call)
    secret.slack.people.change(secret.slack.workspace.users["UANA"], **change)
    await secret.quiet()
    assert FLIES not in await news(secret)


@WAYS
async def test_where_slacks_event_was_lost_slack_is_asked(
    secret: Trial, before: tuple[str, ...], line: str, call: str
) -> None:
    await put_off(secret, before, line, call)
    remove_unheard(secret, "UANA")
    assert FLIES not in await news(secret)


async def test_where_slack_does_not_say_who_is_there_it_comes_later(secret: Trial) -> None:
    await put_off(secret, (), IN_DIRECT, "chat.postMessage")
    secret.slack.faults.arm("conversations.members", Fault("server_error"))
    assert FLIES not in await news(secret)
    assert FLIES in await news(secret)


async def test_a_command_that_is_answered_late_is_so_too(secret: Trial) -> None:
    await secret.pass_time(timedelta(minutes=3))
    until = asyncio.Event()
    secret.slack.faults.arm("conversations.members", Fault("slow", until=until))
    secret.slack.faults.arm("respond", Fault("rate_limited", retry_after=300))
    await secret.script.act("ana in #general: /define falcon")
    await secret.slack.wire.idle()
    until.set()
    await secret.quiet()
    assert FLIES not in "\n".join(secret.screen.news())
    await remove(secret, "ana")
    seen = await news(secret)
    assert NOT_TOLD_ANY_MORE in seen
    assert FLIES not in seen


async def test_what_is_said_to_all_of_a_private_channel_stays_there_though_who_asked_has_left(secret: Trial) -> None:
    await put_off(secret, (), "ana in #secret-launch: @Common Ground define falcon", "chat.postMessage")
    await remove(secret, "ana")
    await news(secret)
    assert any(FLIES in f"{each.blocks}" for each in secret.slack.workspace.channels[SECRET].messages.values())
