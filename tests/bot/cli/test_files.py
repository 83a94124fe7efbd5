"""What the commands share that take records in and out of files: one line for what is wrong, and exit code 2."""

import asyncio
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.files import (
    Wrong,
    chosen_workspace,
    command,
    connected,
    finished,
    form_of,
    known_workspaces,
    opened,
    read_text,
    say,
    write_files,
    write_out,
)
from handlers.glossary.formats.own import FormatError
from storage.engine.interface import Database, StoreUnavailableError
from storage.glossary.importing import UNCLAIMED
from storage.workspaces.workspaces import DEFAULT_DISCIPLINES, connect_workspace
from tests.conftest import START
from tests.writing import write


def line_of(ended: pytest.ExceptionInfo[typer.Exit], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Return with which code a command ended, and its line."""
    out, err = capsys.readouterr()
    assert out == ""
    return ended.value.exit_code, err


@pytest.mark.parametrize(
    "error",
    [
        Wrong("line 3 is wrong"),
        FormatError("line 3 is wrong"),
        StoreUnavailableError("line 3 is wrong"),
        OSError("line 3 is wrong"),
    ],
)
def test_what_is_wrong_with_some_work_ends_the_command_with_one_line(
    capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    async def work() -> int:
        raise error

    with pytest.raises(typer.Exit) as ended:
        finished(work())
    assert line_of(ended, capsys) == (2, "common-ground: line 3 is wrong\n")


def test_work_that_is_done_gives_its_result_and_a_bug_stays_one() -> None:
    async def work(number: int) -> float:
        return 1 / number

    assert finished(work(2)) == 0.5
    with pytest.raises(ZeroDivisionError):
        finished(work(0))


def test_a_text_is_written_as_it_is_to_a_file_or_to_the_terminal(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    write_out("wörd\r\ndrift\n", tmp_path / "words.csv")
    assert (tmp_path / "words.csv").read_bytes() == "wörd\r\ndrift\n".encode()
    assert capsysbinary.readouterr().out == b""
    write_out("wörd\n", None)
    assert capsysbinary.readouterr().out == "wörd\n".encode()


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        write_out("word\n", tmp_path / "nowhere" / "words.csv")
    code, line = line_of(ended, capsys)
    assert (code, line[:15], "No such file or directory" in line) == (2, "common-ground: ", True)
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(typer.Exit) as ended:
        write_files(tmp_path / "taken", {"a.md": "a"})
    assert line_of(ended, capsys)[0] == 2


def test_files_are_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    for text in ("first", "second"):
        write_files(tmp_path / "made" / "here", {"a.md": text, "b.md": "b\r\n"})
    made = {path.name: path.read_bytes() for path in (tmp_path / "made" / "here").iterdir()}
    assert made == {"a.md": b"second", "b.md": b"b\r\n"}


def test_a_file_is_read_with_a_mark_of_its_encoding_or_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "words.csv"
    for raw in (b"\xef\xbb\xbfword\n", b"word\n"):
        file.write_bytes(raw)
        assert read_text(file) == "word\n"
    file.write_bytes(b"word\xff\n")
    with pytest.raises(typer.Exit) as ended:
        read_text(file)
    assert line_of(ended, capsys) == (2, "common-ground: the file is not UTF-8: byte 4 cannot be read\n")


@pytest.mark.parametrize(
    ("told", "name", "form"),
    [(None, "a.csv", "csv"), (None, "a.yml", "yaml"), (None, "a.yaml", "yaml"), ("csv", "a.txt", "csv")],
)
def test_a_format_is_the_one_that_was_asked_for_or_that_the_name_tells(told: str | None, name: str, form: str) -> None:
    assert form_of(told, Path(name), ("csv", "yaml")) == form


@pytest.mark.parametrize(("told", "name"), [(None, "a.txt"), (None, "a.json"), ("json", "a.csv")])
def test_a_format_that_a_command_does_not_know_is_named_with_those_that_it_does(told: str | None, name: str) -> None:
    with pytest.raises(typer.BadParameter, match="One of csv, yaml"):
        form_of(told, Path(name), ("csv", "yaml"))


def test_a_command_is_a_coroutine_with_the_store_at_hand_that_is_closed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    cli, stores = typer.Typer(), list[Database]()

    @command(cli)
    async def count(word: str) -> None:
        """Count the workspaces."""
        async with opened() as store:
            stores.append(store)
            typer.echo(f"{word}: {len(known_workspaces(store, None))}")
            raise Wrong("that is all")

    done = CliRunner().invoke(cli, ["there"])
    assert (done.exit_code, done.output) == (2, "there: 0\ncommon-ground: that is all\n")
    with pytest.raises(StoreUnavailableError, match="the store is closed"):
        asyncio.run(write(stores[0], connect_workspace, "T1", "Harbour", "U0BOT", START))


async def connect(store: Database, *team_ids: str) -> None:
    for team_id in team_ids:
        await write(store, connect_workspace, team_id, "Harbour", "U0BOT", START)


async def test_before_any_workspace_has_connected_only_the_glossary_can_be_filled(store: Database) -> None:
    assert known_workspaces(store, None) == []
    assert chosen_workspace(store, None) == (UNCLAIMED, ("domain",))
    with pytest.raises(Wrong, match="no workspace has connected to this store yet; start the bot once"):
        connected(store, None)


async def test_the_only_workspace_need_not_be_named(store: Database) -> None:
    await connect(store, "T1")
    assert (connected(store, None), connected(store, "T1")) == ("T1", "T1")
    assert chosen_workspace(store, None) == ("T1", DEFAULT_DISCIPLINES)
    with pytest.raises(Wrong, match="no workspace T2 has connected to this store"):
        connected(store, "T2")


async def test_of_several_workspaces_one_is_to_be_named(store: Database) -> None:
    await connect(store, "T1", "T2")
    with pytest.raises(Wrong, match="there are several workspaces; name one with --workspace: T1, T2"):
        chosen_workspace(store, None)
    assert [each.team_id for each in known_workspaces(store, "T2")] == ["T2"]
    assert connected(store, "T2") == "T2"


def test_nothing_is_written_through_a_link_and_what_is_written_is_its_owners_alone(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("mine", encoding="utf-8")
    folder = tmp_path / "out"
    write_files(folder, {})
    (folder / "d-1-x.md").symlink_to(tmp_path / "keys")
    write_files(folder, {"d-1-x.md": "theirs"})
    assert (tmp_path / "keys").read_text(encoding="utf-8") == "mine"
    assert (folder / "d-1-x.md").read_text(encoding="utf-8") == "theirs"
    assert oct((folder / "d-1-x.md").stat().st_mode)[-3:] == "600"
    assert oct(folder.stat().st_mode)[-3:] == "700"
    (folder / "out.csv").symlink_to(tmp_path / "keys")
    write_out("theirs", folder / "out.csv")
    assert (tmp_path / "keys").read_text(encoding="utf-8") == "mine"


def test_what_is_nested_too_deeply_ends_the_command_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    async def work() -> object:
        return json.loads("[" * 100_000)

    with pytest.raises(typer.Exit) as ended:
        finished(work())
    assert line_of(ended, capsys) == (2, "common-ground: the file is nested too deeply\n")


def test_a_file_that_cannot_be_written_whole_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_files(tmp_path, {"a.md": "\ud800"})
    assert list(tmp_path.iterdir()) == []


def test_what_is_printed_moves_no_cursor_and_turns_no_text_around(capsys: pytest.CaptureFixture[str]) -> None:
    say("+ D-1 Harm\x1b[2K\x1b[1Aless\u202e, é 日本 🚢\r\tend\n  second line")
    assert capsys.readouterr().out == (
        "+ D-1 Harm\\u001b[2K\\u001b[1Aless\\u202e, é 日本 🚢\\u000d\tend\n  second line\n"
    )
