"""Where other programs report by HTTP: who signs a report as its web hook does, how long it is, how often one comes."""

import asyncio
import json

import structlog
from aiohttp import web

from bot.transport.bodies import LONG
from bot.transport.in_flight import InFlight
from bot.transport.quota import Quota
from bot.transport.receiving import Bodies
from bot.transport.webhook_signatures import Signed, checked
from bot.webhook_keys import WebhookKeys
from handlers.checks import plain_json
from handlers.checks.outcomes import Refused
from handlers.framework.caught import Caught
from handlers.framework.report_kinds import Taken
from handlers.framework.reports import GONE, Repeated, Reports
from handlers.slack.log_rate import OnceAMinute
from storage.workspaces.webhooks import Webhook

_BAD_REQUEST, _UNAUTHORISED, _GONE, _TOO_LONG, _UNREADABLE, _TOO_OFTEN = 400, 401, 410, 413, 422, 429
_FAULT, _UNAVAILABLE = 500, 503
#: So long a report is (bytes), and so often one comes by a web hook in a minute.
LONGEST, A_MINUTE = 1_048_576, 600
_TOLD = 600
#: What a program is told that nobody knows, or whose signature doesn't fit: the same, lest it try out ids.
_UNKNOWN = "no web hook signs so"
_log = structlog.get_logger(__name__)


class WebhooksTransport:
    """Checks each report before it is read: its length, its signature, how often its web hook reports."""

    def __init__(self, reports: Reports, keys: WebhookKeys) -> None:
        self._reports, self._keys = reports, keys
        self._bodies, self._log_rate = Bodies(), OnceAMinute()
        self.quota = Quota(A_MINUTE)
        self.in_flight = InFlight()

    async def take(self, request: web.Request) -> web.Response:
        with self.in_flight:
            if (request.content_length or 0) > LONGEST:
                return _told(_TOO_LONG, f"the report is longer than {LONGEST} bytes")
            raw = await self._bodies.read(request)
            return raw if isinstance(raw, web.Response) else await self._taken(request, raw)

    async def _taken(self, request: web.Request, raw: bytes) -> web.Response:
        webhook = await self._reports.webhook(request.match_info["id"])
        if isinstance(webhook, Caught):
            return _caught(webhook)
        signed = self._signed(webhook, request, raw)
        if webhook is None or isinstance(signed, str):
            if self._log_rate.may_speak():
                _log.warning("a report was refused", reason=signed)
            return _told(_UNAUTHORISED, _UNKNOWN if webhook is None else str(signed))
        if seconds := self.quota.left_out(webhook.id):
            response = _told(_TOO_OFTEN, "too many reports in a minute")
            response.headers["Retry-After"] = str(seconds)
            return response
        try:
            # What is long takes long to read.
            body = await asyncio.to_thread(_read, raw) if len(raw) > LONG else _read(raw)
        except ValueError:
            return _told(_BAD_REQUEST, "the report is not JSON")
        return _answer(await self._reports.take(webhook, signed.name, body))

    def _signed(self, webhook: Webhook | None, request: web.Request, raw: bytes) -> Signed | str:
        secret = self._keys.secret_of(webhook) if webhook is not None else ""
        return checked(secret, request.headers, raw) if secret else _UNKNOWN


def _read(raw: bytes) -> object:
    return plain_json.read(raw.decode())


def _answer(done: Taken | Repeated | Refused | Caught) -> web.Response:
    match done:
        case Taken():
            return _said({"told": done.told, "breach": done.is_breach})
        case Repeated():
            return _said({"told": "taken already", "breach": done.is_breach, "repeated": True})
        case Refused():
            return _told(_GONE if done is GONE else _UNREADABLE, done.told)
        case Caught():
            return _caught(done)


def _caught(caught: Caught) -> web.Response:
    """Say that it is to be sent again, unless the fault is ours."""
    is_over_soon = caught.is_outage or caught.is_slow
    return _told(_UNAVAILABLE if is_over_soon else _FAULT, "not taken; send it again" if is_over_soon else "not taken")


def _told(status: int, told: str) -> web.Response:
    return web.json_response({"error": told[:_TOLD]}, status=status)


def _said(told: dict[str, object]) -> web.Response:
    return web.json_response(told, dumps=lambda it: json.dumps(it, ensure_ascii=False))
