"""Puts a modal where somebody pressed: opens it, stacks it on the one that is open, or draws that one anew."""

import json
from collections.abc import Mapping

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.error_messages import FORM_DID_NOT_OPEN
from handlers.slack.files import NOT_ALLOWED
from handlers.slack.interactions import BlockAction, Interaction
from handlers.slack.placing import Placed, as_view
from handlers.slack.questions import code_of

_log = structlog.get_logger(__name__)
#: The form was closed, or drawn anew by another press: whoever sees that needs no sentence about it.
_OVERTAKEN = ("not_found", "hash_conflict")


async def show(slack: AsyncWebClient, interaction: Interaction, placed: Placed, trigger_id: str) -> str:
    """Show the modal of an answer; return what to say where the person sees neither it nor what came in its place."""
    if placed.modal is None:
        return ""
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
        is_overtaken = placed.redrawn is not None and code_of(error) in _OVERTAKEN
        return "" if is_overtaken else NOT_ALLOWED.told if _asks_too_much(view, error) else FORM_DID_NOT_OPEN
    return ""


def _asks_too_much(view: Mapping[str, object], error: Exception) -> bool:
    """Slack opens no form that takes a file where the bot may read none; it says with each answer what it may."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    granted = next((str(told) for name, told in headers.items() if name.lower() == "x-oauth-scopes"), "files:read")
    return "files:read" not in granted.split(",") and '"file_input"' in json.dumps(view)
