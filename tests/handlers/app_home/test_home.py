"""The Home: to everybody what needs them and what is theirs and nothing else, and fresh while they look at it."""

import json

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from storage.workspaces import homes, preferences
from tests.handlers.data_requests.playing import TEAM, put
from tests.handlers.decisions.playing import log
from tests.handlers.requirements.playing import a_model
from tests.playing import play


def published(trial: Trial, user: str) -> str:
    return json.dumps(trial.slack.workspace.homes[user].content["blocks"])


async def test_a_newcomer_reads_in_two_lines_what_this_is_with_three_things_to_try(running: Trial) -> None:
    await a_model(running)
    told = await play(running, "eli opens the Home")
    assert "Common Ground keeps your team's words, data agreements, owners and decisions where you work. Try:" in told
    assert "[What does drift mean?] [Who monitors berth model?] [What did we decide lately?]" in told
    assert "[Define a word] [Log a decision] [Ask for data] [Find]" in told
    assert "need you" not in told
    assert "*Data science*" in await play(running, 'eli presses "What does drift mean?"')
    monitors = await play(running, "eli closes", 'eli presses "Who monitors berth model?"')
    assert "roduction monitoring and drift of berth model" in monitors
    assert "No decisions here yet" in await play(running, "eli closes", 'eli presses "What did we decide lately?"')


async def test_what_people_come_for_is_one_press_away(running: Trial) -> None:
    await play(running, "eli opens the Home")
    assert "What was decided?" in await play(running, 'eli presses "Log a decision"')
    assert "What are you looking for?" in await play(running, "eli closes", 'eli presses "Find"')
    assert "Ask me what a word means" in await play(running, "eli closes", 'eli presses "Help"')
    assert "Working hours: 9-17" in await play(running, "eli closes", 'eli presses "All settings"')
    await play(running, 'eli presses "Back"')
    assert "Common Ground keeps" in published(running, "UELI")


async def test_each_reads_what_needs_them_with_its_button_and_how_much_is_theirs(running: Trial) -> None:
    await put(running)
    await log(running, "Batch only")
    ana = await play(running, "ana opens the Home")
    assert "1 thing needs you" in ana
    assert "berth arrivals" in ana
    assert "1 data request" in ana
    assert "Batch only" not in ana
    chloe = await play(running, "chloe opens the Home")
    assert "Nothing needs you right now" in chloe
    assert "*Yours*  1 decision\n" in chloe
    assert "DR-1" not in chloe
    assert "D-1  Batch only" in await play(running, 'chloe presses "See all"')


async def test_ones_team_is_told_of_its_launch_and_of_duties_without_an_owner(running: Trial) -> None:
    await a_model(running, launch_on="2026-01-23")
    for who in ("chloe", "ana", "ben"):
        told = await play(running, f"{who} opens the Home")
        assert "berth model: 19 duties without an owner, launches Fri 23 Jan" in told
    assert "berth model" in await play(running, 'ben presses "Map"')
    assert "without an owner" not in await play(running, "dev opens the Home")


async def test_stewards_read_the_workspaces_settings_and_admins_change_them(running: Trial) -> None:
    told = await play(running, "chloe opens the Home", 'chloe presses "All settings"')
    assert "on each kind of duty's default schedule" in told
    await play(running, "chloe in #general: /common-ground settings", 'chloe enters "Stewards of domain": eli')
    again = 'chloe enters "Days between confirmations of a duty": 30'
    await play(running, 'chloe enters "Holidays": 2026-12-24', again, "chloe submits", "chloe closes")
    await play(running, "ben in #general: /summary here friday 16:00")
    steward = await play(running, "eli opens the Home", 'eli presses "All settings"')
    assert "Domain: Eli Berg" in steward
    assert "Data science: no steward, so admins approve" in steward
    assert "#general gets a summary on Friday at 16:00 (Europe/London)" in steward
    assert "Holidays: Dec 24, 2026" in steward
    assert "Owners confirm their duties after 30 days" in steward
    assert "[Change]" not in steward
    assert "Workspace settings" not in steward
    await play(running, "chloe opens the Home")
    assert "Workspace settings" in published(running, "UCHLOE")
    assert "[Change] [Reminders for all]" in await play(running, 'chloe presses "All settings"')
    assert "Channel for data requests" in await play(running, 'chloe presses "Change"')


async def test_guests_read_that_they_do_not_see_it_and_where_to_ask(running: Trial) -> None:
    await put(running)
    told = await play(running, "gus opens the Home")
    assert "Guests don't see the workspace's records here. Mention me in a channel you're in" in told
    assert "berth arrivals" not in told
    assert "berth arrivals" in await play(running, "ana opens the Home")


async def test_what_belongs_to_a_private_channel_is_shown_to_its_members_while_they_are(running: Trial) -> None:
    secret = next(each.id for each in running.slack.workspace.channels.values() if each.name == "secret-launch")
    await put(running, visibility=secret, channel=secret, requester="UCHLOE", owner="UANA", entity="falcon logs")
    assert "falcon" in await play(running, "ana opens the Home")
    await play(running, "ana leaves #secret-launch", "wait 11 minutes", "ana opens the Home")
    assert "falcon" not in published(running, "UANA")


async def test_it_is_published_again_within_ten_minutes_of_a_change_and_not_after(running: Trial) -> None:
    await play(running, "ana opens the Home")
    assert "berth arrivals" not in published(running, "UANA")
    await put(running)
    await play(running, "wait 1 minute")
    assert "berth arrivals" in published(running, "UANA")
    calls = running.slack.workspace.homes["UANA"].hash
    await play(running, "wait 1 minute")
    assert running.slack.workspace.homes["UANA"].hash == calls
    await play(running, "wait 10 minutes")
    await put(running, entity="tides")
    await play(running, "wait 1 minute")
    assert "2 data requests" not in published(running, "UANA")


async def test_what_a_person_does_shows_on_their_own_home_at_once_wherever_they_do_it(running: Trial) -> None:
    await play(running, "ana opens the Home", "chloe opens the Home")
    await log(running, "Batch only", "ana")
    assert "1 decision" in published(running, "UANA")
    await log(running, "Drop the feed", "ana", "#data")
    assert "2 decisions" in published(running, "UANA")
    await play(running, "wait 11 minutes")
    await log(running, "Keep the feed", "ana")
    assert "3 decisions" not in published(running, "UANA")


async def test_what_slack_did_not_take_is_tried_again_and_its_messages_tab_publishes_nothing(running: Trial) -> None:
    running.slack.faults.arm("views.publish", Fault("server_error"))
    await play(running, "ana opens the Home")
    assert "UANA" not in running.slack.workspace.homes
    await play(running, "wait 1 minute")
    assert "Common Ground keeps" in published(running, "UANA")
    running.slack.people.open_home(running.slack.workspace.users["UBEN"], "messages")
    await running.quiet()
    assert homes.home(running.bot.store.reader, TEAM, "UBEN") is None


async def test_settings_are_chosen_in_it(running: Trial) -> None:
    opened = ("ana opens the Home", 'ana presses "All settings"')
    await play(running, *opened, 'ana chooses "Product" in "home_discipline"')
    reader = running.bot.store.reader
    assert preferences.chosen(reader, TEAM, 10_000, preferences.DISCIPLINE) == {"UANA": "product"}
    await play(running, "wait 1 minute", """ana chooses "The workspace's order" in "home_discipline" """.strip())
    assert preferences.chosen(reader, TEAM, 10_001, preferences.DISCIPLINE) == {}
    assert "sees the form “Reminders”" in await play(running, 'ana presses "Reminders and hours"')
