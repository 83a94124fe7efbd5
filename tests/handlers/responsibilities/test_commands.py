"""The register as people meet it: components added, duties asked for, proposed, taken, disputed and given back."""

import asyncio

import pytest

from bot.local_slack.workspace.state import Message, User
from bot.trial.run import Trial
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, Duty
from tests.playing import play

TEAM = "T0LOCAL"


async def add(trial: Trial, name: str = "churn model", where: str = "#general", *more: str) -> str:
    entered = ['"What is it?": model', '"Who leads it?": chloe', '"People on the model side": ana, ben', *more]
    lines = [f"chloe enters {each}" for each in entered]
    return await play(trial, f"chloe in {where}: /owner add {name}", *lines, "chloe submits", "chloe closes")


def component(trial: Trial, name: str = "churn model") -> Component:
    found = responsibilities.all_components(trial.bot.store.reader, TEAM)
    return next(each for each in found if each.name == name)


def duty(trial: Trial, name: str = "monitoring") -> Duty:
    found = responsibilities.duty(trial.bot.store.reader, TEAM, component(trial).id, name)
    assert found is not None
    return found


def direct_messages(trial: Trial, user: str) -> list[Message]:
    return list(trial.slack.workspace.direct_channel(f"U{user.upper()}").messages.values())


async def test_a_proposal_is_answered_by_who_was_asked(running: Trial) -> None:
    await add(running)
    told = await play(running, "ben in #general: /owner churn model monitoring", 'ben presses "Suggest someone"')
    assert "Who could own it?" in told
    told = await play(running, 'ben enters "Who could own it?": dev', 'ben enters "Why them?": On call', "ben submits")
    assert "@Ben Okafor suggests you for *production monitoring and drift of churn model*." in told
    assert "> On call" in told
    assert duty(running).state == "proposed"
    told = await play(
        running, "ben closes", 'dev presses "Suggest someone"', 'dev enters "Who could own it?": eli', "dev submits"
    )
    assert "@Dev Patel suggests you for *production monitoring and drift of churn model*." in told
    assert (duty(running).proposed_to, duty(running).declined_by) == ("UELI", ("UDEV",))
    told = await play(
        running,
        'eli presses "Yes, if …"',
        'eli enters "What do you need?": A rota',
        "eli submits",
    )
    assert "@Eli Berg would take *production monitoring and drift of churn model* on, if:" in told
    told = await play(running, 'eli presses "Accept"')
    assert "You took this on." in told
    assert (duty(running).state, duty(running).owner) == ("accepted", "UELI")


async def test_who_asked_in_vain_is_told_who_takes_it(running: Trial) -> None:
    await add(running)
    told = await play(running, "ben in #general: @Common Ground who monitors the churn model?")
    assert "I've asked *Chloe Martin*, who leads it." in told
    assert "@Ben Okafor asked in #general who owns *production monitoring and drift of churn model*." in told
    again = await play(running, "eli in #general: /owner churn model monitoring")
    assert "Common Ground and Chloe Martin" not in again
    taken = await play(running, "dev in #general: /owner churn model drift", 'dev presses "I\'ll take it"')
    assert taken.count("@Dev Patel took on *production monitoring and drift of churn model*.") == 2


async def test_two_who_take_it_at_once_are_told_who_was_first_and_two_who_insist_dispute_it(running: Trial) -> None:
    await add(running)
    await play(
        running, "ana in #general: /owner churn model monitoring", "dev in #general: /owner churn model monitoring"
    )
    people = [running.slack.workspace.user_named(each) for each in ("ana", "dev")]
    await asyncio.gather(*(press(running, each, "I'll take it") for each in people))
    await running.quiet()
    first, second = ("ana", "dev") if duty(running).owner == "UANA" else ("dev", "ana")
    name = running.slack.workspace.user_named(first).real_name
    assert f"@{name} owns *production" in "\n".join(running.screen.news())
    await play(running, f'{second} presses "I own it too"')
    assert (duty(running).state, sorted(duty(running).claimants)) == ("disputed", ["UANA", "UDEV"])
    news = "Production monitoring and drift of churn model: has two owners"
    assert direct_messages(running, first)[-1].text == news
    assert direct_messages(running, "chloe")[-1].text == news
    told = await play(running, f'{first} presses "Not me"', f"{first} submits")
    assert "left *production monitoring and drift of churn model* to" in told
    assert duty(running).state == "accepted"
    assert duty(running).owner != f"U{first.upper()}"


