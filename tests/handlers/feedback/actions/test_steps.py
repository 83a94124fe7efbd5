"""Steps with feedback: the person's own day, and who hears of them."""

from bot.trial.run import Trial
from tests.handlers.feedback.playing import REPORT, every, lines, reported
from tests.handlers.requirements.playing import a_model
from tests.playing import let_fields_be_empty, play
from tests.sent import sent

FIX = ('presses "Will fix"', 'enters "By when?": 2026-01-05', "submits", "closes")


async def test_today_is_a_day_by_which_something_is_fixed_where_it_is_still_today(running: Trial) -> None:
    await reported(running, await a_model(running, model_side=("UANA", "UELI")))
    running.slack.workspace.user_named("ana").tz = "America/Los_Angeles"
    await play(running, "wait 20 hours")
    told = await play(running, "eli in #general: /owner feedback FB-1", *lines("eli", *FIX))
    assert "! That day is in the past. Choose a day ahead." in told
    assert every(running)[0].state == "new"
    await play(running, "ana in #general: /owner feedback FB-1", *lines("ana", *FIX))
    assert every(running)[0].fix_by == "2026-01-05"


async def test_of_those_who_reported_it_neither_who_left_nor_who_answers_is_told(running: Trial) -> None:
    item = await reported(running, await a_model(running), joined=("UDEV", "UANA"))
    running.slack.people.change(running.slack.workspace.user_named("dev"), deleted=True)
    await running.quiet()
    answer = ('presses "Answer"', 'enters "Your answer": Mended', "submits", "closes")
    await play(running, f"ana in #general: /owner feedback {item.number}", *lines("ana", *answer))
    assert {to for to, words in sent(running) if f"answered {item.number}" in words} == {"UBEN"}


async def test_of_feedback_in_a_private_channel_who_left_it_hears_nothing(running: Trial) -> None:
    secret = next(each for each in running.slack.workspace.channels.values() if each.name == "secret-launch")
    model = await a_model(running, "falcon model", visibility=secret.id)
    item = await reported(running, model, "UCHLOE", joined=("UELI",))
    running.slack.people.join(secret, running.slack.workspace.user_named("eli"))
    running.slack.people.leave(secret, running.slack.workspace.user_named("chloe"))
    before = len(sent(running))
    answer = ('presses "Answer"', 'enters "Your answer": Mended', "submits", "closes", 'presses "History"')
    await play(running, "wait 11 minutes", f"ana in #secret-launch: /owner feedback {item.number}")
    await play(running, *lines("ana", *answer))
    told = [to for to, words in sent(running)[before:] if "alcon" in words and to.startswith("U")]
    # Ana's own message says now what she did.
    assert told == ["UANA", "UELI"]


async def test_no_message_asks_any_more_for_what_was_done_by_another_door(running: Trial) -> None:
    await a_model(running)
    form = "ben in #general: /owner feedback berth model"
    await play(running, form, *lines("ben", *REPORT, "submits", "closes"))
    assert directly(running, "UANA", "feedback_step") == [True]
    answer = ('presses "Answer"', 'enters "Your answer": Mended', "submits", "closes")
    await play(running, "chloe in #general: /owner feedback FB-1", *lines("chloe", *answer))
    assert directly(running, "UANA", "feedback_step") == [False]
    assert directly(running, "UANA", " answered.") == [True]
    assert directly(running, "UBEN", "feedback_step") == [True]
    again = ('presses "Reopen"', 'enters "What\'s still wrong?": It happened again', "submits", "closes")
    await play(running, "ben in #general: /owner feedback FB-1", *lines("ben", *again))
    assert directly(running, "UBEN", "feedback_step") == [False]
    assert directly(running, "UANA", "feedback_step") == [False, True]


def directly(trial: Trial, who: str, words: str) -> list[bool]:
    """Tell of each message that somebody got whether it has these words, or a button of this name, now."""
    return [words in str(each.blocks) for each in trial.slack.workspace.direct_channel(who).messages.values()]


async def test_a_form_says_at_its_fields_what_is_missing(running: Trial) -> None:
    await reported(running, await a_model(running))
    await play(running, "ana in #general: /owner feedback FB-1", 'ana presses "Answer"')
    let_fields_be_empty(running, "UANA")
    assert "! Write the answer." in await play(running, "ana submits")
    await play(running, "ana closes", "ana in #general: /owner feedback berth model", *lines("ana", *REPORT[:-1]))
    let_fields_be_empty(running, "UANA")
    assert "! Choose how often it happens." in await play(running, "ana submits")
    assert [each.state for each in every(running)] == ["new"]
