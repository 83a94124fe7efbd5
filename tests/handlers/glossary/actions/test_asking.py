"""Words that nobody has defined: who asked, how often, and what ends a question."""

import pytest

from bot.trial.run import Trial
from storage.glossary import questions as glossary_questions
from storage.glossary.questions import Question

NONE = 'presses "None of these: ask for a definition"'


async def play(trial: Trial, *lines: str) -> str:
    return "\n".join([line for each in lines for line in await trial.do(each)])


async def define(trial: Trial, word: str) -> str:
    enters = ['chloe enters "Whose meaning is it?": product', 'chloe enters "In a few words": A place to land']
    return await play(trial, f"chloe in #general: /glossary add {word}", *enters, "chloe submits", "chloe closes")


def questions(trial: Trial) -> list[Question]:
    return glossary_questions.unanswered(trial.bot.store.reader, "T0LOCAL", ["workspace"])


async def test_a_question_in_the_plural_is_answered_by_the_word(running: Trial) -> None:
    await play(running, "ana in #general: /define berth windows", 'ana presses "Ask for a definition"')
    assert [each.word for each in questions(running)] == ["berth windows"]
    assert "You asked what “berth windows” means." in await define(running, "berth window")
    assert questions(running) == []


async def test_two_who_ask_past_the_suggestions_count_as_two(running: Trial) -> None:
    await play(running, "ana in #general: /define drit", f"ana {NONE}", f"ana {NONE}", "eli in #general: /define drit")
    await play(running, f"eli {NONE}")
    (question,) = questions(running)
    assert (question.word, question.times) == ("drit", 2)


async def test_a_missing_term_of_many_words_can_be_asked_for_and_added(running: Trial) -> None:
    told = await play(running, "ana in #general: /define mean time between failures")
    assert "[None of these: ask for a definition]" in told
    assert "[Add a meaning]" in told
    await play(running, f"ana {NONE}")
    assert [each.word for each in questions(running)] == ["mean time between failures"]


async def test_asking_for_a_word_that_was_defined_meanwhile_is_answered_at_once(running: Trial) -> None:
    await play(running, "ana in #general: /define helipad")
    await define(running, "helipad")
    assert "A place to land" in await play(running, 'ana presses "Ask for a definition"')
    assert questions(running) == []
    await play(running, "ana in #general: /define osprey", 'ana presses "Ask for a definition"')
    assert [each.word for each in questions(running)] == ["osprey"]


async def test_a_guest_is_offered_nothing_they_cannot_do_and_hides_nothing_from_others(running: Trial) -> None:
    told = await play(running, "gus in #churn-model: /define drift vs skew")
    assert "Ask what" not in told
    assert "I know of no meaning of “drift” and “skew” that belongs to this channel." in told
    public = await play(running, "ana in #churn-model: @Common Ground define drit")
    assert "drift" in public
    await play(running, 'gus presses "drift"')
    (thread,) = [each for each in running.slack.workspace.channels["CCHURNMODEL"].messages.values() if each.thread_ts]
    assert "Did you mean" in thread.text


@pytest.mark.parametrize("line", ["/glossary edit", "/glossary history", "/glossary history drift 2026-99-99"])
async def test_what_a_command_needs_is_said(running: Trial, line: str) -> None:
    assert "Name a word" in await play(running, f"ana in #general: {line}")


async def test_a_word_that_never_was_is_not_said_to_have_gone(running: Trial) -> None:
    assert "fnord is not in the glossary" in await play(running, "ana in #general: /glossary history fnord")


async def test_more_fields_keep_what_the_word_means_so_far(running: Trial) -> None:
    told = await play(running, "ana in #general: /glossary add drift", 'ana presses "More fields"')
    assert "What this word means so far:" in told.rpartition("Misspellings")[0].rpartition("Add a meaning")[2]