async def press(trial: Trial, user: User, label: str) -> None:
    await trial.script.act(f'{user.name} presses "{label}"')


async def test_what_is_one_s_own_can_be_confirmed_helped_and_declared_needless(running: Trial) -> None:
    await add(running)
    told = await play(running, "ana in #general: /owner churn model fairness", 'ana presses "I\'ll take it"')
    assert "You own fairness of churn model now." in told
    told = await play(running, "ana in #general: /owner churn model fairness", 'ana presses "Still mine"')
    assert "You still own fairness of churn model." in told
    entered = ['ana enters "Who helps?": ben, dev', 'ana enters "Who stands in when you\'re away?": eli']
    await play(running, "ana in #general: /owner churn model fairness")
    told = await play(running, 'ana presses "Helpers and backup"', *entered, "ana submits", "ana closes")
    assert (duty(running, "fairness").helpers, duty(running, "fairness").backup) == (("UBEN", "UDEV"), "UELI")
    told = await play(running, "ben in #general: /owner churn model fairness")
    assert "@Ben Okafor and @Dev Patel help." in told
    assert "Backup: @Eli Berg" in told
    told = await play(running, 'ben presses "History"')
    assert "today: Ana Ruiz named helpers and backup for it" in told
    told = await play(running, "ben in #general: /owner churn model latency", 'ben presses "Not needed"', "ben submits")
    assert "Please complete this required field." in told
    told = await play(running, 'ben enters "Why isn\'t it needed?": Runs by night', "ben submits", "ben closes")
    assert "@Ben Okafor marked *latency and scale budget of churn model* as not needed." in told
    assert "*Latency and scale budget of churn model* isn't needed: Runs by night" in await play(
        running, "eli in #general: /owner churn model latency"
    )


async def test_the_people_of_each_side_are_asked_at_once(running: Trial) -> None:
    entered = ['"Who leads it?": chloe', '"What is it?": model', '"People on the model side": ana']
    told = await play(
        running,
        "chloe in #general: /owner add churn model",
        *(f"chloe enters {each}" for each in entered),
        "chloe submits",
    )
    assert "None of its 19 duties has an owner yet." in told
    assert "Suggested: @Ana Ruiz for labelling, requirements, adequacy and 5 more" in told
    told = await play(running, 'chloe presses "Suggest owners"')
    assert "Ana Ruiz (optional): [Labelling and label quality, Model requirements beyond accuracy," in told
    assert duty(running, "evaluation").state == "unowned"
    told = await play(running, "chloe submits")
    assert "@Chloe Martin suggests you for 8 duties of *churn model*:" in told
    assert "Asked @Ana Ruiz about labelling, requirements, adequacy and 5 more." in told
    await play(running, "chloe closes", "chloe closes")
    await play(running, "chloe in #general: /owner edit churn model", "chloe submits")
    told = await play(running, 'chloe presses "Map"')
    assert "Model evaluation report | Ana Ruiz (asked)" in told


