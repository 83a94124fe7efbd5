"""Teams that own duties, as people make, read and edit them: never one with nobody who is accountable."""

import asyncio

import pytest

from bot.trial.run import Trial
from tests.handlers.responsibilities.teaming import LISTED, OF_THE_GROUP, add_team, edit_team, names, team
from tests.handlers.responsibilities.test_commands import add, component
from tests.playing import let_fields_be_empty, play
from tests.sent import told


async def test_a_user_group_is_made_a_team_and_who_is_accountable_hears_of_it(running: Trial) -> None:
    seen = await add_team(running, *OF_THE_GROUP, '"Channel": #data')
    assert "Saved. *engineers*: @Ben Okafor is accountable." in seen
    assert "With @Dev Patel. It's a user group in Slack." in seen
    assert "I ask in #data." in seen
    made = team(running, "engineers")
    assert (made.group_id, made.members, made.channel) == ("SENGINEERS", ("UBEN", "UDEV"), "CDATA")
    assert told(running, "UBEN", "named you as accountable for engineers.")
    assert not told(running, "UDEV", "engineers")


async def test_a_list_of_people_is_a_team_where_groups_may_not_be_read(running: Trial) -> None:
    running.slack.workspace.app.refused_scopes = {"usergroups:read"}
    entered = ('"People": ana, eli', '"Name": modelling', '"Who is accountable?": ana')
    seen = await add_team(running, *entered, who="ana")
    assert "User group" not in seen
    assert team(running, "modelling").members == ("UANA", "UELI")
    assert not told(running, "UANA", "named you as accountable")


async def test_all_teams_are_listed_and_one_is_shown_by_its_name(running: Trial) -> None:
    assert "There are no teams yet." in await play(running, "eli in #general: /owner team")
    await add_team(running, *OF_THE_GROUP)
    await add_team(running, *LISTED)
    seen = await play(running, "eli in #general: /owner team")
    assert "engineers · Ben Okafor is accountable · 2 people · no duties" in seen
    assert "modelling · Ana Ruiz is accountable · 2 people · no duties" in seen
    assert "*modelling*: @Ana Ruiz is accountable." in await play(running, "eli in #general: /owner team Modelling")
    shown = await play(running, "eli in #general: @Common Ground owner team modelling")
    assert "*modelling*: *Ana Ruiz* is accountable." in shown
    assert "There's no team called “tugs”." in await play(running, "eli in #general: /owner team tugs")


@pytest.mark.parametrize(
    ("entered", "refused"),
    [
        (("modelling", "", '"Or these people": ana, eli'), "A team needs one person who is accountable."),
        (("modelling", "dev", '"Or these people": ana, eli'), "They aren't in the team. Choose one of its members."),
        (("modelling", "ana", ""), "Choose a user group, or list the people."),
        (("", "ana", '"Or these people": ana, eli'), "Give the team a name."),
        (("modelling", "ana", '"Or these people": ana, gus'), "Gus Lindt is a guest or a bot here, or has left."),
    ],
)
async def test_a_form_that_lacks_something_says_so_at_its_field(
    running: Trial, entered: tuple[str, str, str], refused: str
) -> None:
    name, accountable, people = entered
    lines = ['"Name": ' + name] * bool(name) + ['"Who is accountable?": ' + accountable] * bool(accountable)
    await play(running, "chloe in #general: /owner team", 'chloe presses "Add a team"')
    let_fields_be_empty(running, "UCHLOE")
    seen = await play(running, *(f"chloe enters {each}" for each in (*lines, people) if each), "chloe submits")
    assert refused in seen
    assert names(running) == []


async def test_a_guest_neither_sees_teams_nor_adds_one(running: Trial) -> None:
    await add_team(running, *LISTED)
    assert "modelling" not in await play(running, "gus in #churn-model: /owner team")
    assert "modelling" in await play(running, "ana in #churn-model: /owner team")


