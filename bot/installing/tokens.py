"""The tokens that commands of the operator call Slack with, beside a bot that runs or does not."""

from bot.sealing import Seal, SealError, Tokens, keys_in
from bot.settings import Settings, secret
from storage import open_store, place_of_new_store
from storage.workspaces import installations


async def token_for(settings: Settings, team_id: str) -> str:
    """Return the token for a workspace; empty where there is none that can be opened. Raises StoreError."""
    if not settings.is_for_many:
        return secret(settings.slack_bot_token)
    found = (await tokens_of_all(settings)).get(team_id)
    return found.bot if found is not None else ""


async def tokens_of_all(settings: Settings) -> dict[str, Tokens | None]:
    """Return the tokens of each workspace that has let the bot in, None where no key opens them. Raises StoreError."""
    if place_of_new_store(settings.database_url):
        return {}
    seal = Seal(keys_in(secret(settings.token_keys)))
    store = open_store(settings.database_url)
    try:
        installed = await store.search(installations.all_installed)
    finally:
        await store.close()
    return {each.team_id: _opened(seal, each.sealed) for each in installed}


def _opened(seal: Seal, sealed: str) -> Tokens | None:
    try:
        return seal.open(sealed)
    except SealError:
        return None
