"""Many duties at once: shared out over the sides by a plan, asked for in one message, answered in one form."""

import re

from bot.trial.run import Trial
from tests.handlers.nudges.looking import pass_days
from tests.handlers.responsibilities.test_commands import add, direct_messages, duty
from tests.handlers.responsibilities.test_stale import labels
from tests.playing import let_fields_be_empty, play
from tests.sent import sent, told

MODEL = "churn model"


async def plan(trial: Trial) -> str:
    """Add a model with two people on its model side, and open the plan of who is asked about what."""
    await add(trial, MODEL, "#general", '"People on the product side": dev')
    await play(trial, f"chloe in #general: /owner edit {MODEL}", "chloe submits")
    return await play(trial, 'chloe presses "Suggest owners"')


async def suggested(trial: Trial) -> None:
    await plan(trial)
    entered = 'chloe enters "Ben Okafor": Fairness, Model interface documentation, Model evaluation report'
    await play(trial, 'chloe enters "Ana Ruiz": ', 'chloe enters "Dev Patel": ', entered, "chloe submits")
    await play(trial, "chloe closes", "chloe closes")


async def test_the_duties_are_shared_out_by_what_each_has_and_nobody_is_asked_before(running: Trial) -> None:
    seen = await plan(running)
    assert "Ana Ruiz (optional): [Labelling and label quality, Model evaluation report," in seen
    assert "Ben Okafor (optional): [The bar for a good enough model, Model interface documentation, Fairness]" in seen
    assert sent(running) == []
    await play(running, "chloe submits")
    assert [len(direct_messages(running, each)) for each in ("ana", "ben", "dev")] == [1, 1, 1]
    assert labels(direct_messages(running, "ben")[0].blocks) == ["Review"]
    assert direct_messages(running, "ben")[0].text == "You're suggested for 3 duties of churn model"


async def test_the_plan_can_be_changed_and_what_is_chosen_nowhere_stays_without_an_owner(running: Trial) -> None:
    await plan(running)
    entered = ['chloe enters "Ana Ruiz": ', 'chloe enters "Dev Patel": ', 'chloe enters "Somebody else": eli']
    seen = await play(running, *entered, 'chloe enters "Their duties": Fairness', "chloe submits")
    assert "Each duty can be suggested to one person." in seen
    seen = await play(running, 'chloe enters "Ben Okafor": Model evaluation report', "chloe submits")
    assert "Asked @Ben Okafor about evaluation." in seen
    assert "Asked @Eli Berg about fairness." in seen
    assert (duty(running, "fairness").proposed_to, duty(running, "labelling").state) == ("UELI", "unowned")
    seen = await play(running, "chloe closes", "chloe closes", f"eli in #general: /owner {MODEL}")
    assert "Asked: @Eli Berg about fairness" in seen


async def test_a_plan_names_whoever_else_is_asked(running: Trial) -> None:
    await plan(running)
    seen = await play(running, 'chloe enters "Their duties": Rollback and incident response', "chloe submits")
    assert "Choose who it is." in seen


async def test_all_are_accepted_at_once_and_whoever_asked_is_told_once(running: Trial) -> None:
    await suggested(running)
    before = len(direct_messages(running, "chloe"))
    seen = await play(running, 'ben presses "Review"', 'ben enters "All of them": Accept all', "ben submits")
    assert "You took these on." in seen
    assert {duty(running, each).owner for each in ("fairness", "interface", "evaluation")} == {"UBEN"}
    assert labels(direct_messages(running, "ben")[0].blocks) == []
    assert len(direct_messages(running, "chloe")) == before + 1
    assert "Accepted: evaluation, interface and fairness" in seen


async def test_each_can_be_answered_otherwise_and_free_ones_come_back_with_a_button(running: Trial) -> None:
    await suggested(running)
    await play(running, 'ben presses "Review"', 'ben enters "All of them": Accept all')
    await play(running, 'ben enters "Fairness": Not me', 'ben enters "Model evaluation report": Suggest someone')
    assert "Choose whom you suggest." in await play(running, "ben submits")
    seen = await play(running, 'ben enters "Whom do you suggest?": eli', "ben submits")
    assert (duty(running, "interface").owner, duty(running, "evaluation").proposed_to) == ("UBEN", "UELI")
    assert (duty(running, "fairness").state, duty(running, "fairness").declined_by) == ("unowned", ("UBEN",))
    assert "You answered." in seen
    assert told(running, "UELI", "suggests you for model evaluation report of churn model.")
    assert labels(direct_messages(running, "chloe")[-1].blocks) == ["Review"]
    seen = await play(running, 'chloe presses "Review"')
    assert "*Without an owner:*" in seen


