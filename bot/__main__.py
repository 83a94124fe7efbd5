"""The command line: ``common-ground``, or ``python -m bot``."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

import structlog
import typer

from bot import __version__
from bot import doctor as doctor_rules
from bot.app import running
from bot.cli import (
    agents,
    audit,
    backups,
    cards,
    decisions,
    glossary,
    owner,
    people,
    requests,
    stores,
    webhooks,
    workspace,
)
from bot.clock import Clock
from bot.logs import set_up_logging
from bot.manifest import as_yaml, manifest_for
from bot.settings import Settings, SettingsError, checked_prefix, read_settings
from storage.engine.interface import StoreError, StoreUnavailableError

_WRONG_SETTINGS = 2
_ASK_THE_DOCTOR = "Run `common-ground doctor` to see everything that is wrong, and how to fix it."
_log = structlog.get_logger(__name__)

cli = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


def _tell_version(*, is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"common-ground {__version__}")
        raise typer.Exit


@cli.callback()
def common_ground(
    *,
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_tell_version)
    ] = False,
) -> None:
    """Common Ground: a Slack bot for teams that build ML-enabled systems."""


@cli.command()
def run() -> None:
    """Run the bot, by Socket Mode or HTTP."""
    try:
        settings = read_settings()
        set_up_logging(settings.log_level, settings.log_format)
        asyncio.run(_run_until_told(settings))
    except (SettingsError, StoreError) as error:
        raise _wrong(f"{error}\n{_ASK_THE_DOCTOR}") from None
    except StoreUnavailableError as error:
        raise _wrong(f"the store can't be written: {error}\n{_ASK_THE_DOCTOR}") from None


@cli.command()
def doctor(
    *,
    create: Annotated[bool, typer.Option("--create", help="Make the database, if it isn't there.")] = False,
    blocks: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Play the scripts in this folder on this machine, and ask Slack whether it takes all that they show.",
        ),
    ] = None,
) -> None:
    """Check the installation, and say how to fix what is wrong."""
    scripts = sorted(blocks.glob("*.txt")) if blocks is not None else []
    raise typer.Exit(asyncio.run(_examine(scripts, create=create)))


@cli.command()
def manifest(
    *,
    url: Annotated[str | None, typer.Option(help="Public https address of the bot; without it, Socket Mode.")] = None,
    prefix: Annotated[str, typer.Option(help="Put before every command's name, such as cg-.")] = "",
    read_channels: Annotated[
        bool, typer.Option("--read-channels", help="For hints in passing; see READ_CHANNELS.")
    ] = False,
    installed_at: Annotated[
        str, typer.Option(help="Https address where workspaces let the bot in, by Socket Mode.")
    ] = "",
    mcp: Annotated[
        str, typer.Option(help="Public https address at which Slackbot asks in people's names; see MCP.")
    ] = "",
) -> None:
    """Print the manifest of the app to create in Slack."""
    try:
        prefix = checked_prefix(prefix)
    except ValueError as error:
        raise _wrong(f"--prefix {error}") from None
    for name, address in (("--url", url), ("--installed-at", installed_at or None), ("--mcp", mcp or None)):
        if address is not None and not address.startswith("https://"):
            raise _wrong(f"{name} should be a public address that starts with https://")
    made = manifest_for(url, prefix, reads_channels=read_channels, installed_at=installed_at, mcp=mcp)
    typer.echo(as_yaml(made), nl=False)


@cli.command("try")
def try_(
    *,
    http: Annotated[bool, typer.Option("--http", help="Use HTTP instead of Socket Mode.")] = False,
    database: Annotated[Path | None, typer.Option(help="Keep the store in this file.")] = None,
    script: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Read what people do from this file.")
    ] = None,
    company: Annotated[
        Literal["harbour", "rail", "empty"],
        typer.Option(
            help="harbour is small; rail has 40 people and eight weeks behind it; in empty nothing happened yet."
        ),
    ] = "harbour",
    transcript: Annotated[
        Path | None, typer.Option(help="Write everything that was said to this file at the end.")
    ] = None,
) -> None:
    """Try the bot in a Slack on this machine."""
    from bot.trial.companies import COMPANIES  # noqa: PLC0415 - the local Slack is not loaded by a bot at work
    from bot.trial.run import Course, run_trial  # noqa: PLC0415 - as above

    set_up_logging("WARNING", "console")
    lines = None if script is None else script.read_text(encoding="utf-8").splitlines()
    try:
        course = Course(lines, database, transcript, use_http=http, company=COMPANIES[company])
        raise typer.Exit(asyncio.run(run_trial(sys.stdin, course)))
    except StoreError as error:
        raise _wrong(error) from None


cli.add_typer(glossary.cli, name="glossary")
cli.add_typer(owner.cli, name="owner")
cli.add_typer(requests.cli, name="requests")
cli.add_typer(decisions.cli, name="decisions")
cli.add_typer(cards.cli, name="cards")
cli.add_typer(people.cli, name="people")
cli.add_typer(workspace.cli, name="workspaces")
#: What it was called when there could be one alone.
cli.add_typer(workspace.cli, name="workspace", hidden=True)
cli.add_typer(stores.cli, name="store")
cli.add_typer(webhooks.cli, name="hooks")
cli.command("audit")(audit.print_trail)
cli.command("backup")(backups.backup)
cli.command("restore")(backups.restore)
cli.command("mcp")(agents.serve)


def _wrong(told: object) -> typer.Exit:
    """Say what is wrong, and return what ends the program."""
    typer.echo(f"common-ground: {told}", err=True)
    return typer.Exit(_WRONG_SETTINGS)


async def _run_until_told(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; also while it is still waiting for Slack."""
    serving = asyncio.create_task(_serve(settings))
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, _stop_once, serving)
    with suppress(asyncio.CancelledError):
        await serving


def _stop_once(serving: asyncio.Task[None]) -> None:
    if not serving.cancelling():
        _log.info("stopping")
        serving.cancel()


async def _serve(settings: Settings) -> None:
    async with running(settings, Clock()) as bot:
        _log.info("ready", workspace=bot.identity.team_name or "many", port=bot.port)
        await bot.until_broken()


async def _findings(scripts: list[Path], *, create: bool) -> AsyncIterator[doctor_rules.Finding]:
    is_well = True
    async for finding in doctor_rules.examine(create=create):
        is_well = is_well and not finding.fix
        yield finding
    if scripts and is_well:
        from bot.trial.shown import shown_in  # noqa: PLC0415 - the local Slack is not loaded by a bot at work

        set_up_logging("ERROR", "console")
        async for finding in doctor_rules.judge(await shown_in(scripts)):
            yield finding


async def _examine(scripts: list[Path], *, create: bool) -> int:
    faults = 0
    async for finding in _findings(scripts, create=create):
        faults += bool(finding.fix)
        typer.echo(finding.as_text())
    typer.echo(f"{faults} thing{'s' * (faults != 1)} to fix." if faults else "All is well: common-ground run")
    return min(faults, 1)


if __name__ == "__main__":
    cli()
