"""Duties that belong to a team: always with one person who is accountable, who is of the team."""

import asyncio

from bot.trial.run import Trial
from tests.handlers.responsibilities.teaming import LISTED, OF_THE_GROUP, add_team, edit_team, names, team
from tests.handlers.responsibilities.test_commands import add, duty
from tests.playing import let_fields_be_empty, play
from tests.sent import sent

MONITORING = "/owner churn model monitoring"

WITHOUT_DEV = ('"User group": No user group', '"Or these people": ben, eli', '"Name": engineers')


async def suggest(trial: Trial, who: str, to: str, of_team: str = "engineers") -> str:
    lines = [f"{who} in #general: {MONITORING}", f'{who} presses "Suggest someone"']
    lines += [f'{who} enters "Who could own it?": {to}'] * bool(to)
    return await play(trial, *lines, f'{who} enters "For which team?": {of_team}', f"{who} submits", f"{who} closes")


async def own(trial: Trial) -> None:
    """Have Dev own monitoring for the engineers, Ben and Dev, of whom Ben is accountable."""
    await add_team(trial, *OF_THE_GROUP)
    await add(trial)
    await suggest(trial, "ana", "dev")
    await play(trial, 'dev presses "Accept"')
    assert (duty(trial).owner, duty(trial).owner_team) == ("UDEV", team(trial, "engineers").id)


async def test_a_duty_is_suggested_to_one_person_for_their_team(running: Trial) -> None:
    await add_team(running, *OF_THE_GROUP)
    await add(running)
    seen = await suggest(running, "ana", "dev")
    assert "@Ana Ruiz suggests you for *production monitoring and drift of churn model* for engineers." in seen
    await play(running, 'dev presses "Accept"')
    seen = await play(running, f"eli in #general: {MONITORING}")
    assert "@Dev Patel owns *production monitoring and drift of churn model* for engineers, since today." in seen
    assert not [words for to, words in sent(running) if to == "UBEN" and "monitoring" in words]


async def test_a_team_without_a_person_of_it_is_refused_at_its_field(running: Trial) -> None:
    await add_team(running, *OF_THE_GROUP)
    await add(running)
    assert "They aren't in engineers. Choose one of its people, or no team." in await suggest(running, "ana", "eli")
    await play(running, f"ana in #general: {MONITORING}", 'ana presses "Suggest someone"')
    await play(running, 'ana enters "For which team?": engineers')
    let_fields_be_empty(running, "UANA")
    assert "Please fill this in." in await play(running, "ana submits")
    assert duty(running).state == "unowned"


async def test_without_teams_no_form_asks_for_one(running: Trial) -> None:
    await add(running)
    seen = await play(running, f"ana in #general: {MONITORING}", 'ana presses "Suggest someone"')
    assert "Who could own it?" in seen
    assert "For which team?" not in seen


async def test_an_owner_says_for_which_of_their_teams_they_have_a_duty(running: Trial) -> None:
    await add_team(running, *LISTED)
    await add_team(running, *OF_THE_GROUP)
    await add(running)
    fairness = "ana in #general: /owner churn model fairness"
    await play(running, fairness, 'ana presses "I\'ll take it"', fairness, 'ana presses "Helpers and backup"')
    seen = await play(running, 'ana enters "For which team?": engineers', "ana submits")
    assert "You aren't in that team. A team's duty has an owner of the team." in seen
    await play(running, 'ana enters "For which team?": modelling', "ana submits", "ana closes")
    assert duty(running, "fairness").owner_team == team(running, "modelling").id
    assert "@Ana Ruiz owns *fairness of churn model* for modelling, since today." in await play(running, fairness)


async def test_who_owns_something_is_answered_with_the_team_and_the_person(running: Trial) -> None:
    await own(running)
    seen = await play(running, "eli in #general: @Common Ground who owns monitoring?")
    assert "churn model: *Dev Patel* for engineers" in seen
    seen = await play(running, "eli in #general: @Common Ground find monitoring")
    assert "owned by Dev Patel for engineers since" in seen
    seen = await play(running, "eli in #general: /owner engineers")
    assert "churn model: monitoring (@Dev Patel)" in seen


async def test_a_team_is_found_by_its_name_where_everybody_of_the_workspace_may_see_it(running: Trial) -> None:
    await add_team(running, *LISTED)
    seen = await play(running, "eli in #general: @Common Ground find modelling")
    assert "Team, Ana Ruiz is accountable, 2 people" in seen
    assert "*modelling*: @Ana Ruiz is accountable." in await play(running, 'eli presses "Open"')
    assert "is accountable" not in await play(running, "gus in #churn-model: @Common Ground find modelling")


async def test_who_leaves_the_team_no_longer_owns_its_duties_and_one_of_it_takes_over(running: Trial) -> None:
    await own(running)
    await edit_team(running, "engineers", *WITHOUT_DEV)
    seen = await play(running, f"eli in #general: {MONITORING}")
    assert "@Dev Patel owned *production monitoring and drift of churn model* for engineers and has left it." in seen
    await play(running, 'eli presses "I\'ll take it"')
    assert (duty(running).owner, duty(running).owner_team) == ("UELI", team(running, "engineers").id)


async def test_two_of_a_team_who_take_over_at_once_do_not_both_have_it(running: Trial) -> None:
    await own(running)
    await edit_team(running, "engineers", *WITHOUT_DEV)
    for each in ("ben", "eli"):
        await play(running, f"{each} in #general: {MONITORING}")
    await asyncio.gather(*(running.script.act(f'{each} presses "I\'ll take it"') for each in ("ben", "eli")))
    await running.quiet()
    first = duty(running).owner
    assert first in ("UBEN", "UELI")
    assert (duty(running).state, duty(running).claimants) == ("accepted", ())


