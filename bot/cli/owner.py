"""``owner import``, ``export`` and ``catalogue``: the register of duties in and out of files."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli import files
from bot.cli.files import GUESSED, Wrong, command, connected, form_of, opened, read_text, say, write_out
from bot.installing.tokens import token_for
from bot.settings import read_settings
from handlers import FEATURES
from handlers.access.recipients import Facts
from handlers.agreements.components import current
from handlers.framework.routing import join
from handlers.hooks.seams import Looked
from handlers.responsibilities import formats
from handlers.responsibilities.catalogue import catalogue_of, read_catalogue, standard_text
from handlers.responsibilities.drawing import picture
from handlers.responsibilities.formats import mermaid, register
from handlers.responsibilities.messages import collaboration as collaboration_messages
from handlers.responsibilities.rules import collaboration as collaboration_rules
from handlers.responsibilities.rules import importing, restoring
from handlers.responsibilities.rules.importing import Plan, Register
from handlers.responsibilities.rules.people import Member, index
from handlers.responsibilities.rules.plans import Seen
from handlers.responsibilities.rules.restoring import Restored
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.responsibilities.service import collaboration, steps
from handlers.responsibilities.service import register as service
from handlers.responsibilities.service.restoring import restore as restore_register
from handlers.slack.questions import PAGE
from handlers.slack.users import other_names, person_of
from storage.engine.interface import WORKSPACE, Reader, Transaction
from storage.outbox import deliveries
from storage.responsibilities import questions, responsibilities, teams
from storage.responsibilities.links import LINKS
from storage.workspaces.people import known_people
from storage.workspaces.workspaces import held

cli = typer.Typer(no_args_is_help=True, help="Import and export who owns what.")
_COMPLETE = ("csv", "json")
#: How the map of who builds what with whom is written.
_MAPS = ("mermaid", "svg")
Mapped = Annotated[
    list[str] | None,
    typer.Option("--map", help="What a name in the file stands for, NAME=WHAT, or a file with one a line."),
]


@command(cli)
async def export(
    *,
    form: Annotated[
        str | None, typer.Option("--format", help=f"One of {', '.join((*formats.FORMATS, *_MAPS))}.")
    ] = None,
    output: files.Output = None,
    include_private: files.IncludePrivate = False,
    map_: Mapped = None,
    workspace: files.InWorkspace = None,
) -> None:
    """Write who owns which duty, without what belongs to a single channel."""
    wanted = form_of(form or (_form(output) if output else "csv"), Path(), (*formats.FORMATS, *_MAPS))
    if wanted in _MAPS:
        write_out(await _map(wanted, workspace, with_private=include_private), output)
        return
    mapping = _mapping(map_)
    async with opened() as store:
        team_id = connected(store, workspace)
        listed = await store.search(lambda reader: _listed(reader, team_id, wanted, with_private=include_private))
        joined = await store.search(lambda reader: LINKS.every(reader, team_id))
        names = {each.user_id: each.name for each in (await store.read(known_people, team_id)).values()}
        if include_private:
            await files.note_export(store, team_id, "duties")
    called = {user_id: mapping.get(user_id, mapping.get(name, name)) for user_id, name in names.items()}
    shown = [each for each in joined if include_private or each.visibility == WORKSPACE]
    write_out(formats.write(listed, {**mapping, **called}, wanted, datetime.now(UTC).date().isoformat(), shown), output)


@command(cli, "import")
async def import_(
    file: files.File,
    *,
    dry_run: files.DryRun = False,
    partial_: files.Partial = False,
    map_: Mapped = None,
    workspace: files.InWorkspace = None,
) -> None:
    """Suggest duties to people from a file; nobody loses one, and each is accepted in Slack.

    Takes CODEOWNERS, Backstage's catalog-info.yaml, and our own csv and json.
    """
    rows = formats.read(read_text(file), form_of(_form(file), file, formats.READ), _mapping(map_))
    async with opened() as store:
        team_id = connected(store, workspace)
        members = await _members(team_id)
        there = await store.search(lambda reader: _register(reader, team_id, members))
        made = importing.plan(rows, there)
        say("\n".join(importing.as_lines(made, there)))
        if made.refused and not partial_:
            say("Nothing changed. Correct the file, or import the rest with --partial.", err=True)
            raise typer.Exit(1)
        if not dry_run:
            asked = await store.write(held(team_id, partial(_carried_out, team_id, made)))
            say(f"Done. {asked} {'person is' if asked == 1 else 'people are'} asked.")


@command(cli)
async def restore(
    file: files.File,
    *,
    form: Annotated[str | None, typer.Option("--format", help=f"One of {', '.join(_COMPLETE)}.")] = None,
    dry_run: files.DryRun = False,
    workspace: files.InWorkspace = None,
) -> None:
    """Put components back as an export has them, owners and all, where they are not in the register; asks nobody."""
    made = restoring.plan(register.read(read_text(file), form_of(form, file, _COMPLETE)))
    async with opened() as store:
        team_id = connected(store, workspace)
        there = await store.search(lambda reader: responsibilities.all_components(reader, team_id))
        say("\n".join(restoring.as_lines(made, there)))
        if made.refused:
            say("Nothing changed. Correct the file.", err=True)
            raise typer.Exit(1)
        if not dry_run:
            await store.write(held(team_id, partial(_put_back, team_id, made)))
            say("Done.")


@command(cli)
async def catalogue(
    file: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False)] = None,
    *,
    standard: Annotated[bool, typer.Option("--standard", help="Go back to the one that comes with the bot.")] = False,
    workspace: files.InWorkspace = None,
) -> None:
    """Print the catalogue of duties, or replace it with your own."""
    text = read_text(file) if file else ""
    async with opened() as store:
        team_id = connected(store, workspace)
        if file is None and not standard:
            told = await store.read(questions.own_catalogue, team_id) or standard_text()
        else:
            told = f"The catalogue now has {len(read_catalogue(text or standard_text()))} duties.\n"
            await store.write(held(team_id, partial(_keep_catalogue, team_id, text)))
    write_out(told, None)


def _put_back(team_id: str, made: Restored, transaction: Transaction) -> None:
    restore_register(transaction, team_id, made, datetime.now(UTC))
    files.noted(transaction, team_id, "imported", "duties")


def _form(file: Path) -> str:
    """Return the format that a file's name tells."""
    if file.name.upper() == "CODEOWNERS":
        return "codeowners"
    return "backstage" if file.suffix in (".yaml", ".yml") else GUESSED.get(file.suffix, "csv")


