"""Puts a modal where somebody pressed: opens it, stacks it on the one that is open, or draws that one anew."""

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.interactions import BlockAction, Interaction
from handlers.slack.placing import Placed, as_view
from handlers.slack.questions import code_of

_log = structlog.get_logger(__name__)
#: The form was closed, or drawn anew by another press: whoever sees that needs no sentence about it.
_OVERTAKEN = ("not_found", "hash_conflict")


async def show(slack: AsyncWebClient, interaction: Interaction, placed: Placed, trigger_id: str) -> bool:
    """Show the modal of an answer; tells whether the person sees it, or what came in its place."""
    if placed.modal is None:
        return True
    view = as_view(placed.modal, interaction)
    in_modal = isinstance(interaction, BlockAction) and interaction.view is not None and interaction.view.is_modal
    try:
        if placed.redrawn is not None:
            await slack.views_update(view_id=placed.redrawn.id, hash=placed.redrawn.hash, view=view)
        elif in_modal:
            await slack.views_push(trigger_id=trigger_id, view=view)
        else:
            await slack.views_open(trigger_id=trigger_id, view=view)
    except (SlackApiError, SlackClientError, ClientError, TimeoutError, OSError) as error:
        _log.warning("a form did not open", error=error)
        return placed.redrawn is not None and isinstance(error, SlackApiError) and code_of(error) in _OVERTAKEN
    return True
