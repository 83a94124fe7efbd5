"""A message that names a component is about it, whatever words of the glossary stand in it."""

from bot.trial.run import Trial
from tests.handlers.responsibilities.test_commands import add
from tests.playing import play
from tests.sent import sent

ASKED = "ben in #general: @Common Ground"


async def test_who_has_a_duty_of_it_is_answered_by_what_is_said_of_the_duty(running: Trial) -> None:
    await add(running, "rash classifier")
    told = await play(running, f"{ASKED} rash clasifier: whose eyes are on it in prod?")
    assert "*Production monitoring and drift of rash classifier* has no owner." in told
    told = await play(running, f"{ASKED} is it fair to old people, that rash classifier? somebody must be on it")
    assert "*Fairness of rash classifier* has no owner." in told


async def test_where_two_duties_may_be_meant_both_are_shown_and_nobody_is_asked(running: Trial) -> None:
    await add(running, "rash classifier")
    before = sent(running)
    told = await play(running, f"{ASKED} who deploys the rash classifier, and who monitors it?")
    assert "Model deployment of rash classifier: no owner" in told
    assert "Production monitoring and drift of rash classifier: no owner" in told
    assert "[Deployment] [Monitoring]" in told
    assert {to for to, _ in sent(running)[len(before) :]} == {"CGENERAL"}
    assert "*Model deployment of rash classifier* has no owner." in await play(running, 'ben presses "Deployment"')


async def test_what_it_must_reach_is_answered_by_its_card(running: Trial) -> None:
    await add(running, "rash classifier")
    told = await play(running, f"{ASKED} latency budget rash classifier?")
    assert "*rash classifier: requirements*" in told


async def test_what_it_got_wrong_is_looked_for_in_feedback_and_never_a_word_in_its_name(running: Trial) -> None:
    await add(running, "rash classifier")
    asked = f"{ASKED} rash classifier says psoriasis when it's eczema. someone report that yet?"
    assert "*classification*" not in await play(running, asked)


async def test_it_may_stand_in_the_message_above(running: Trial) -> None:
    await add(running, "rash classifier")
    told = await play(
        running,
        "ana in #general: who monitors the rash classifier?",
        'ben replies to "who monitors": @Common Ground and the retraining, who has that?',
    )
    assert "*Retraining trigger and schedule of rash classifier* has no owner." in told


async def test_what_goes_on_with_a_question_for_a_word_asks_for_a_word(running: Trial) -> None:
    told = await play(
        running,
        "ana in #general: what does overfitting mean?",
        'ben replies to "what does overfitting": @Common Ground and underfitting?',
    )
    assert "*underfitting*" in told


async def test_what_goes_on_with_a_question_for_somebody_asks_for_somebody(running: Trial) -> None:
    await add(running, "rash classifier")
    told = await play(
        running,
        "ana in #general: who monitors the rash classifier?",
        'ben replies to "who monitors": @Common Ground what about deployment?',
    )
    assert "*Model deployment of rash classifier* has no owner." in told


async def test_what_may_be_asked_of_the_one_above_is_offered_rather_than_nothing(running: Trial) -> None:
    await add(running, "rash classifier")
    told = await play(
        running,
        "ana in #general: The rash classifier took a mole for a freckle",
        'ben replies to "took a mole": @Common Ground are we allowed to be that slow?',
    )
    assert "*rash classifier: requirements*" in told


async def test_how_a_message_describes_it_hides_no_name(running: Trial) -> None:
    await add(running, "rash classifier")
    told = await play(running, f"{ASKED} rash classifier - how many seconds has it got")
    assert "*rash classifier: requirements*" in told


async def test_what_others_keep_to_themselves_is_not_named(running: Trial) -> None:
    await add(running, "falcon model", "#secret-launch", '"People on the model side": ana')
    asked = "@Common Ground latency budget falcon model?"
    without = await play(running, f"ben in #general: {asked}")
    assert "falcon model: requirements" not in without
    assert "*falcon model: requirements*" in await play(running, f"ana in #secret-launch: {asked}")


async def test_a_command_in_words_stays_one(running: Trial) -> None:
    await add(running, "rash classifier")
    told = await play(running, f"{ASKED} feedback: the rash classifier says no, who can help?")
    assert "Press to give feedback" in told
    assert "What did you agree on?" not in told
    told = await play(running, f"{ASKED} define latency of the rash classifier")
    assert "rash classifier: requirements" not in told
