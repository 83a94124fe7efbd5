"""The glossary in and out of files from the command line, with a bot that goes on answering beside it."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.cli import glossary as commands
from bot.clock import Clock
from bot.trial.run import Trial, trial
from handlers.access.recipients import Facts
from handlers.glossary.rules.importing import Changed as Planned
from handlers.glossary.rules.importing import Plan
from handlers.glossary.service.meanings import finish_import
from storage import open_store
from storage.engine.interface import WORKSPACE, StoreError, to_text
from storage.glossary import glossary, opinions
from storage.glossary.changes import Change, add_senses, change_sense, history
from storage.glossary.glossary import NewSense, Sense
from storage.glossary.importing import Changed, begin, claim_unclaimed, drop, stage, stage_changes, switch_over
from storage.workspaces import workspaces
from tests.conftest import START
from tests.sent import sent
from tests.writing import write

KEYS = ("datadrift", "drifta", "tuga")
CSV = "word,discipline,gloss,aliases\n{rows}"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["glossary", *words])


def csv_of(folder: Path, count: int, name: str = "in.csv") -> Path:
    path = folder / name
    rows = "".join(f"term {number},product,The meaning with number {number},t{number}\n" for number in range(count))
    path.write_text(CSV.format(rows=rows), encoding="utf-8")
    return path


async def words_of(folder: Path, team_id: str) -> tuple[int, int]:
    store = open_store(f"sqlite:///{folder / 'bot.db'}")
    counted = glossary.count_senses(store.reader, team_id, [WORKSPACE])
    await store.close()
    return counted


def test_what_is_imported_into_an_empty_store_is_exported_again_as_the_same_bytes(folder: Path) -> None:
    for form in ("csv", "yaml", "json"):
        first, second = folder / f"first.{form}", folder / f"second.{form}"
        assert run("import", str(csv_of(folder, 30))).exit_code == 0
        assert run("export", "--output", str(first)).exit_code == 0
        (folder / "bot.db").unlink()
        told = run("import", str(first))
        assert (told.exit_code, told.output.splitlines()[0]) == (0, "30 added, 0 changed, 0 unchanged, 0 refused")
        assert run("export", "--output", str(second)).exit_code == 0
        assert second.read_bytes() == first.read_bytes()
        assert run("export", "--format", form).stdout_bytes == first.read_bytes()
        (folder / "bot.db").unlink()


def test_a_dry_run_changes_nothing_and_a_broken_file_neither(folder: Path) -> None:
    path = csv_of(folder, 3)
    told = run("import", str(path), "--dry-run")
    assert "3 added, 0 changed, 0 unchanged, 0 refused" in told.output
    assert "  + term 0 (product): The meaning with number 0" in told.output
    assert run("export").output.splitlines()[1:] == []
    path.write_text(path.read_text(encoding="utf-8") + "term 9,product\n", encoding="utf-8")
    told = run("import", str(path))
    assert (told.exit_code, "Nothing changed." in told.output) == (1, True)
    assert "! line 5: a different number of columns than the first line" in told.output
    assert run("export").output.splitlines()[1:] == []
    assert run("import", str(path), "--partial").exit_code == 0
    assert len(run("export").output.splitlines()) == 4


def test_an_export_says_what_its_format_has_no_place_for(folder: Path) -> None:
    path = folder / "in.csv"
    path.write_text("word,gloss,misspellings,source_licence\nkey,A,kye,MIT\ntug,B,tgu,\nbuoy,C,,\n", encoding="utf-8")
    assert run("import", str(path)).exit_code == 0
    assert run("export", "--format", "openmetadata").stderr.splitlines() == [
        "openmetadata has no place for: misspellings (2), source_licence (1)"
    ]
    assert run("export", "--format", "datahub").stderr == ""


def test_a_dry_run_says_of_each_row_what_it_would_lose(folder: Path) -> None:
    path = folder / "in.csv"
    path.write_text(
        "Acronym;Meaning;Owner\nKYC;Know Your Customer;Ana\nAML;No laundering;\nPEP;;Ben\n", encoding="utf-8"
    )
    told = run("import", str(path), "--dry-run")
    assert (told.exit_code, told.output.splitlines()) == (
        1,
        [
            "2 added, 0 changed, 0 unchanged, 1 refused",
            "  + KYC (domain): Know Your Customer",
            "  + AML (domain): No laundering",
            "  - line 2 (KYC): not kept: owner Ana",
            "  ! line 4: it has no definition",
        ],
    )


def test_an_import_warns_of_letters_that_only_look_latin_and_refuses_none(folder: Path) -> None:
    path = folder / "in.csv"
    path.write_text("word,discipline,gloss\nd\u0430ta,product,Facts\nprecision,product,How near\n", encoding="utf-8")
    for more in ("--dry-run", "--partial"):
        told = run("import", str(path), more)
        assert (told.exit_code, told.output.count("Check the spelling of")) == (0, 1)
        assert "  ? Check the spelling of “d\u0430ta”: “\u0430” is a Cyrillic letter" in told.output


async def test_the_first_workspace_to_connect_gets_what_was_imported_before(folder: Path, clock: Clock) -> None:
    path = folder / "in.csv"
    rows = "fnord,product,Nothing,workspace\nfalcon,product,The launch,CSECRETLAUNCH\n"
    path.write_text("word,discipline,gloss,visibility\n" + rows, encoding="utf-8")
    assert "2 added" in (await asyncio.to_thread(run, "import", str(path))).output
    async with trial(clock, folder / "bot.db", use_http=False) as running:
        assert "Nothing" in "\n".join(await running.do("ana in #general: /define fnord"))
        assert "The launch" in "\n".join(await running.do("ana in #secret-launch: /define falcon"))
        assert "Common Ground imported the definition" in "\n".join(
            await running.do("ana in #general: /glossary history fnord")
        )


async def test_the_bot_answers_from_the_old_glossary_while_an_import_is_staged(folder: Path, clock: Clock) -> None:
    async with trial(clock, folder / "bot.db", use_http=False) as running:
        many = [NewSense(word=f"term {n}", discipline="product", gloss=f"Number {n}") for n in range(500)]
        other = open_store(f"sqlite:///{folder / 'bot.db'}")
        await write(other, begin, "T0LOCAL", "b1", START)
        await write(other, stage, "T0LOCAL", "b1", many, START)
        told = "\n".join(await running.do("ana in #general: /define term 7"))
        assert "Number 7" not in told
        assert "Systematic error" in "\n".join(await running.do("ana in #general: /define bias"))
        mention = "\n".join(await running.do("ana in #general: @Common Ground define bias"))
        assert "Common Ground (in thread)" in mention
        await write(other, switch_over, "T0LOCAL", "b1", START)
        assert "Number 7" in "\n".join(await running.do("ana in #general: /define term 7"))
        await other.close()


async def test_an_import_beside_a_running_bot_is_seen_at_once(folder: Path, clock: Clock) -> None:
    async with trial(clock, folder / "bot.db", use_http=False) as running:
        assert "isn't defined yet" in "\n".join(await running.do("ana in #general: /define term 7"))
        told = await asyncio.to_thread(run, "import", str(csv_of(folder, 2500)))
        assert "2500 added" in told.output
        running.bot.boundary.forget_settings()
        assert "number 7" in "\n".join(await running.do("ana in #general: /define term 7"))
        path = folder / "again.csv"
        path.write_text(CSV.format(rows="term 7,product,Another gloss,\n"), encoding="utf-8")
        assert "0 added, 1 changed" in (await asyncio.to_thread(run, "import", str(path))).output
        running.bot.boundary.forget_settings()
        told_now = "\n".join(await running.do("ana in #general: /define t7"))
        assert "Another gloss" in told_now
        assert "Common Ground imported the definition for product: Another gloss" in "\n".join(
            await running.do("ana in #general: /glossary history t7")
        )


async def test_what_somebody_added_meanwhile_stays(folder: Path) -> None:
    store = open_store(f"sqlite:///{folder / 'bot.db'}")
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", START)
    theirs, ours = (NewSense(word="drift", discipline="product", gloss=each) for each in ("theirs", "ours"))
    await write(store, add_senses, "T1", [ours], START)
    both = [theirs, theirs.model_copy(update={"word": "shift"})]
    await write(store, begin, "T1", "b1", START)
    assert await write(store, stage, "T1", "b1", both, START) == 1
    assert len(glossary.all_senses(store.reader, "T1", with_private=True)) == 1
    await write(store, switch_over, "T1", "b1", START)
    assert [each.gloss for each in glossary.all_senses(store.reader, "T1", with_private=True)] == ["ours", "theirs"]
    await write(store, begin, "T1", "b2", START)
    await write(store, stage, "T1", "b2", [theirs.model_copy(update={"word": "skew"})], START)
    await write(store, drop, "b2")
    assert len(glossary.all_senses(store.reader, "T1", with_private=True)) == 2
    await write(store, claim_unclaimed, "T1")
    await store.close()


async def test_changes_are_staged_unseen_and_what_somebody_changed_meanwhile_stays(folder: Path) -> None:
    store = open_store(f"sqlite:///{folder / 'bot.db'}")
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", START)
    new = [NewSense(word=each, discipline="product", gloss="Old", aliases=(f"{each} a",)) for each in ("drift", "tug")]
    drift, tug = await write(store, add_senses, "T1", new, START)
    asked: list[Changed] = [(drift, {"gloss": "New", "aliases": ("data drift",)}), (tug, {"gloss": "New"})]

    def glosses() -> list[tuple[str, str, int]]:
        return [
            (each.word, each.gloss, each.version) for each in glossary.all_senses(store.reader, "T1", with_private=True)
        ]

    await write(store, begin, "T1", "b1", START)
    await write(store, stage_changes, "T1", "b1", asked, START)
    assert glosses() == [("drift", "Old", 1), ("tug", "Old", 1)]
    theirs = Change(what="changed", by="UANA", at=to_text(START))
    assert (await write(store, change_sense, tug, {"gloss": "Theirs"}, theirs)).version == 2
    assert await write(store, switch_over, "T1", "b1", START) == 1
    assert glosses() == [("drift", "New", 2), ("tug", "Theirs", 2)]
    named = {key: [each.word for each in glossary.senses_named(store.reader, "T1", key, (WORKSPACE,))] for key in KEYS}
    assert named == {"datadrift": ["drift"], "drifta": [], "tuga": ["tug"]}
    told = [(each.version, each.what, each.sense.gloss) for each in history(store.reader, "T1", drift.id)]
    assert told == [(2, "imported", "New"), (1, "imported", "Old")]
    await write(store, begin, "T1", "b2", START)
    await write(store, stage_changes, "T1", "b2", [(tug, {"gloss": "New"})], START)
    await write(store, drop, "b2")
    assert store.reader.all("SELECT id FROM staged_senses") == []
    await store.close()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_a_file_of_many_chunks_is_written_whole_and_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(commands, "_CHUNK", size)
    path = csv_of(folder, 7)
    assert run("import", str(path)).output.splitlines()[-1] == "Done."
    assert asyncio.run(words_of(folder, "")) == (7, 7)
    path.write_text(path.read_text(encoding="utf-8").replace("with number", "numbered"), encoding="utf-8")
    told = run("import", str(path)).output
    assert "0 added, 7 changed" in told
    assert told.splitlines()[-1] == "Done."
    assert run("export").output.count("The meaning numbered") == 7


def test_more_is_written_at_a_time_where_that_keeps_nobody_waiting_longer() -> None:
    assert [commands.size_after(2500, spent) for spent in (0.001, 0.1, 0.19, 3.0)] == [10_000, 5000, 2632, 2500]


async def test_two_imports_at_once_lose_nothing(folder: Path) -> None:
    store = open_store(f"sqlite:///{folder / 'bot.db'}")
    one = [NewSense(word="drift", discipline="product", gloss="One")]
    now = datetime.now(UTC)
    await write(store, begin, "", "b1", now)
    await write(store, stage, "", "b1", one, now)
    told = await asyncio.to_thread(run, "import", str(csv_of(folder, 1)))
    assert (told.exit_code, "another import is under way" in told.output) == (2, True)
    await write(store, begin, "", "b2", now + timedelta(minutes=2))
    with pytest.raises(StoreError, match="stood still for too long"):
        await write(store, stage, "", "b1", one, now + timedelta(minutes=2))
    await write(store, stage, "", "b2", one, now + timedelta(minutes=2))
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", now)
    await write(store, claim_unclaimed, "T1")
    with pytest.raises(StoreError, match="a workspace connected meanwhile"):
        await write(store, switch_over, "", "b2", now + timedelta(minutes=2))
    await store.close()


async def test_an_import_answers_open_questions_and_shows_a_channel_its_own(folder: Path, clock: Clock) -> None:
    async with trial(clock, folder / "bot.db", use_http=False) as running:
        for who in ("ana", "dev", "eli"):
            await running.do(f"{who} in #general: /define fnords")
            await running.do(f'{who} presses "Ask the team"')
        running.slack.people.change(running.slack.workspace.users["UDEV"], deleted=True)
        await running.quiet()
        path = folder / "in.csv"
        rows = "fnord,product,Nothing,,workspace\nfalcon,product,The launch,,CSECRETLAUNCH\n"
        path.write_text("word,discipline,gloss,aliases,visibility\n" + rows, encoding="utf-8")
        assert "2 added" in (await asyncio.to_thread(run, "import", str(path))).output
        running.bot.boundary.forget_settings()
        assert "Every word people asked for is defined" in "\n".join(
            await running.do("ana in #general: /glossary unanswered")
        )
        await running.quiet()
        said = [
            (channel.id, each.text)
            for channel in running.slack.workspace.channels.values()
            for each in channel.messages.values()
        ]
        told = sorted(where for where, text in said if "“fnords” is defined now" in text)
        assert told == ["DANA", "DELI"]
        assert "The launch" in "\n".join(await running.do("ana in #secret-launch: /define falcon"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("export", "--output", "nowhere/out.csv"), "No such file or directory"),
        (("import", "in.txt"), "One of csv, yaml, json, openmetadata, openmetadata-1, datahub"),
        (("export", "--format", "datahub", "--include-private"), "datahub can't say who sees a definition"),
        (("import", "in.csv", "--workspace", "T9"), "no workspace T9 has connected to this store"),
        (("export", "--workspace", "T9"), "no workspace T9 has connected to this store"),
        (("import", "broken.csv"), "the first line should name the columns"),
    ],
)
def test_what_cannot_be_done_is_one_line(folder: Path, words: tuple[str, ...], told: str) -> None:
    csv_of(folder, 1)
    (folder / "in.txt").write_text("x", encoding="utf-8")
    (folder / "broken.csv").write_text("term\n", encoding="utf-8")
    result = run(*words)
    assert (result.exit_code, told in " ".join(result.output.replace("│", "").split())) == (2, True)


def test_a_table_of_a_wiki_is_read_by_its_name(folder: Path) -> None:
    csv_of(folder, 1)
    (folder / "wiki.md").write_text(
        "| Term | Definition |\n| --- | --- |\n| Fairway | Deep water |\n", encoding="utf-8"
    )
    result = run("import", "wiki.md", "--dry-run")
    assert (result.exit_code, "  + Fairway (domain): Deep water" in result.output.splitlines()) == (0, True)


async def test_with_several_workspaces_one_is_named_and_private_records_are_asked_for(folder: Path) -> None:
    store = open_store(f"sqlite:///{folder / 'bot.db'}")
    for team_id in ("T1", "T2"):
        await write(store, workspaces.connect_workspace, team_id, "Harbour", "U0BOT", START)
    secret = NewSense(word="falcon", discipline="product", gloss="The launch", visibility="CSECRET")
    await write(store, add_senses, "T1", [secret], START)
    await store.close()
    told = await asyncio.to_thread(run, "export")
    assert (told.exit_code, "name one with --workspace: T1, T2" in told.output) == (2, True)
    assert "falcon" not in (await asyncio.to_thread(run, "export", "--workspace", "T1")).output
    assert "falcon" in (await asyncio.to_thread(run, "export", "--workspace", "T1", "--include-private")).output


async def written_by_ana(running: Trial) -> Sense:
    """Ana wrote two drafts and one in a channel, Eli, who was deactivated, another; Ana and Dev dispute a meaning."""
    store = running.bot.store
    draft = NewSense(word="buoy", discipline="product", gloss="Old", status="draft")
    falcon = draft.model_copy(update={"word": "falcon", "visibility": "CSECRETLAUNCH"})
    await write(store, add_senses, "T0LOCAL", [draft, draft.model_copy(update={"word": "kite"}), falcon], START, "UANA")
    await write(store, add_senses, "T0LOCAL", [draft.model_copy(update={"word": "mole"})], START, "UELI")
    tug = draft.model_copy(update={"word": "tug", "status": "disputed"})
    (disputed,) = await write(store, add_senses, "T0LOCAL", [tug], START, "UBEN")
    for who in ("UANA", "UDEV"):
        await write(store, opinions.dispute, disputed, who, "No.", START)
    running.slack.people.change(running.slack.workspace.users["UELI"], deleted=True)
    await running.quiet()
    return disputed


async def test_an_import_tells_whoever_a_step_in_slack_would_tell(folder: Path, clock: Clock) -> None:
    async with trial(clock, folder / "bot.db", use_http=False) as running:
        disputed = await written_by_ana(running)
        stewards = [workspaces.Steward(discipline="product", user_id=each) for each in ("UBEN", "UCHLOE")]
        await write(running.bot.store, workspaces.choose_settings, "T0LOCAL", ("product",), "", stewards)
        states = {"buoy": "approved", "kite": "deprecated", "mole": "approved", "tug": "deprecated"}
        rows = [f"{word},product,Old,{state},workspace" for word, state in states.items()]
        rows += ["falcon,product,Old,deprecated,CSECRETLAUNCH"]
        rows += [f"new {number},product,Gloss {number},draft,workspace" for number in (1, 2)]
        path = folder / "in.csv"
        path.write_text("word,discipline,gloss,status,visibility\n" + "\n".join(rows) + "\n", encoding="utf-8")
        assert "2 added, 5 changed" in (await asyncio.to_thread(run, "import", str(path))).output
        steps = ("approved", "declined", "retired", "added 2 drafts")
        told = [(to, step, text) for to, text in sent(running) for step in steps if f"An import {step}" in text]
        assert [each[:2] for each in told] == [
            ("UANA", "approved"),
            ("UANA", "declined"),
            ("UANA", "retired"),
            ("UDEV", "retired"),
            ("UBEN", "added 2 drafts"),
            ("UCHLOE", "added 2 drafts"),
        ]
        assert len(told) == len(sent(running))
        assert "declined your definition of “kite” (product)." in told[1][2]
        assert opinions.open_disputes(running.bot.store.reader, "T0LOCAL", disputed.id) == []


async def test_a_state_that_somebody_gave_a_meaning_meanwhile_is_told_by_nobody_else(folder: Path) -> None:
    store = open_store(f"sqlite:///{folder / 'bot.db'}")
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", START)
    draft = NewSense(word="buoy", discipline="product", gloss="Old", status="draft")
    (old,) = await write(store, add_senses, "T1", [draft], START, "UANA")
    made = Plan(changed=[Planned(old, {"status": "approved"})])
    await write(store, begin, "T1", "b1", START)
    await write(store, stage_changes, "T1", "b1", [(old, {"status": "approved"})], START)
    theirs = Change(what="changed", by="UBEN", at=to_text(START))
    await write(store, change_sense, old, {"gloss": "Theirs"}, theirs)
    assert await write(store, finish_import, "T1", "b1", made, Facts(by="", now=START)) == (0, [])
    await store.close()