@pytest.mark.parametrize(
    ("entered", "told"),
    [
        ('"Name": churn model', "There's already a component with this name."),
        ('"Name": …', "A name needs letters or digits."),
        ('"Who leads it?": gus', "Gus Lindt is a guest or a bot here, or has left."),
        ('"People on the model side": gus', "Gus Lindt is a guest or a bot here, or has left."),
        ('"When does it launch?": 2026-01-04', "That day is in the past. Choose a day ahead, or leave this empty."),
    ],
)
async def test_what_is_wrong_with_a_component_is_said_at_its_field(running: Trial, entered: str, told: str) -> None:
    await add(running)
    lines = [f"chloe enters {each}" for each in ('"What is it?": model', '"Who leads it?": chloe', entered)]
    assert told in await play(running, "chloe in #general: /owner add other", *lines, "chloe submits")
    assert len(responsibilities.all_components(running.bot.store.reader, TEAM)) == 1


async def test_a_component_is_edited_by_its_people_and_keeps_its_duties(running: Trial) -> None:
    await add(running)
    await play(running, "ana in #general: /owner churn model fairness", 'ana presses "I\'ll take it"')
    assert "Only Chloe Martin, who leads churn model," in await play(
        running, "eli in #general: /owner edit churn model"
    )
    told = await play(
        running, "ana in #general: /owner edit churn model", 'ana enters "What is it?": product', "ana submits"
    )
    assert "Saved churn model. Everybody can see it." in told
    assert duty(running, "fairness").owner == "UANA"
    assert component(running).kind == "product"
    assert "Which component do you want to edit?" in await play(running, "ana closes", "ana in #general: /owner edit")


async def test_two_who_edit_at_once_lose_nothing(running: Trial) -> None:
    await add(running)
    await play(running, "ana in #general: /owner edit churn model", "ben in #general: /owner edit churn model")
    await play(running, 'ana enters "Team": Red', "ana submits")
    told = await play(running, 'ben enters "Team": Blue', "ben submits")
    assert "Somebody changed this component while you were writing." in told
    assert component(running).team == "Red"


async def test_a_private_channel_s_component_is_found_there_alone(running: Trial) -> None:
    await add(running, "falcon model", "#secret-launch", '"People on the model side": ana')
    asked = "/owner falcon model monitoring"
    assert "has no owner." in await play(running, f"ana in #secret-launch: {asked}")
    for line in (
        f"dev in #general: {asked}",
        "dev in #general: /owner map",
        "dev in #general: /owner monitoring",
        "dev in #general: @Common Ground who monitors the falcon model?",
        "gus in #churn-model: /owner map",
    ):
        assert "falcon" not in (await play(running, line)).replace(line.partition(": ")[2], "")
    thread = await play(running, "ana in #general: @Common Ground who monitors the falcon model?")
    assert "has no owner" not in thread
    assert "has no owner." in await play(running, f"ana in #general: {asked}")
    told = await play(running, 'ana presses "Suggest someone"', 'ana enters "Who could own it?": dev', "ana submits")
    assert "They aren't in the channel that this belongs to. Invite them first." in told


async def test_a_message_is_asked_about_and_the_question_opened_in_its_thread(running: Trial) -> None:
    await add(running)
    told = await play(running, "eli in #general: Predictions look odd", 'ben uses "Who is responsible?" on "look odd"')
    assert "Which component is it about?" in told
    entered = [
        'ben enters "Which component is it about?": churn model',
        'ben enters "Which duty?": Production monitoring and drift',
    ]
    told = await play(running, *entered, "ben submits")
    assert "Ben Okafor asks who owns *production monitoring and drift of churn model*. It has no owner." in told
    assert "@Ben Okafor asked in #general who owns" in told
    await play(running, "ben closes", "dev in #general: /owner churn model monitoring", 'dev presses "I\'ll take it"')
    await play(running, "eli in #general: Who looks after churn model monitoring?")
    told = await play(running, 'ben uses "Who is responsible?" on "after churn model"')
    assert "@Dev Patel owns *production monitoring and drift of churn model*, since today." in told