async def test_a_reminder_opens_as_many_duties_as_it_counts_also_those_that_fall_to_somebody(running: Trial) -> None:
    await plan(running)
    nobody = [f'chloe enters "{name}": ' for name in ("Ben Okafor", "Dev Patel")]
    await play(running, *nobody, 'chloe enters "Ana Ruiz": Fairness', "chloe submits", "chloe closes", "chloe closes")
    await pass_days(running, 9)
    seen = await play(running, "ana opens the Home")
    (count,) = [int(each) for each in re.findall(r"churn model\*  (\d+) duties need your answer", seen)]
    assert count > 1
    form = await play(running, 'ana presses "Review"')
    assert "*Need your answer:*" in form
    assert form.count("Without one, ") == count


async def test_a_condition_needs_words_and_both_read_it(running: Trial) -> None:
    await suggested(running)
    await play(running, 'ben presses "Review"', 'ben enters "Fairness": Yes, if …')
    assert "Say what you need, or why it isn't needed." in await play(running, "ben submits")
    await play(running, 'ben enters "What do you need, or why not?": Two days', "ben submits")
    assert duty(running, "fairness").need == "Two days"
    assert told(running, "UCHLOE", "would take fairness of churn model on, if: Two days")


async def test_what_somebody_else_took_on_meanwhile_is_said_and_the_rest_is_kept(running: Trial) -> None:
    await suggested(running)
    await play(
        running, 'ben presses "Review"', f"dev in #general: /owner {MODEL} fairness", 'dev presses "I\'ll take it"'
    )
    seen = await play(running, 'ben enters "All of them": Accept all', "ben submits")
    assert "Fairness of churn model has an owner already." in seen
    assert (duty(running, "fairness").owner, duty(running, "interface").owner) == ("UDEV", "UBEN")


async def test_a_form_in_which_nothing_was_chosen_changes_nothing(running: Trial) -> None:
    await suggested(running)
    seen = await play(running, 'ben presses "Review"', "ben submits")
    assert seen.count("Common Ground and") == 0
    let_fields_be_empty(running, "UBEN")
    assert duty(running, "fairness").state == "proposed"


async def test_once_all_is_answered_the_form_shows_what_is_ones_own(running: Trial) -> None:
    await suggested(running)
    await play(running, 'ben presses "Review"', 'ben enters "All of them": Accept all', "ben submits")
    await play(running, "ben in #general: /owner mine", 'ben presses "Review"')
    await play(running, 'ben enters "Fairness": Not me', 'ben enters "Model interface documentation": Still mine')
    seen = await play(running, "ben submits")
    assert "Confirmed: interface" in seen
    assert "Declined: fairness" in seen
    assert (duty(running, "fairness").owner, duty(running, "interface").owner) == ("", "UBEN")


async def test_guests_are_told_why_they_see_nothing_and_whom_to_ask(running: Trial) -> None:
    await add(running)
    for line in ("/owner churn model", "/owner map", "/owner fairness", "/owner edit churn model"):
        assert "Guests don't see the register of duties. Ask @Chloe Martin." in await play(
            running, f"gus in #churn-model: {line}"
        )
    seen = await play(running, "gus in #churn-model: It broke", 'gus uses "Who is responsible?" on "broke"')
    assert "Guests don't see the register of duties." in seen


async def test_help_has_buttons_that_do_things(running: Trial) -> None:
    await add(running)
    await play(running, "ana in #general: /owner help")
    assert "Fairness | no owner" in await play(running, 'ana presses "Map"')
    await play(running, "ana in #general: /owner help")
    assert "You own no duties, and nobody asks you to take one on." in await play(running, 'ana presses "My duties"')
