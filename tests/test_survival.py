"""Whatever goes wrong in Slack, over either door: what was acknowledged is answered once, written once, and no more."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.local_slack.faults import KINDS, Rule
from bot.local_slack.wire import delivery
from bot.local_slack.workspace.state import Channel
from bot.outbox import slack_calls
from bot.transport import socket_mode
from bot.trial.run import Trial
from storage.decisions import decisions
from tests.conftest import StartTrial

_SEED, _ROUNDS = 5, 4
_CHANNELS = ("CGENERAL", "CDATA", "CCHURNMODEL", "CSECRETLAUNCH")
#: After these the app must be installed again.
_GONE = ("token_revoked", "account_inactive")
#: After these nothing can be said where it happened.
_CLOSED = ("channel_archived", "bot_removed")
#: What asks Slack something gives up by the clock, which stands still here; and some channels stay open.
_RULES = {each: Rule(each, "chat.*", 0.35) for each in ("timeout_before", "timeout_after")}
_RULES |= {each: Rule(each, "chat.*", 0.2) for each in _CLOSED}
_WAITS = [timedelta(seconds=5), timedelta(minutes=1), *[timedelta(minutes=5)] * 4]

#: A call is the same over both doors.
_DOORS = {"call": ("http",), "event": ("socket", "http"), "answer": ("socket", "http"), "socket": ("socket",)}
CASES = [(kind, door) for kind, told in KINDS.items() for door in _DOORS[told.where] if kind not in _GONE]


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked, where, and which decision it should make, if any."""

    channel: Channel
    place: str
    ts: str
    title: str


class Asked:
    """What people asked and decided, each with the message in which they did."""

    def __init__(self, trial: Trial) -> None:
        self._trial, self._workspace = trial, trial.slack.workspace
        self.said: list[Question] = []

    def ask(self, number: int) -> None:
        """Have somebody ask in each channel that is open, and somebody else decide something."""
        channels, title = self._workspace.channels, f"Number {number} stays"
        for name in _CHANNELS:
            self._say("UANA", channels[name], "@Common Ground define bias")
        self._say("UCHLOE", channels["CGENERAL"], f"@Common Ground decided: {title}", title)

    def answers(self, question: Question) -> list[str]:
        """Return what the bot says to a question: in its thread, or of its decision to whoever asked alone."""
        channel, title = question.channel, question.title
        told = [each for each in channel.messages.values() if each.bot_id and each.thread_ts == question.ts]
        told += [each for each in channel.ephemerals.values() if title and title in each.text]
        return [f"{each.text} {each.blocks}" for each in told]

    def _say(self, who: str, channel: Channel, text: str, title: str = "") -> None:
        with suppress(LookupError):
            message = self._trial.slack.people.say(self._workspace.users[who], channel, text)
            self.said.append(Question(channel, f"{channel.id} {who}", message.ts, title))


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have both sides lose patience soon: the bot with Slack and its connection, and Slack with the bot."""
    monkeypatch.setattr(delivery, "DEADLINE_SECONDS", 1.0)
    monkeypatch.setattr(slack_calls, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(socket_mode, "_PING_SECONDS", 0.1)
    with capture_logs() as lines:
        yield
    wrong = [each for each in lines if each["log_level"] in ("error", "critical")]
    assert [each for each in wrong if each.get("error") not in _GONE] == []


async def live_through(trial: Trial, rule: Rule) -> Asked:
    """Ask while something goes wrong, then let it be right again, and time pass."""
    slack, asked, is_over = trial.slack, Asked(trial), asyncio.Event()

    async def wait(_seconds: float) -> None:
        if rule.kind != "slow":
            await is_over.wait()

    slack.faults.wait = wait
    slack.faults.follow([rule], _SEED)
    for number in range(_ROUNDS):
        asked.ask(number)
        await trial.quiet()
    slack.faults.follow([])
    if slack.wire.request_url is None:
        await slack.until(lambda: any(each.is_open and not each.is_silent for each in slack.wire.sockets))
    is_over.set()
    await slack.until(lambda: not any(each.is_silent for each in slack.wire.sockets))
    for by in _WAITS:
        await trial.pass_time(by)
    return asked


def taken_elsewhere(trial: Trial, asked: Asked) -> set[str]:
    """Return what never reached the bot, since another process took it or nothing can be said there any more."""
    numbers: Counter[str] = Counter()
    struck = {(each.place, each.number) for each in trial.slack.faults.struck if each.kind == "second_process"}
    closed = {each.place for each in trial.slack.faults.struck if each.kind in _CLOSED}
    gone = set()
    for each in asked.said:
        numbers[each.place] += 1
        if (each.place, numbers[each.place]) in struck or each.channel.id in closed:
            gone.add(each.ts)
    return gone


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(("kind", "door"), CASES)
async def test_what_was_acknowledged_is_answered_and_written_once(start: StartTrial, kind: str, door: str) -> None:
    async with start(use_http=door == "http") as trial:
        asked = await live_through(trial, _RULES.get(kind, Rule(kind, share=0.35)))
        assert trial.slack.faults.struck != []
        gone, acknowledged = taken_elsewhere(trial, asked), set(trial.slack.wire.acknowledged)
        reached = [each for each in asked.said if each.ts in acknowledged and each.ts not in gone]
        answers = [(each.title, asked.answers(each)) for each in reached]
        assert len(answers) >= _ROUNDS
        assert [each for each in answers if len(each[1]) != 1] == []
        logged = [title for title, (told,) in answers if title and title in told]
        written = [each.title for each in decisions.all_decisions(trial.bot.store.reader, "T0LOCAL")]
        assert sorted(written) == sorted(logged)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("kind", _GONE)
async def test_who_is_thrown_out_says_so_and_goes_on_once_installed_again(start: StartTrial, kind: str) -> None:
    async with start() as trial:
        trial.slack.faults.follow([Rule(kind, "chat.*", most=1)])
        await trial.do("ana in #general: @Common Ground define bias")
        trial.slack.faults.follow([])
        assert (await trial.bot.condition.problem()).startswith("the app was uninstalled from the workspace")
    async with start() as trial:
        assert "bias" in "\n".join(await trial.do("ana in #general: @Common Ground define bias"))
        assert await trial.bot.condition.problem() == ""


def test_every_kind_is_lived_through() -> None:
    assert {kind for kind, _ in CASES} | {*_GONE} == KINDS.keys()
