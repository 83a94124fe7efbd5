"""Stops a workspace from which the app was taken: Slack sends two events then, in any order, for minutes if need be.

Somebody may have let the app in anew by then, so Slack is asked whether it takes the token of now. Where the app
belongs to a whole organisation, one event takes single workspaces out of it.
"""

from datetime import datetime

import structlog

from handlers.framework.context import Context
from handlers.slack.cache import NO_ANSWER, patience
from handlers.slack.interactions import SlackEvent
from handlers.slack.replies import Done, Reply
from storage.engine.interface import Reader, Transaction
from storage.workspaces.installations import installation
from storage.workspaces.workspaces import uninstall

_log = structlog.get_logger(__name__)


async def on_uninstalled(context: Context[SlackEvent]) -> Reply:
    """Stop, unless the app is back already."""
    was = await context.read(_let_in, context.team_id)
    if await _is_back(context):
        _log.info("the app was uninstalled, and is installed again", team_id=context.team_id)
        return Reply()
    return _stopping(context, was)


async def on_tokens_revoked(context: Context[SlackEvent]) -> Reply:
    """Stop where the bot's own token is among those revoked; people's tokens are nothing to it."""
    of_bots = (context.interaction.event.get("tokens") or {}).get("bot") or ()
    return await on_uninstalled(context) if context.workspace.bot_user_id in of_bots else Reply()


async def on_access_revoked(context: Context[SlackEvent]) -> Reply:
    """Stop where this workspace is among those that the organisation has taken the app from."""
    taken = context.interaction.event.get("team_ids") or ()
    if context.team_id not in taken:
        return Reply()
    return _stopping(context, await context.read(_let_in, context.team_id))


def _let_in(reader: Reader, team_id: str) -> tuple[str, str] | None:
    """Return when the app was let in, and its sealed tokens; None where no installation is kept."""
    found = installation(reader, team_id)
    return None if found is None else (found.installed_at, found.sealed)


async def _is_back(context: Context[SlackEvent]) -> bool:
    """Tell whether Slack takes the app's token; in doubt the app is gone, as Slack has said."""
    try:
        async with patience():
            return bool((await context.directory.slack.auth_test())["ok"])
    except NO_ANSWER:
        return False


def _stopping(context: Context[SlackEvent], was: tuple[str, str] | None) -> Reply:
    """Answer and send nothing from now on; the process stays, and says so where it is asked whether it is ready.

    Whoever has let the app in since it ``was`` so keeps it.
    """

    def stop(transaction: Transaction, now: datetime) -> Done:
        if _let_in(transaction, context.team_id) == was:
            uninstall(transaction, context.team_id, now)
            _log.warning("the app was uninstalled; nothing is answered or sent any more", team_id=context.team_id)
        return Done()

    return Reply(write=stop)
