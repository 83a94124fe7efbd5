"""``backup`` and ``restore``: the whole store in and out of one file."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import backups
from bot.cli.files import File, Wrong, finished, say
from bot.settings import read_store_settings


def backup(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="Where to write it.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write the whole store into a file, also while the bot runs; encrypted where BACKUP_RECIPIENT is set."""
    finished(_backup(file, is_free=force or not file.exists()))


async def _backup(file: Path, *, is_free: bool) -> None:
    if not is_free:
        raise Wrong(f"{file} is there already; --force writes over it")
    settings = read_store_settings()
    rows = await asyncio.to_thread(backups.back_up, settings.database_url, file, settings.backup_recipient)
    how = "encrypted" if settings.backup_recipient else "not encrypted"
    say(f"{rows} rows in {file}, {how} and checked.")


def restore(
    file: File,
    *,
    identity: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="File with age's secret key, as age-keygen wrote it."),
    ] = None,
) -> None:
    """Put a backup in the place of the store, with the bot stopped; the old store is kept beside it."""
    finished(_restore(file, identity))


async def _restore(file: Path, identity: Path | None) -> None:
    url = read_store_settings().database_url
    rows, kept = await asyncio.to_thread(backups.restore, file, url, identity, datetime.now(UTC))
    say(f"{rows} rows restored from {file}." + (f" The old store is {kept}." if kept else ""))
