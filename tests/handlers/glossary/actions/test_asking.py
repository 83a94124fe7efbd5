"""Words that nobody has defined: who asked, how often, and what ends a question."""

import pytest

from bot.trial.run import Trial
from storage.glossary import questions as glossary_questions
from storage.glossary.questions import Question

NONE = 'presses "Ask the team"'


async def play(trial: Trial, *lines: str) -> str:
    return "\n".join([line for each in lines for line in await trial.do(each)])


async def define(trial: Trial, word: str) -> str:
    enters = ['chloe enters "Discipline": product', 'chloe enters "Definition in one line": A place to land']
    return await play(trial, f"chloe in #general: /glossary add {word}", *enters, "chloe submits", "chloe closes")


def questions(trial: Trial) -> list[Question]:
    return glossary_questions.unanswered(trial.bot.store.reader, "T0LOCAL", ["workspace"])


async def test_a_question_in_the_plural_is_answered_by_the_word(running: Trial) -> None:
    await play(running, "ana in #general: /define berth windows", 'ana presses "Ask the team"')
    assert [each.word for each in questions(running)] == ["berth windows"]
    assert "“berth windows” is defined now for product: A place to land" in await define(running, "berth window")
    assert questions(running) == []


async def test_a_verbs_form_in_a_message_is_explained_by_its_word_and_the_rest_stands_behind_a_button(
    running: Trial,
) -> None:
    await play(running, "ben in #general: the model regressed last night")
    seen = await play(running, 'ana uses "Explain the words" on "the model regressed"')
    assert "*regressed*, from *regression*" in seen
    assert "Something that worked before and no longer does after a change" in seen
    assert "and 1 more" in seen
    assert "*model* · 4 definitions" in await play(running, 'ana presses "More on model"')


async def test_two_who_ask_past_the_suggestions_count_as_two(running: Trial) -> None:
    for who in ("ana", "ana", "eli"):
        await play(running, f"{who} in #general: /define drit", f"{who} {NONE}")
    (question,) = questions(running)
    assert (question.word, question.times) == ("drit", 2)


async def test_a_missing_term_of_many_words_can_be_asked_for_and_added(running: Trial) -> None:
    told = await play(running, "ana in #general: /define mean time between failures")
    assert "[Ask the team]" in told
    assert "Define it]" in told
    await play(running, f"ana {NONE}")
    assert [each.word for each in questions(running)] == ["mean time between failures"]


async def test_asking_for_a_word_that_was_defined_meanwhile_is_answered_at_once(running: Trial) -> None:
    await play(running, "ana in #general: /define helipad")
    await define(running, "helipad")
    assert "A place to land" in await play(running, 'ana presses "Ask the team"')
    assert questions(running) == []
    await play(running, "ana in #general: /define osprey", 'ana presses "Ask the team"')
    assert [each.word for each in questions(running)] == ["osprey"]


async def test_a_guest_is_offered_nothing_they_cannot_do_and_hides_nothing_from_others(running: Trial) -> None:
    told = await play(running, "gus in #churn-model: /define drift vs skew")
    assert "Ask what" not in told
    assert "“drift” or “skew” isn't defined in this channel." in told
    public = await play(running, "ana in #churn-model: @Common Ground define drit")
    assert "drift" in public
    await play(running, 'gus presses "drift"')
    (thread,) = [each for each in running.slack.workspace.channels["CCHURNMODEL"].messages.values() if each.thread_ts]
    assert "Did you mean" in thread.text


@pytest.mark.parametrize("line", ["/glossary edit", "/glossary history", "/glossary history drift 2026-99-99"])
async def test_what_a_command_needs_is_said(running: Trial, line: str) -> None:
    assert "Which word?" in await play(running, f"ana in #general: {line}")


async def test_a_word_that_never_was_is_not_said_to_have_gone(running: Trial) -> None:
    assert "“fnord” isn't in the glossary" in await play(running, "ana in #general: /glossary history fnord")


async def test_more_fields_keep_what_the_word_means_so_far(running: Trial) -> None:
    told = await play(running, "ana in #general: /glossary add drift", 'ana presses "More fields"')
    assert "Defined so far:" in told.rpartition("Common misspellings")[0].rpartition("Add a definition")[2]
