"""``people export`` and ``forget``: what is kept of one person, and the records without them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated

import typer

from bot.cli import files
from bot.cli.files import Wrong, command, connected, opened, say, write_out
from bot.settings import system_user
from handlers.access.recipients import Facts
from handlers.checks.outcomes import Refused
from handlers.workspace.service import people as service
from handlers.workspace.service.people import Forgotten
from storage.engine.interface import Database, Transaction
from storage.outbox import deliveries
from storage.workspaces import personal_data
from storage.workspaces.workspaces import held

cli = typer.Typer(no_args_is_help=True, help="Export or forget what is kept about a person.")
PersonArgument = Annotated[str, typer.Argument(metavar="USER_ID", help="Slack's id, such as U024BE7LH.")]
_UNNAMED = "their name isn't known, or others have it too, so texts keep it. To replace it there, give it with --name."
_STAYS = (
    "What stays: nicknames and single words for them in texts; what people wrote in Slack; files and private answers "
    "that Slack already has; and messages older than 30 days that an earlier version sent.\n"
    "Keep the bot running, so that it can edit the messages. This can't be undone."
)


class _OnlyTried(Exception):  # noqa: N818 - it undoes what was tried
    """What a change would do; raised in it, so that nothing happens."""

    def __init__(self, found: Forgotten | Refused) -> None:
        super().__init__()
        self.found = found


@command(cli)
async def export(person: PersonArgument, *, output: files.Output = None, workspace: files.InWorkspace = None) -> None:
    """Write everything kept about a person as JSON, private channels included."""
    async with opened() as store:
        team_id = connected(store, workspace)
        told = await store.search(lambda reader: personal_data.told(reader, team_id, person, None))
        if not told:
            raise Wrong(f"nothing is kept about {person}")
        note = partial(files.noted, team_id=team_id, action="person-exported", kind="person", target_id=person)
        await store.write(held(team_id, note))
    write_out(json.dumps(told, indent=2, ensure_ascii=False) + "\n", output)


@command(cli)
async def forget(
    person: PersonArgument,
    *,
    name: Annotated[str, typer.Option(help="Their name in texts, if the bot doesn't know it.")] = "",
    is_sure: Annotated[bool, typer.Option("--yes", help="Don't ask for confirmation.")] = False,
    dry_run: files.DryRun = False,
    workspace: files.InWorkspace = None,
) -> None:
    """Take a person out of every record; the records stay, and say "a former member"."""
    async with opened() as store:
        team_id = connected(store, workspace)
        change = partial(_forget, team_id, person, name)
        _show(person, await _tried(store, change))
        if dry_run:
            say("Nothing changed.")
            return
        if not is_sure:
            typer.confirm(f"Forget {person}?", abort=True)
        done = await store.write(held(team_id, change))
    say(f"{person} is forgotten. Messages in Slack that the bot will edit: {len(_not_refused(done).edits)}")


async def _tried(store: Database, change: Callable[[Transaction], Forgotten | Refused]) -> Forgotten:
    """Return what forgetting somebody would touch. Raises Wrong."""

    def attempt(transaction: Transaction) -> None:
        raise _OnlyTried(change(transaction))

    try:
        await store.write(attempt)
    except _OnlyTried as tried:
        return _not_refused(tried.found)
    raise AssertionError


def _forget(team_id: str, person: str, name: str, transaction: Transaction) -> Forgotten | Refused:
    facts = Facts(system_user(), datetime.now(UTC), names={person: name} if name else {})
    done = service.forget(transaction, team_id, person, facts)
    if isinstance(done, Forgotten):
        deliveries.add(transaction, done.edits)
    return done


def _not_refused(done: Forgotten | Refused) -> Forgotten:
    if isinstance(done, Refused):
        raise Wrong(done.told)
    return done


def _show(person: str, found: Forgotten) -> None:
    say(f"{person} is called {found.name} here." if found.name else f"{person}: {_UNNAMED}")
    say(f"{'':32}{'deleted':>8}{'kept without them':>19}")
    for each in found.touched:
        say(f"{each.what:32}{each.dropped:>8}{each.changed:>19}")
    say(f"Messages in Slack to edit: {len(found.edits)}\n{_STAYS}")
