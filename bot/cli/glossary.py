"""``glossary import`` and ``export``: the glossary in and out of files, beside a bot that goes on answering."""

import asyncio
import atexit
import gc
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Annotated, TypeVar

import typer

from bot.cli import files
from bot.cli.files import GUESSED, chosen_workspace, command, form_of, opened, say, write_out
from handlers.access.recipients import Facts
from handlers.glossary.formats import own
from handlers.glossary.rules import importing
from handlers.glossary.rules.importing import Plan
from handlers.glossary.service.meanings import finish_import
from storage.engine.interface import Database, StoreError, Transaction
from storage.glossary import glossary
from storage.glossary.glossary import NewSense
from storage.glossary.importing import Changed, begin, drop, rows_of, stage_made, stage_versions, versions_of
from storage.outbox import deliveries
from storage.records.ids import new_id
from storage.workspaces.workspaces import held

T = TypeVar("T")
#: So many are written at a time, and up to so many where that takes no longer: a bot beside waits for it.
_CHUNK, _MOST, _CHUNK_SECONDS = 2500, 10_000, 0.2
#: Who waits for SQLite's lock looks each twentieth of a second, and after a fifth only half as often: without gaps, and
#: longer ones where the machine is slow, a bot beside an import would wait in vain.
_GAP_SECONDS, _SOON_SECONDS = 0.055, 0.22
_PRIVATE = ", ".join(own.WITH_PRIVATE)
#: A table in Markdown is read as a spreadsheet's is.
_TABLES = {".md": "csv"}
_FORMATS = f"One of {', '.join(own.FORMATS)}"

cli = typer.Typer(no_args_is_help=True, help="Import and export the glossary.")
_Format = Annotated[str | None, typer.Option("--format", help=f"{_FORMATS}; guessed from the file's name.")]


@command(cli, "import")
async def import_(
    file: files.File,
    *,
    dry_run: files.DryRun = False,
    partial_: files.Partial = False,
    workspace: files.InWorkspace = None,
    form: _Format = None,
) -> None:
    """Add and change definitions from a file; it deletes nothing and undoes no approval."""
    form = form_of(form or _TABLES.get(file.suffix), file, own.FORMATS)
    raw = file.read_bytes()
    async with opened() as store, _at_full_speed():
        team_id, disciplines = chosen_workspace(store, workspace)
        there = await store.read(glossary.all_senses, team_id, with_private=True)
        made = importing.plan(own.read(raw, form, disciplines[-1]), {importing.key_of(each): each for each in there})
        say("\n".join(importing.as_lines(made)))
        is_refused = bool(made.refused) and not partial_
        if is_refused and not dry_run:
            say("Nothing changed. Correct the file, or import the rest with --partial.", err=True)
        if is_refused or dry_run:
            raise typer.Exit(int(is_refused))
        left = await _carry_out(store, team_id, made)
    say(f"Done, except for {left} that somebody changed meanwhile. Run it again." if left else "Done.")
    raise typer.Exit(1 if left else 0)


@command(cli)
async def export(
    *,
    form: _Format = None,
    output: files.Output = None,
    include_private: files.IncludePrivate = False,
    workspace: files.InWorkspace = None,
) -> None:
    """Write the glossary as a file, without what belongs to a single channel."""
    wanted = form_of(form or (GUESSED.get(output.suffix, "csv") if output else "csv"), Path(), own.FORMATS)
    if include_private and wanted not in own.WITH_PRIVATE:
        raise files.Wrong(f"{wanted} can't say who sees a definition; include private ones in {_PRIVATE}")
    async with opened() as store:
        team_id, _ = chosen_workspace(store, workspace)
        senses = await store.read(glossary.all_senses, team_id, with_private=include_private)
        if include_private:
            await files.note_export(store, team_id, "glossary")
    told = importing.as_new(senses)
    write_out(own.write(told, wanted), output)
    if gone := own.left_out(told, wanted):
        say(f"{wanted} has no place for: {', '.join(gone)}", err=True)


@asynccontextmanager
async def _at_full_speed() -> AsyncIterator[None]:
    """Look for no circles among what is read, which takes seconds for a large file: it has none.

    Nor at the end of the program.
    """
    atexit.register(gc.freeze)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def _carry_out(store: Database, team_id: str, made: Plan) -> int:
    """Write what was planned; return how much was left out because somebody wrote it meanwhile."""
    batch = new_id()
    await store.write(held(team_id, lambda transaction: begin(transaction, team_id, batch, datetime.now(UTC))))
    # In the order of the store's own index, so that each chunk is written in one place of it.
    added = sorted(made.added, key=lambda new: glossary.look_up_key(new.word))
    try:
        done = await _stage_all(store, partial(_new, team_id, batch), added, "new")
        changed = [(each.sense, each.changes) for each in made.changed]
        await _stage_all(store, partial(_different, team_id, batch), changed, "changed")
        done += await store.write(held(team_id, partial(_finish, team_id, batch, made)))
    except StoreError:
        await store.write(held(team_id, lambda transaction: drop(transaction, batch)))
        raise
    return len(made.added) + len(made.changed) - done


def _new(team_id: str, batch: str, asked: Sequence[NewSense]) -> Callable[[Transaction], int]:
    new = rows_of(team_id, batch, asked, datetime.now(UTC))
    return lambda transaction: stage_made(transaction, batch, new, datetime.now(UTC))


def _different(team_id: str, batch: str, asked: Sequence[Changed]) -> Callable[[Transaction], int]:
    rows = versions_of(team_id, batch, asked, datetime.now(UTC))
    return lambda transaction: stage_versions(transaction, batch, rows, datetime.now(UTC))


async def _stage_all(
    store: Database, make: Callable[[Sequence[T]], Callable[[Transaction], int]], asked: Sequence[T], label: str
) -> int:
    """Write chunk by chunk and make each between two writes, in the gap for the bot beside; return how many.

    To make one during the write before it would only take longer: both need the interpreter.
    """
    staged, begin, count, told = 0, 0, _CHUNK, f"{len(asked)} {label}"
    write = make(asked[:count])
    with typer.progressbar(length=len(asked), label=told, file=sys.stderr, hidden=len(asked) <= _CHUNK) as shown:
        while begin < len(asked):
            begun = perf_counter()
            staged += await store.write(write)
            ended = perf_counter()
            shown.update(count)
            begin, count = begin + count, size_after(count, ended - begun)
            write = make(asked[begin : begin + count])
            # In a server, others write meanwhile.
            gap = 0 if store.is_shared else _gap_after(ended - begun)
            await asyncio.sleep(gap - (perf_counter() - ended))
    return staged


def _gap_after(spent: float) -> float:
    """Return for how long nothing is written to a file after a write that took so many seconds."""
    return _GAP_SECONDS if spent < _SOON_SECONDS else spent / 2


def size_after(count: int, spent: float) -> int:
    """Return how many to write at a time where so many took so many seconds."""
    return max(_CHUNK, min(_MOST, round(count * _CHUNK_SECONDS / spent)))


def _finish(team_id: str, batch: str, made: Plan, transaction: Transaction) -> int:
    changed, messages = finish_import(transaction, team_id, batch, made, Facts(by="", now=datetime.now(UTC)))
    deliveries.add(transaction, messages)
    files.noted(transaction, team_id, "imported", "glossary")
    return changed
