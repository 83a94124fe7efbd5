"""Steps with a duty: from when it is whose, who hears of what in a private channel, and what a form must say."""

from datetime import timedelta

import pytest

from bot.trial.run import Trial
from tests.handlers.responsibilities.test_commands import add, duty
from tests.playing import let_fields_be_empty, play
from tests.sent import sent, told

FAIRNESS = "/owner churn model fairness"
FALCON = "/owner falcon model monitoring"


async def test_who_remains_of_a_dispute_has_the_duty_from_the_day_on_which_it_was_settled(running: Trial) -> None:
    await add(running)
    await play(running, f"ana in #general: {FAIRNESS}", 'ana presses "I\'ll take it"', "wait 2 days")
    await play(running, f"ben in #general: {FAIRNESS}", 'ben presses "I own it too"', "wait 3 days")
    assert duty(running, "fairness").state == "disputed"
    await play(running, 'ana presses "Not me"', "ana submits", "wait 1 day")
    seen = await play(running, f"eli in #general: {FAIRNESS}")
    assert "@Ben Okafor owns *fairness of churn model*, since yesterday." in seen
    await play(running, f"ben in #general: {FAIRNESS}", 'ben presses "Still mine"')
    seen = await play(running, f"eli in #general: {FAIRNESS}")
    assert "@Ben Okafor owns *fairness of churn model*, since yesterday, confirmed today." in seen


async def private(trial: Trial) -> None:
    """Add a model to a private channel, with Ana on its side; then Chloe, who leads it, leaves the channel."""
    await add(trial, "falcon model", "#secret-launch", '"People on the model side": ana')
    secret = trial.slack.workspace.channel_named("secret-launch")
    for each in ("ben", "eli"):
        trial.slack.people.join(secret, trial.slack.workspace.user_named(each))
    trial.slack.people.leave(secret, trial.slack.workspace.user_named("chloe"))
    await play(trial, "wait 11 minutes")
    assert "has no owner." in await play(trial, f"eli in #secret-launch: {FALCON}")


async def test_a_lead_outside_the_channel_is_neither_asked_about_nor_told_of_its_duties(running: Trial) -> None:
    await private(running)
    assert told(running, "UANA", "asked who owns production monitoring and drift of falcon model.")
    where = "in #secret-launch:"
    await play(running, f"ana {where} {FALCON}", 'ana presses "I\'ll take it"')
    assert told(running, "UELI", "took on production monitoring and drift of falcon model.")
    await play(running, f"ben {where} {FALCON}", 'ben presses "I own it too"')
    assert told(running, "UANA", "says they own production monitoring and drift of falcon model too.")
    await play(running, 'ana presses "Not me"', "ana submits")
    await play(running, f"ben {where} {FALCON}", 'ben presses "Yes, if …"')
    await play(running, 'ben enters "What do you need?": A rota', "ben submits", "ben closes")
    await play(running, f"ben {where} /owner falcon model latency", 'ben presses "Not needed"')
    await play(running, 'ben enters "Why isn\'t it needed?": Batch', "ben submits", "ben closes")
    await play(running, f"ben {where} /owner falcon model fairness", 'ben presses "Suggest someone"')
    await play(running, 'ben enters "Who could own it?": eli', "ben submits", "ben closes")
    assert told(running, "UELI", "suggests you for fairness of falcon model.")
    reached = {to for to, words in sent(running) if "falcon" in words and to.startswith("U")}
    assert reached == {"UANA", "UBEN", "UELI"}


async def test_a_lead_outside_the_channel_is_not_reminded_of_its_duties(running: Trial) -> None:
    await private(running)
    for _ in range(28 * 8):
        await running.pass_time(timedelta(hours=3))
    assert told(running, "UANA", "falcon model")
    assert told(running, "UCHLOE", "falcon model") == []


@pytest.mark.parametrize(
    ("label", "field", "entered"),
    [("Suggest someone", "Who could own it?", "dev"), ("Not needed", "Why isn't it needed?", "Batch")],
)
async def test_a_form_about_a_duty_says_at_its_field_what_is_missing(
    running: Trial, label: str, field: str, entered: str
) -> None:
    await add(running)
    await play(running, f"ana in #general: {FAIRNESS}", f'ana presses "{label}"')
    let_fields_be_empty(running, "UANA")
    assert "Please fill this in." in await play(running, "ana submits")
    assert duty(running, "fairness").version == 1
    await play(running, f'ana enters "{field}": {entered}', "ana submits")
    assert duty(running, "fairness").version == 2