def _mapping(told: list[str] | None) -> dict[str, str]:
    """Return what names of a file stand for; each is a pair, or a file with a pair a line. Raises Wrong."""
    lines = [
        line for each in told or () for line in (read_text(Path(each)) if Path(each).is_file() else each).splitlines()
    ]
    pairs = [line.rpartition("=") for line in lines if line.strip() and not line.startswith("#")]
    if wrong := [f"{name}={value}" for name, _, value in pairs if not name.strip() or not value.strip()]:
        raise Wrong(f"--map {wrong[0]}: write NAME=WHAT, or a file with one a line")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _keep_catalogue(team_id: str, text: str, transaction: Transaction) -> None:
    service.keep_catalogue(transaction, team_id, text)
    files.noted(transaction, team_id, "catalogue-changed", "catalogue")


def _listed(reader: Reader, team_id: str, form: str, *, with_private: bool) -> list[ComponentDuty]:
    components = responsibilities.all_components(reader, team_id)
    kept = components if form in _COMPLETE else current(components)
    return service.all_of(reader, [each for each in kept if with_private or each.visibility == WORKSPACE])


async def _map(form: str, workspace: str | None, *, with_private: bool) -> str:
    """Return the map of all components. Raises Wrong where it can't be drawn."""
    today = datetime.now(UTC).date()
    async with opened() as store:
        team_id = connected(store, workspace)
        told = await store.search(lambda reader: _seen(reader, team_id, today, with_private=with_private))
        names = {each.user_id: each.name for each in (await store.read(known_people, team_id)).values()}
        if with_private:
            await files.note_export(store, team_id, "duties")
    plan = collaboration_rules.planned(replace(told, names=names), None)
    if form == "mermaid":
        return mermaid.written(plan)
    drawn = await picture.as_svg(plan, collaboration_messages.described(plan)) if picture.is_there() else None
    if drawn is None:
        raise Wrong("the map can't be drawn: install the extra maps, or use --format mermaid")
    return f"{drawn}\n"


def _seen(reader: Reader, team_id: str, today: date, *, with_private: bool) -> Seen:
    every = responsibilities.all_components(reader, team_id)
    visible = tuple({WORKSPACE, *(each.visibility for each in every if with_private)})
    parts = [each for each in every if each.visibility in visible]
    looked = Looked(parts, visible, today)
    return collaboration.seen(reader, team_id, looked, join(FEATURES).hooks.seams)


def _register(reader: Reader, team_id: str, members: list[Member]) -> Register:
    components = importing.visible(responsibilities.all_components(reader, team_id))
    listed = service.all_of(reader, list(components.values()))
    duties = {(each.component.id, each.kind.id): each.duty for each in listed}
    here = {each.user_id for each in members}
    owners = [each for each in teams.teams(reader, team_id).values() if each.accountable in here]
    named = [Member(each.accountable, each.name, team=each.id) for each in owners]
    return Register(components, duties, catalogue_of(reader, team_id), index([*members, *named]))


def _carried_out(team_id: str, made: Plan, transaction: Transaction) -> int:
    """Do what was planned, leave it to the bot to ask people, and return how many are asked."""
    done = steps.carry_out(transaction, team_id, made, Facts("", datetime.now(UTC)))
    deliveries.add(transaction, done.messages)
    files.noted(transaction, team_id, "imported", "duties")
    return len(done.asked)


async def _members(team_id: str) -> list[Member]:
    """Ask Slack who is in the workspace; names in a file are compared with these and never guessed. Raises Wrong."""
    settings = read_settings()
    slack = AsyncWebClient(await token_for(settings, team_id), base_url=settings.slack_api_url)
    slack.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=5))
    found: list[dict[str, Any]] = []
    try:
        async for page in await slack.users_list(team_id=team_id, limit=PAGE):
            found += page["members"]
    except (SlackApiError, SlackClientError, ClientError, TimeoutError, OSError) as error:
        raise Wrong(f"Slack didn't say who is in the workspace: {' '.join(str(error).split())}") from None
    people = [(person_of(user, team_id), other_names(user)) for user in found]
    return [Member(each.user_id, each.name, also) for each, also in people if not each.is_guest and not each.is_bot]
