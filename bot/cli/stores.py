"""``store copy``: a whole store into another place, of the same engine or the other."""

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.cli.files import Wrong, command, say
from storage import open_store
from storage.engine import copying
from storage.engine.interface import Database
from storage.workspaces import leases

cli = typer.Typer(no_args_is_help=True, help="Move the store.")
_URL = "sqlite:///FILE or postgresql://USER@HOST/DATABASE"


@cli.callback()
def store() -> None:
    """Move the store."""


@command(cli)
async def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help=f"Where it is: {_URL}.")],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="Where to: an empty database, or a file that isn't there.")
    ],
) -> None:
    """Copy the store and compare both; the bot must not write meanwhile. What was cut short goes on."""
    if source == target:
        raise Wrong("the store would be copied onto itself")
    async with AsyncExitStack() as stack:
        stores = []
        for url, which in ((source, "from"), (target, "to")):
            # No second one opens a file that a bot works on.
            stores.append(open_store(url, is_alone=True))
            stack.push_async_callback(stores[-1].close)
            await _check(stores[-1], which)
        copied = await copying.copy(*stores)
    say(
        f"{copied.rows} rows in {copied.tables} tables copied, the same on both sides. Set DATABASE_URL to the new one."
    )


async def _check(store: Database, which: str) -> None:
    """Raise Wrong where a bot works on a database of a server."""
    if await store.read(leases.is_any_alive, datetime.now(UTC)):
        raise Wrong(f"a bot works on the store to copy {which}; stop it first, or wait a minute where it was killed")
