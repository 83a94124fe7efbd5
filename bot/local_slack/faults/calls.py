"""How a call of the app goes wrong: before Slack does it, after, or because something else happens meanwhile.

A page instead of JSON, a 429 that only a proxy signs, and no answer at all are reported of Slack itself:
https://github.com/slackapi/python-slack-sdk/issues/1693, https://github.com/apache/airflow/issues/35009.
"""

import json
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.local_slack.faults.changes import Changes, Told
from bot.local_slack.faults.striking import Fault, Faults
from bot.local_slack.wire.arguments import arguments
from bot.local_slack.workspace.state import Workspace

_JSON, _TEXT, _PAGE = "application/json", "text/plain", "text/html"
_WRONG_PAGE = '<!DOCTYPE html><html lang="en"><head><title>Server Error | Slack</title></head><body></body></html>'
_LIMITED = json.dumps({"ok": False, "error": "ratelimited"})
#: Status, content type and body of the answers that are always the same.
_ANSWERS = {
    "rate_limited": (429, _JSON, _LIMITED),
    "rate_limited_long": (429, _JSON, _LIMITED),
    "rate_limited_bare": (429, _JSON, _LIMITED),
    "rate_limited_html": (429, _PAGE, _WRONG_PAGE),
    "server_error": (503, _TEXT, "upstream connect error"),
    "server_error_json": (500, _JSON, json.dumps({"ok": False, "error": "internal_error"})),
    "server_error_html": (502, _PAGE, _WRONG_PAGE),
    "server_error_empty": (500, _TEXT, ""),
    "timeout_before": (504, _PAGE, _WRONG_PAGE),
    "timeout_after": (504, _PAGE, _WRONG_PAGE),
    "garbled": (200, _JSON, '{"ok": tr'),
    "garbled_html": (200, _PAGE, _WRONG_PAGE),
    "empty": (200, _JSON, ""),
}
_TOO_MANY = 429
_AFTER = ("lost_after", "timeout_after")
_WAITING = ("slow", "timeout_before", "timeout_after")
#: What tells one place from another, in the order in which it is looked for.
_PLACES = ("channel", "channel_id", "user", "user_id", "users")


class Calls:
    """Lets calls go wrong as is armed, or by rule."""

    def __init__(self, workspace: Workspace, faults: Faults, note_change: Callable[[], None]) -> None:
        self._workspace, self._faults, self._note_change = workspace, faults, note_change
        self._changes = Changes(workspace)

    @web.middleware
    async def go_wrong(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let go wrong what is armed for a method, for response_urls or for files; before it is done, or after."""
        name = request.match_info.get("method") or request.match_info.route.name
        is_pages = "me" in request.query
        if name is None or is_pages:
            return await handler(request)
        try:
            return await (self._struck(request, name, handler) if self._faults.may_strike(name) else handler(request))
        finally:
            self._note_change()

    async def _struck(self, request: web.Request, name: str, handler: Handler) -> web.StreamResponse:
        called = await arguments(request)
        told = Told(name, called if isinstance(called, dict) else {})
        place = self._place(request, told)
        fault = self._faults.strike("call", name, place, lambda kind: self._changes.may(kind, told))
        if fault is None:
            return await handler(request)
        self._note_change()
        return await self._go_wrong(request, fault, told, handler)

    async def _go_wrong(self, request: web.Request, fault: Fault, told: Told, handler: Handler) -> web.StreamResponse:
        self._changes.make(fault.kind, told)
        if fault.kind in _AFTER:
            await handler(request)
            self._note_change()
        if fault.kind in _WAITING or fault.until is not None:
            await (self._faults.wait(fault.takes) if fault.until is None else fault.until.wait())
        if fault.kind in _ANSWERS or fault.kind in ("refused", "lost_before", "lost_after"):
            return broken(request, fault)
        return await handler(request)

    def _place(self, request: web.Request, told: Told) -> str:
        """Return where a call goes, or with whom it has to do, as far as it says so."""
        target = self._workspace.response_urls.get(request.match_info.get("key", ""))
        if target is not None:
            return f"{target.channel} {target.user}"
        trigger = self._workspace.triggers.get(str(told.arguments.get("trigger_id", "")))
        view = self._workspace.find_view(str(told.arguments.get("view_id", "")))
        people = [each.user for each in (trigger, view) if each is not None]
        return people[0] if people else told.one_of(_PLACES)


def broken(request: web.Request, fault: Fault) -> web.StreamResponse:
    """Return an answer that is none of Slack's usual ones; where there is to be none, the connection is gone then."""
    if fault.kind == "refused":
        return web.json_response({"ok": False, "error": fault.error})
    if fault.kind in _ANSWERS:
        status, content_type, body = _ANSWERS[fault.kind]
        is_told = status == _TOO_MANY and fault.kind != "rate_limited_bare"
        headers = {"Retry-After": f"{fault.takes:.0f}"} if is_told else {}
        return web.Response(status=status, text=body, content_type=content_type, headers=headers)
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
