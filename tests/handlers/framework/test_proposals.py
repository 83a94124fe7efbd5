"""What agents would have their person do: it is sent to that person alone, and their button alone does it."""

import pytest

from bot.trial.run import Trial
from handlers.checks.outcomes import Refused
from handlers.framework import tools
from handlers.framework.agents import Agents, Caller
from storage.feedback.feedback import ITEMS
from tests.handlers.decisions.playing import every, one
from tests.handlers.requirements.playing import a_model
from tests.playing import play
from tests.sent import sent

TEAM = "T0LOCAL"
ANA = Caller(TEAM, "UANA")


async def proposed(trial: Trial, tool: str, caller: Caller = ANA, **arguments: object) -> str:
    """Return what an agent is told, once its person was told too."""
    told = await Agents(trial.bot.boundary, trial.bot.routes.tools).call(caller, tool, arguments)
    await trial.quiet()
    return told.told if isinstance(told, Refused) else tools.as_text(told)


def open_words(trial: Trial) -> list[str]:
    rows = trial.bot.store.reader.all("SELECT word, state FROM glossary_misses")
    return [row["word"] for row in rows if row["state"] == "open"]


async def test_an_unknown_word_becomes_a_question_once_the_person_says_so(running: Trial) -> None:
    assert "nothing happens before they say yes" in await proposed(running, "ask_definition", word="quay crane")
    assert [(to, "quay crane" in text) for to, text in sent(running)] == [("UANA", True)]
    assert open_words(running) == []
    await play(running, 'ana presses "Ask the team"')
    assert open_words(running) == ["quay crane"]


async def test_what_shows_no_word_is_not_proposed_as_one(running: Trial) -> None:
    for each in ("---", "\u200b", "\u3164"):
        assert "isn't a word" in await proposed(running, "ask_definition", word=each)
    assert sent(running) == []


async def test_a_word_that_is_defined_is_told_and_nobody_is_asked(running: Trial) -> None:
    assert "drift has" in await proposed(running, "ask_definition", word="drift")
    assert sent(running) == []


async def test_a_proposal_is_logged_as_one_once_the_person_submits_it(running: Trial) -> None:
    await proposed(running, "propose_decision", title="Batches only", why="nobody acts within a day")
    assert [to for to, _ in sent(running)] == ["UANA"]
    assert every(running) == []
    await play(running, 'ana presses "Look at it"')
    assert every(running) == []
    await play(running, "ana submits")
    logged = one(running)
    assert (logged.title, logged.why, logged.state, logged.created_by) == (
        "Batches only",
        "nobody acts within a day",
        "proposed",
        "UANA",
    )


async def test_feedback_is_given_once_the_person_sends_it(running: Trial) -> None:
    await a_model(running, "berth model")
    await proposed(running, "report_feedback", about="berth model", got="a berth of 150 m")
    assert [to for to, _ in sent(running)] == ["UANA"]
    shown = await play(running, 'ana presses "Look at it"')
    assert "a berth of 150 m" in shown
    assert ITEMS.some(running.bot.store.reader, TEAM) == []


async def test_of_a_text_that_takes_more_than_a_button_holds_the_form_has_as_much_as_fits(running: Trial) -> None:
    await a_model(running, "berth model")
    await proposed(running, "report_feedback", about="berth model", got='"' * 1000)
    assert '"' * 900 in await play(running, 'ana presses "Look at it"', "ana closes")
    await proposed(running, "propose_decision", title='"' * 200, why='\\"' * 500)
    seen = await play(running, 'ana presses "Look at it"')
    assert '"' * 200 in seen
    assert '\\"' * 280 in seen


async def test_the_same_is_sent_once_and_no_more_than_ten_an_hour(running: Trial) -> None:
    await proposed(running, "ask_definition", word="quay crane")
    assert "sent to your person already" in await proposed(running, "ask_definition", word="quay crane")
    told = [await proposed(running, "propose_decision", title=f"Number {number}") for number in range(10)]
    assert ["this hour" in each for each in told] == [False] * 9 + [True]
    assert len(sent(running)) == 10


@pytest.mark.parametrize(
    ("caller", "why"),
    [
        (Caller(TEAM, "UANA", is_public=True), "This token is bound to nobody"),
        (Caller(TEAM, "UGUS"), "Only members of this workspace can do that"),
    ],
)
async def test_nothing_is_proposed_in_nobodys_name_or_by_a_guest(running: Trial, caller: Caller, why: str) -> None:
    assert why in await proposed(running, "propose_decision", caller, title="Batches only")
    assert sent(running) == []
