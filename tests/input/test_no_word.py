"""A text that shows no word is none, through whichever door it comes: nobody is asked to define it."""

import copy
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.trial.run import Trial
from tests.conftest import StartTrial
from tests.input.watching import minded, watched
from tests.input.wire import Payload, Wire, listening, renewed
from tests.playing import play

BLANK = ("", " ", "\n", "\t \u00a0", "\x00", "\x1b", "\ud800", "\ufeff", "\u200b", "\u202e\u202c", "\u2060\u00ad")
#: Letters and a pattern, says Unicode, that are drawn as nothing.
FILLING = ("\u3164", "\u115f", "\uffa0 \u1160", "\u2800", "\ufffc")
#: Nothing but marks, and what of Slack's own stands for a person or a group.
MARKS = ("---", "::", "[]", "“”", "```", "|||", "\\", "?", "<@UNOBODY>", "<!channel>")
HOW_TO_ASK = "to see what each discipline means by a word"


def _typed(payload: Payload, text: str) -> Payload:
    return replace(payload, content={**payload.content, "text": text})


def _pressed(payload: Payload, text: str) -> Payload:
    told = copy.deepcopy(payload.content)
    told["actions"][0]["value"] = text
    return replace(payload, content=told)


DOORS: dict[str, tuple[tuple[str, ...], Callable[[Payload, str], Payload]]] = {
    "typed": (("ana in #general: /define zyzzyva",), _typed),
    "asked for": (("ana in #general: /define zyzzyva", 'ana presses "Ask the team"'), _pressed),
    "asked for nonetheless": (
        (
            *("ana in #general: /define zyzzyva", 'ana presses "Ask the team"'),
            *("ana in #general: /define zyzzyba", 'ana presses "Ask the team"', 'ana presses "No, ask"'),
        ),
        _pressed,
    ),
}


def _last(wire: Wire, line: str) -> Payload:
    """Return what was sent for a line: a command, or a press."""
    return [each for each in wire.heard if ("actions" in each.content) == ("presses" in line)][-1]


async def _send_each(trial: Trial, wire: Wire, sent: Sequence[Payload]) -> tuple[list[str], str]:
    """Return what Slack would mind in the answers, and what stands in them."""
    wrong, told = list[str](), list[str]()
    for payload in sent:
        status, body = await wire.send(payload)
        wrong.append(minded(payload, status, body))
        told.append(str(body))
        await trial.quiet()
    return [each for each in wrong if each], "\n".join(told)


@pytest.mark.parametrize("door", DOORS)
async def test_what_shows_no_word_is_never_listed_as_one_to_define(start: StartTrial, door: str) -> None:
    lines, put = DOORS[door]
    async with start(use_http=True) as trial, listening(trial) as wire:
        with watched(trial) as watch:
            await play(trial, *lines)
            last, texts = _last(wire, lines[-1]), (*BLANK, *FILLING, *MARKS)
            sent = [put(renewed(last, trial.slack.workspace), each) for each in texts]
            wrong, answered = await _send_each(trial, wire, sent)
            told = await play(trial, "ana in #general: /glossary unanswered")
        words = {row["word"] for row in trial.bot.store.reader.all("SELECT word FROM glossary_misses")}
        assert wrong + watch.news() == []
        assert words <= {"zyzzyva", "zyzzyba"}
        assert (f"{answered}{told}".count(HOW_TO_ASK), "zyzzyva" in told) == (len(texts), True)
