"""The documents say what the code does: commands, settings, scopes, and the picture of the house."""

import re
from pathlib import Path

from bot.manifest import read_manifest, scopes
from bot.settings import Settings
from handlers import FEATURES
from handlers.dispatch import join

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """Return the rows of the first table below a heading of the README."""
    section = README.split(f"## {heading}\n", maxsplit=1)[1].split("\n## ", maxsplit=1)[0]
    rows = [line.strip().strip("|").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_the_readme_lists_every_command() -> None:
    routed = [
        [f"`/{command.name} {command.usage_hint}`".replace("|", "\\|"), command.description]
        for command in join(FEATURES).commands.values()
    ]
    assert [[" | ".join(row[:-1]).replace("\\ | ", "\\| "), row[-1]] for row in table("Commands")] == routed


def test_the_readme_lists_every_setting_with_its_default() -> None:
    known = [
        [f"`{name.upper()}`", "" if field.default in (None, "") or field.is_required() else f"`{field.default}`"]
        for name, field in Settings.model_fields.items()
        if name != "admins"
    ]
    listed = [row[:2] for row in table("Settings") if row[0] != "`ADMINS`"]
    assert listed == known


def test_the_readme_gives_a_reason_for_every_scope() -> None:
    needed, optional = scopes(read_manifest())
    assert [row[0] for row in table("Scopes")] == [f"`{scope}`" for scope in (*needed, *optional)]


def test_the_picture_of_the_house_names_every_room() -> None:
    rooms = {
        path.relative_to(ROOT).as_posix()
        for floor in ("bot", "handlers", "storage")
        for path in (ROOT / floor).rglob("*.py")
        if path.name != "__init__.py"
    }
    shown: set[str] = set()
    folder = ""
    for line in CONTRIBUTING.split("```text\n", maxsplit=1)[1].split("```", maxsplit=1)[0].splitlines():
        names = re.split(r"  +", line.strip())[0].split()
        if names and names[0].endswith("/"):
            folder = names[0]
        shown |= {f"{folder}{name}" for name in names if name.endswith(".py") and name != "__init__.py"}
    assert shown == rooms