async def test_before_anything_is_registered_each_way_to_ask_says_how_to_begin(running: Trial) -> None:
    assert "The register is empty so far." in await play(running, "ana in #general: /owner churn model")
    assert "[Add a component]" in await play(running, "ana in #general: /owner map")
    assert "You own no duties" in await play(running, "ana in #general: /owner mine")
    assert "Here's the form:" in await play(running, "ana in #general: @Common Ground owner add")
    told = await play(running, "ana in #general: It broke", 'ana uses "Who is responsible?" on "broke"')
    assert "The register is empty so far" in told
    assert "Who owns which duty" in await play(running, "ana in #general: /owner")


async def test_a_guest_finds_and_takes_no_duty_of_the_workspace(running: Trial) -> None:
    await add(running)
    assert "churn model" not in await play(running, "gus in #churn-model: /owner map")
    assert "churn model" in await play(running, "ana in #churn-model: /owner map")
    await play(
        running, "ana in #churn-model: @Common Ground who monitors the churn model?", 'ana presses "Share in thread"'
    )
    assert "Only members of this workspace can do that, not guests." in await play(
        running, 'gus presses "I\'ll take it"'
    )
    assert duty(running).state == "unowned"


async def test_a_guest_of_a_channel_settles_no_duty_of_it_for_the_others(running: Trial) -> None:
    await add(running, "falcon model", "#secret-launch", '"People on the model side": ana')
    secret, gus = (running.slack.workspace.channel_named("secret-launch"), running.slack.workspace.user_named("gus"))
    running.slack.people.join(secret, gus)
    asked = "gus in #secret-launch: /owner falcon model monitoring"
    told = "Only members of this workspace can do that, not guests."
    assert told in await play(running, "wait 11 minutes", asked, 'gus presses "Not needed"')
    gus.is_guest = False
    await play(running, "wait 11 minutes", asked, 'gus presses "Not needed"', 'gus enters "reason": It is old')
    gus.is_guest = True
    assert told in await play(running, "wait 11 minutes", "gus submits")
    states = {each.state for each in responsibilities.all_duties(running.bot.store.reader, TEAM)}
    assert states == {"unowned"}


async def test_a_guest_of_a_channel_adds_changes_and_retires_no_component_of_it(running: Trial) -> None:
    secret, gus = (running.slack.workspace.channel_named("secret-launch"), running.slack.workspace.user_named("gus"))
    running.slack.people.join(secret, gus)
    gus.is_guest = False
    await play(running, "wait 11 minutes")
    sides = ('"People on the model side": ana', '"People on the product side": gus')
    await add(running, "falcon model", "#secret-launch", *sides)
    edit, retire = (f"gus in #secret-launch: /owner {each} falcon model" for each in ("edit", "retire"))
    told = "Only members of this workspace can do that, not guests."
    for begun in ((edit, 'gus enters "Name": kestrel model'), (retire, 'gus enters "Last day": 2026-03-20')):
        gus.is_guest = False
        await play(running, "wait 11 minutes", *begun)
        gus.is_guest = True
        assert told in await play(running, "wait 11 minutes", "gus submits", "gus closes")
    for words in ("add kestrel model", "edit falcon model", "retire falcon model"):
        assert told in await play(running, f"gus in #secret-launch: /owner {words}")
    (kept,) = responsibilities.all_components(running.bot.store.reader, TEAM)
    assert (kept.name, kept.retires_on) == ("falcon model", "")


async def test_the_map_of_many_components_says_how_many_it_leaves_out(running: Trial) -> None:
    for number in range(21):
        await add(running, f"model {number} {'x' * 30}")
    told = await play(running, "ana in #general: /owner map")
    assert "And 2 more components. Name one to see its map." in told


