"""Web hooks on the command line: made, listed, tried against the bot that runs, and revoked."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.clock import Clock
from bot.trial.run import Trial, trial
from storage.records.offers import Offer
from storage.requirements import requirements
from storage.workspaces import audit
from tests.handlers.requirements.playing import LATENCY, TEAM, a_model, say
from tests.reporting import KEY
from tests.sent import told

GOOD = {"link": "https://harbour.example/7", "date": "2026-01-05", "values": {"latency": "420 ms"}}


@pytest.fixture
async def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Trial]:
    """A bot by today's clock, which the program beside it goes by too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    async with trial(Clock(), tmp_path / "bot.db", hooks=KEY) as started:
        monkeypatch.setenv("TOKEN_KEYS", KEY)
        await say(started, await a_model(started), "latency", Offer(parts=LATENCY))
        yield started


async def run(*words: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, cli, ["hooks", *words])


async def added(*words: str) -> str:
    """Make a web hook; return its id."""
    done = await run("add", *words)
    assert done.exit_code == 0, done.output
    assert re.search(r"secret:  whsec_[A-Za-z0-9+/=]{44}\n", done.output)
    return str(re.findall(r"/hooks/(\w+)", done.output)[0])


async def test_two_commands_are_enough_from_nothing_to_an_answer(
    running: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = await added("berth model", "--label", "nightly")
    (tmp_path / "e.json").write_text(json.dumps(GOOD), encoding="utf-8")
    url = ("--url", f"http://127.0.0.1:{running.bot.port}")
    done = await run("test", name, str(tmp_path / "e.json"), *url)
    assert done.exit_code == 0
    assert '200: {"told": "1 measured, 1 missed; Latency missed: 420 ms, limit 300 ms", "breach": true}' in done.output
    (model,) = requirements.all_evaluations(running.bot.store.reader, TEAM).values()
    assert [dict(each.values) for each in model] == [{"latency": "420 ms"}]
    monkeypatch.setenv("PORT", str(running.bot.port))
    done = await run("test", name[:6])
    assert "the signature is right; nothing is reported" in done.output
    assert "nightly, of berth model, last report" in (await run("list")).output
    assert (await run("revoke", name)).output == "Revoked.\n"
    assert (await run("test", name, *url)).exit_code == 2
    assert (await run("list")).output == "There are no web hooks.\n"


async def test_making_and_revoking_stand_in_the_audit_trail(running: Trial) -> None:
    await run("revoke", await added("berth model"))
    found = audit.entries(running.bot.store.reader, TEAM, None)
    assert [each.action for each in found] == ["webhook-made", "webhook-revoked"]
    assert all(each.actor.startswith("cli:") for each in found)
    assert told(running, "UCHLOE", "web hook") == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("add", "tide model"), "there is no component or data request tide model"),
        (("add", "DR-9"), "there is no component or data request DR-9"),
        (("add", "berth model", "--every", "often"), "--every should be one of hourly, daily, weekly, monthly"),
        (("revoke", "x"), "there is no web hook x"),
        (("test", "x"), "there is no web hook x"),
    ],
)
async def test_what_is_wrong_is_told_in_a_line(running: Trial, words: tuple[str, ...], why: str) -> None:
    done = await run(*words)
    assert (done.exit_code, done.output) == (2, f"common-ground: {why}\n")
    assert running.bot.store.reader.all("SELECT id FROM webhooks") == []


async def test_without_the_key_nothing_is_made_or_signed(running: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    name = await added("berth model")
    monkeypatch.setenv("TOKEN_KEYS", "")
    assert "TOKEN_KEYS is missing" in (await run("add", "berth model")).output
    monkeypatch.setenv("TOKEN_KEYS", "u" * 43 + "=")
    assert "none of the keys in TOKEN_KEYS opens the secret" in (await run("test", name)).output
    assert len(running.bot.store.reader.all("SELECT id FROM webhooks")) == 1


async def test_a_bot_that_does_not_answer_is_told(running: Trial) -> None:
    name = await added("berth model")
    done = await run("test", name, "--url", "http://127.0.0.1:1")
    assert done.exit_code == 2
    assert f"the bot doesn't answer at http://127.0.0.1:1/hooks/{name}" in done.output
    refused = await run("test", name, "--url", running.slack.url)
    assert refused.exit_code == 1
