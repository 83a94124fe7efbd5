"""Stops a workspace from which the app was taken: Slack sends two events then, in any order.

Where the app belongs to a whole organisation, one event takes single workspaces out of it.
"""

from datetime import datetime

import structlog

from handlers.framework.context import Context
from handlers.slack.interactions import SlackEvent
from handlers.slack.replies import Done, Reply
from storage.engine.interface import Transaction
from storage.workspaces.workspaces import uninstall

_log = structlog.get_logger(__name__)


async def on_uninstalled(context: Context[SlackEvent]) -> Reply:
    """Answer and send nothing from now on; the process stays, and says so where it is asked whether it is ready."""

    def stop(transaction: Transaction, now: datetime) -> Done:
        uninstall(transaction, context.team_id, now)
        return Done()

    _log.warning("the app was uninstalled; nothing is answered or sent any more", team_id=context.team_id)
    return Reply(write=stop)


async def on_tokens_revoked(context: Context[SlackEvent]) -> Reply:
    """Stop where the bot's own token is among those revoked; people's tokens are nothing to it."""
    of_bots = (context.interaction.event.get("tokens") or {}).get("bot") or ()
    return await on_uninstalled(context) if context.workspace.bot_user_id in of_bots else Reply()


async def on_access_revoked(context: Context[SlackEvent]) -> Reply:
    """Stop where this workspace is among those that the organisation has taken the app from."""
    taken = context.interaction.event.get("team_ids") or ()
    return await on_uninstalled(context) if context.team_id in taken else Reply()
