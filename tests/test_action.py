"""What reports without a library: the action for GitHub, and the shell of docs/hooks.md, run as they stand."""

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
import yaml

from bot.trial.run import Trial
from handlers.reports.service import Made
from storage.data_requests import checks
from tests.conftest import StartTrial
from tests.handlers.data_requests.playing import TEAM, one, put
from tests.reporting import FILES, KEY, hook, url_of

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
(STEP,) = ACTION["runs"]["steps"]
(SHELL,) = re.findall(r"```bash\n(.*?)```", (ROOT / "docs/hooks.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(hooks=KEY) as running:
        await put(running, state="agreed")
        yield running


async def run(shell: str, folder: Path, told: Mapping[str, str]) -> tuple[int, str]:
    """Run a shell script; return how it ended and what it printed."""
    environment = {"PATH": os.environ["PATH"], "GITHUB_OUTPUT": str(folder / "output"), **told}
    process = await asyncio.create_subprocess_exec(
        "bash", "-e", "-c", shell, cwd=folder, env=environment, stdout=-1, stderr=-2
    )
    printed, _ = await process.communicate()
    return process.returncode or 0, printed.decode()


def settings(trial: Trial, made: Made, file: Path, fails: str = "false") -> dict[str, str]:
    run_of = {"RUN": "https://github.com/harbour/ships/actions/runs/7", "ATTEMPT": "1"}
    return {"URL": url_of(trial, made), "SECRET": made.secret, "FILE": str(file), "FAIL_ON_BREACH": fails, **run_of}


def test_the_step_is_told_what_its_inputs_say() -> None:
    told = {name: value for name, value in STEP["env"].items() if "inputs." in value}
    assert told == {
        "URL": "${{ inputs.url }}",
        "SECRET": "${{ inputs.secret }}",
        "FILE": "${{ inputs.file }}",
        "FAIL_ON_BREACH": "${{ inputs.fail-on-breach }}",
    }
    assert ACTION["inputs"].keys() == {"url", "secret", "file", "fail-on-breach"}
    # What GitHub writes into a script before a shell reads it may be anybody's words.
    assert "${{" not in STEP["run"]


@pytest.mark.parametrize("fails", ["false", "true"])
async def test_the_action_reports_what_a_tool_wrote(trial: Trial, tmp_path: Path, fails: str) -> None:
    made, file = await hook(trial, "DR-1"), FILES / "datacontract.json"
    ended, printed = await run(STEP["run"], tmp_path, settings(trial, made, file, fails))
    assert "6 passed, 3 failed" in printed
    assert ended == (fails == "true")
    assert "breach=true\n" in (tmp_path / "output").read_text(encoding="utf-8")
    assert len(checks.of_request(trial.bot.store.reader, TEAM, one(trial).id)) == 1
    again, printed = await run(STEP["run"], tmp_path, settings(trial, made, file, fails))
    assert '"breach": true, "repeated": true' in printed
    assert again == ended


async def test_the_action_fails_where_the_report_is_not_taken(trial: Trial, tmp_path: Path) -> None:
    made, junk = await hook(trial, "DR-1"), tmp_path / "junk.json"
    junk.write_text("{}", encoding="utf-8")
    ended, printed = await run(STEP["run"], tmp_path, settings(trial, made, junk))
    assert ended == 1
    assert "::error::the report was not taken (422)" in printed
    other = {**settings(trial, made, junk), "SECRET": (await hook(trial, "DR-1")).secret}
    ended, printed = await run(STEP["run"], tmp_path, other)
    assert "::error::the report was not taken (401)" in printed


async def test_the_shell_of_the_document_reports(trial: Trial, tmp_path: Path) -> None:
    made = await hook(trial, "DR-1")
    (tmp_path / "report.json").write_text(json.dumps({"checks": [{"name": "a", "passed": True}]}), encoding="utf-8")
    ended, printed = await run(SHELL, tmp_path, {"URL": url_of(trial, made), "SECRET": made.secret})
    assert (ended, json.loads(printed[printed.index("{") :])) == (0, {"told": "all 1 checks passed", "breach": False})
