"""A trial: the bot in a Slack on this machine, with gestures from a script or as they are typed."""

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.logs import set_up_logging
from bot.trial.run import Course, run_trial, trial
from bot.trial.script import BEGINS, ScriptError
from handlers import FEATURES
from handlers.access.recipients import Destination, post
from handlers.framework.routing import Feature, Job, at_once
from handlers.slack.blocks import Message
from storage import open_store
from storage.engine.interface import Transaction, to_text
from storage.glossary import questions
from storage.outbox.deliveries import Delivery
from tests.bot.test_logs import other_tests_log_as_before
from tests.conftest import StartTrial

__all__ = ["other_tests_log_as_before"]
RECALL = "Of the cases that really are positive, the share the model found"
ASKED = "ana in #general: /define recall"


@pytest.fixture(autouse=True)
def as_the_command_logs(other_tests_log_as_before: None) -> None:  # noqa: ARG001 - that one comes first
    set_up_logging("WARNING", "console")


async def test_a_line_is_carried_out_and_what_people_see_of_it_is_returned_once(start: StartTrial) -> None:
    async with start() as running:
        assert RECALL in "\n".join(await running.do(ASKED))
        assert await running.do("ben in #general: hello") == ["#general", "  Ben Okafor:", "    hello"]
        with pytest.raises(ScriptError, match="nobody here is called 'zoe'"):
            await running.do("zoe in #general: hello")


@pytest.mark.parametrize("use_http", [True, False])
async def test_the_bot_is_connected_by_either_transport(clock: Clock, tmp_path: Path, *, use_http: bool) -> None:
    async with trial(clock, tmp_path / "bot.db", use_http=use_http) as running:
        assert RECALL in "\n".join(await running.do(ASKED))
        assert [each.kind for each in running.slack.wire.record] == ["slash_commands"]
        assert (running.slack.wire.request_url is not None) is use_http
        assert (running.bot.condition.socket is None) is use_http


def name_the_day(_transaction: Transaction, team_id: str, now: datetime) -> list[Delivery]:
    return [post(Destination(team_id, "CGENERAL"), Message(f"It is {now:%A}."), now)]


async def test_waiting_moves_the_clock_on_and_does_what_has_become_due(start: StartTrial) -> None:
    daily = Job("day", lambda now: f"{now:%Y-%m-%d}", at_once(name_the_day))
    async with start(features=[*FEATURES, Feature("timed", jobs=[daily])]) as running:
        assert await running.do("wait 2 hours") == ["#general", "  Common Ground:", "    It is Monday."]
        assert running.bot.clock.now() == BEGINS + timedelta(hours=2)
        assert await running.do("wait 1 hour") == []
        assert await running.do("wait 1 day") == ["#general", "  Common Ground:", "    It is Tuesday."]


async def test_a_script_is_played_at_the_time_that_it_was_written_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, transcript = tmp_path / "try.db", tmp_path / "transcript.txt"
    course = Course(["# a note", ASKED, "ana in #general: /define zugzwang"], store, transcript)
    assert await run_trial(io.StringIO(), course) == 0
    out, err = capsys.readouterr()
    assert (out.splitlines()[:3], RECALL in out, err) == (["# a note", ASKED, "#general"], True, "")
    written = transcript.read_text(encoding="utf-8")
    assert written.endswith("\n")
    assert RECALL in written
    assert "# a note" not in written
    kept = open_store(f"sqlite:///{store}")
    (miss,) = questions.unanswered(kept.reader, "T0LOCAL", ["workspace"])
    await kept.close()
    assert (miss.word, miss.first_at) == ("zugzwang", to_text(BEGINS))


async def test_a_script_ends_at_its_first_wrong_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert await run_trial(io.StringIO(), Course(["ben in #general: hello", "ana dances", ASKED])) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == ["ben in #general: hello", "#general", "  Ben Okafor:", "    hello", "ana dances"]
    assert err == "line 2: I don't know that; try: ana in #general: /define bias\n"


async def test_what_is_typed_is_carried_out_until_its_end_and_a_wrong_line_ends_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert await run_trial(io.StringIO(f"ana dances\n{ASKED}\n"), Course()) == 0
    out, err = capsys.readouterr()
    assert out.startswith("A Slack on this machine, with the workspace Harbour. Its people: ana (data scientist),")
    assert "#general, #churn-model, #data, #random, #secret-launch (private)." in out
    assert RECALL in out
    assert err == "I don't know that; try: ana in #general: /define bias\n"