async def test_one_duty_everywhere_and_one_part_as_a_whole(running: Trial) -> None:
    for name in ("churn model", "berth model"):
        await add(running, name)
    await play(running, "dev in #general: /owner churn model monitoring", 'dev presses "I\'ll take it"')
    await play(running, "ana in #general: /owner churn model fairness", 'ana presses "I\'ll take it"')
    await play(running, "ben in #general: /owner churn model fairness", 'ben presses "I own it too"')
    await play(running, "ana in #general: /owner churn model latency", 'ana presses "Suggest someone"')
    await play(running, 'ana enters "Who could own it?": eli', "ana submits", "ana closes")
    await play(running, "ana in #general: /owner churn model rollback", 'ana presses "Not needed"')
    await play(running, 'ana enters "Why isn\'t it needed?": Runs by night', "ana submits", "ana closes")
    told = await play(running, "ana in #general: /owner monitoring")
    assert "berth model: no owner" in told
    assert "churn model: @Dev Patel" in told
    told = await play(running, "ana in #general: @Common Ground who owns the churn model?")
    for line in (
        "*churn model*: 1 of 19 duties has an owner.",
        "*Dev Patel*: monitoring",
        "Asked: *Eli Berg* about latency",
        "Two owners: fairness",
        "No owner: labelling, requirements, adequacy and 12 more",
    ):
        assert line in told
    told = await play(running, "ana in #general: /owner churn model", 'ana presses "Map"')
    assert "Fairness | Ana Ruiz, Ben Okafor (undecided)" in told
    assert "Rollback and incident response | not needed" in told
    assert "churn model: who owns what" in told
    told = await play(running, "ana in #general: @Common Ground owner churn model latency")
    assert "*Eli Berg* was asked today and hasn't answered." in told
    told = await play(running, "ana in #general: /owner data ownership")
    assert "I don't know that component. The register has berth model, churn model." in told


async def test_a_step_that_comes_too_late_says_what_is_so_now(running: Trial) -> None:
    await add(running)
    await play(
        running, "ana in #general: /owner churn model monitoring", "ben in #general: /owner churn model monitoring"
    )
    await play(running, 'ana presses "I\'ll take it"')
    told = await play(running, 'ben presses "Not needed"', 'ben enters "Why isn\'t it needed?": No', "ben submits")
    assert "This duty has an owner. Only they can mark it as not needed." in told
    told = await play(running, "ben closes", "ben in #general: /owner churn model monitoring", 'ben presses "History"')
    assert "today: Ana Ruiz took it on" in told
    told = await play(running, "ben in #general: /owner churn model labels", 'ben presses "History"')
    assert "Nothing yet." in told


async def test_a_button_of_what_may_not_be_seen_any_more_says_so(running: Trial) -> None:
    await add(running, "falcon model", "#secret-launch", '"People on the model side": ana')
    assert "has no owner." in await play(running, "ana to the bot: /owner falcon model monitoring")
    channel = running.slack.workspace.channel_named("secret-launch")
    running.slack.people.leave(channel, running.slack.workspace.user_named("ana"))
    await play(running, "wait 11 minutes")
    for label in ("I'll take it", "Suggest someone", "History"):
        assert "It's gone, or you can't see it here." in await play(running, f'ana presses "{label}"')


async def test_the_first_step_of_a_person_with_very_many_duties_is_their_list(running: Trial) -> None:
    await add(running)
    kinds = [each.duty for each in responsibilities.duties_of(running.bot.store.reader, TEAM, [component(running).id])]
    assert len(kinds) == 19
    for name in (
        "labels",
        "requirements",
        "adequacy bar",
        "evaluation",
        "interface",
        "latency",
        "deployment",
        "integration",
        "system testing",
        "a/b test",
        "monitoring",
        "retraining",
        "rollback",
        "fairness",
    ):
        await play(running, f"ana in #general: /owner churn model {name}", 'ana presses "I\'ll take it"')
    told = await play(running, *["wait 1 day"] * 9, "wait 2 hours", "wait 10 minutes")
    assert "*Duties*  you own 14" in told
    told = await play(running, 'ana presses "Show them"')
    assert "churn model: You own adequacy, deployment, evaluation and 11 more." in told


