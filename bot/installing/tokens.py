"""The tokens that commands of the operator call Slack with, beside a bot that runs or does not."""

from dataclasses import dataclass

from bot.sealing import Seal, SealError, Tokens, keys_in
from bot.settings import Settings, secret
from storage import open_store, place_of_new_store
from storage.workspaces import installations


@dataclass(frozen=True, slots=True)
class Held:
    """The tokens that are used in a workspace, or were given for an organisation, None where no key opens them.

    ``refused`` is what Slack said if it won't renew them, ``organization`` whose they are if they are one's.
    """

    tokens: Tokens | None
    refused: str = ""
    organization: str = ""
    organization_name: str = ""


async def token_for(settings: Settings, team_id: str) -> str:
    """Return the token for a workspace; empty where there is none that can be opened. Raises StoreError."""
    if not settings.is_for_many:
        return secret(settings.slack_bot_token)
    found = (await tokens_of_all(settings)).get(team_id)
    return found.tokens.bot if found is not None and found.tokens is not None else ""


async def tokens_of_all(settings: Settings) -> dict[str, Held]:
    """Return what is held of each workspace and organisation that has let the bot in. Raises StoreError."""
    if place_of_new_store(settings.database_url):
        return {}
    seal = Seal(keys_in(secret(settings.token_keys)))
    store = open_store(settings.database_url)
    try:
        installed = await store.search(installations.all_installed)
    finally:
        await store.close()
    held = {each.team_id: each for each in installed}
    return {
        team_id: Held(
            _opened(seal, held.get(each.token_of, each).sealed), each.refused, each.organization, each.organization_name
        )
        for team_id, each in held.items()
    }


def _opened(seal: Seal, sealed: str) -> Tokens | None:
    try:
        return seal.open(sealed)
    except SealError:
        return None
