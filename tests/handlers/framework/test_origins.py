"""One name leads from what somebody did to each message that it led to, in the store and in the log."""

import json
import re
from datetime import timedelta
from runpy import run_path

import pytest

from bot.local_slack.faults import Fault
from bot.logs import set_up_logging
from bot.trial.run import Trial
from handlers import FEATURES
from handlers.framework import origins
from handlers.framework.routing import Feature
from handlers.slack.cache import Waiting, left, waiting
from tests.bot.test_logs import other_tests_log_as_before, written
from tests.conftest import StartTrial
from tests.handlers.framework.test_timed import job
from tests.playing import play

__all__ = ["other_tests_log_as_before"]
LOG = "ben in #general: @Common Ground decided: Drop the feed; decider Ana"


def lines(capsys: pytest.CaptureFixture[str], event: str) -> list[dict[str, object]]:
    told = [json.loads(each) for each in written(capsys)]
    return [each for each in told if each["event"] == event]


def rows(trial: Trial) -> list[tuple[str, str]]:
    found = trial.bot.store.reader.all("SELECT lane, origin FROM outbox ORDER BY id")
    return [(row["lane"], row["origin"]) for row in found]


def test_a_name_is_one_only_inside() -> None:
    assert origins.name() == ""
    with origins.named(job="nudges"):
        first = origins.name()
        with origins.named_as(""):
            assert origins.name() == first
        with origins.named_as("a1b2c3"):
            assert origins.name() == "a1b2c3"
    assert re.fullmatch(r"[0-9a-f]{6}-[0-9a-f]+", first)
    assert origins.name() == ""


def test_a_name_is_given_once_and_another_run_gives_other_names() -> None:
    given = [origins.new() for _ in range(1000)]
    assert len(set(given)) == len(given)
    runs = [run_path(origins.__file__)["new"]() for _ in range(2)]
    assert len({each.partition("-")[0] for each in (given[0], given[1], *runs)}) == 3


async def test_what_somebody_did_leads_to_all_that_is_said_of_it_and_how_that_ended(
    running: Trial, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging("DEBUG", "json")
    running.slack.faults.arm("chat.postMessage", Fault("server_error"))
    await play(running, LOG, "wait 1 minute")
    said = rows(running)
    assert {lane for lane, _ in said} >= {"CGENERAL"}
    (name,) = {origin for lane, origin in said if lane == "CGENERAL"}
    told = [json.loads(each) for each in written(capsys)]
    ours = [(each["event"], each.get("kind"), each.get("state")) for each in told if each.get("request") == name]
    assert ("acknowledged", "Mention", None) in ours
    assert [state for event, _, state in ours if event == "tried"][:2] == ["unsure", "sent"]
    assert len({each["request"] for each in told if each["event"] == "tried"}) == len({each for _, each in said})


async def test_what_a_job_says_leads_back_to_the_job(start: StartTrial, capsys: pytest.CaptureFixture[str]) -> None:
    async with start(features=[*FEATURES, Feature("timed", jobs=[job("count")])]) as trial:
        set_up_logging("INFO", "json")
        await trial.pass_time(timedelta(minutes=1))
        ((lane, name),) = rows(trial)
        (told,) = lines(capsys, "a job wrote messages")
        assert (lane, told["job"], told["messages"], told["request"]) == ("CGENERAL", "count", 1, name)


async def test_what_goes_on_behind_an_answer_keeps_the_name_and_is_in_no_hurry(running: Trial) -> None:
    found: list[tuple[str, float]] = []

    async def go_on() -> None:
        found.append((origins.name(), left()))

    with waiting(Waiting(0.0, 0.0)), origins.named_as("a1b2c3"):
        assert left() == 0.0
        running.bot.relay.start(go_on())
    await running.bot.relay.idle()
    assert [name for name, _ in found] == ["a1b2c3"]
    assert found[0][1] > 1.0
