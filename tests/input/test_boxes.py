"""Whatever people type into a form, a command or a mention, it breaks nothing, and Slack takes what is then shown."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest

from bot.trial.run import Trial
from tests.conftest import StartTrial
from tests.input.filling import Filling, fillings
from tests.input.odd import CASES, begun_by, drawn
from tests.input.playing import heard_first
from tests.input.watching import Watched, minded, watched
from tests.input.wire import Payload, Wire, listening, renewed
from tests.test_acceptance import SCRIPTS

_EACH = CASES or 4
_FILLINGS = drawn(fillings(), 20_000 if CASES else 400)
#: What shows all that is there: what was typed must fit there, too.
_LISTS = (
    *("/glossary", "/glossary review", "/glossary unanswered", "/owner", "/owner map", "/owner mine", "/owner card"),
    *("/owner feedback list", "/decision list all", "/decision health", "/data-request list all", "/nudges report"),
    *(
        "/summary preview",
        "/summary preview me",
        "/common-ground audit",
        "/common-ground my-data",
        "/common-ground find a",
    ),
)
_DAYS = 8


def _takes_words(payload: Payload) -> bool:
    told = payload.content
    is_said = "event" in told and bool(told["event"].get("text")) and not told["event"].get("bot_id")
    return "command" in told or told.get("type") == "view_submission" or is_said


async def _wrong(trial: Trial, wire: Wire, watch: Watched, payload: Payload, some: Iterator[Filling]) -> list[str]:
    """Send a payload again and again with something typed in it, and return what went wrong."""
    found: list[str] = []
    for filling in islice(some, _EACH):
        told, filled = filling.of(renewed(payload, trial.slack.workspace))
        answered = minded(filled, *await wire.send(filled))
        await trial.quiet()
        found += [f"{payload.route}: {told}: {each}" for each in [answered, *watch.news()] if each]
    return found


async def _wrong_later(trial: Trial, watch: Watched) -> list[str]:
    """Let days pass, show every list and everybody's Home, and return what went wrong."""
    found: list[str] = []
    for _ in range(_DAYS):
        await trial.pass_time(timedelta(days=1))
        found += [f"in time: {each}" for each in watch.news()]
    lines = [f"{who} in #general: {each}" for who in ("ana", "chloe") for each in _LISTS]
    for line in [*lines, "ana opens the Home", "chloe opens the Home"]:
        await trial.do(line)
        found += [f"{line}: {each}" for each in watch.news()]
    return found


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
async def test_whatever_is_typed_breaks_nothing_and_is_shown_as_slack_takes_it(start: StartTrial, path: Path) -> None:
    tried, wrong, some = 0, list[str](), begun_by(path.stem, _FILLINGS)
    async with start(use_http=True, reads_channels=True) as trial, listening(trial) as wire:
        with watched(trial) as watch:
            async for line, payload in heard_first(trial, wire, path, _takes_words):
                tried += 1
                wrong += [f"{line}: {each}" for each in await _wrong(trial, wire, watch, payload, some)]
            wrong += await _wrong_later(trial, watch)
    assert wrong == []
    assert tried
