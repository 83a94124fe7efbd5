"""``hooks``: web hooks by which other programs report, made, listed, revoked and tried."""

import json
import uuid
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from aiohttp import ClientError, ClientSession, ClientTimeout
from standardwebhooks import Webhook as Signer

from bot.cli import files
from bot.cli.files import Wrong, command, connected, opened, say
from bot.sealing import Seal, SealError, keys_in
from bot.settings import StoreSettings, read_store_settings, secret, system_user
from bot.webhook_keys import sealing
from handlers.access.recipients import Facts
from handlers.agreements.reported import named
from handlers.checks.cadence import SPANS
from handlers.checks.outcomes import Refused
from handlers.hooks.reports import Target
from handlers.reports import messages, service
from handlers.reports.service import Made, Wanted
from storage.engine.interface import Database, Transaction
from storage.workspaces import webhooks
from storage.workspaces.webhooks import Webhook
from storage.workspaces.workspaces import held

_REFUSED, _PATIENCE = 1, ClientTimeout(total=30)
_NO_KEYS = "TOKEN_KEYS is missing; `common-ground workspaces key` prints a key"
_PING = json.dumps({"type": "ping"})
cli = typer.Typer(no_args_is_help=True, help="Web hooks, by which other programs report.")
HookArgument = Annotated[str, typer.Argument(metavar="HOOK", help="The id of a web hook, or how it begins.")]


@command(cli)
async def add(
    about: Annotated[str, typer.Argument(metavar="COMPONENT|REQUEST", help="A component, or a request such as DR-12.")],
    *,
    label: Annotated[str, typer.Option(help="What people call it, such as “nightly evaluation”.")] = "",
    every: Annotated[str, typer.Option(help=f"How often a report is expected: {', '.join(SPANS)}.")] = "",
    workspace: files.InWorkspace = None,
) -> None:
    """Make a web hook for one component or one data request, and print its address and its secret, this once."""
    settings = read_store_settings()
    if every and every not in SPANS:
        raise Wrong(f"--every should be one of {', '.join(SPANS)}")
    async with opened() as store:
        target = await _target(store, connected(store, workspace), about)
        make = partial(_made, wanted=Wanted(target, label, every), seal=_seal(settings))
        made = await store.write(held(target.team_id, make))
    if isinstance(made, Refused):
        raise Wrong(made.told)
    say(f"{messages.called(made.webhook)} reports of {target.name}.")
    say(f"address: {messages.address('', made.webhook)}")
    say(f"secret:  {made.secret}")


def _made(transaction: Transaction, wanted: Wanted, seal: Seal) -> Made | Refused:
    return service.make(transaction, wanted, sealing(seal), Facts(system_user(), datetime.now(UTC)))


async def _target(store: Database, team_id: str, about: str) -> Target:
    found = await store.search(lambda reader: named(reader, team_id, about, None))
    if len(found) > 1:
        raise Wrong(f"several components are called {about}; give the id of one: {', '.join(e.id for e in found)}")
    if not found:
        raise Wrong(f"there is no component or data request {about}")
    return found[0]


def _seal(settings: StoreSettings) -> Seal:
    keys = keys_in(secret(settings.token_keys))
    if not keys:
        raise Wrong(_NO_KEYS)
    return Seal(keys)


@command(cli, "list")
async def list_(*, workspace: files.InWorkspace = None) -> None:
    """Print the web hooks, without their secrets."""
    async with opened() as store:
        team_id = connected(store, workspace)
        found = await store.search(lambda reader: service.seen(reader, team_id, None))
    for webhook, target in found:
        heard = f"last report {webhook.last_at[:16]}" if webhook.last_at else "no report yet"
        late = ", overdue" if webhook.is_late else ""
        say(f"{webhook.id}  {messages.called(webhook)}, of {target.name}, {heard}{late}")
    if not found:
        say("There are no web hooks.")


@command(cli)
async def revoke(hook: HookArgument, *, workspace: files.InWorkspace = None) -> None:
    """Revoke a web hook: what reports by it is refused from now on."""
    async with opened() as store:
        webhook = await _wanted(store, hook, workspace)
        facts = Facts(system_user(), datetime.now(UTC))
        await store.write(held(webhook.team_id, partial(service.revoke, webhook=webhook, facts=facts)))
    say("Revoked.")


@command(cli, "test")
async def try_(
    hook: HookArgument,
    file: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False, help="A report to send.")] = None,
    *,
    url: Annotated[str, typer.Option(help="Where the bot listens; else at PORT of this machine.")] = "",
    workspace: files.InWorkspace = None,
) -> None:
    """Send a signed report from this machine, or only try whether one would be taken, and print the answer."""
    async with opened() as store:
        webhook = await _wanted(store, hook, workspace)
    settings = read_store_settings()
    try:
        opened_secret = _seal(settings).open_text(webhook.sealed)
    except SealError:
        raise Wrong("none of the keys in TOKEN_KEYS opens the secret of this web hook") from None
    body = files.read_text(file) if file is not None else _PING
    bot = url.rstrip("/") or f"http://127.0.0.1:{settings.port}"
    status, told = await _sent(f"{bot}/hooks/{webhook.id}", opened_secret, body)
    say(f"{status}: {told}")
    raise typer.Exit(0 if status < 300 else _REFUSED)  # noqa: PLR2004 - the first status that is no success


async def _sent(address: str, opened_secret: str, body: str) -> tuple[int, str]:
    name, now = f"msg_{uuid.uuid4().hex}", datetime.now(UTC)
    headers = {
        "Content-Type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Signer(opened_secret).sign(name, now, body),
    }
    try:
        async with (
            ClientSession(timeout=_PATIENCE) as session,
            session.post(address, data=body.encode(), headers=headers) as got,
        ):
            return got.status, await got.text()
    except (ClientError, TimeoutError, ValueError) as error:
        raise Wrong(f"the bot doesn't answer at {address}: {str(error) or type(error).__name__}") from None


async def _wanted(store: Database, hook: str, workspace: str | None) -> Webhook:
    """Return the web hook of an id. Raises Wrong."""
    team_id = connected(store, workspace)
    every = await store.search(lambda reader: webhooks.every(reader, team_id))
    found = [each for each in every if hook and each.id.startswith(hook)]
    if len(found) != 1:
        raise Wrong(f"there is no web hook {hook}" if not found else f"several web hooks begin with {hook}")
    return found[0]
