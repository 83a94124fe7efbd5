"""The arguments of a call, in whatever shape they come."""

from base64 import b64decode
from typing import Any

from aiohttp import web

from bot.local_slack.workspace.state import Json


async def arguments(request: web.Request) -> Json | str:
    """Return a call's arguments, whether they come as JSON or as a form, or what Slack says of JSON that is none."""
    if request.content_type == "application/json":
        try:
            found: Any = await request.json()
        except ValueError:
            return "invalid_json"
        return found if isinstance(found, dict) else "json_not_object"
    return {**request.query, **await request.post()}


def client(kind: str, told: str) -> Json:
    """Return who an app says it is in the header of a call about tokens."""
    if kind != "Basic":
        return {}
    client_id, _, secret = b64decode(told).decode(errors="replace").partition(":")
    return {"client_id": client_id, "client_secret": secret}
