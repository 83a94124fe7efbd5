"""The scripts that anyone can play with `make try` are the bot's acceptance tests: what people see must be the same.

A line that begins with `|` is what is seen after the interaction above it. To write those lines anew:
REWRITE_SCRIPTS=1 make test
"""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.trial.run import Trial
from tests.conftest import StartTrial

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


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
async def test_people_see_what_the_script_says(trial: Trial, path: Path) -> None:
    script = read(path)
    seen: list[str] = []
    for line in interactions(script):
        seen += [line, *(f"| {shown}" for shown in await trial.do(line))]
    played = "\n".join(seen) + "\n"
    if os.environ.get("REWRITE_SCRIPTS"):
        rewrite(path, played)
    assert played == script
    assert trial.slack.workspace.warnings == []
