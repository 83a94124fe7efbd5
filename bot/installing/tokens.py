"""The tokens that commands of the operator call Slack with, beside a bot that runs or does not."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.sealing import Seal, SealError, Tokens, keys_in
from bot.settings import Settings, secret
from storage import open_store, place_of_new_store
from storage.workspaces import installations
from storage.workspaces.installations import Installation


@dataclass(frozen=True, slots=True)
class Held:
    """The tokens of a workspace or an organisation, None where no key opens them.

    ``refused`` is what Slack said if it won't renew them. Those of an organisation, which has a ``name``, are its
    ``workspaces``' too.
    """

    tokens: Tokens | None
    refused: str = ""
    name: str = ""
    workspaces: tuple[str, ...] = ()


async def token_for(settings: Settings, team_id: str) -> str:
    """Return the token for a workspace; empty where there is none that can be opened. Raises StoreError."""
    if not settings.is_for_many:
        return secret(settings.slack_bot_token)
    held = await tokens_of_all(settings)
    found = held.get(team_id) or next((each for each in held.values() if team_id in each.workspaces), None)
    return found.tokens.bot if found is not None and found.tokens is not None else ""


async def tokens_of_all(settings: Settings) -> dict[str, Held]:
    """Return what is held of each workspace and organisation that has let the bot in by itself. Raises StoreError."""
    if place_of_new_store(settings.database_url):
        return {}
    seal = Seal(keys_in(secret(settings.token_keys)))
    store = open_store(settings.database_url)
    try:
        installed = await store.search(installations.all_installed)
    finally:
        await store.close()
    return {
        each.team_id: Held(_opened(seal, each.sealed), each.refused, each.organization_name, _added(each, installed))
        for each in installed
        if each.token_of == each.team_id
    }


def _added(holder: Installation, installed: Iterable[Installation]) -> tuple[str, ...]:
    """Return the workspaces that use a token of another."""
    return tuple(each.team_id for each in installed if each.token_of == holder.team_id != each.team_id)


def _opened(seal: Seal, sealed: str) -> Tokens | None:
    try:
        return seal.open(sealed)
    except SealError:
        return None
