"""Teams as Slack has their user groups, and a team that is asked who takes over: once, by day, where it may be."""

from collections.abc import Mapping
from datetime import timedelta

from bot.local_slack.workspace.state import Usergroup
from bot.trial.run import Trial
from handlers.hooks.reminders import Known
from handlers.hooks.seams import Looked
from handlers.responsibilities.hooks.reminders import open_reminders
from handlers.responsibilities.service import collaboration
from storage.engine.interface import WORKSPACE
from storage.records.versioned import HistoryEntry
from storage.responsibilities.responsibilities import COMPONENTS
from storage.workspaces import people, personal_data
from tests.handlers.nudges.looking import pass_days
from tests.handlers.responsibilities.hooks.test_reminders import leaves
from tests.handlers.responsibilities.teaming import LISTED, OF_THE_GROUP, TEAM, add_team, edit_team, names, team
from tests.handlers.responsibilities.test_commands import add, component, duty
from tests.handlers.responsibilities.test_team_duties import MONITORING, own
from tests.playing import play
from tests.sent import sent, told
from tests.writing import write

ASKED = "engineers: who takes over from Dev Patel?"


async def group(trial: Trial, *people: str, called: str = "engineers") -> None:
    """Have Slack's group of engineers be these people, and the bot look at it."""
    engineers = trial.slack.workspace.usergroups["SENGINEERS"]
    trial.slack.people.change_group(engineers, [f"U{each.upper()}" for each in people], handle=called)
    await trial.pass_time(timedelta(minutes=11))
    await trial.pass_time(timedelta(minutes=11))


def on_the_map(trial: Trial) -> Mapping[str, str]:
    """Return who is accountable for the teams of a map, by their look-up keys."""
    looked = Looked([component(trial)], (WORKSPACE,), trial.bot.clock.now().date())
    return collaboration.seen(trial.bot.store.reader, TEAM, looked, ()).accountable


async def with_channel(trial: Trial, channel: str = "#data") -> None:
    await own(trial)
    await edit_team(trial, "engineers", f'"Channel": {channel}')


async def test_a_team_has_the_people_and_the_name_that_its_group_has_in_slack(running: Trial) -> None:
    await add_team(running, *OF_THE_GROUP)
    await add(running, "churn model", "#general", '"Team": engineers')
    await group(running, "ben", "eli", called="platform")
    assert names(running) == ["platform"]
    assert team(running, "platform").members == ("UBEN", "UELI")
    assert "Platform" not in str(sent(running))


async def test_a_team_with_a_name_of_its_own_keeps_it(running: Trial) -> None:
    await add_team(running, *OF_THE_GROUP, '"Name": harbour people')
    await group(running, "ben", "eli", called="platform")
    assert names(running) == ["harbour people"]


async def test_a_group_does_not_take_the_name_of_another_team(running: Trial) -> None:
    await add_team(running, *LISTED)
    await add_team(running, *OF_THE_GROUP)
    await group(running, "ben", "eli", called="modelling")
    assert names(running) == ["engineers", "modelling"]
    assert team(running, "engineers").members == ("UBEN", "UELI")


async def test_of_two_groups_that_are_called_alike_at_once_one_gives_its_team_the_name(running: Trial) -> None:
    data = Usergroup("SDATA", "data", ["UANA", "UELI"])
    running.slack.workspace.usergroups[data.id] = data
    await add_team(running, *OF_THE_GROUP)
    await add_team(running, '"User group": data', '"Who is accountable?": ana')
    running.slack.people.change_group(data, ["UANA", "UDEV"], handle="plat-form")
    await group(running, "ben", "eli", called="plat form")
    assert names(running) == ["engineers", "plat-form"]
    assert team(running, "engineers").members == ("UBEN", "UELI")
    assert team(running, "plat-form").members == ("UANA", "UDEV")


async def test_a_group_whose_name_has_no_letters_leaves_its_team_the_name_that_it_had(running: Trial) -> None:
    await add_team(running, *OF_THE_GROUP)
    await add(running, "churn model", "#general", '"Team": engineers')
    await add(running, "berth model", "#general")
    await group(running, "ben", "eli", called="--")
    await group(running, "ben", "eli", called="platform")
    assert team(running, "engineers").members == ("UBEN", "UELI")
    assert component(running, "berth model").team == ""


async def test_a_team_whose_group_is_empty_keeps_its_people_and_who_is_accountable_hears(running: Trial) -> None:
    await add_team(running, *OF_THE_GROUP)
    await group(running)
    assert (team(running, "engineers").group_id, team(running, "engineers").members) == ("", ("UBEN", "UDEV"))
    words = "engineers's user group is disabled in Slack, or has nobody in it."
    assert len(told(running, "UBEN", words)) == 1
    assert not told(running, "UDEV", words)


