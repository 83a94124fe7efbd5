"""The starter glossary and what a steward made of it, out in each format from a bot at work, and in again."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.clock import Clock
from bot.trial.run import trial
from handlers.glossary.formats import own

FIELD, EDITED = "Definition in one line", "Two versions. One metric."


async def run(*words: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, cli, ["glossary", *words])


async def test_what_leaves_in_any_format_changes_nothing_where_it_came_from_and_is_all_there_elsewhere(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    async with trial(clock, tmp_path / "bot.db", use_http=False) as running:
        for line in (
            "in #general: /glossary edit A/B test",
            'presses "Edit"',
            f'enters "{FIELD}": {EDITED}',
            "submits",
        ):
            await running.do(f"chloe {line}")
        for form in own.FORMATS:
            path = str(tmp_path / form)
            assert (await run("export", "--format", form, "--output", path)).exit_code == 0
            told = (await run("import", "--format", form, path)).output
            assert told.splitlines() == ["0 added, 0 changed, 367 unchanged, 0 refused", "Done."]
    for form in own.FORMATS:
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / f'{form}.db'}")
        told = (await run("import", "--format", form, str(tmp_path / form))).output
        assert told.splitlines()[0] == "367 added, 0 changed, 0 unchanged, 0 refused"
        assert EDITED in (await run("export")).output
