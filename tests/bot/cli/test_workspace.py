"""The operator deletes a workspace or keeps it under a legal hold, and is shown first what that means."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.sealing import Seal, keys_in, new_key
from bot.trial.run import Trial
from storage.workspaces import deletion, installations
from storage.workspaces.workspaces import connect_workspace, uninstall
from tests.conftest import StartTrial
from tests.playing import play
from tests.storage.workspaces.test_installations import installed
from tests.writing import write

TEAM = "T0LOCAL"


@pytest.fixture
async def running(tmp_path: Path, start: StartTrial, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Trial]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    async with start() as started:
        await play(started, "ben in #general: @Common Ground decided: Drop the feed")
        yield started


async def run(*told: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, cli, ["workspaces", *told])


def held(trial: Trial) -> set[str]:
    return set(deletion.counts(trial.bot.store.reader, TEAM))


async def test_what_would_go_is_shown_and_goes_only_when_that_is_said(running: Trial) -> None:
    shown = await run("delete", TEAM)
    assert shown.exit_code == 0
    assert "       1 decisions\n" in shown.output
    assert "Nothing deleted." in shown.output
    assert "decisions" in held(running)
    done = await run("delete", TEAM, "--yes")
    assert done.output.splitlines()[-1] == f"{TEAM} is deleted."
    assert held(running) == set()
    again = await run("delete", TEAM, "--yes")
    assert (again.exit_code, again.output) == (2, f"common-ground: no workspace {TEAM} has connected to this store\n")


async def test_a_deletion_that_was_cut_short_can_be_finished(running: Trial) -> None:
    await write(running.bot.store, deletion.begin, TEAM, running.bot.clock.now())
    assert (await run("delete", TEAM, "--yes")).output.splitlines()[-1] == f"{TEAM} is deleted."
    assert held(running) == set()


async def test_a_hold_stops_it_until_it_is_lifted(running: Trial) -> None:
    assert "set by the operator." in (await run("hold", TEAM)).output
    refused = await run("delete", TEAM, "--yes")
    assert (refused.exit_code, "set by the operator. Nothing can be deleted" in refused.output) == (2, True)
    assert "decisions" in held(running)
    assert (await run("lift", TEAM)).output == f"The legal hold on {TEAM} is lifted.\n"
    assert (await run("lift", TEAM)).output == f"{TEAM} has no legal hold.\n"
    assert (await run("delete", TEAM, "--yes")).exit_code == 0
    assert held(running) == set()
    assert (await run("hold", "TOTHER")).exit_code == 2


async def test_the_trail_says_that_a_hold_was_set_and_lifted_once_each(running: Trial) -> None:
    for told in ("lift", "hold", "hold", "lift", "lift"):
        await run(told, TEAM)
    shown = await play(running, "chloe in #general: /common-ground audit")
    told_of = [line.partition("(command line) ")[2] for line in shown.splitlines() if "command line" in line]
    assert told_of == ["lifted the legal hold.", "set a legal hold."]


async def test_what_it_was_called_before_is_still_understood(running: Trial) -> None:
    old = await asyncio.to_thread(CliRunner().invoke, cli, ["workspace", "hold", TEAM])
    assert (old.exit_code, "Legal hold since" in old.output) == (0, True)
    assert "decisions" in held(running)


async def organization(trial: Trial, team_id: str) -> None:
    """Have an organisation that has let the bot in, and added it to a workspace."""
    told = {"organization": "E1", "organization_name": "Harbour Group"}
    await write(trial.bot.store, installations.install, installed("E1", **told))
    await write(trial.bot.store, installations.install, installed(team_id, sealed="", sealed_by="", **told))


async def test_of_an_organisations_workspace_it_says_before_its_data_goes_that_it_would_come_back(
    running: Trial,
) -> None:
    await organization(running, TEAM)
    told = "Harbour Group (E1) has added the bot to it. Take it out there first; else it is back within the hour."
    shown = (await run("delete", TEAM)).output.splitlines()
    assert shown[-2] == told
    refused = await run("export", "E1")
    assert (refused.exit_code, "E1 is an organization; name one of its workspaces: T0LOCAL" in refused.output) == (
        2,
        True,
    )
    done = (await run("delete", TEAM, "--yes")).output.splitlines()
    assert (told in done, done[-1], held(running)) == (True, f"{TEAM} is deleted.", set())
    assert installations.of_organization(running.bot.store.reader, "E1") == []


async def test_it_lists_how_the_bot_is_in_each_workspace(running: Trial) -> None:
    store, now = running.bot.store, running.bot.clock.now()
    for team_id, name in (("T1", "Quay"), ("T2", "Pier")):
        await write(store, connect_workspace, team_id, name, "U0BOT", now)
    await write(store, installations.install, installed("T1"))
    await write(store, connect_workspace, "T3", "Mole", "U0BOT", now)
    await write(store, installations.install, installed("T3", refused="invalid_refresh_token"))
    await write(store, uninstall, "T2", now)
    await write(store, connect_workspace, "T4", "Dock", "U0BOT", now)
    await organization(running, "T4")
    lines = (await run("list")).output.splitlines()
    assert [" ".join(each.split()) for each in lines] == [
        "E1 installed 2026-01-05 Harbour Group (an organization)",
        "T0LOCAL connected 2026-01-05 Harbour",
        "T1 installed 2026-01-05 Quay",
        "T2 uninstalled 2026-01-05 Pier",
        "T3 can't be renewed: invalid_refresh_token Mole",
        "T4 added 2026-01-05 by E1 Dock",
    ]


async def test_it_lists_whose_tokens_an_older_key_still_opens(running: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = new_key(), new_key()
    monkeypatch.setenv("TOKEN_KEYS", f"{new},{old}")
    for team_id, key in (("T0LOCAL", old), ("T1", new)):
        await write(running.bot.store, connect_workspace, team_id, "Quay", "U0BOT", running.bot.clock.now())
        await write(running.bot.store, installations.install, installed(team_id, sealed_by=Seal([key]).name))
    told = (await run("list")).output.splitlines()
    assert ["sealed by an older key" in each for each in told] == [True, False]


async def test_it_prints_a_new_key_each_time() -> None:
    told = [(await run("key")).output for _ in range(2)]
    assert told[0] != told[1]
    assert [len(keys_in(each)) for each in told] == [1, 1]


async def test_all_of_one_workspace_is_written_and_nothing_of_another_and_no_token(
    running: Trial, tmp_path: Path
) -> None:
    store, file = running.bot.store, tmp_path / "kept.jsonl"
    await write(store, connect_workspace, "T1", "Quay", "U0BOT", running.bot.clock.now())
    for team_id in (TEAM, "T1"):
        await write(store, installations.install, installed(team_id, sealed="sealed token"))
    done = await run("export", TEAM, "--output", str(file))
    assert (done.exit_code, done.output) == (0, "")
    lines = [json.loads(each) for each in file.read_text().splitlines()]
    assert {each["team_id"] for each in lines} == {TEAM}
    assert [each["title"] for each in lines if each["table"] == "decisions"] == ["Drop the feed"]
    assert {each["table"] for each in lines} >= {"workspaces", "senses", "decision_events", "outbox"}
    assert "sealed token" not in file.read_text()
    told = await play(running, "chloe in #general: /common-ground audit")
    assert "(command line) exported all that is kept of the workspace, including private channels." in told
    assert (await run("export", "T2")).output == "common-ground: no workspace T2 has connected to this store\n"
