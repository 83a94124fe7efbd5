"""Who presses in the Home while Slack is slow hears so soon, in private, and then gets what they asked for."""

import asyncio
from datetime import timedelta
from itertools import count

import pytest

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from tests.handlers.framework.test_modals import seen_before_slack_answers, slow
from tests.playing import play

_TOLD = "This takes a while. An answer still comes; for a form, try again in a minute."
_ASK, _OPEN = 'eli presses "What did we decide lately?"', 'eli presses "Log a decision"'


@pytest.fixture
async def home(running: Trial) -> Trial:
    """Return a trial with a Home that stands open, and nothing that Slack has said lately."""
    await play(running, "eli opens the Home")
    running.bot.clock.move(timedelta(minutes=3))
    return running


async def test_an_answer_comes_in_private_once_slack_has_said_what_it_goes_by(home: Trial) -> None:
    async with slow(home, "users.info", _ASK) as before:
        assert before == []
        home.bot.clock.move(timedelta(seconds=4))
        assert _TOLD in await seen_before_slack_answers(home)
    seen = "\n".join(home.screen.news())
    assert "Common Ground and Eli Berg" in seen
    assert "No decisions here yet." in seen
    assert _TOLD not in seen
    assert "sees the form" in await play(home, _ASK)


async def test_a_form_that_cannot_open_is_told_of_once_and_the_next_press_opens_it(home: Trial) -> None:
    home.slack.faults.arm("users.list", Fault("server_error"), Fault("server_error"))
    async with slow(home, "users.info", _OPEN):
        await home.script.act(_OPEN)
        await home.slack.wire.idle()
        home.bot.clock.move(timedelta(seconds=4))
        assert (await seen_before_slack_answers(home)).count(_TOLD) == 1
    assert home.screen.news() == []
    assert home.slack.workspace.warnings == []
    assert "sees the form" in await play(home, _OPEN)


async def test_all_that_an_answer_may_need_is_asked_side_by_side_once_slack_is_slow(home: Trial) -> None:
    until, asked = asyncio.Event(), {"users.info", "users.list", "conversations.info", "conversations.members"}
    for method in asked:
        home.slack.faults.arm(method, Fault("slow", until=until))
    await home.script.act("ana in #general: /decision log")
    async with asyncio.timeout(60):
        for _ in count():
            if {each.name for each in home.slack.faults.struck} >= asked:
                break
            await asyncio.sleep(0)
    until.set()
    await home.quiet()
    home.screen.news()
    assert "sees the form" in await play(home, "ana in #general: /decision log")
