"""The contract of a data request as a file, and a file checked against it."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.trial.run import Trial
from storage.data_requests import checks
from storage.workspaces.people import note_names
from tests.conftest import StartTrial
from tests.handlers.data_requests.playing import CONTENT, TEAM, every, one, put
from tests.playing import play


@pytest.fixture
async def running(tmp_path: Path, start: StartTrial, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Trial]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    async with start() as started:
        await put(started, state="agreed")
        people = {"UCHLOE": "Chloe Martin", "UANA": "Ana Ruiz", "UDEV": "Dev Patel"}
        await started.bot.store.write(lambda transaction: note_names(transaction, TEAM, people))
        yield started


async def run(*told: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, cli, ["requests", *told])


async def test_a_request_is_exported_as_a_contract_for_people_and_whole(running: Trial, tmp_path: Path) -> None:
    assert yaml.safe_load((await run("export", "dr-1")).output)["kind"] == "DataContract"
    assert (await run("export", "DR-1", "--format", "markdown")).output.startswith("# DR-1: berth arrivals\n")
    await run("export", "DR-1", "--format", "json", "--output", str(tmp_path / "out.json"))
    whole = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert (whole["number"], whole["terms"]["quantity"]["asked"]["parts"]["amount"]) == ("DR-1", "1,000 rows")
    assert (await run("export", "DR-9")).output == "common-ground: there is no data request DR-9\n"
    assert (await run("export", "DR-1", "--format", "pdf")).exit_code == 2
    assert running.bot.store is not None


async def test_a_file_is_checked_and_the_thread_hears_of_it_where_that_was_asked_for(
    running: Trial, tmp_path: Path
) -> None:
    sample = tmp_path / "sample.csv"
    sample.write_text("ship,berth,arrived\nA1,North,2025-01-01\n", encoding="utf-8")
    said = dict(running.slack.workspace.channels["CDATA"].messages)
    await run("check", "DR-1", str(sample))
    await running.pass_time(datetime.now(UTC) - running.bot.clock.now())
    assert running.slack.workspace.channels["CDATA"].messages == said
    assert checks.of_request(running.bot.store.reader, TEAM, one(running).id) == []
    told = await run("check", "DR-1", str(sample), "--post")
    assert (told.exit_code, told.output.splitlines()[0]) == (
        1, "failed: Quantity: at least 1000 rows; found 1 row",
    )  # fmt: skip
    # The command goes by the machine's clock, and the bot here by one that stands still.
    await running.pass_time(datetime.now(UTC) - running.bot.clock.now())
    assert "*sample.csv: 6 passed, 1 failed (Quantity: at least 1000 rows, found 1 row).*" in "\n".join(
        running.screen.news()
    )
    sample.write_text(
        "ship,berth,arrived\n" + "\n".join(f"A{n},North,2025-01-01" for n in range(1000)), encoding="utf-8"
    )
    assert (await run("check", "DR-1", str(sample))).exit_code == 0


async def test_a_file_checked_at_the_terminal_is_written_and_told_as_a_sample_given_in_slack(
    running: Trial, tmp_path: Path
) -> None:
    sample = tmp_path / "sample.csv"
    sample.write_text("ship,berth,arrived\nA1,,2025-01-01\n", encoding="utf-8")
    assert (await run("check", "DR-1", str(sample), "--post")).exit_code == 1
    await running.pass_time(datetime.now(UTC) - running.bot.clock.now())
    told = "\n".join(running.screen.news())
    given = 'dev attaches "sample.csv": ship,berth,arrived / A1,,2025-01-01'
    said = await play(running, "dev in #data: /data-request DR-1 check", given, "dev submits", "wait 2 minutes")
    for line in ("sample.csv", "berth filled in: at least 90 % | 0 %: 0 of 1 | failed"):
        assert line in told
        assert line in said
    both = checks.of_request(running.bot.store.reader, TEAM, one(running).id)
    assert [(each.file_name, each.state, len(each.broken)) for each in both] == [
        ("sample.csv", "done", 1),
        ("sample.csv", "done", 2),
    ]
    past = await play(running, "dev closes", "ana in #data: /data-request DR-1 history")
    assert "Common Ground, checked sample.csv: 5 passed, 2 failed" in past
    assert "Dev Patel, checked sample.csv: " in past


async def test_a_file_of_a_spreadsheet_is_checked_as_it_is_and_says_how_it_was_read(
    running: Trial, tmp_path: Path
) -> None:
    await put(running, state="agreed")
    sample = tmp_path / "sample.csv.gz"
    rows = "# Arrivals\n;Ship;Berth;arrived\n0;A1;Nörth;2025-01-01\n"
    sample.write_bytes(gzip.compress(rows.encode("latin-1")))
    told = (await run("check", "DR-1", str(sample))).output.splitlines()
    assert told[0] == (
        "How I read it: letters as Latin-1 (Windows-1252); 1 comment line left out; "
        "column 1, which has no name, left out."
    )
    assert told[2] == (
        "not checkable on a sample: Columns: 3 agreed; found all present, if Ship is ship, Berth is berth"
    )
    assert "passed: arrived is timestamp: at least 100 %; found 100 %: 1 of 1" in told


async def test_what_cannot_be_checked_is_said_in_one_line(running: Trial, tmp_path: Path) -> None:
    (tmp_path / "sample.parquet").write_text("no parquet", encoding="utf-8")
    told = await run("check", "DR-1", str(tmp_path / "sample.parquet"))
    assert (told.exit_code, told.output.startswith("common-ground: I can't read this file.")) == (2, True)
    table = tmp_path / "sample.csv"
    table.write_text("ship,berth,arrived\nA1,North,2025,4711\n", encoding="utf-8")
    told = await run("check", "DR-1", str(table))
    assert told.output == "common-ground: Line 2 has 4 cells, and the header 3: 4711\n"
    await put(running)
    told = await run("check", "DR-2", str(tmp_path / "sample.parquet"))
    assert "DR-2 isn't agreed yet" in told.output
    assert "DR-2" in await play(running, "ana in #data: /data-request list")


async def exported(folder: Path, number: str = "DR-1") -> Path:
    path = folder / "arrivals.odcs.yaml"
    assert (await run("export", number, "--output", str(path))).exit_code == 0
    return path


async def test_a_contract_becomes_a_draft_of_who_asks_for_the_data(running: Trial, tmp_path: Path) -> None:
    file = await exported(tmp_path)
    tried = await run("import", str(file), "--requester", "chloe martin", "--dry-run")
    assert tried.output.splitlines()[:2] == ["data: berth arrivals", "purpose: To tell pilots when a berth is free"]
    assert "quantity: 1,000 rows, covering all ships in a month, so that each berth has ten" in tried.output
    assert "not kept: that it was agreed: both sides have to agree again" in tried.output
    assert tried.output.splitlines()[-1] == "Nothing changed."
    assert [each.number for each in every(running)] == ["DR-1"]
    told = await run("import", str(file), "--requester", "@Chloe Martin")
    assert told.output.splitlines()[-1] == "DR-2: a draft, to be checked and sent."
    new = one(running, "DR-2")
    assert (new.state, new.requester, new.owner, new.needed_by) == ("draft", "UCHLOE", "UANA", "2026-02-02")
    assert "DR-2" in await play(running, "chloe in #data: /data-request list mine")
    assert "berth arrivals" in await play(running, "chloe in #data: /data-request DR-2 terms")


async def test_terms_of_a_file_are_proposed_to_both_sides_and_agreed_to_by_nobody(
    running: Trial, tmp_path: Path
) -> None:
    await put(running, state="agreed", needed_by="2099-01-01", set_up="", more={}, population="")
    file = await exported(tmp_path, "DR-2")
    same = await run("import", str(file), "--request", "dr-2")
    assert same.output.splitlines()[-1] == "Nothing changed."
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("mustBeLessOrEqualTo: 10\n", "mustBeLessOrEqualTo: 1\n"), encoding="utf-8")
    told = await run("import", str(file), "--request", "DR-2")
    assert told.output.splitlines()[0].startswith("quality: completeness 99 %")
    assert told.output.splitlines()[-1] == "DR-2: proposed to both sides."
    await running.pass_time(datetime.now(UTC) - running.bot.clock.now())
    news = "\n".join(running.screen.news())
    assert "Proposed to both sides, from arrivals.odcs.yaml: quality. Open the terms, check them, and save." in news
    now = one(running, "DR-2")
    assert (now.state, dict(now.agreements)) == ("negotiating", {})
    content = await play(running, "dev in #data: /data-request DR-2 terms", f'dev presses "{CONTENT}"')
    assert "From arrivals.odcs.yaml. Check it, and change what's wrong." in content
    await play(running, "dev submits", "dev closes", "ana in #data: /data-request DR-2 agree")
    assert (one(running, "DR-2").state, one(running, "DR-2").semantic_version) == ("agreed", "1.1.0")


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        ("kind: Pod", ["--requester", "dev"], "this is no contract in the Open Data Contract Standard"),
        ("kind: [", ["--requester", "dev"], "the file can't be read"),
        ("kind: DataContract\napiVersion: v3.1.0", ["--request", "DR-7"], "there is no data request DR-7"),
        (
            "kind: DataContract\napiVersion: v3.1.0",
            ["--requester", "@zed"],
            "nobody known here has the id or full name @zed",
        ),
        ("kind: DataContract\napiVersion: v3.1.0", [], "say whose draft it becomes with --requester"),
    ],
)
async def test_a_file_that_is_no_contract_or_for_nobody_is_refused(
    running: Trial, tmp_path: Path, text: str, options: list[str], told: str
) -> None:
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    refused = await run("import", str(tmp_path / "x.yaml"), *options)
    assert (refused.exit_code, f"common-ground: {told}" in refused.output) == (2, True)
    assert [each.number for each in every(running)] == ["DR-1"]


async def test_the_standard_is_written_in_the_version_that_is_asked_for(running: Trial) -> None:
    assert yaml.safe_load((await run("export", "DR-1", "--odcs-version", "3.2")).output)["apiVersion"] == "v3.2.0"
    assert (await run("export", "DR-1", "--odcs-version", "2.2")).exit_code == 2
    assert one(running).number == "DR-1"
