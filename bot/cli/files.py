"""What the commands share that take records in and out of files."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, ParamSpec, TypeVar

import typer

from bot.settings import SettingsError, read_store_settings, system_user
from handlers.checks.csv_files import FormatError
from handlers.responsibilities.catalogue import CatalogueError
from storage import open_store
from storage.engine.interface import (
    WORKSPACE,
    Database,
    StoreError,
    StoreUnavailableError,
    Transaction,
    to_text,
)
from storage.glossary.importing import UNCLAIMED
from storage.workspaces import audit
from storage.workspaces.installations import of_organization
from storage.workspaces.workspaces import Workspace, all_workspaces, held

P = ParamSpec("P")
T = TypeVar("T")
WRONG = 2
#: Control characters but for tabs and ends of lines, and those that turn the direction of a text.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
GUESSED = {".csv": "csv", ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".md": "markdown", ".tsv": "csv"}
GUESSED |= {".ttl": "skos", ".jsonld": "skos-jsonld"}

InWorkspace = Annotated[str | None, typer.Option("--workspace", help="Id of the workspace, where there are several.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Output = Annotated[Path | None, typer.Option(help="Write to this file instead of standard output.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")]
Partial = Annotated[bool, typer.Option("--partial", help="Import what can be imported.")]
IncludePrivate = Annotated[bool, typer.Option("--include-private", help="Include what belongs to single channels.")]


class Wrong(Exception):  # noqa: N818 - it ends the command with its line
    """What cannot be done, in one line."""


_ONE_LINE = (Wrong, FormatError, CatalogueError, StoreError, StoreUnavailableError, SettingsError, OSError)


def finished(work: Coroutine[None, None, T]) -> T:
    """Do some work; what is wrong with it ends the program with one line."""
    try:
        return asyncio.run(work)
    except _ONE_LINE as error:
        raise _ended(str(error)) from None
    except RecursionError:
        raise _ended("the file is nested too deeply") from None


def command(cli: typer.Typer, name: str | None = None) -> Callable[[Callable[P, Coroutine[None, None, None]]], None]:
    """Return what makes a coroutine function a command, whose errors are one line and exit code 2."""

    def register(work: Callable[P, Coroutine[None, None, None]]) -> None:
        @cli.command(name)
        @wraps(work)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            finished(work(*args, **kwargs))

    return register


@asynccontextmanager
async def opened() -> AsyncIterator[Database]:
    """Open the store that DATABASE_URL names, and close it in the end."""
    store = open_store(read_store_settings().database_url)
    try:
        yield store
    finally:
        await store.close()


def say(told: str, *, err: bool = False) -> None:
    """Print lines; what would move a terminal's cursor, or turn its text around, is shown as its number."""
    typer.echo(_UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", told), err=err)


def write_out(told: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(told.encode())
        return
    try:
        _put(output, told)
    except OSError as error:
        raise _ended(str(error)) from None


def read_text(file: Path) -> str:
    """Return a file's text. Raises Wrong where it is not UTF-8."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _ended(f"the file is not UTF-8: byte {error.start} cannot be read") from None


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write files, by name, into a folder that is made where it is not there; only their owner may read them.

    Each takes the place of what has its name: nothing is written through a link that somebody laid there.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, text in files.items():
            _put(folder / name, text)
    except OSError as error:
        raise _ended(str(error)) from None


def _put(path: Path, text: str) -> None:
    if path.exists() and not path.is_symlink() and not path.is_file():
        path.write_text(text, encoding="utf-8", newline="")
        return
    with TemporaryDirectory(dir=path.parent, prefix=f".{path.name[:40]}-") as folder:
        new = Path(folder) / "new"
        new.touch(mode=0o600)
        new.write_text(text, encoding="utf-8", newline="")
        new.replace(path)


def form_of(told: str | None, file: Path, forms: Sequence[str]) -> str:
    """Return the format that was asked for, else the one that the file's name tells. Raises BadParameter."""
    wanted = told or GUESSED.get(file.suffix, "")
    if wanted not in forms:
        raise typer.BadParameter(f"One of {', '.join(forms)}", param_hint="--format")
    return wanted


def known_workspaces(store: Database, wanted: str | None) -> list[Workspace]:
    """Return the workspace that was asked for, or the only one; none before any has connected. Raises Wrong."""
    places = all_workspaces(store.reader)
    if wanted is None and len(places) > 1:
        raise Wrong(f"there are several workspaces; name one with --workspace: {', '.join(p.team_id for p in places)}")
    found = [each for each in places if wanted in (None, each.team_id)]
    if not found and wanted is not None:
        if added := [each.team_id for each in of_organization(store.reader, wanted)]:
            raise Wrong(f"{wanted} is an organization; name one of its workspaces: {', '.join(added)}")
        raise Wrong(f"no workspace {wanted} has connected to this store")
    return found


def chosen_workspace(store: Database, wanted: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the workspace to work on, and its disciplines; before any has connected, the one that will be first."""
    found = known_workspaces(store, wanted)
    return (found[0].team_id, found[0].disciplines) if found else (UNCLAIMED, ("domain",))


def connected(store: Database, wanted: str | None) -> str:
    """Return the workspace that was asked for, or the only one. Raises Wrong before any has connected."""
    found = known_workspaces(store, wanted)
    if not found:
        raise Wrong("no workspace has connected to this store yet; start the bot once")
    return found[0].team_id


def noted(transaction: Transaction, team_id: str, action: audit.Action, kind: str, **about: object) -> None:
    """Keep in the audit trail what is done here, by the name of the system's user; ``about`` says to what."""
    who = {"team_id": team_id, "actor": system_user(), "at": to_text(datetime.now(UTC))}
    audit.note(transaction, audit.Entry(action=action, target_kind=kind, **who, **about))


async def note_export(store: Database, team_id: str, kind: str, target_id: str = "", visibility: str = "") -> None:
    """Keep in the audit trail that records of channels were taken out, one of them or all of a kind."""
    about = {"target_id": target_id, "visibility": visibility or WORKSPACE}
    await store.write(held(team_id, lambda transaction: noted(transaction, team_id, "exported", kind, **about)))


def _ended(told: str) -> typer.Exit:
    say(f"common-ground: {told}", err=True)
    return typer.Exit(WRONG)