async def test_who_takes_it_from_outside_takes_it_out_of_the_team(running: Trial) -> None:
    await own(running)
    await play(running, f"dev in #general: {MONITORING}", 'dev presses "Not me"', "dev submits", "dev closes")
    assert duty(running).owner_team
    seen = await play(running, f"eli in #general: {MONITORING}")
    assert "It belongs to engineers." in seen
    await play(running, 'eli presses "I\'ll take it"')
    assert (duty(running).owner, duty(running).owner_team) == ("UELI", "")


async def test_a_quarrel_of_two_teams_ends_in_the_one_of_who_remains(running: Trial) -> None:
    await own(running)
    await play(running, f"eli in #general: {MONITORING}", 'eli presses "I own it too"')
    assert duty(running).state == "disputed"
    await play(running, f"dev in #general: {MONITORING}", 'dev presses "Not me"', "dev submits", "dev closes")
    assert (duty(running).owner, duty(running).owner_team) == ("UELI", "")


async def test_a_duty_of_the_component_s_team_is_its_team_s_once_one_of_it_takes_it(running: Trial) -> None:
    await add_team(running, *LISTED)
    await add(running, "churn model", "#general", '"Team": Modelling')
    await play(running, "ana in #general: /owner churn model fairness", 'ana presses "I\'ll take it"')
    await play(running, "dev in #general: /owner churn model latency", 'dev presses "I\'ll take it"')
    assert duty(running, "fairness").owner_team == team(running, "modelling").id
    assert duty(running, "latency").owner_team == ""


async def test_a_guest_is_offered_no_team_in_the_forms_of_their_channel(running: Trial) -> None:
    await add_team(running, *LISTED)
    await add(running, "falcon model", "#secret-launch", '"People on the model side": ana')
    secret = running.slack.workspace.channel_named("secret-launch")
    running.slack.people.join(secret, running.slack.workspace.user_named("gus"))
    falcon = "in #secret-launch: /owner falcon model monitoring"
    seen = await play(running, "wait 11 minutes", f"gus {falcon}", 'gus presses "Suggest someone"')
    assert "Who could own it?" in seen
    assert "For which team?" not in seen
    assert "For which team?" in await play(running, f"ana {falcon}", 'ana presses "Suggest someone"')


async def test_a_team_is_deleted_and_its_duties_stay_with_their_owners(running: Trial) -> None:
    await own(running)
    await play(running, f"eli in #general: {MONITORING}")
    seen = await play(running, "dev in #general: /owner team engineers", 'dev presses "Delete"')
    assert "Delete the team engineers? Its duty stays as it is, without a team." in seen
    assert names(running) == ["engineers"]
    seen = await play(running, "dev submits", "dev closes")
    assert "engineers is deleted. Its duty stays as it is, without a team." in seen
    assert (duty(running).state, duty(running).owner, duty(running).owner_team) == ("accepted", "UDEV", "")
    assert names(running) == []
    last = sent(running)[-1]
    assert last[0] == "UBEN"
    assert "@Dev Patel deleted the team *engineers*. You're no longer accountable for it." in seen
    seen = await play(running, f"dev in #general: {MONITORING}", 'dev presses "History"')
    assert "today: Dev Patel deleted its team: engineers" in seen


async def test_who_deletes_their_own_team_tells_nobody_and_its_name_is_free(running: Trial) -> None:
    await add_team(running, *LISTED, who="ana")
    before = sent(running)
    seen = await play(running, "ana in #general: /owner team modelling", 'ana presses "Delete"')
    assert "Delete the team modelling?" in seen
    await play(running, "ana submits", "ana closes")
    assert sent(running) == before
    await add_team(running, *LISTED, who="eli")
    assert names(running) == ["modelling"]


async def test_a_team_that_was_deleted_is_gone_for_who_still_has_its_form_or_its_buttons(running: Trial) -> None:
    await own(running)
    await play(running, "ana in #general: /owner team engineers")
    await play(running, "chloe in #general: /owner team engineers", 'chloe presses "Edit"')
    await play(running, f"eli in #general: {MONITORING}", "dev in #general: /owner team engineers")
    await play(running, "ben in #general: /owner team engineers", 'ben presses "Delete"', "ben submits")
    gone = "It's gone, or you can't see it here."
    assert gone in await play(running, 'chloe enters "Name": builders', "chloe submits")
    assert gone in await play(running, 'dev presses "Delete"')
    assert names(running) == []


async def test_the_duties_of_a_private_channel_lose_a_deleted_team_unseen_by_who_deletes_it(running: Trial) -> None:
    await add_team(running, '"Or these people": ana, ben', '"Name": crew', '"Who is accountable?": ana')
    await add(running, "churn model", "#secret-launch", '"People on the model side": ana')
    falcon = "ana in #secret-launch: /owner churn model monitoring"
    await play(running, falcon, 'ana presses "I\'ll take it"', falcon, 'ana presses "Helpers and backup"')
    await play(running, 'ana enters "For which team?": crew', "ana submits", "ana closes")
    assert duty(running).owner_team == team(running, "crew").id
    seen = await play(running, "ben in #general: /owner team crew", 'ben presses "Delete"')
    assert "Delete the team crew?\n" in seen
    assert "crew is deleted." in await play(running, "ben submits", "ben closes")
    assert (duty(running).owner, duty(running).owner_team) == ("UANA", "")
    assert not [words for to, words in sent(running) if to != "UANA" and "crew" in words]
    assert not [words for to, words in sent(running) if "crew" in words and "churn" in words]
