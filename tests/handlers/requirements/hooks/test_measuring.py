"""What was to be measured and wasn't is said once to who measures it, and seen where people look."""

from datetime import timedelta

from bot.trial.run import Trial
from storage.engine.interface import WORKSPACE
from storage.engine.statements import alter
from storage.records.offers import Offer
from storage.requirements import requirements
from storage.requirements.requirements import Aspect, Plan
from storage.responsibilities.responsibilities import Component
from tests.conftest import StartTrial
from tests.handlers.nudges.looking import pass_days
from tests.handlers.requirements.playing import LATENCY, TEAM, a_model, agree, measure, plan, say
from tests.playing import play
from tests.reporting import KEY, hook, report
from tests.sent import sent

NOT_MEASURED = "wasn't measured in production as planned"
CARD = ("ana in #general: /owner card berth model", 'ana presses "Open the card"', "ana closes")
OVER = "This no longer needs you."
COST = {**LATENCY, "does": "costs", "amount": "400 EUR"}


def told(trial: Trial, words: str) -> list[str]:
    return [to for to, text in sent(trial) if words in text]


async def live(trial: Trial, by: str = "UDEV", visibility: str = WORKSPACE) -> Component:
    """Put a model into the register that both sides agreed on, and whose latency is measured weekly in production."""
    model = await a_model(trial, visibility=visibility)
    await say(trial, model, "latency", Offer(parts=LATENCY))
    await agree(trial, model)
    await plan(trial, model, "latency", Plan(stages=("in production",), every="weekly", by=by))
    return model


async def result(trial: Trial, model: Component, aspect: Aspect = "latency", value: str = "280 ms") -> None:
    await measure(trial, model, {aspect: value}, trial.bot.clock.now().date().isoformat(), "in production")


async def owned(trial: Trial, model: Component, duty: str, owner: str) -> None:
    this = {"component_id": model.id, "duty": duty}
    await trial.bot.store.write(lambda it: alter(it, "duties", this, state="accepted", owner=owner))


async def test_who_measures_hears_once_that_no_result_came_and_again_only_of_another_time(running: Trial) -> None:
    model = await live(running)
    await pass_days(running, 8)
    assert told(running, NOT_MEASURED) == []
    seen = await pass_days(running, 4)
    assert "*berth model*  latency wasn't measured in production as planned · since Jan 14, 2026" in seen
    await pass_days(running, 21)
    assert told(running, NOT_MEASURED) == ["UDEV"]
    await result(running, model)
    await pass_days(running, 8)
    assert told(running, NOT_MEASURED) == ["UDEV"]
    await pass_days(running, 5)
    assert told(running, NOT_MEASURED) == ["UDEV", "UDEV"]


async def test_several_that_did_not_come_are_one_line_with_the_button_that_enters_them(running: Trial) -> None:
    model = await live(running)
    await say(running, model, "cost", Offer(parts=COST))
    await agree(running, model)
    await plan(running, model, "cost", Plan(stages=("in production",), every="weekly", by="UDEV"))
    seen = await pass_days(running, 11)
    assert "*berth model*  2 results from production didn't come" in seen
    # Dev has no part in the model but to measure it.
    seen = await play(running, 'dev presses "Enter an evaluation"')
    assert "Where was it measured? (optional): [Choose]" in seen
    entered = ('Link to the evaluation": https://harbour.example/live', 'Measured on": 2026-01-16', 'Latency": 290 ms')
    where = 'dev enters "Where was it measured?": In production'
    seen = await play(running, *(f'dev enters "{each}' for each in entered), where, "dev submits", "dev closes")
    assert "Saved. It meets everything it measured." in seen
    (kept,) = requirements.evaluations_of(running.bot.store.reader, TEAM, model.id)
    assert (kept.by, kept.stage, kept.values) == ("UDEV", "in production", {"latency": "290 ms"})
    shown = await play(running, "dev in #general: /owner card berth model", "eli in #general: /owner card berth model")
    assert (shown.count("[Enter an evaluation]"), shown.count("Plan the measuring")) == (1, 0)


async def test_where_nobody_is_named_the_owner_of_the_duty_hears_of_it(running: Trial) -> None:
    model = await live(running, by="")
    await owned(running, model, "monitoring", "UELI")
    await pass_days(running, 12)
    assert told(running, NOT_MEASURED) == ["UELI"]


async def test_once_who_measures_has_left_it_falls_to_the_owner_of_the_duty_who_hears_so_once(running: Trial) -> None:
    model = await live(running)
    await owned(running, model, "monitoring", "UELI")
    running.slack.workspace.users["UDEV"].deleted = True
    seen = await pass_days(running, 4)
    assert "*berth model*  latency: yours to measure, since whoever did has left" in seen
    await pass_days(running, 25)
    assert told(running, "yours to measure") == ["UELI"]
    assert told(running, NOT_MEASURED) == ["UELI"]
    assert "Measured weekly in production, by" in await play(
        running, "ana in #general: /owner card berth model", 'ana presses "Open the card"'
    )


async def test_it_stands_on_the_card_on_the_launch_page_and_in_the_summary_until_it_comes(running: Trial) -> None:
    model = await live(running)
    await pass_days(running, 10)
    places = (*CARD, "ana in #general: /owner ready berth model", "chloe in #general: /summary preview")
    shown = await play(running, *places)
    assert "agreed, never measured, *overdue*" in shown
    assert "Overdue in production: none has come yet." in shown
    assert "*✗ Overdue*  latency in production" in shown
    assert "berth model wasn't measured in production as planned: latency" in shown
    await result(running, model)
    shown = await play(running, *places)
    assert "agreed, met" in shown
    assert "verdue" not in shown
    assert NOT_MEASURED not in shown


async def test_a_model_that_is_released_each_week_is_said_once_not_to_be_measured(start: StartTrial) -> None:
    async with start(hooks=KEY) as running:
        model = await live(running)
        await plan(running, model, "latency", Plan(stages=("in production",), every="each release", by="UDEV"))
        made = await hook(running, model.name)
        for version in range(4):
            assert (await report(running, made, {"version": version})).status == 200
            assert "*overdue*" not in await play(running, *CARD) or version > 1
            await pass_days(running, 6)
        assert told(running, NOT_MEASURED) == ["UDEV"]
        assert "*overdue*" in await play(running, *CARD)
        await result(running, model)
        await report(running, made, {"version": 9})
        await pass_days(running, 6)
        # The second is the edit of the first, which needs nobody any more.
        assert [OVER in text for _, text in sent(running) if NOT_MEASURED in text] == [True, True]
        assert "*overdue*" not in await play(running, *CARD)


async def test_a_private_model_tells_only_who_is_in_its_channel(running: Trial) -> None:
    secret = running.slack.workspace.channel_named("secret-launch").id
    model = await live(running, by="UANA", visibility=secret)
    await say(running, model, "cost", Offer(parts=COST))
    await plan(running, model, "cost", Plan(stages=("in production",), every="weekly", by="UDEV"))
    await pass_days(running, 14, timedelta(hours=4))
    assert told(running, "latency") == ["UANA"]
    assert told(running, "cost wasn't measured") == []
    assert "cost" not in await play(running, "dev in #general: /summary preview")
