"""A text as long as Slack carries is answered from its beginning, whatever it is made of."""

import pytest

from bot.trial.run import Trial
from handlers.slack.payloads import TEXT_LIMIT
from tests.handlers.requirements.playing import a_model
from tests.playing import play

#: What takes longest to read: one word, many, marks, half-written links, letters in pieces, brackets.
LONG = {
    "one word": "a",
    "words": "wordy ",
    "marks": " ? ",
    "links": "<http://a",
    "mentions": "<@U",
    "pieces": "e\u0301",
    "brackets": "(",
    "commas": ",",
    "dashes": "- ",
    "letters between": "a, ",
    "versus": " vs",
}
WRONG = "Something went wrong on my side"
SHORTCUTS = {
    "Explain the words": "drift",
    "Who is responsible?": "berth model",
    "Log as decision": "What was decided",
    "Turn into a data request": "drift of the berth model",
}


def long(piece: str) -> str:
    return f"drift of the berth model {piece * 40_000}"[:40_000].rstrip()


@pytest.mark.parametrize("shortcut", SHORTCUTS)
async def test_a_long_message_is_answered_from_its_beginning(running: Trial, shortcut: str) -> None:
    await a_model(running)
    for piece in LONG.values():
        await play(running, f"ben in #general: {long(piece)}")
        seen = await play(running, f'ana uses "{shortcut}" on "drift of the berth model"')
        if running.slack.workspace.open_view("UANA") is not None:
            await play(running, "ana closes")
        assert SHORTCUTS[shortcut] in seen
        assert len(seen) < 2 * TEXT_LIMIT


@pytest.mark.parametrize("begin", ["what does", "we decided:", "why did we", "who owns", "card of", "feedback on"])
async def test_a_long_mention_gets_its_answer(running: Trial, begin: str) -> None:
    for piece in LONG.values():
        seen = await play(running, f"ben in #general: @Common Ground {begin} {long(piece)}")
        assert seen.count("Common Ground") > 1
        assert WRONG not in seen


@pytest.mark.parametrize("command", ["/define", "/glossary history", "/decision find", "/data-request", "/owner"])
async def test_a_long_command_gets_its_answer(running: Trial, command: str) -> None:
    for piece in LONG.values():
        seen = await play(running, f"ben in #general: {command} {long(piece)}")
        assert "Common Ground" in seen or "sees the form" in seen
        assert WRONG not in seen
