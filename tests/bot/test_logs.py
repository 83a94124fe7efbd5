"""Log lines of ours and of the libraries come in one form on standard error, for people or for machines."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import set_up_logging
from handlers.framework.context import Context
from handlers.framework.routing import Command, Feature
from handlers.slack.interactions import Ask
from handlers.slack.replies import Reply
from tests.conftest import StartTrial

NOISY = ("apscheduler", "slack_sdk", "aiohttp.access", "slack_bolt")


async def _break(_context: Context[Ask]) -> Reply:
    raise RuntimeError("a bug")


BROKEN = Feature("broken", commands=[Command("define", _break, "Break"), Command("common-ground", _break, "Break")])


@pytest.fixture(autouse=True)
def other_tests_log_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, levels = root.handlers[:], {name: logging.getLogger(name).level for name in ("", *NOISY)}
    kept = structlog.get_config()
    yield
    structlog.configure(**kept)
    root.handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def written(capsys: pytest.CaptureFixture[str]) -> list[str]:
    out, err = capsys.readouterr()
    assert out == ""
    return err.splitlines()


def test_for_machines_each_line_is_json_whoever_writes_it(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO", "json")
    structlog.get_logger("bot.relay").warning("a delivery ended badly", id="d1")
    logging.getLogger("aiohttp.web").error("it %s", "broke")
    ours, theirs = (json.loads(line) for line in written(capsys))
    assert ours.pop("timestamp").endswith("Z")
    assert ours == {"event": "a delivery ended badly", "id": "d1", "level": "warning", "logger": "bot.relay"}
    assert theirs.pop("timestamp").endswith("Z")
    assert theirs == {"event": "it broke", "level": "error", "logger": "aiohttp.web"}


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_bug_is_logged_with_where_it_happened(capsys: pytest.CaptureFixture[str], form: str) -> None:
    set_up_logging("INFO", "json" if form == "json" else "console")
    try:
        int("a bug")
    except ValueError:
        structlog.get_logger("bot").exception("something escaped", reference="a1b2c3")
    told = written(capsys)
    assert (len(told) == 1) is (form == "json")
    for words in ("something escaped", "a1b2c3", "test_logs.py", "ValueError"):
        assert words in "\n".join(told)


def test_for_people_a_line_is_plain_text_without_colours(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO", "console")
    structlog.get_logger("bot.app").info("ready", workspace="Harbour")
    (line,) = written(capsys)
    assert line.split()[1:] == ["[info", "]", "ready", "[bot.app]", "workspace=Harbour"]
    assert "\x1b" not in line


def test_what_lies_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("WARNING", "json")
    structlog.get_logger("bot").info("too much")
    structlog.get_logger("bot").warning("enough")
    assert [json.loads(line)["event"] for line in written(capsys)] == ["enough"]


def test_libraries_that_talk_much_are_heard_when_something_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("DEBUG", "json")
    for name in NOISY:
        logging.getLogger(name).info("chatter of %s", name)
        logging.getLogger(name).error("trouble of %s", name)
    structlog.get_logger("bot").debug("ours")
    assert [json.loads(line)["event"] for line in written(capsys)] == [
        *(f"trouble of {name}" for name in NOISY),
        "ours",
    ]


def test_setting_up_twice_writes_each_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        set_up_logging("INFO", "json")
    structlog.get_logger("bot").info("ready")
    assert len(written(capsys)) == 1


async def test_all_lines_of_one_request_carry_its_name_and_what_is_told_of_a_fault_is_that_name(
    start: StartTrial, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging("DEBUG", "json")
    async with start(features=[BROKEN]) as trial:
        capsys.readouterr()
        told = "\n".join(await trial.do("ana in #general: /define recall"))
    fault, line = (json.loads(each) for each in written(capsys) if "request" in each)
    assert fault["event"] == "something escaped a handler or a job"
    assert {name: line[name] for name in ("event", "kind", "door", "status")} == {
        "event": "acknowledged",
        "kind": "Ask",
        "door": "/define",
        "status": 200,
    }
    assert fault["request"] == line["request"] == fault["reference"]
    assert line["request"] in told