async def test_who_left_the_workspace_is_taken_out_of_a_list_of_people(running: Trial) -> None:
    await add_team(running, *LISTED)
    await leaves(running, "eli")
    await pass_days(running, 2)
    assert team(running, "modelling").members == ("UANA",)
    await leaves(running, "ana")
    await pass_days(running, 2)
    assert team(running, "modelling").members == ("UANA",)
    assert told(running, "UCHLOE", "modelling")


async def test_what_slack_does_not_say_changes_no_team(running: Trial) -> None:
    await add_team(running, *OF_THE_GROUP)
    running.slack.workspace.app.refused_scopes = {"usergroups:read"}
    await group(running, "eli")
    assert team(running, "engineers").members == ("UBEN", "UDEV")


async def test_the_team_is_asked_once_in_its_channel_who_takes_over_from_who_left_it(running: Trial) -> None:
    await with_channel(running)
    await group(running, "ben", "eli")
    await pass_days(running, 3)
    assert len(told(running, "CDATA", ASKED)) == 1
    assert [to for to, words in sent(running) if ASKED in words and to != "CDATA"] == []
    seen = await play(running, 'eli presses "I\'ll take it"')
    assert "*Eli Berg* owns *production monitoring and drift of churn model* for engineers, since today." in seen
    assert (duty(running).owner, duty(running).owner_team) == ("UELI", team(running, "engineers").id)


async def test_the_team_is_asked_who_takes_over_from_who_left_the_workspace(running: Trial) -> None:
    await with_channel(running)
    await leaves(running, "dev")
    await pass_days(running, 2)
    assert len(told(running, "CDATA", ASKED)) == 1


async def test_a_team_is_not_asked_at_night(running: Trial) -> None:
    await with_channel(running)
    await running.pass_time(timedelta(hours=14))
    await group(running, "ben")
    assert not told(running, "CDATA", ASKED)
    await pass_days(running, 1)
    assert told(running, "CDATA", ASKED)


async def test_no_team_is_asked_about_what_has_retired(running: Trial) -> None:
    await with_channel(running)
    entry = HistoryEntry(at="2026-01-05T10:00:00+00:00", by="UCHLOE", what="retired")
    gone = {"retires_on": "2026-01-05", "retired_at": "2026-01-05T10:00:00.000000+00:00"}
    await running.bot.store.write(lambda write: COMPONENTS.change(write, component(running), gone, entry))
    await group(running, "ben", "eli")
    await pass_days(running, 1)
    assert not told(running, "CDATA", ASKED)
    assert "no duties" in await play(running, "eli in #general: /owner team")


async def test_no_team_is_asked_where_guests_would_read_it_or_the_bot_is_not(running: Trial) -> None:
    await with_channel(running, "#churn-model")
    await group(running, "ben", "eli")
    await pass_days(running, 1)
    await edit_team(running, "engineers", '"Channel": #random')
    await pass_days(running, 1)
    assert not [to for to, words in sent(running) if ASKED in words]
    assert duty(running).owner == "UDEV"


async def test_a_private_channel_s_duty_is_asked_about_nowhere_else(running: Trial) -> None:
    await add_team(running, '"Or these people": ana, chloe', '"Name": crew', '"Who is accountable?": ana')
    await add(running, "falcon model", "#secret-launch", '"People on the model side": ana')
    falcon = "chloe in #secret-launch: /owner falcon model monitoring"
    await play(running, falcon, 'chloe presses "I\'ll take it"', falcon, 'chloe presses "Helpers and backup"')
    await play(running, 'chloe enters "For which team?": crew', "chloe submits", "chloe closes")
    await edit_team(running, "crew", '"Or these people": ana', '"Channel": #data')
    await pass_days(running, 2)
    assert not told(running, "CDATA", "falcon")
    await edit_team(running, "crew", '"Channel": #secret-launch')
    await pass_days(running, 1)
    assert told(running, "CSECRETLAUNCH", "crew: who takes over from Chloe Martin?")


