"""Records out to files, into an empty store, and out again: the shape of every format that is complete."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from storage import open_store
from storage.engine.interface import Transaction
from storage.workspaces import workspaces
from tests.conftest import START
from tests.writing import write

TEAM = "T1"
#: Where a command names its file or folder.
PATH = "PATH"
#: Words that a format may take for its own marks; each is stripped, as people's words are before they are kept.
HOSTILE: tuple[str, ...] = (
    "# A heading\n\n## Status\n\nRejected\n\nUnderlined\n=====\n\nagain\n---",
    "---\nstatus: rejected\n---\n\n***\n\n___",
    "a | b \\| c || d\n| --- | --- |\n| `|` | \\\\ |",
    "```\n# in a code block\n```\n\n~~~\n```\n\nnever closed",
    "```html\n<b>&lt;\n```\n\n   ```\n```\n<script>\n```\n\n~~~ <b>\n<i>",
    "first\n\\# x\n  \\---\n\\\\```\n\n    \\# in code",
    "* a list\n  * in a list\n\n    # indented\n\n1. one\n\n> # quoted\n> ---",
    "<script>alert(1)</script> &lt;b&gt; &amp;amp; <!-- a comment",
    "\\# \\\\# \\--- \\``` a backslash at the end \\",
    "=1+1",
    "'=1+1, \"quoted\", 'single', `code`, “curly”",
    "yes: no # null\n- ~\n{a: [b}\n%YAML 1.2\n...",
    "\U0001f6a2 caf\u00e9 cafe\u0301 zero\u200bwidth",
    "\u05e9\u05dc\u05d5\u05dd \u202eback\u202c \u0645\u0631\u062d\u0628\u0627",
    "next\u0085line, line\u2028and paragraph\u2029separators, no\u00a0break, \x0b\x0c\x1b\x7f and\ttab",
    "; , \t semicolons; a,b\r\nhalf\rlines",
    "a NUL \0 and a bell \a",
    "null",
    "1e5",
    "2026-02-30",
    "true",
    f"{'very long ' * 1000}end",
)


Fill = Callable[[Transaction], object]


def round_trip(
    folder: Path, fill: Fill, out: Sequence[str], back: Sequence[str], there: Fill = lambda _: None
) -> bytes:
    """Export records, import them into an empty store, and return what is exported then: the same as before.

    ``out`` and ``back`` are commands as they are typed, with ``PATH`` for the file or folder. ``fill`` makes the
    records, in the workspace ``TEAM``; ``there`` what the others belong to, and is in the empty store already.
    """
    first, second = (folder / f"{name}{Path(out[out.index(PATH)]).suffix}" for name in ("first", "second"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", _a_store(folder / "full.db", fill))
        _run(out, first)
        patch.setenv("DATABASE_URL", _a_store(folder / "empty.db", there))
        _run(back, first)
        _run(out, second)
    before, after = _bytes(first), _bytes(second)
    assert before.split(b"\n") == after.split(b"\n")
    return after


def _a_store(path: Path, fill: Fill) -> str:
    """Make a store with one workspace, and return its address."""
    address = f"sqlite:///{path}"

    async def made() -> None:
        store = open_store(address)
        await write(store, workspaces.connect_workspace, TEAM, "Harbour", "U0BOT", START)
        await store.write(fill)
        await store.close()

    asyncio.run(made())
    return address


def _run(told: Sequence[str], path: Path) -> None:
    done = CliRunner().invoke(cli, [str(path) if each == PATH else each for each in told])
    assert done.exit_code == 0, done.output


def _bytes(path: Path) -> bytes:
    """Return a file, or all files of a folder with their names, in their order."""
    files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
    return b"".join(b"%s\n%s\n" % (each.relative_to(path).as_posix().encode(), each.read_bytes()) for each in files)
