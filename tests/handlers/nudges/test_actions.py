"""Reminders as people meet them: one message, a line a topic, snoozed, switched off, and reported on."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.local_slack.faults import Fault
from bot.local_slack.workspace.state import Message
from bot.trial.run import Trial
from handlers.nudges.actions import reminders as actions
from handlers.slack.interactions import Fields, Place, ViewSubmission
from storage.data_requests import data_requests
from storage.records.versioned import HistoryEntry
from storage.workspaces import nudges, preferences
from tests.handlers.data_requests.playing import put
from tests.handlers.nudges.looking import pass_days
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
    return await pass_days(trial, days)


def reminders(trial: Trial, user: str) -> list[Message]:
    said = trial.slack.workspace.direct_channel(f"U{user.upper()}").messages.values()
    return [each for each in said if "Snooze a week" in str(each.blocks)]


async def test_a_lead_gets_everything_in_one_message_in_the_morning(running: Trial) -> None:
    await add(running)
    told = await a_week_later(running)
    assert "*1 thing needs you*" in told
    assert "*churn model*  6 duties need your answer · since Jan 5, 2026" in told
    assert "[Review]\n    [Snooze a week] [Settings]" in told
    (message,) = reminders(running, "ana")
    assert message.text == "churn model: 6 duties need your answer"
    await play(running, "ana in #general: /owner churn model data ownership", 'ana presses "I\'ll take it"')
    told = await a_week_later(running)
    assert "*churn model*  5 duties need your answer" in told
    assert await a_week_later(running, 14) == ""


async def test_a_digest_is_snoozed_for_a_week(running: Trial) -> None:
    await add(running)
    await a_week_later(running)
    seen = await play(running, 'ana presses "Snooze a week"')
    assert "Snoozed for a week. What needs you stays on your Home." in seen
    assert "duties need your answer" not in seen
    await play(running, "ben in #general: /owner churn model data ownership", 'ben presses "I\'ll take it"')
    assert reminders(running, "ana") == []
    await add(running, "berth data")
    assert await a_week_later(running, 6) == ""
    assert "*churn model*  5 duties need your answer" in await a_week_later(running, 1)
    assert "• Duties without an owner: 17 sent, 1 done" in await play(running, "chloe in #general: /nudges report")
    assert "Only stewards, workspace admins and leads" in await play(running, "ben in #general: /nudges report")


async def test_an_earlier_digest_says_what_no_longer_needs_its_reader(running: Trial) -> None:
    request = await put(running)
    await a_week_later(running, 2)
    (message,) = reminders(running, "ana")
    assert "data_request_open" in str(message.blocks)
    event = HistoryEntry(at=request.changed_at, by="", what="was put so")
    changes = {"state": "withdrawn", "turn": ""}
    await running.bot.store.write(lambda transaction: data_requests.change(transaction, request, changes, event))
    told = await pass_days(running, 0.1)
    assert "*DR-1 berth arrivals*  you're next to agree, or change the terms" in told
    assert "This no longer needs you." in told
    (message,) = reminders(running, "ana")
    assert "data_request_open" not in str(message.blocks)


async def test_the_report_says_what_was_settled(running: Trial) -> None:
    await add(running)
    await a_week_later(running)
    for duty in ("ownership", "data documentation", "data quality", "labelling", "privacy", "data budget"):
        await play(running, f"ben in #general: /owner churn model {duty}", 'ben presses "I\'ll take it"')
    (message,) = reminders(running, "ana")
    assert "Review" not in str(message.blocks)
    assert "Snooze a week" in str(message.blocks)
    assert await a_week_later(running) == ""
    (figures,) = nudges.figures(running.bot.store.reader, TEAM, ["workspace"])
    assert (figures.kind, figures.sent, figures.settled) == ("no owner", 6, 6)
    assert figures.hours is not None


async def test_hours_and_kinds_are_chosen_in_a_form(running: Trial) -> None:
    await add(running)
    await play(running, "ana in #general: /nudges", 'ana enters "My day starts at": 12:00')
    told = await play(running, 'ana enters "My day ends at": 11:00', "ana submits")
    assert "Your day ends before it starts. Choose a later hour." in told
    told = await play(running, 'ana enters "My day ends at": 14:00', "ana submits", "ana closes")
    assert (
        "I'll remind you about duties, data, decisions and feedback and requirements between 12:00 and 14:00." in told
    )
    await a_week_later(running, 8)
    (message,) = reminders(running, "ana")
    # Ana is an hour ahead of UTC: it is noon for her.
    assert datetime.fromtimestamp(float(message.ts), UTC).hour == 11
    await play(running, "ana in #general: /nudges", 'ana enters "Remind me about": Data, Decisions', "ana submits")
    await a_week_later(running)
    assert len(reminders(running, "ana")) == 1
    assert "[Open settings]" in await play(running, "ana in #general: @Common Ground nudges")


async def test_reminders_pause_for_a_week_in_the_form(running: Trial) -> None:
    await add(running)
    entered = ("ana in #general: /nudges", 'ana enters "Pause": Pause for a week', "ana submits", "ana closes")
    assert "between 09:00 and 17:00. Paused, back Jan 12, 2026." in await play(running, *entered)
    assert await a_week_later(running, 5) == ""
    told = await play(running, "ana in #general: /nudges")
    assert "[Paused, back Mon 12 Jan]" in told
    assert "Paused, back Jan 12, 2026." in await play(running, "ana submits", "ana closes")
    assert "6 duties need your answer" in await a_week_later(running, 4)
    assert "[Pause for a week]" in await play(running, "ana in #general: /nudges")


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
    assert "*churn model*  data ownership has lost its owner" in told


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
    assert "@Ana Ruiz: Slack didn't deliver it: messages_tab_disabled" in told
    assert "*Still open after everybody was reminded*" in told
    assert "• churn model: data ownership has no owner" in told


async def test_a_draft_and_a_question_wait_for_their_steward(running: Trial) -> None:
    await play(running, "ana in #general: /define helipad", 'ana presses "Ask the team"')
    entered = ['"Discipline": product', '"Definition in one line": A place to tie up']
    await play(
        running, "ben in #general: /glossary add bollard", *(f"ben enters {each}" for each in entered), "ben submits"
    )
    told = await a_week_later(running, 9)
    assert "*“bollard”*  draft to approve (product): A place to tie up · since Jan 5, 2026" in told
    assert "*“helipad”*  isn't defined yet, and somebody asked · " in told
    assert "Discipline: " in await play(running, 'chloe presses "Define it"', "chloe closes")
    told = await play(running, 'chloe presses "Review"', 'chloe presses "Approve"')
    assert "Approved: “bollard” for product." in told
    assert len(reminders(running, "chloe")) >= 1


async def test_the_command_says_what_it_can_do_and_the_button_opens_the_settings(running: Trial) -> None:
    assert "/nudges opens your reminder settings." in await play(running, "ana in #general: /nudges please")
    await play(running, "ana in #general: @Common Ground nudges")
    assert "My day starts at: [09:00]" in await play(running, 'ana presses "Open settings"')
    await play(running, "ana closes")
    told = await play(running, "chloe in #general: /nudges report")
    assert "None sent yet." in told


async def test_the_report_says_how_much_is_stuck_and_for_how_long_the_rest_took(running: Trial) -> None:
    for name in ("churn data", "berth data", "tide data", "crane data"):
        await add(running, name)
    await a_week_later(running, 7)
    running.slack.people.change(running.slack.workspace.user_named("ana"), deleted=True)
    await a_week_later(running, 1)
    told = await play(running, "chloe in #general: /nudges report")
    assert "@Ana Ruiz: left, was deactivated, is a guest, or doesn't exist" in told
    for name in ("ownership", "documentation"):
        await play(running, f"ben in #general: /owner churn data data {name}", 'ben presses "I\'ll take it"')
    await a_week_later(running, 1)
    assert "done, half of them within" in await play(running, "chloe in #general: /nudges report")


async def test_settings_without_an_hour_are_refused_at_its_field_and_change_nothing(running: Trial) -> None:
    wanted = Fields({"begin": "9", "end": "17", "wanted": ["duties"]})
    for hour in ("²", "99", "9" * 5000, "nine"):
        forged = Fields({**wanted, "end": hour})
        answer = await running.bot.boundary.handle(sent(forged, f"view:{hour[:9]}"), actions.save_settings)
        assert json.loads(answer.body) == {"response_action": "errors", "errors": {"end": "Choose an hour."}}
    for missing in ("begin", "end"):
        left = Fields({**wanted, missing: ""})
        answer = await running.bot.boundary.handle(sent(left, f"view:without {missing}"), actions.save_settings)
        assert json.loads(answer.body) == {"response_action": "errors", "errors": {missing: "Choose an hour."}}
    assert await running.bot.store.read(preferences.chosen, TEAM, 0, preferences.HOURS) == {}
    answer = await running.bot.boundary.handle(sent(wanted, "view:whole"), actions.save_settings)
    assert "remind you about duties between 09:00 and 17:00." in answer.body
    assert await running.bot.store.read(preferences.chosen, TEAM, 1, preferences.HOURS) == {"UANA": "9-17"}


def sent(fields: Fields, claim: str) -> ViewSubmission:
    return ViewSubmission(TEAM, "UANA", Place(""), fields, (claim,))


@pytest.mark.parametrize("door", ["Reminders and hours", "Reminders for all"])
async def test_a_form_of_an_older_version_switches_nothing_off(running: Trial, door: str) -> None:
    await play(running, "chloe opens the Home", 'chloe presses "All settings"', f'chloe presses "{door}"')
    view = running.slack.workspace.open_view("UCHLOE")
    assert view is not None
    (wanted,) = [each["element"] for each in view.blocks if each.get("block_id") == "wanted"]
    kinds = [{**wanted["options"][0], "value": each} for each in running.bot.boundary.services.hooks.nudge_kinds]
    view.entered["wanted", wanted["action_id"]] = {"type": wanted["type"], "selected_options": kinds}
    assert "older version of me" in await play(running, "chloe submits")
    assert running.bot.store.reader.all("SELECT * FROM preferences WHERE name LIKE 'nudges%'") == []
