"""``workspaces``: which there are, and what the operator does with all of a workspace's data."""

import json
from datetime import UTC, datetime
from functools import partial
from typing import Annotated

import typer

from bot.cli.files import Output, Wrong, command, connected, note_export, noted, opened, say, write_out
from bot.deletion import finish
from bot.sealing import Seal, keys_in, new_key
from bot.settings import read_store_settings, secret
from storage.engine.interface import Database, Reader, Transaction
from storage.workspaces import deletion, holds, installations
from storage.workspaces.holds import OPERATOR, Hold
from storage.workspaces.installations import Installation
from storage.workspaces.workspaces import Workspace, all_workspaces, held

cli = typer.Typer(no_args_is_help=True, help="Which workspaces there are; export, delete or hold their data.")
Team = Annotated[str, typer.Argument(help="Id of the workspace, such as T0123456789.", metavar="WORKSPACE")]


@cli.command("key")
def make_key() -> None:
    """Print a new key for TOKEN_KEYS."""
    say(new_key())


@command(cli, "list")
async def list_all() -> None:
    """List the workspaces, and how the bot is in each; before them the organizations that have let it in."""
    keys = keys_in(secret(read_store_settings().token_keys))
    newest = Seal(keys).name if keys else ""
    async with opened() as store:
        installed = {each.team_id: each for each in await store.search(installations.all_installed)}
        for each in [each for each in installed.values() if each.is_organization]:
            say(f"{each.team_id:<12} {_how(each, newest):<28} {each.organization_name} (an organization)")
        for place in await store.search(all_workspaces):
            say(f"{place.team_id:<12} {_state(place, installed.get(place.team_id), newest):<28} {place.name}")


def _state(place: Workspace, found: Installation | None, newest: str) -> str:
    if place.uninstalled_at:
        return f"uninstalled {place.uninstalled_at[:10]}"
    return f"connected {place.connected_at[:10]}" if found is None else _how(found, newest)


def _how(found: Installation, newest: str) -> str:
    if found.token_of != found.team_id:
        return f"added {found.installed_at[:10]} by {found.organization}"
    if found.refused:
        return f"can't be renewed: {found.refused}"
    is_old = newest not in ("", found.sealed_by)
    return f"installed {found.installed_at[:10]}{', sealed by an older key' if is_old else ''}"


@command(cli)
async def export(workspace: Team, *, output: Output = None) -> None:
    """Write all that is kept of a workspace, private channels' records too, as JSON lines: a table's name and a row."""
    async with opened() as store:
        team_id = connected(store, workspace)
        told = await store.search(lambda reader: _lines(reader, team_id))
        await note_export(store, team_id, "workspace")
    write_out(told, output)


def _lines(reader: Reader, team_id: str) -> str:
    rows = deletion.rows(reader, team_id)
    return "".join(json.dumps({"table": table, **row}, ensure_ascii=False) + "\n" for table, row in rows)


@command(cli)
async def delete(
    workspace: Team, *, yes: Annotated[bool, typer.Option("--yes", help="Delete it, for good.")] = False
) -> None:
    """Show what is kept of a workspace; with --yes, delete all of it for good."""
    async with opened() as store:
        await _check(store, workspace)
        counted = await store.search(partial(deletion.counts, team_id=workspace))
        say("\n".join([f"{number:>8} {table}" for table, number in counted.items()]))
        found = await store.read(installations.installation, workspace)
        if found is not None and found.organization:
            whose = f"{found.organization_name} ({found.organization})"
            say(f"{whose} has added the bot to it. Take it out there first; else it is back within the hour.")
        if not yes:
            say("Nothing deleted. Stop the bot, then add --yes to delete all of this for good.")
            return
        await store.write(held(workspace, partial(_begin_deletion, team_id=workspace, now=datetime.now(UTC))))
        await finish(store, workspace)
        say(f"{workspace} is deleted.")


@command(cli)
async def hold(workspace: Team) -> None:
    """Keep everything of a workspace until the hold is lifted: nothing is deleted for good."""
    async with opened() as store:
        team_id, now = connected(store, workspace), datetime.now(UTC)
        await store.write(held(team_id, partial(_put_on_hold, team_id=team_id, now=now)))
        found = await store.read(holds.hold, team_id)
        say(_told(found) if found else "")


@command(cli)
async def lift(workspace: Team) -> None:
    """End a legal hold, whoever set it."""
    async with opened() as store:
        team_id = connected(store, workspace)
        found = await store.read(holds.hold, team_id)
        await store.write(held(team_id, partial(_lift, team_id=team_id)))
        say(f"The legal hold on {team_id} is lifted." if found else f"{team_id} has no legal hold.")


def _begin_deletion(transaction: Transaction, team_id: str, now: datetime) -> None:
    """Raises Wrong where somebody has put it on hold meanwhile."""
    _check_hold(transaction, team_id)
    deletion.begin(transaction, team_id, now)


def _put_on_hold(transaction: Transaction, team_id: str, now: datetime) -> None:
    if holds.hold(transaction, team_id) is None:
        holds.put_on_hold(transaction, team_id, OPERATOR, now)
        noted(transaction, team_id, "legal-hold-changed", "workspace", target_id=team_id, details=("set",))


def _lift(transaction: Transaction, team_id: str) -> None:
    if holds.hold(transaction, team_id) is not None:
        holds.lift(transaction, team_id)
        noted(transaction, team_id, "legal-hold-changed", "workspace", target_id=team_id, details=("lift",))


async def _check(store: Database, team_id: str) -> None:
    """Raise Wrong for a workspace that is not there, or must be kept."""
    if team_id in await store.read(deletion.begun):
        return
    connected(store, team_id)
    await store.read(_check_hold, team_id)


def _check_hold(reader: Reader, team_id: str) -> None:
    found = holds.hold(reader, team_id)
    if found is not None:
        raise Wrong(f"{_told(found)} Nothing can be deleted until `workspaces lift {team_id}` ends it.")


def _told(found: Hold) -> str:
    return f"Legal hold since {found.at[:10]}, set by {'the operator' if found.by == OPERATOR else found.by}."