async def test_a_button_of_a_part_that_may_not_be_seen_any_more_says_so(running: Trial) -> None:
    await add(running, "falcon model", "#secret-launch", '"People on the model side": ana')
    await play(running, "ana to the bot: /owner falcon", "chloe to the bot: /owner edit")
    channel = running.slack.workspace.channel_named("secret-launch")
    for who in ("ana", "chloe"):
        running.slack.people.leave(channel, running.slack.workspace.user_named(who))
    await play(running, "wait 11 minutes")
    gone = "It's gone, or you can't see it here."
    assert gone in await play(running, 'ana presses "Map"')
    assert gone in await play(running, 'chloe chooses "falcon model" in "owner_edit"')


async def test_a_part_that_was_edited_away_from_its_people_is_refused_on_saving(running: Trial) -> None:
    await add(running)
    await play(running, "ana in #general: /owner edit churn model", "chloe in #general: /owner edit churn model")
    await play(running, 'chloe enters "People on the model side": ben', "chloe submits", "chloe closes")
    assert "Only Chloe Martin, who leads churn model," in await play(running, "ana submits")
    await play(running, "ana closes", "ana in #general: /owner add", 'ana enters "Name": other')
    told = await play(running, 'ana enters "What is it?": model', 'ana enters "Who leads it?": ana', "ana submits")
    assert "Saved other." in told
    await play(
        running, "ana closes", "ana in #general: /owner edit other", 'ana enters "Name": churn model', "ana submits"
    )
    assert sorted(each.name for each in responsibilities.all_components(running.bot.store.reader, TEAM)) == [
        "churn model",
        "other",
    ]


async def test_many_duties_are_a_row_a_component_and_one_button_each(running: Trial) -> None:
    for number in range(21):
        await add(running, f"model {number:02}")
        await play(running, f"ana in #general: /owner model {number:02} fairness", 'ana presses "I\'ll take it"')
    told = await play(running, "ana in #general: /owner mine")
    assert told.count(": You own fairness.") == told.count("[Review]") == 20
    assert "And 1 more component." in told


async def test_an_unknown_part_and_duty_are_said(running: Trial) -> None:
    await add(running)
    assert "I don't know that component. The register has churn model." in await play(
        running, "ana in #general: /owner map zugzwang"
    )
    told = await play(running, "ana in #general: It broke", 'ben uses "Who is responsible?" on "broke"')
    entered = ('ben enters "Which component is it about?": churn model', 'ben enters "Which duty?": Data ownership')
    told = await play(running, *entered, "ben submits")
    assert "That component doesn't have this duty" in told


async def test_a_component_that_nobody_knows_is_not_taken_for_another(running: Trial) -> None:
    await add(running)
    told = await play(running, "ben in #general: /owner pizza model deployment")
    assert "No component is called “pizza”. Other components have:" in told
    assert "Common Ground and Chloe" not in told
    assert "Who owns which duty" in await play(running, "ben in #general: /owner help")


async def test_suggesting_oneself_is_said_at_the_field(running: Trial) -> None:
    await add(running)
    await play(running, "ben in #general: /owner churn model deployment", 'ben presses "Suggest someone"')
    told = await play(running, 'ben enters "Who could own it?": ben', "ben submits")
    assert "That's you. To take it on yourself, press “I'll take it”." in told


async def test_every_state_has_its_cell_in_the_map(running: Trial) -> None:
    await add(running)
    await play(running, "ana in #general: /owner churn model fairness", 'ana presses "I\'ll take it"')
    await play(running, "ben in #general: /owner churn model fairness", 'ben presses "I own it too"')
    await play(running, "ana in #general: /owner churn model latency", 'ana presses "Not needed"')
    await play(running, 'ana enters "Why isn\'t it needed?": Batch', "ana submits", "ana closes")
    told = await play(running, "ana in #general: /owner map", "ana in #general: /owner edit zug")
    assert "Fairness | Ana Ruiz, Ben Okafor (undecided)" in told
    assert "Latency and scale budget | not needed" in told
    assert "Which component do you want to edit?" in told


