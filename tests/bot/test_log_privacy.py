"""A log line of an error has ids and places, and nothing that somebody typed or that can be used."""

import json
import logging

import pytest
import structlog
from pydantic import BaseModel

from bot.logs import set_up_logging
from handlers.framework.context import Context
from handlers.framework.routing import Command, Feature
from handlers.slack.interactions import Ask
from handlers.slack.replies import Reply
from tests.bot.test_logs import other_tests_log_as_before, written
from tests.conftest import StartTrial
from tests.playing import play

__all__ = ["other_tests_log_as_before"]
SECRET, ADDRESS = "hunter2000", "https://hooks.slack.com/commands/T1/2/secretsecret"


class Told(BaseModel):
    number: int


def validation_error(text: str) -> Exception:
    try:
        Told.model_validate({"number": text})
    except ValueError as error:
        return error
    raise AssertionError


async def fall_over(context: Context[Ask]) -> Reply:
    url = context.interaction.response_url
    try:
        raise validation_error(context.interaction.text)
    except ValueError as error:
        message = f"{context.interaction.text} at {url}"
        raise RuntimeError(message) from error


BROKEN = Feature(name="broken", commands=[Command("common-ground", fall_over, "Break")])


@pytest.mark.parametrize("form", ["json", "console"])
async def test_what_somebody_typed_is_in_no_line_of_what_their_request_broke(
    start: StartTrial, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    async with start(features=[BROKEN]) as trial:
        set_up_logging("INFO", "json" if form == "json" else "console")
        seen = await play(trial, f"ana in #general: /common-ground {SECRET}")
    reference = seen.partition("(ref ")[2].partition(")")[0]
    told = "\n".join(written(capsys))
    assert reference
    for words in (reference, "something escaped", "RuntimeError", "Told: ('number',) int_parsing", "fall_over"):
        assert words in told
    assert SECRET not in told
    assert "/respond/" not in told


def test_a_librarys_line_says_what_broke_and_not_with_which_words(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO", "json")
    error = validation_error(SECRET)
    logging.getLogger("slack_bolt").error("Failed to run (error: %s)", error, exc_info=error)
    logging.getLogger("asyncio").error("never retrieved %s %s", repr(error), ADDRESS, exc_info=error)
    structlog.get_logger("bot").warning("slack did not say", error=error, url=ADDRESS)
    lines = [json.loads(line) for line in written(capsys)]
    assert SECRET not in json.dumps(lines)
    assert "secretsecret" not in json.dumps(lines)
    assert lines[0]["event"].startswith("Failed to run (error: pydantic_core._pydantic_core.ValidationError of Told")
    assert (lines[2]["url"], len(lines)) == ("https://hooks.slack.com/…", 3)
