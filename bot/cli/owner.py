"""``owner import``, ``export`` and ``catalogue``: the register of duties in and out of files."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli.files import GUESSED, WorkspaceOption, Wrong, connected, finished, form_of, read_text, write_out
from bot.settings import read_database_url, read_settings
from handlers.access.recipients import Facts
from handlers.responsibilities import formats, service
from handlers.responsibilities.catalogue import catalogue_of, read_catalogue, standard_text
from handlers.responsibilities.rules import importing
from handlers.responsibilities.rules.importing import Member, Plan, Register
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.slack.users import person_of
from storage import open_store
from storage.engine.interface import WORKSPACE, Reader, Transaction
from storage.outbox import deliveries
from storage.responsibilities import questions, responsibilities
from storage.workspaces.people import known_people

cli = typer.Typer(no_args_is_help=True, help="The register of duties in and out of files.")
#: Slack takes about twenty such calls a minute.
_PAGE = 1000


@cli.command()
def export(
    *,
    form: Annotated[str | None, typer.Option("--format", help=f"One of {', '.join(formats.FORMATS)}.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write to this file instead of standard output.")] = None,
    include_private: Annotated[bool, typer.Option("--include-private", help="With what belongs to channels.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write who has which duty; what belongs to one channel is left out."""
    wanted = form or (GUESSED.get(output.suffix, "csv") if output else "csv")
    told = finished(_export(form_of(wanted, Path(), formats.FORMATS), workspace, with_private=include_private))
    write_out(told, output)


@cli.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    partial_: Annotated[bool, typer.Option("--partial", help="Take what can be taken.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Propose duties from a file; nobody loses one, and each is theirs once they say so."""
    form = form_of(None, file, formats.READ)
    raise typer.Exit(finished(_import(file.read_bytes(), form, workspace, dry_run=dry_run, is_partial=partial_)))


@cli.command()
def catalogue(
    file: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False)] = None,
    *,
    standard: Annotated[bool, typer.Option("--standard", help="Go back to the one that comes with the bot.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Print the catalogue of duties, or put a workspace's own in its place."""
    told = finished(_catalogue(read_text(file) if file else None, workspace, is_standard=standard))
    write_out(told, None)


async def _export(form: str, wanted: str | None, *, with_private: bool) -> str:
    store = open_store(read_database_url())
    try:
        team_id = connected(store, wanted)
        listed = await store.search(lambda reader: _listed(reader, team_id, with_private=with_private))
        names = {each.user_id: each.name for each in (await store.read(known_people, team_id)).values()}
    finally:
        await store.close()
    return formats.write(listed, names, form)


def _listed(reader: Reader, team_id: str, *, with_private: bool) -> list[ComponentDuty]:
    components = responsibilities.all_components(reader, team_id)
    return service.all_of(reader, [each for each in components if with_private or each.visibility == WORKSPACE])


async def _import(raw: bytes, form: str, wanted: str | None, *, dry_run: bool, is_partial: bool) -> int:
    rows = formats.read(raw, form)
    store = open_store(read_database_url())
    try:
        team_id = connected(store, wanted)
        members = await _members(team_id)
        there = await store.search(lambda reader: _register(reader, team_id, members))
        made = importing.plan(rows, there)
        for line in importing.as_lines(made, there):
            typer.echo(line)
        if made.refused and not is_partial:
            typer.echo("Nothing was changed. Mend the file, or take the rest with --partial.", err=True)
            return 1
        if not dry_run:
            asked = await store.write(partial(_carried_out, team_id, made))
            typer.echo(f"Done. {asked} {'person is' if asked == 1 else 'people are'} asked.")
    finally:
        await store.close()
    return 0


def _register(reader: Reader, team_id: str, members: list[Member]) -> Register:
    components = importing.visible(responsibilities.all_components(reader, team_id))
    listed = service.all_of(reader, list(components.values()))
    duties = {(each.component.id, each.kind.id): each.duty for each in listed}
    return Register(components, duties, catalogue_of(reader, team_id), members)


def _carried_out(team_id: str, made: Plan, transaction: Transaction) -> int:
    """Do what was planned, leave it to the bot to ask people, and return how many are asked."""
    done = service.carry_out(transaction, team_id, made, Facts("", datetime.now(UTC)))
    deliveries.add(transaction, done.messages)
    return len(done.asked)


async def _catalogue(text: str | None, wanted: str | None, *, is_standard: bool) -> str:
    store = open_store(read_database_url())
    try:
        team_id = connected(store, wanted)
        if text is None and not is_standard:
            return await store.read(questions.own_catalogue, team_id) or standard_text()
        count = len(read_catalogue(text or standard_text()))
        await store.write(lambda transaction: service.keep_catalogue(transaction, team_id, text or ""))
    finally:
        await store.close()
    return f"The catalogue has {count} duties now.\n"


async def _members(team_id: str) -> list[Member]:
    """Ask Slack who is in the workspace; names in a file are compared with these and never guessed. Raises Wrong."""
    settings = read_settings()
    slack = AsyncWebClient(settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url)
    slack.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=5))
    found: list[dict[str, Any]] = []
    try:
        async for page in await slack.users_list(limit=_PAGE):
            found += page["members"]
    except (SlackApiError, SlackClientError, ClientError, TimeoutError, OSError) as error:
        raise Wrong(f"Slack did not say who is in the workspace: {' '.join(str(error).split())}") from None
    people = [person_of(user, team_id) for user in found]
    return [Member(each.user_id, each.name) for each in people if not each.is_guest and not each.is_bot]
