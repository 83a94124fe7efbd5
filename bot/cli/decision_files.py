"""Finds the files of decisions in a folder, and reads them."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.cli.files import Wrong
from handlers.decisions import formats
from handlers.decisions.formats import Read

_MARKDOWN = (".md", ".mdx", ".markdown")
_ROWS = {"decisions.json": formats.from_json, "decisions.csv": formats.from_csv}
#: What stands beside decisions in a folder; a decision about templates has more words in its name than a template.
_BESIDE = ("index", "readme", "contributing", "changelog")
_OF_TEMPLATES = {"adr", "madr", "architecture", "architectural", "decision", "record", "short", "bare", "template"}


def read(path: Path) -> tuple[list[Read], list[str]]:
    """Return what was read of a file, or of a folder and those in it, and which files were left out.

    Raises Wrong where nothing of it is a decision's, and FormatError for JSON or CSV of another kind.
    """
    if path.is_file():
        return _from(path, path.name), []
    markdown, rows, left_out = [], [], []
    for each in sorted(_files(path)):
        name = each.relative_to(path).as_posix()
        if not each.resolve().is_relative_to(path.resolve()):
            left_out.append(f"{name}, which is a link to another folder")
        elif each.suffix.casefold() in _MARKDOWN and not _is_beside(each):
            markdown.append((each, name))
        elif each.name in _ROWS:
            rows.append((each, name))
        elif each.suffix.casefold() in (*_MARKDOWN, ".json", ".csv"):
            left_out.append(name)
    if not markdown and not rows:
        raise Wrong(f"{path} has no decisions: no Markdown files, decisions.json or decisions.csv")
    if markdown and rows:
        raise Wrong(
            f"{path} has Markdown files and {rows[0][1]}; import {rows[0][1]} by its name, or move it elsewhere"
        )
    return [read for each, name in markdown or rows for read in _from(each, name)], left_out


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and of those in it, but for hidden ones."""
    for each in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in each.relative_to(folder).parts)
        if each.is_file() and not hidden:
            yield each


def _is_beside(path: Path) -> bool:
    stem = re.sub(r"^.*?(?=adr[-_])", "", path.stem.casefold())
    words = [each for each in re.split(r"[-_ .]+", stem) if not each.isdigit()]
    return stem in _BESIDE or (words[-1:] == ["template"] and set(words) <= _OF_TEMPLATES)


def _from(path: Path, name: str) -> list[Read]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [Read(name, error=f"the file is not UTF-8: byte {error.start} cannot be read")]
    rows = {".json": formats.from_json, ".csv": formats.from_csv}.get(path.suffix.casefold())
    return rows(name, text) if rows else [formats.read(name, text)]
