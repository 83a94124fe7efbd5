"""Days and people in what is asked of a model: today is the person's, and whoever left or outside hears of nothing."""

import pytest

from bot.trial.run import Trial
from storage.records.offers import Offer
from storage.requirements import requirements
from tests.handlers.requirements.playing import LATENCY, TEAM, a_model, card_of, fills, say
from tests.playing import let_fields_be_empty, play
from tests.sent import sent

UNKNOWN = ('chooses "Not known yet" in "Your answer"', 'enters "Who will find out?": dev')
EVALUATION = ('enters "Link to the evaluation": https://x.example', 'enters "Latency": 200 ms')


async def late_in_california(trial: Trial) -> None:
    """Let it be the evening of 5 January for Ana and the next morning for Ben."""
    trial.slack.workspace.user_named("ana").tz = "America/Los_Angeles"
    await play(trial, "wait 20 hours")


async def test_today_is_a_day_by_which_something_is_found_out_where_it_is_still_today(running: Trial) -> None:
    model = await a_model(running)
    await late_in_california(running)
    told = await play(running, *fills("ben", "latency", *UNKNOWN, 'enters "By when?": 2026-01-05'))
    assert "! That day is in the past. Choose a day ahead." in told
    await play(running, *fills("ana", "latency", *UNKNOWN, 'enters "By when?": 2026-01-05'))
    assert card_of(running, model).requirements["latency"].said.until == "2026-01-05"


AHEAD = "! That day is in the future. Choose the day it was measured."


@pytest.mark.parametrize(("who", "answer"), [("ana", AHEAD), ("ben", "Saved. It meets everything it measured.")])
async def test_tomorrow_is_no_day_on_which_something_was_measured(running: Trial, who: str, answer: str) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY))
    await late_in_california(running)
    opened = (f"{who} in #general: /owner card berth model", f'{who} presses "Enter an evaluation"')
    entered = [f"{who} {each}" for each in (*EVALUATION, 'enters "Measured on": 2026-01-06', "submits")]
    assert answer in await play(running, *opened, *entered)
    assert bool(requirements.evaluations_of(running.bot.store.reader, TEAM, model.id)) is (answer != AHEAD)


async def test_of_those_who_said_something_the_one_who_left_is_not_told_that_it_is_agreed(running: Trial) -> None:
    model = await a_model(running, model_side=("UANA", "UDEV"))
    await say(running, model, "latency", Offer(parts=LATENCY), by="UDEV")
    await say(running, model, "cost", Offer(parts={**LATENCY, "amount": "9 EUR"}), by="UANA")
    running.slack.people.change(running.slack.workspace.user_named("dev"), deleted=True)
    await running.quiet()
    await play(running, "ben in #general: /owner card berth model", 'ben presses "Agree to all 2"')
    assert {to for to, words in sent(running) if " agreed to cost of berth model" in words} == {"UANA"}


async def test_a_form_of_an_aspect_says_at_its_field_what_is_missing(running: Trial) -> None:
    model = await a_model(running)
    await play(
        running, "ana in #general: /owner card berth model", 'ana presses "Open the card"', 'ana presses "Set latency"'
    )
    let_fields_be_empty(running, "UANA")
    assert "! Please fill this in." in await play(running, "ana submits")
    assert card_of(running, model).requirements == {}
