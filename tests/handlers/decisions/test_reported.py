"""What somebody says that another decided is a report until that person confirms it."""

import json
from collections.abc import AsyncIterator

import pytest

from bot.local_slack.wire.events import TOKEN
from bot.trial.run import Trial
from tests.conftest import StartTrial
from tests.handlers.decisions.playing import every, log, one
from tests.handlers.requirements.playing import a_model
from tests.playing import play
from tests.sent import sent, told

ELI = '"Who decides?": eli'
TITLE = "Fire half of the pilots"


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(use_http=True) as running:
        yield running


async def test_who_is_said_to_have_decided_is_asked_once_and_nobody_else_hears_of_it(trial: Trial) -> None:
    await log(trial, TITLE, "dev", "#general", ELI, '"Who should know?": ana', '"Who should agree?": ben')
    (message,) = [(to, text) for to, text in sent(trial) if not to.startswith("http")]
    assert message[0] == "UELI"
    assert "Confirm" in message[1]
    assert "That's not right" in message[1]
    assert (one(trial).state, one(trial).decided_at) == ("proposed", "")


@pytest.mark.parametrize(
    "line",
    [
        "ben in #general: /decision D-1",
        "ben in #general: /decision list",
        "ben in #general: /decision find pilots",
        "ben in #general: @Common Ground decision D-1",
        "ben in #general: @Common Ground what did we decide about pilots?",
        'eli opens the Home; eli presses "See everything that is yours"',
        'dev opens the Home; dev presses "See everything that is yours"',
        "ben in #general: /summary preview",
    ],
)
async def test_every_place_says_who_reported_it_until_it_is_confirmed(trial: Trial, line: str) -> None:
    await log(trial, TITLE, "dev", "#general", ELI)
    lines = line.split("; ")
    seen = await play(trial, *lines)
    assert TITLE in seen
    assert "reported by Dev Patel" in seen.replace("@", "")
    await play(trial, 'eli presses "Confirm"')
    seen = await play(trial, *lines)
    assert "reported by" not in seen


async def test_who_decided_confirms_it_or_says_that_it_is_not_so(trial: Trial) -> None:
    await log(trial, TITLE, "dev", "#general", ELI, '"Who should know?": ana')
    await play(trial, 'eli presses "Confirm"')
    assert (one(trial).state, one(trial).decider, one(trial).created_by) == ("accepted", "UELI", "UDEV")
    assert [len(told(trial, who, TITLE)) for who in ("UDEV", "UANA")] == [1, 1]
    await log(trial, "Fire the others", "dev", "#general", ELI)
    await play(
        trial, 'eli presses "That\'s not right"', 'eli enters "What\'s not right?": I never said that', "eli submits"
    )
    assert (one(trial, "D-2").state, one(trial, "D-2").reason) == ("rejected", "I never said that")
    assert "rejected by @Eli Berg, today" in await play(trial, "ben in #general: /decision D-2")


async def test_the_card_of_a_model_tells_a_report_from_a_decision(trial: Trial) -> None:
    await a_model(trial)
    await log(trial, TITLE, "dev", "#general", ELI, '"Which component is it about?": berth model')
    card = ("ben in #general: /owner card berth model", 'ben presses "Open the card"', "ben closes")
    assert f"D-1 {TITLE} (reported, not confirmed yet)" in await play(trial, *card)
    await play(trial, 'eli presses "Confirm"')
    seen = await play(trial, *card)
    assert (f"D-1 {TITLE}" in seen, "not confirmed" in seen) == (True, False)


async def test_ones_own_decision_is_accepted_at_once(trial: Trial) -> None:
    await log(trial, TITLE, "dev")
    assert (one(trial).state, one(trial).decider) == ("accepted", "UDEV")
    assert "reported by" not in await play(trial, "ben in #general: /decision D-1", "ben in #general: /decision list")


async def test_neither_time_nor_friends_nor_admins_confirm_it(trial: Trial) -> None:
    asked = ('"Who should agree?": ben', '"Answer by": 2026-01-06', '"Can it be reversed?": Yes, easily')
    await log(trial, TITLE, "dev", "#general", ELI, *asked, '"Also": Silence counts as consent')
    await play(trial, "ben in #general: /decision D-1", 'ben presses "Agree"', "wait 3 days", "wait 1 hour")
    for who in ("ben", "dev", "chloe"):
        seen = await play(trial, f"{who} in #general: /decision D-1")
        assert ("Amend" in seen, "[Confirm]" in seen, "More time" in seen) == (who != "ben", False, False)
    seen = await play(trial, "eli in #general: /decision D-1")
    assert ("[Confirm]" in seen, "[More time]" in seen, one(trial).state) == (True, False, "proposed")


@pytest.mark.parametrize("act", ["decision_accept", "decision_reject", "decision_extend"])
async def test_a_forged_press_or_form_confirms_nothing(trial: Trial, act: str) -> None:
    await log(trial, TITLE, "dev", "#general", ELI)
    view = {"id": "V1", "hash": "1", "callback_id": act, "private_metadata": json.dumps({"note": one(trial).id})}
    fields = {"note": {"note": {"type": "plain_text_input", "value": "so it is"}}}
    day = {"day": {"day": {"type": "datepicker", "selected_date": "2026-01-06"}}}
    for who in ("UDEV", "UCHLOE", "UBEN"):
        user = {"user": {"id": who, "team_id": "T0LOCAL"}, "team": {"id": "T0LOCAL"}, "trigger_id": f"{act} {who}"}
        pressed = {"actions": [{"type": "button", "action_id": act, "block_id": "b", "value": one(trial).id}]}
        app = {"api_app_id": trial.slack.workspace.app.app_id, "token": TOKEN}
        await trial.slack.wire.request("interactive", {"type": "block_actions", **user, **app, **pressed})
        state = {"state": {"values": {**fields, **day}}}
        await trial.slack.wire.request("interactive", {"type": "view_submission", **user, **app, "view": view | state})
        await trial.quiet()
    assert (one(trial).state, one(trial).deadline) == ("proposed", "")
    await play(trial, 'eli presses "Confirm"')
    assert one(trial).state == "accepted"


async def test_another_persons_decision_takes_no_place_before_they_confirm_it(trial: Trial) -> None:
    await log(trial, "Keep all the pilots", "dev")
    await play(trial, "dev in #general: /decision D-1", 'dev presses "Supersede"')
    await play(trial, 'dev presses "Write a new one instead"', f'dev enters "What was decided?": {TITLE}')
    seen = await play(trial, f"dev enters {ELI}", "dev submits")
    assert "! Only your own decision can replace it now." in seen
    assert [each.state for each in every(trial)] == ["accepted"]
    await play(trial, 'dev enters "Who decides?": dev', "dev submits")
    assert [each.state for each in every(trial)] == ["superseded", "accepted"]


async def test_when_they_have_left_an_admin_decides(trial: Trial) -> None:
    await log(trial, TITLE, "dev", "#general", ELI)
    trial.slack.people.change(trial.slack.workspace.user_named("eli"), deleted=True)
    await play(trial, "wait 11 minutes", "wait 1 hour", "dev in #general: /decision D-1")
    assert "[Confirm]" not in await play(trial, "dev in #general: /decision D-1")
    await play(trial, "chloe in #general: /decision D-1", 'chloe presses "Confirm"')
    assert one(trial).state == "accepted"
