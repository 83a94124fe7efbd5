"""Reminders as people meet them: one message a day, put off, found useful, switched off, and reported on."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.local_slack.wire.faults_and_rates import Fault
from bot.local_slack.workspace.state import Message
from bot.trial.run import Trial
from handlers.nudges import actions
from handlers.slack.interactions import Fields, Place, ViewSubmission
from storage.workspaces import nudges, preferences
from tests.playing import play

TEAM = "T0LOCAL"


async def add(trial: Trial, name: str = "churn model", where: str = "#general", kind: str = "dataset") -> None:
    entered = [f'"What is it?": {kind}', '"Who leads it?": ana']
    await play(
        trial,
        f"ana in {where}: /owner add {name}",
        *(f"ana enters {each}" for each in entered),
        "ana submits",
        "ana closes",
    )


async def a_week_later(trial: Trial, days: int = 7) -> str:
    for _ in range(days * 24):
        await trial.pass_time(timedelta(hours=1))
    return "\n".join(trial.screen.news())


def reminders(trial: Trial, user: str) -> list[Message]:
    said = trial.slack.workspace.direct_channel(f"U{user.upper()}").messages.values()
    return [each for each in said if "for you to settle" in each.text]


async def test_a_lead_gets_everything_in_one_message_in_the_morning(running: Trial) -> None:
    await add(running)
    told = await a_week_later(running)
    assert "*6 things wait for you to settle:*" in told
    assert "Nobody has data ownership of churn model. Without an owner: Nobody can say what the data may be" in told
    assert "[I'll take it] [Suggest someone] [Not needed] [Snooze]" in told
    assert len(reminders(running, "ana")) == 1
    await play(running, "ana in #general: /owner churn model data ownership", 'ana presses "I\'ll take it"')
    told = await a_week_later(running)
    assert "*5 things wait for you to settle:*" in told


async def test_a_reminder_is_put_off_once_and_found_useful(running: Trial) -> None:
    await add(running)
    await a_week_later(running)
    assert "Put off once." in await play(running, 'ana presses "Snooze"')
    assert "You have put this off already." in await play(running, 'ana presses "Snooze"')
    assert "Thank you. That helps" in await play(running, 'ana presses "Useful"')
    assert "Settings lets you switch" in await play(running, 'ana presses "Not useful"')
    told = await a_week_later(running)
    assert "*5 things wait for you to settle:*" in told
    chloe = await play(running, "chloe in #general: /nudges report")
    assert "• Duties that nobody has: 11 sent, 0 settled, useful to 0 of 1 who said so" in chloe
    assert "Only stewards and admins see" in await play(running, "ben in #general: /nudges report")


async def test_a_reminder_about_what_is_settled_says_so(running: Trial) -> None:
    await add(running)
    await a_week_later(running)
    for duty in ("ownership", "data documentation", "data quality", "labelling", "privacy", "data budget"):
        await play(running, f"ben in #general: /owner churn model {duty}", 'ben presses "I\'ll take it"')
    assert await a_week_later(running) == ""
    assert "That reminder is not there any more." in await play(running, 'ana presses "Snooze"')
    (figures,) = nudges.figures(running.bot.store.reader, TEAM, ["workspace"])
    assert (figures.kind, figures.sent, figures.settled) == ("no owner", 6, 6)
    assert figures.hours is not None


async def test_hours_and_kinds_are_chosen_in_a_form(running: Trial) -> None:
    await add(running)
    await play(running, "ana in #general: /nudges", 'ana enters "Your working day begins at": 12:00')
    told = await play(running, 'ana enters "Your working day ends at": 11:00', "ana submits")
    assert "The day ends before it begins. Choose a later hour." in told
    told = await play(running, 'ana enters "Your working day ends at": 14:00', "ana submits", "ana closes")
    count = len(running.bot.routes.hooks.nudge_kinds)
    assert f"Saved. I remind you between 12:00 and 14:00, of {count} kinds of things." in told
    await a_week_later(running, 8)
    (message,) = reminders(running, "ana")
    # Ana is an hour ahead of UTC: it is noon for her.
    assert datetime.fromtimestamp(float(message.ts), UTC).hour == 11
    await play(
        running, "ana in #general: /nudges", 'ana enters "Remind me of": Duties whose owner has left', "ana submits"
    )
    await a_week_later(running)
    assert len(reminders(running, "ana")) == 1
    assert "A mention cannot open a form" in await play(running, "ana in #general: @Common Ground nudges")


@pytest.mark.parametrize("what", ["is quiet", "is away"])
async def test_who_does_not_want_to_be_disturbed_is_told_when_they_are_back(running: Trial, what: str) -> None:
    await add(running)
    ana, now = running.slack.workspace.user_named("ana"), running.bot.clock.now()
    if what == "is quiet":
        running.slack.people.do_not_disturb(ana, now + timedelta(days=8, hours=2))
    else:
        running.slack.people.change(ana, status_text="Out of office")
    await a_week_later(running, 8)
    assert reminders(running, "ana") == []
    running.slack.people.change(ana, status_text="")
    await a_week_later(running, 2)
    assert len(reminders(running, "ana")) == 1


async def test_a_private_channel_s_matter_is_told_to_its_members_alone(running: Trial) -> None:
    await add(running, "falcon data", "#secret-launch")
    running.slack.people.leave(
        running.slack.workspace.channel_named("secret-launch"), running.slack.workspace.user_named("ana")
    )
    await a_week_later(running)
    assert reminders(running, "ana") == []
    assert "falcon" not in await play(running, "ben in #general: /nudges report", "dev in #general: /owner map")
    running.slack.people.join(
        running.slack.workspace.channel_named("secret-launch"), running.slack.workspace.user_named("ana")
    )
    await a_week_later(running, 1)
    assert len(reminders(running, "ana")) == 1


async def test_an_owner_who_is_deactivated_is_found_at_once(running: Trial) -> None:
    await add(running)
    await play(running, "ben in #general: /owner churn model data ownership", 'ben presses "I\'ll take it"')
    await a_week_later(running)
    running.slack.people.change(running.slack.workspace.user_named("ben"), deleted=True)
    await running.quiet()
    told = await a_week_later(running, 2)
    assert "Whoever had data ownership of churn model is not here any more." in told


async def test_downtime_is_folded_into_one_message(running: Trial) -> None:
    await add(running)
    await running.pass_time(timedelta(days=30))
    await running.pass_time(timedelta(minutes=10))
    assert len(reminders(running, "ana")) <= 1
    await a_week_later(running, 1)
    assert len(reminders(running, "ana")) == 1


async def test_slack_failing_uses_no_reminder_up(running: Trial) -> None:
    await add(running)
    running.slack.faults.arm("users.info", *[Fault("server_error")] * 30)
    await a_week_later(running)
    assert len(reminders(running, "ana")) == 1


async def test_a_reminder_that_slack_never_delivers_is_reported(running: Trial) -> None:
    await add(running)
    running.slack.workspace.app.manifest["features"]["app_home"]["messages_tab_enabled"] = False
    await a_week_later(running)
    told = await play(running, "chloe in #general: /nudges report")
    assert "@Ana Ruiz: Slack did not deliver it: messages_tab_disabled" in told
    assert "What nobody has settled" in told


async def test_a_draft_and_a_question_wait_for_their_steward(running: Trial) -> None:
    await play(running, "ana in #general: /define helipad", 'ana presses "Ask the team"')
    entered = ['"Discipline": product', '"Definition in one line": A place to tie up']
    await play(
        running, "ben in #general: /glossary add bollard", *(f"ben enters {each}" for each in entered), "ben submits"
    )
    told = await a_week_later(running, 9)
    assert "The words for “bollard” (product) wait for your approval: A place to tie up" in told
    assert "Somebody asked what “helipad” means, and nobody has said it yet." in told
    told = await play(running, 'chloe presses "Approve"')
    assert "Approved: “bollard” for product." in told
    assert len(reminders(running, "chloe")) >= 1


async def test_the_command_says_what_it_can_do_and_the_button_opens_the_settings(running: Trial) -> None:
    assert "Without a word after it, the command opens your settings." in await play(
        running, "ana in #general: /nudges please"
    )
    await play(running, "ana in #general: @Common Ground nudges")
    assert "Your working day begins at: [09:00]" in await play(running, 'ana presses "Settings"')
    await play(running, "ana closes")
    told = await play(running, "chloe in #general: /nudges report")
    assert "None was sent so far." in told


async def test_the_report_says_how_much_is_stuck_and_for_how_long_the_rest_took(running: Trial) -> None:
    for name in ("churn data", "berth data", "tide data", "crane data"):
        await add(running, name)
    await a_week_later(running, 7)
    running.slack.people.change(running.slack.workspace.user_named("ana"), deleted=True)
    await a_week_later(running, 1)
    told = await play(running, "chloe in #general: /nudges report")
    assert "@Ana Ruiz: left, was deactivated, is a guest, or does not exist" in told
    for name in ("ownership", "documentation"):
        await play(running, f"ben in #general: /owner churn data data {name}", 'ben presses "I\'ll take it"')
    await a_week_later(running, 1)
    assert "settled, half of them within" in await play(running, "chloe in #general: /nudges report")


async def test_settings_without_an_hour_are_refused_at_its_field_and_change_nothing(running: Trial) -> None:
    wanted = Fields({"begin": "9", "end": "17", "wanted": ["no owner"]})
    for missing in ("begin", "end"):
        left = Fields({name: value for name, value in wanted.items() if name != missing})
        answer = await running.bot.boundary.handle(sent(left, f"view:without {missing}"), actions.save_settings)
        assert json.loads(answer.body) == {"response_action": "errors", "errors": {missing: "Choose an hour."}}
    assert await running.bot.store.read(preferences.chosen, TEAM, 0, preferences.HOURS) == {}
    answer = await running.bot.boundary.handle(sent(wanted, "view:whole"), actions.save_settings)
    assert "between 09:00 and 17:00, of 1 kind" in answer.body
    assert await running.bot.store.read(preferences.chosen, TEAM, 1, preferences.HOURS) == {"UANA": "9-17"}


def sent(fields: Fields, claim: str) -> ViewSubmission:
    return ViewSubmission(TEAM, "UANA", Place(""), fields, (claim,))
