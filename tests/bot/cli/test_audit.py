"""The audit trail as JSON lines, and what the command line itself adds to it."""

import asyncio
import getpass
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.cli import audit as lines
from bot.trial.run import Trial
from storage.workspaces.audit import Action, Entry
from tests.conftest import StartTrial
from tests.playing import play

#: https://www.elastic.co/docs/reference/ecs/ecs-allowed-values-event-category: the types that go with a category.
EXPECTED = {
    "api": {"access", "admin", "allowed", "change", "creation", "deletion", "denied", "end", "info", "start", "user"},
    "configuration": {"access", "change", "creation", "deletion", "info"},
    "database": {"access", "change", "info", "error"},
    "iam": {"admin", "change", "creation", "deletion", "group", "info", "user"},
}


@pytest.fixture
async def running(tmp_path: Path, start: StartTrial, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Trial]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    async with start() as started:
        yield started


async def run(*told: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, cli, told)


async def printed(*told: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (await run("audit", *told)).output.splitlines()]


async def test_what_was_done_and_refused_in_slack_is_printed_in_the_fields_of_ecs(running: Trial) -> None:
    await play(running, "ana in #secret-launch: /summary here weekly monday 09:00")
    await play(running, "wait 1 day", "ben in #general: /common-ground settings")
    secret = next(each.id for each in running.slack.workspace.channels.values() if each.name == "secret-launch")
    first, second = await printed()
    assert first == {
        "@timestamp": "2026-01-05T09:00:00.000000+00:00",
        "ecs.version": "8.17.0",
        "event.id": first["event.id"],
        "event.kind": "event",
        "event.category": ["configuration"],
        "event.type": ["creation"],
        "event.action": "summary-set",
        "event.outcome": "success",
        "organization.id": "T0LOCAL",
        "user.id": "UANA",
        "labels.visibility": secret,
        "labels.target_kind": "channel",
        "labels.target_id": secret,
    }
    assert (second["event.action"], second["event.outcome"]) == ("access-denied", "failure")
    assert (second["event.category"], second["event.type"]) == (["api"], ["denied"])
    assert await printed("--since", "2026-01-06") == [second]
    assert await printed("--action", "summary-set") == [first]
    assert await printed("--since", "2026-01-07") == []


@pytest.mark.parametrize(
    ("told", "wrong"),
    [(("--since", "yesterday"), "write a day such as"), (("--action", "stolen"), "unknown action")],
)
async def test_what_cannot_be_asked_for_ends_in_one_line(running: Trial, told: tuple[str, ...], wrong: str) -> None:
    result = await run("audit", *told)
    assert (result.exit_code, wrong in result.output) == (2, True)
    assert running.bot.identity.team_id == "T0LOCAL"


async def test_exports_of_private_records_and_imports_are_noted_by_the_systems_user(
    running: Trial, tmp_path: Path
) -> None:
    await play(running, "ana in #secret-launch: /decision Falcon in May", "ana submits", "ana closes")
    await run("decisions", "export", str(tmp_path / "open"))
    await run("glossary", "export", "--output", str(tmp_path / "open.csv"))
    assert await printed() == []
    await run("decisions", "export", str(tmp_path / "all"), "--include-private")
    await run("glossary", "export", "--include-private", "--output", str(tmp_path / "all.csv"))
    await run("owner", "export", "--include-private", "--output", str(tmp_path / "duties.csv"))
    await run("decisions", "import", str(tmp_path / "all"), "--dry-run")
    await run("decisions", "import", str(tmp_path / "all"), "--partial")
    await run("glossary", "import", str(tmp_path / "open.csv"), "--partial")
    await run("owner", "catalogue", "--standard")
    found = [(each["event.action"], each["labels.target_kind"]) for each in await printed()]
    assert found == [
        ("exported", "decisions"),
        ("exported", "glossary"),
        ("exported", "duties"),
        ("imported", "decisions"),
        ("imported", "glossary"),
        ("catalogue-changed", "catalogue"),
    ]
    assert {each["user.id"] for each in await printed()} == {f"cli:{getpass.getuser()}"}
    shown = await play(running, "chloe in #general: /common-ground audit")
    assert f"{getpass.getuser()} (command line) exported decisions, including private channels." in shown


def test_every_action_has_a_category_and_a_type_that_go_together() -> None:
    who = {"team_id": "T1", "at": "2026-01-05", "actor": "UBEN", "target_kind": "person", "target_id": "UANA"}
    for action in get_args(Action):
        told = lines.as_ecs(Entry.model_validate({**who, "action": action}))
        (category,) = told["event.category"] if isinstance(told["event.category"], list) else ("",)
        assert isinstance(told["event.type"], list)
        assert set(told["event.type"]) <= EXPECTED[category]
        assert told["user.target.id"] == "UANA"