async def test_nobody_at_all_to_ask_is_said(running: Trial) -> None:
    await add(running)
    for who in ("chloe", "ana", "ben"):
        running.slack.people.change(running.slack.workspace.user_named(who), deleted=True)
    await play(running, "wait 1 hour", "wait 1 hour")
    told = await play(running, "dev in #general: /owner churn model deployment")
    assert "Its lead has left, and nobody else is named. Edit the component to name one." in told


async def test_many_duties_are_proposed_in_one_message_with_one_button(running: Trial) -> None:
    entered = ('"People on the product side": eli', '"People on the model side": eli')
    lines = ['"What is it?": product', '"Who leads it?": eli', *entered]
    await play(running, "chloe in #general: /owner add harbour", *(f"chloe enters {each}" for each in lines))
    told = await play(running, "chloe submits", 'chloe presses "Suggest owners"', "chloe submits")
    assert "@Chloe Martin suggests you for 11 duties of *harbour*:" in told
    assert told.count("[Review]") == 1


async def test_people_who_left_a_private_channel_are_told_nothing_of_its_duties(running: Trial) -> None:
    await add(running, "falcon model", "#secret-launch", '"People on the model side": ana')
    asked = "/owner falcon model monitoring"
    await play(running, f"chloe in #secret-launch: {asked}", 'chloe presses "Suggest someone"')
    told = await play(running, 'chloe enters "Who could own it?": ana', "chloe submits", "chloe closes")
    assert "Common Ground and Ana" in told
    channel = running.slack.workspace.channel_named("secret-launch")
    running.slack.people.leave(channel, running.slack.workspace.user_named("chloe"))
    told = await play(
        running, "wait 11 minutes", f"ana in #secret-launch: {asked}", 'ana presses "Accept"', "wait 1 minute"
    )
    found = responsibilities.duty(running.bot.store.reader, TEAM, component(running, "falcon model").id, "monitoring")
    assert found is not None
    assert found.owner == "UANA"
    assert "Common Ground and Chloe" not in told


async def test_people_who_left_a_private_channel_are_not_asked_to_take_its_duties(running: Trial) -> None:
    channel = running.slack.workspace.channel_named("secret-launch")
    channel.members.add("UDEV")
    entered = ['"What is it?": model', '"Who leads it?": chloe', '"People on the model side": ana']
    lines = [f"chloe enters {each}" for each in (*entered, '"People on the product side": dev')]
    told = await play(running, "chloe in #secret-launch: /owner add falcon model", *lines, "chloe submits")
    assert "[Suggest owners]" in told
    running.slack.people.leave(channel, running.slack.workspace.user_named("ana"))
    told = await play(running, "wait 11 minutes", 'chloe presses "Suggest owners"', "chloe submits")
    assert "They aren't in the channel that this belongs to. Invite them first." in told
    told = await play(running, 'chloe enters "Ana Ruiz": ', "chloe submits", "wait 1 minute")
    assert "Common Ground and Ana" not in told
    assert "Common Ground and Dev" in told
    found = responsibilities.duties_of(running.bot.store.reader, TEAM, [component(running, "falcon model").id])
    assert {each.proposed_to for each in found} == {"", "UDEV"}


async def test_a_lead_who_left_a_moment_ago_is_not_asked(running: Trial) -> None:
    await add(running, "tide model", "#general", '"Who leads it?": dev')
    running.slack.people.change(running.slack.workspace.users["UDEV"], deleted=True)
    await running.quiet()
    told = await play(running, "ben in #general: /owner tide model retraining")
    assert "I've asked @Chloe Martin." in told
    assert direct_messages(running, "dev") == []
    assert len(direct_messages(running, "chloe")) == 1