async def test_only_the_people_of_a_team_and_admins_edit_it(running: Trial) -> None:
    await add_team(running, *LISTED, who="ana")
    seen = await play(running, "dev in #general: /owner team modelling")
    assert "[Edit]" not in seen
    assert "[Delete]" not in seen
    seen = await play(running, "eli in #general: /owner team modelling", 'eli presses "Edit"')
    assert "Edit a team" in seen
    await play(running, 'eli enters "Who is accountable?": eli', "eli submits", "eli closes")
    assert team(running, "modelling").accountable == "UELI"
    assert not told(running, "UELI", "named you")


async def test_of_two_who_edit_a_team_at_once_the_slower_one_is_told(running: Trial) -> None:
    await add_team(running, *LISTED)
    for each in ("ana", "eli"):
        await play(running, f"{each} in #general: /owner team modelling", f'{each} presses "Edit"')
    await play(running, 'ana enters "Name": forecasting', 'eli enters "Name": predictions')
    await asyncio.gather(*(running.script.act(f"{each} submits") for each in ("ana", "eli")))
    await running.quiet()
    assert names(running) in (["forecasting"], ["predictions"])
    assert "Somebody changed this team while you were writing." in "\n".join(running.screen.news())


async def test_two_teams_do_not_have_one_name(running: Trial) -> None:
    await add_team(running, *LISTED)
    seen = await add_team(running, '"Or these people": dev', '"Name": Modelling', '"Who is accountable?": dev')
    assert "There's already a team with this name." in seen
    assert len(names(running)) == 1


async def test_components_of_a_team_follow_its_new_name(running: Trial) -> None:
    await add_team(running, *LISTED)
    await add(running, "churn model", "#general", '"Team": Modelling')
    await add(running, "berth model", "#general", '"Team": harbour')
    await play(running, "ana in #general: /owner team modelling", 'ana presses "Edit"')
    await play(running, 'ana enters "Name": forecasting', "ana submits", "ana closes")
    assert (component(running).team, component(running, "berth model").team) == ("forecasting", "harbour")


async def test_a_team_stays_a_user_group_where_slack_does_not_list_groups_while_it_is_edited(running: Trial) -> None:
    await add_team(running, *OF_THE_GROUP)
    running.slack.workspace.app.refused_scopes = {"usergroups:read"}
    seen = await edit_team(running, "engineers", '"Channel": #data')
    assert "User group (optional): [engineers]" in seen
    assert "With @Dev Patel. It's a user group in Slack." in seen
    now = team(running, "engineers")
    assert (now.group_id, now.group_name, now.channel) == ("SENGINEERS", "engineers", "CDATA")


async def test_a_user_group_of_which_slack_does_not_say_who_is_in_it_makes_no_team(running: Trial) -> None:
    await play(running, "chloe in #general: /owner team", 'chloe presses "Add a team"')
    await play(running, *(f"chloe enters {each}" for each in OF_THE_GROUP))
    running.slack.workspace.app.refused_scopes = {"usergroups:read"}
    assert "Slack doesn't say who is in that user group now." in await play(running, "chloe submits")
    assert names(running) == []


async def test_a_user_group_that_lost_its_people_while_the_form_was_open_says_so_at_its_field(running: Trial) -> None:
    await play(running, "chloe in #general: /owner team", 'chloe presses "Add a team"')
    await play(running, *(f"chloe enters {each}" for each in OF_THE_GROUP))
    running.slack.people.change_group(running.slack.workspace.usergroups["SENGINEERS"], [])
    assert "Nobody is in that user group." in await play(running, "chloe submits")
    assert names(running) == []


async def test_people_listed_beside_a_user_group_are_said_to_be_too_many_until_no_group_is_chosen(
    running: Trial,
) -> None:
    await play(running, "chloe in #general: /owner team", 'chloe presses "Add a team"')
    await play(running, *(f"chloe enters {each}" for each in (*OF_THE_GROUP, '"Or these people": ben, eli')))
    seen = await play(running, "chloe submits")
    assert "A user group brings its own people. Empty this list, or choose “No user group” above." in seen
    assert names(running) == []
    lines = ('"User group": No user group', '"Name": berths')
    await play(running, *(f"chloe enters {each}" for each in lines), "chloe submits", "chloe closes")
    assert team(running, "berths").members == ("UBEN", "UELI")
