"""The decision log in and out of a folder."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.cli import decision_files, decisions
from bot.cli.files import Wrong
from bot.trial.run import Trial
from handlers.decisions.rules import importing
from storage import open_store
from storage.workspaces import workspaces
from storage.workspaces.people import KnownPerson, note_people
from tests.conftest import START, StartTrial
from tests.handlers.decisions.playing import TEAM, told
from tests.playing import play
from tests.writing import write


@pytest.fixture
async def running(tmp_path: Path, start: StartTrial, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Trial]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    async with start() as started:
        for line in ("Batch only because it is cheap", "Drop the feed"):
            await play(started, f"chloe in #general: /decision {line}", "chloe submits", "chloe closes")
        await play(started, "ana in #secret-launch: /decision Falcon in May", "ana submits", "ana closes")
        yield started


async def run(*told: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, cli, ["decisions", *told])


def contents(folder: Path) -> dict[str, str]:
    return {each.name: each.read_text(encoding="utf-8") for each in sorted(folder.iterdir())}


async def test_an_export_read_into_an_empty_store_is_exported_as_the_same_bytes(
    running: Trial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert (await run("export", str(first))).output.startswith("3 files in ")
    assert sorted(contents(first)) == ["d-1-batch-only.md", "d-2-drop-the-feed.md", "index.md"]
    assert "alcon" not in "".join(contents(first).values())
    assert "0 added, 2 unchanged, 0 refused" in (await run("import", str(first))).output
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    assert "no workspace has connected to this store yet" in (await run("export", str(second))).output
    store = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    await write(store, workspaces.connect_workspace, "T0LOCAL", "Harbour", "U0BOT", START)
    assert "2 added" in (await run("import", str(first), "--dry-run")).output
    assert (await run("import", str(first))).output.splitlines()[-1] == "Done."
    await run("export", str(second))
    assert contents(second) == contents(first)
    assert running.bot.clock.now() == START
    await store.close()


async def test_json_and_csv_hold_everything_and_private_ones_only_when_asked_for(
    running: Trial, tmp_path: Path
) -> None:
    await run("export", str(tmp_path / "out"), "--format", "json", "--include-private")
    rows = json.loads((tmp_path / "out" / "decisions.json").read_text(encoding="utf-8"))
    assert [row["title"] for row in rows] == ["Batch only", "Drop the feed", "Falcon in May"]
    await run("export", str(tmp_path / "out"), "--format", "csv")
    lines = (tmp_path / "out" / "decisions.csv").read_text(encoding="utf-8").splitlines()
    assert (len(lines), "Falcon" in "".join(lines)) == (3, False)
    assert rows[0]["names"] == {"UCHLOE": "Chloe Martin"}
    assert "import decisions.csv by its name" not in (await run("import", str(tmp_path / "out"))).output
    assert "0 added, 3 unchanged" in (await run("import", str(tmp_path / "out" / "decisions.json"))).output
    assert running.bot.store is not None


async def test_what_is_decided_between_an_import_and_its_write_keeps_its_number(running: Trial, tmp_path: Path) -> None:
    file = tmp_path / "0007-x.md"
    file.write_text("# Use queues\n\n## Status\n\nAccepted\n", encoding="utf-8")
    read, _ = decision_files.read(file)
    store = running.bot.store
    there = await store.read(partial(decisions.log_of, team_id=TEAM, keeps_numbers=False))
    shown = importing.plan(read, there, START)
    await play(running, "ben in #general: @Common Ground decided: Keep the lights on")
    with pytest.raises(Wrong, match="somebody changed the log meanwhile and nothing was imported; run it again"):
        await store.write(partial(decisions.carry_out, read, there, shown))
    assert "1 added, 0 unchanged" in (await run("import", str(file))).output


async def test_an_imported_number_is_not_given_again(running: Trial, tmp_path: Path) -> None:
    folder = tmp_path / "adr"
    folder.mkdir()
    (folder / "a.md").write_text("---\nnumber: D-40\n---\n# Use queues\n", encoding="utf-8")
    (folder / "b.md").write_bytes(b"\xff")
    refused = await run("import", str(folder))
    assert "! b.md: the file is not UTF-8: byte 0 cannot be read" in refused.output
    assert (refused.exit_code, "Nothing changed." in refused.output) == (1, True)
    assert (await run("import", str(folder), "--partial")).exit_code == 0
    told = await play(running, "dev in #general: /decision The next", "dev submits")
    assert "D-41 · The next" in told


OLD = "# 12. Use queues\n\nDate: 23/11/2024\n\n## Status\n\nSuperseded by [13. Use streams](0013-use-streams.md)\n"


async def test_a_successor_that_comes_later_is_linked_and_numbers_are_kept(running: Trial, tmp_path: Path) -> None:
    folder = tmp_path / "adr"
    folder.mkdir()
    (folder / "0012-use-queues.md").write_text(OLD, encoding="utf-8")
    (folder / "README.md").write_text("# Our decisions\n", encoding="utf-8")
    first = await run("import", str(folder), "--keep-numbers")
    assert "  + D-12 Use queues (deprecated)\n  - README.md: left out\nDone." in first.output
    (folder / "0013-use-streams.md").write_text("# 13. Use streams\n\n## Status\n\nAccepted\n", encoding="utf-8")
    told = (await run("import", str(folder), "--keep-numbers")).output
    assert "1 added, 1 unchanged, 0 refused\n  + D-13 Use streams (accepted)" in told
    assert "  > D-12 Use queues: superseded by D-13" in told
    shown = await play(running, "ana in #general: /decision D-12")
    assert "Replaced by D-13." in shown
    assert "which isn't here" not in shown
    assert "Nov 23, 2024" in shown


async def test_a_folder_that_cannot_be_written_is_said_in_one_line(running: Trial, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    told = await run("export", str(tmp_path / "taken" / "deeper"))
    assert (told.exit_code, told.output.startswith("common-ground: ")) == (2, True)
    assert running.bot.store is not None


PROPOSAL = """---
status: proposed
decision-makers: [Eli Berg (UELI)]
created_by: [Dev Patel (UDEV)]
asked: [Ana Ruiz (UANA), Ben Okafor (UBEN)]
deadline: '2999-01-09'
---
# Serve in batch
"""
KNOWN = """---
status: accepted
decision-makers: [Eli Berg (UELI)]
created_by: [Eli Berg (UELI)]
informed: [Ana Ruiz (UANA), Gone Person (UGONE)]
---
# Drop the feed of tides
"""
ENDED = KNOWN.replace("accepted", "deprecated").replace("Ana Ruiz (UANA)", "Dev Patel (UDEV)").replace("tides", "winds")


async def test_an_import_tells_whoever_is_asked_or_must_know_once(running: Trial, tmp_path: Path) -> None:
    folder = tmp_path / "adr"
    folder.mkdir()
    for name, text in (("a.md", PROPOSAL), ("b.md", KNOWN), ("c.md", ENDED)):
        (folder / name).write_text(text, encoding="utf-8")
    await write(running.bot.store, note_people, [a_person("UGONE", is_gone=True)])
    before = len(told(running))
    assert "3 added" in (await run("import", str(folder), "--dry-run")).output
    assert len(told(running)) == before
    assert (await run("import", str(folder))).output.splitlines()[-1] == "Done."
    assert "3 unchanged" in (await run("import", str(folder))).output
    heard = told(running)[before:]
    assert sorted(lane for lane, _ in heard) == ["UANA", "UBEN", "UELI"]
    await running.pass_time(datetime.now(UTC) - running.bot.clock.now())
    seen = "\n".join(running.screen.news())
    assert "@Dev Patel asks whether you agree: *D-3 · Serve in batch*\n    Please answer by Jan 9, 2999." in seen
    assert "@Dev Patel asks you to decide: *D-3 · Serve in batch*" in seen
    assert "2 decisions that involve you were added to the log" in seen
    assert "Your agreement with D-3 is recorded, and the decider knows." in await play(running, 'ben presses "Agree"')


async def test_an_import_tells_nobody_of_what_belongs_to_a_channel(running: Trial, tmp_path: Path) -> None:
    folder = tmp_path / "adr"
    folder.mkdir()
    secret = KNOWN.replace("informed:", "visibility: CSECRETLAUNCH\nnumber: D-BCDFG\ninformed:")
    (folder / "a.md").write_text(secret, encoding="utf-8")
    before = len(told(running))
    assert "1 added" in (await run("import", str(folder))).output
    assert len(told(running)) == before
    assert "tides" in await play(running, "ana in #secret-launch: /decision D-BCDFG")


def a_person(user_id: str, *, is_gone: bool) -> KnownPerson:
    known = {"name": user_id, "tz": "UTC", "is_away": False, "read_at": ""}
    return KnownPerson.model_validate({"team_id": TEAM, "user_id": user_id, "is_gone": is_gone, **known})
