"""The scripts that anyone can play with `make try` are the bot's acceptance tests: what people see must be the same.

A line that begins with `|` is what is seen after the interaction above it. To write those lines anew:
REWRITE_SCRIPTS=1 make test
"""

import os
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.outbox.rate_limits import RateLimits
from bot.trial.run import Trial
from bot.trial.run import trial as start_trial
from tests.conftest import START, StartTrial
from tests.postgres import Server

SCRIPTS = sorted((Path(__file__).parent / "scripts").glob("*.txt"))


@pytest.fixture
async def trial(start: StartTrial, door: str) -> AsyncIterator[Trial]:
    async with start(use_http=door == "http", reads_channels=True) as started:
        yield started


def interactions(script: str) -> Iterator[str]:
    return (line for line in script.splitlines() if not line.startswith("|"))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def rewrite(path: Path, played: str) -> None:
    path.write_text(played, encoding="utf-8")


@pytest.fixture
async def trial_on_postgres(postgres: Server, installed_postgres: str) -> AsyncIterator[Trial]:
    limits = RateLimits(burst=10_000)
    with postgres.database(installed_postgres) as url:
        async with start_trial(Clock(frozen_at=START), url, rate_limits=limits, reads_channels=True) as started:
            yield started


async def played_by(trial: Trial, script: str) -> str:
    seen: list[str] = []
    for line in interactions(script):
        seen += [line, *(f"| {shown}" for shown in await trial.do(line))]
    return "\n".join(seen) + "\n"


def one_by_one(played: str) -> list[list[str]]:
    """Return what is seen after each interaction, in any order: an answer and what is posted race each other."""
    return [sorted(re.split(r"\n(?=\| (?:  )?\S)", each)) for each in re.split(r"\n(?!\|)", played)]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
async def test_people_see_the_same_where_the_store_is_in_postgresql(trial_on_postgres: Trial, path: Path) -> None:
    script = read(path)
    assert one_by_one(await played_by(trial_on_postgres, script)) == one_by_one(script)
    assert trial_on_postgres.slack.workspace.warnings == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
async def test_people_see_what_the_script_says(trial: Trial, path: Path) -> None:
    script = read(path)
    played = await played_by(trial, script)
    if os.environ.get("REWRITE_SCRIPTS"):
        rewrite(path, played)
    assert played == script
    assert trial.slack.workspace.warnings == []
