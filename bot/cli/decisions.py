"""``decisions export`` and ``import``: the decision log in and out of a folder."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import decision_files, files
from bot.cli.files import Wrong, command, connected, form_of, opened, say, write_files
from handlers.access.recipients import Facts
from handlers.decisions import formats
from handlers.decisions.formats import Linked, Read
from handlers.decisions.rules import importing
from handlers.decisions.rules.importing import Log, Plan
from handlers.decisions.service import changes
from storage.decisions import decisions, votes
from storage.engine.interface import WORKSPACE, Reader, Transaction
from storage.outbox import deliveries
from storage.responsibilities import responsibilities
from storage.workspaces.people import known_people
from storage.workspaces.workspaces import held

FORMATS = ("madr", "json", "csv")
cli = typer.Typer(no_args_is_help=True, help="Import and export the decision log.")


@command(cli)
async def export(
    folder: Annotated[Path, typer.Argument(file_okay=False, help="Where to write; created if it isn't there.")],
    *,
    form: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = "madr",
    include_private: files.IncludePrivate = False,
    workspace: files.InWorkspace = None,
) -> None:
    """Write one Markdown file a decision with an index, or all of them as JSON or CSV."""
    wanted = form_of(form, Path(), FORMATS)
    async with opened() as store:
        team_id = connected(store, workspace)
        made = await store.search(lambda reader: _files(reader, team_id, wanted, with_private=include_private))
        if include_private:
            await files.note_export(store, team_id, "decisions")
    write_files(folder, made)
    say(f"{len(made)} files in {folder}.")


@command(cli, "import")
async def import_(
    path: Annotated[Path, typer.Argument(exists=True, help="A folder, or one file of it.")],
    *,
    keep_numbers: Annotated[bool, typer.Option("--keep-numbers", help="0012-use-x.md becomes D-12.")] = False,
    dry_run: files.DryRun = False,
    partial_: files.Partial = False,
    workspace: files.InWorkspace = None,
) -> None:
    """Add the decisions of a folder: Markdown (MADR, Nygard and what is near them), or our own JSON or CSV.

    What the log has already stays as it is.
    """
    read, left_out = decision_files.read(path)
    async with opened() as store:
        team_id = connected(store, workspace)
        there = await store.search(lambda reader: log_of(reader, team_id, keeps_numbers=keep_numbers))
        made = importing.plan(read, there, datetime.now(UTC))
        say("\n".join([*importing.as_lines(made), *(f"  - {each}: left out" for each in left_out)]))
        if made.refused and not partial_:
            say("Nothing changed. Correct the files, or import the rest with --partial.", err=True)
            raise typer.Exit(1)
        if not dry_run:
            await store.write(held(team_id, partial(carry_out, read, there, made)))
            say("Done.")


def _files(reader: Reader, team_id: str, form: str, *, with_private: bool) -> dict[str, str]:
    found = decisions.all_decisions(reader, team_id, None if with_private else [WORKSPACE])
    every = sorted(found, key=formats.by_number)
    parts = responsibilities.all_components(reader, team_id)
    linked = Linked(
        {each.id: each.number for each in every},
        {each.id: each.name for each in parts if with_private or each.visibility == WORKSPACE},
        {each.user_id: each.name for each in known_people(reader, team_id).values()},
        {each.id: votes.opinions(reader, each) for each in every},
    )
    if form == "madr":
        return {
            "index.md": formats.index(every),
            **{formats.file_name(each): formats.write(each, linked) for each in every},
        }
    if form == "json":
        return {"decisions.json": formats.as_json(every, linked)}
    return {"decisions.csv": formats.as_csv(every, linked)}


def log_of(reader: Reader, team_id: str, *, keeps_numbers: bool) -> Log:
    every = decisions.all_decisions(reader, team_id)
    components = [each for each in responsibilities.all_components(reader, team_id) if each.visibility == WORKSPACE]
    numbers = [int(each.number[2:]) for each in every if each.number[2:].isdigit()]
    last = max(numbers, default=0)
    return Log(team_id, {each.number.upper(): each for each in every}, components, last, keeps_numbers)


def carry_out(read: Sequence[Read], there: Log, shown: Plan, transaction: Transaction) -> None:
    """Do what was shown. Raises Wrong where the log is no longer as it was then."""
    now = datetime.now(UTC)
    made = importing.plan(read, log_of(transaction, there.team_id, keeps_numbers=there.keeps_numbers), now)
    if importing.as_lines(made) != importing.as_lines(shown):
        raise Wrong("somebody changed the log meanwhile and nothing was imported; run it again")
    files.noted(transaction, there.team_id, "imported", "decisions")
    deliveries.add(transaction, changes.take_in(transaction, there.team_id, made, Facts("", now)))
