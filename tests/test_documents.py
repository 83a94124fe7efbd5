"""The documents say what the code does: commands, settings, scopes, what CONTRIBUTING explains, and the layout."""

import asyncio
import os
import re
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.manifest import read_manifest, scopes
from bot.settings import Settings
from handlers import FEATURES
from handlers.framework.routing import join

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = ROOT / "docs"
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
SECURITY = PAGES["security"]
DECISIONS = DOCS / "decisions"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def table(heading: str, document: str) -> list[list[str]]:
    """Return the rows of the first table below a heading of a document."""
    section = document.split(f"## {heading}\n", maxsplit=1)[1].split("\n## ", maxsplit=1)[0]
    rows = [line.strip().strip("|").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_the_page_of_commands_lists_every_command() -> None:
    routed = [
        [f"`/{command.name} {command.usage_hint}`".replace("|", "\\|"), command.description]
        for command in join(FEATURES).commands.values()
    ]
    assert [
        [" | ".join(row[:-1]).replace("\\ | ", "\\| "), row[-1]] for row in table("Slash commands", PAGES["commands"])
    ] == routed


def test_operations_lists_every_setting_with_its_default() -> None:
    known = [
        [f"`{name.upper()}`", "" if field.default in (None, "") or field.is_required() else f"`{field.default}`"]
        for name, field in Settings.model_fields.items()
        if name != "admins"
    ]
    listed = [row[:2] for row in table("Settings", PAGES["operations"]) if row[0] != "`ADMINS`"]
    assert listed == known


def test_the_page_of_commands_lists_every_shortcut_on_a_message_in_the_order_of_the_menu() -> None:
    named = [each["name"] for each in read_manifest()["features"]["shortcuts"] if each["type"] == "message"]
    assert [row[0].strip("*") for row in table("In the menu of a message", PAGES["commands"])] == named


def unknown_words(line: str) -> list[str]:
    """Return the commands and options of a command line that the program does not have."""
    found, options, unknown = typer.main.get_command(cli), {"--help"}, list[str]()
    for word in line.split():
        options |= {option for each in found.params for option in each.opts}
        if word.startswith("--"):
            unknown += [word] if word not in options else []
        elif isinstance(found, TyperGroup):
            unknown += [word] if word not in found.commands else []
            found = found.commands.get(word, found)
    return unknown


def test_every_command_line_in_the_documents_can_be_run() -> None:
    told = "\n".join([README, *PAGES.values()])
    lines = [
        each
        for pair in re.findall(r"`common-ground ([^`\n]+)`|^ *common-ground (.+)$", told, re.MULTILINE)
        for each in pair
        if each
    ]
    assert len(lines) > 25
    assert [(line, unknown_words(line)) for line in lines if unknown_words(line)] == []
    assert unknown_words("requests chek DR-1 --poste") == ["chek", "DR-1", "--poste"]


def test_the_readme_is_short_and_every_picture_is_taken_and_shown() -> None:
    assert len(README.splitlines()) <= 85
    shown = set(re.findall(r"pictures/(\w+\.png)", "".join([README, *PAGES.values()])))
    assert shown == {path.name for path in (DOCS / "pictures").iterdir()}
    taken = (ROOT / "tests" / "browser" / "pictures.py").read_text(encoding="utf-8")
    assert shown == set(re.findall(r"\w+\.png", taken))


def test_a_reason_is_given_for_every_scope() -> None:
    needed, optional = scopes(read_manifest())
    rows = table("Why each scope is there", SECURITY)
    assert [row[0] for row in rows] == [f"`{scope}`" for scope in (*needed, *optional)]
    assert [row[1].startswith("Optional: ") for row in rows] == [False] * len(needed) + [True] * len(optional)
    said = re.findall(r"^      - \S+ # (.+)$", (ROOT / "manifest.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert [row[1].removeprefix("Optional: ").casefold() for row in rows] == [each.casefold() for each in said]


def test_every_promise_of_privacy_names_tests_that_are_there() -> None:
    short = {"T/": "tests/handlers/access/", "W/": "tests/handlers/workspace/"}
    named = [re.findall(r"`([TW]/[^`]+|tests/[^`]+)`", row[1]) for row in table("Promises and their tests", SECURITY)]
    assert [each for each in named if not each] == []
    assert len(named) > 20
    for each in (test for tests in named for test in tests):
        path, _, name = f"{short.get(each[:2], '')}{each[2:] if each[:2] in short else each}".partition("::")
        assert f"def {name}" in (ROOT / path).read_text(encoding="utf-8"), each


def test_contributing_explains_every_command_of_make() -> None:
    explained = set(re.findall(r"^\| `make (\w+)", CONTRIBUTING, re.MULTILINE))
    assert explained == set(re.findall(r"^(\w+):.*##", MAKEFILE, re.MULTILINE))


def drawn_folders(document: str) -> set[str]:
    """Return the folders in a document's first picture: what is indented lies inside, one line may hold several.

    Where all features have a folder, it is drawn once, in `handlers/<feature>/`.
    """
    drawn: set[str] = set()
    above: dict[int, str] = {}
    for line in document.split("```text\n", maxsplit=1)[1].split("```", maxsplit=1)[0].splitlines():
        indent = len(line) - len(line.lstrip())
        above = {depth: folder for depth, folder in above.items() if depth < indent}
        outer = above[max(above)] if above else ""
        folders = [f"{outer}{name}" for name in takewhile(lambda word: word.endswith("/"), line.split())]
        drawn.update(folders)
        above |= {indent: folders[0]} if folders else {}
    return drawn


def test_the_picture_of_the_layout_draws_every_folder_and_no_other() -> None:
    drawn = drawn_folders(PAGES["architecture"])
    folders = {
        f"{path.parent.relative_to(ROOT).as_posix()}/"
        for floor in ("bot", "handlers", "storage")
        for path in (ROOT / floor).rglob("*.py")
    }
    shared = {folder: re.sub(r"^handlers/\w+/(?=.)", "handlers/<feature>/", folder) for folder in folders}
    assert [folder for folder in sorted(folders) if not {folder, shared[folder]} & drawn] == []
    assert drawn - folders - set(shared.values()) - {"handlers/<feature>/"} == set()


def test_every_link_between_documents_leads_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    linked = [
        document.parent / target
        for document in documents
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    ]
    assert [path.relative_to(ROOT).as_posix() for path in linked if not path.exists()] == []


def test_the_site_builds_without_a_broken_link_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    told = subprocess.run(
        build, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, check=False
    )
    assert (told.returncode, told.stdout + told.stderr) == (0, b"")
    pages = {
        path.relative_to(tmp_path).as_posix(): path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.html")
    }
    assert {f"{name}.html" for name in PAGES} <= pages.keys()
    loaded = re.compile(r"<(?:script|img|iframe|link rel=.stylesheet.)[^>]+(?:src|href)=.?https?:")
    assert [name for name, page in pages.items() if loaded.search(page)] == []


def contents(folder: Path) -> dict[str, str]:
    return {each.name: each.read_text(encoding="utf-8") for each in sorted(folder.iterdir())}


@pytest.mark.usefixtures("running")
async def test_the_decisions_are_as_the_bot_exports_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    for words in (["import", str(DECISIONS)], ["export", str(tmp_path / "exported"), "--format", "madr"]):
        told = await asyncio.to_thread(CliRunner().invoke, cli, ["decisions", *words])
        assert told.exit_code == 0, told.output
    assert contents(tmp_path / "exported") == contents(DECISIONS), "make decisions writes them anew"