async def test_who_asks_for_the_owner_of_a_team_s_duty_has_the_team_asked_in_its_channel(running: Trial) -> None:
    await with_channel(running)
    await play(running, f"dev in #general: {MONITORING}", 'dev presses "Not me"', "dev submits", "dev closes")
    seen = await play(running, f"eli in #general: {MONITORING}")
    assert "I've asked engineers in #data." in seen
    asked = "Eli Berg asked in  who owns production monitoring and drift of churn model."
    assert len(told(running, "CDATA", asked)) == 1
    assert not told(running, "UBEN", "who owns production monitoring")
    assert "[I'll take it] [Suggest someone] [Not needed]" in seen
    await play(running, f"ana in #general: {MONITORING}")
    assert len(told(running, "CDATA", "who owns production monitoring")) == 1


async def test_a_team_without_a_channel_is_asked_through_who_is_accountable(running: Trial) -> None:
    await own(running)
    await play(running, f"dev in #general: {MONITORING}", 'dev presses "Not me"', "dev submits", "dev closes")
    assert "I've asked @Ben Okafor." in await play(running, f"eli in #general: {MONITORING}")
    assert told(running, "UBEN", "asked in  who owns production monitoring and drift of churn model.")


def reminded(trial: Trial, kind: str, *gone: str) -> tuple[str, ...]:
    """Return who is reminded of a kind, where these people have left, and Chloe is the admin."""
    known = Known(frozenset(gone), ("UCHLOE",))
    found = open_reminders(trial.bot.store.reader, TEAM, known, trial.bot.clock.now())
    return next((each.people for each in found if each.kind == kind), ())


async def test_only_who_is_accountable_is_reminded_where_the_channel_is_asked_and_else_all_of_the_team(
    running: Trial,
) -> None:
    await own(running)
    await group(running, "ben", "eli")
    assert reminded(running, "owner left") == ("UBEN", "UELI")
    await edit_team(running, "engineers", '"Channel": #data')
    assert reminded(running, "owner left") == ("UBEN",)


async def test_a_team_is_reminded_that_nobody_is_accountable_for_it(running: Trial) -> None:
    await add_team(running, *OF_THE_GROUP)
    assert reminded(running, "team left") == ()
    assert reminded(running, "team left", "UBEN") == ("UDEV",)
    assert reminded(running, "team left", "UBEN", "UDEV") == ("UCHLOE",)
    await group(running, "dev", "eli")
    assert reminded(running, "team left") == ("UDEV", "UELI")
    seen = await pass_days(running, 3)
    assert "has nobody who is accountable" in seen
    await play(running, 'dev presses "Name someone"', 'dev enters "Who is accountable?": dev', "dev submits")
    assert reminded(running, "team left") == ()


async def test_wherever_a_team_is_shown_nobody_is_accountable_once_who_was_has_left(running: Trial) -> None:
    await add_team(running, *OF_THE_GROUP)
    await add(running, "churn model", "#general", '"Team": engineers')
    assert on_the_map(running) == {"engineers": "UBEN"}
    await leaves(running, "ben")
    await pass_days(running, 2)
    seen = await play(running, "dev in #general: /owner team", "dev in #general: @Common Ground find engineers")
    assert "engineers · nobody is accountable · 1 person · no duties" in seen
    assert "nobody is accountable, 1 person" in seen
    assert on_the_map(running) == {}
    seen = await play(running, "dev in #general: /owner team engineers", 'dev presses "Edit"')
    assert "*engineers*: nobody is accountable." in seen
    assert "Who is accountable?: [Choose" in seen
    seen = await play(running, 'dev enters "Who is accountable?": dev', "dev submits")
    assert "Saved. *engineers*: @Dev Patel is accountable." in seen


async def test_who_was_forgotten_does_not_come_back_by_a_group_that_still_lists_them(running: Trial) -> None:
    await add_team(running, *OF_THE_GROUP)
    await leaves(running, "dev")
    await pass_days(running, 1)
    await write(running.bot.store, personal_data.forget, TEAM, "UDEV", "2026-01-06", "Dev Patel")
    await group(running, "ben", "dev", "eli")
    await pass_days(running, 2)
    assert team(running, "engineers").members == ("UBEN", "UELI")
    await edit_team(running, "engineers", '"Channel": #data')
    assert team(running, "engineers").members == ("UBEN", "UELI")
    assert not personal_data.is_named(running.bot.store.reader, TEAM, "UDEV")
    assert "UDEV" not in people.known_people(running.bot.store.reader, TEAM)


async def test_a_team_of_a_group_in_which_only_people_are_who_left_keeps_its_people(running: Trial) -> None:
    await add_team(running, *OF_THE_GROUP)
    await leaves(running, "ben")
    await leaves(running, "dev")
    await pass_days(running, 2)
    assert (team(running, "engineers").group_id, team(running, "engineers").members) == ("", ("UBEN", "UDEV"))
    assert told(running, "UCHLOE", "engineers")
