"""The local Slack as a server on this machine: Web API, Socket Mode, response_urls."""

import asyncio
import json
from base64 import b64decode
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from aiohttp import ClientSession, WSMsgType, web
from aiohttp.typedefs import Handler

from bot.local_slack.errors import SlackError
from bot.local_slack.faults import Fault, Faults
from bot.local_slack.interactions.acts import Interactions
from bot.local_slack.interactions.responses import show_response
from bot.local_slack.web_api import METHODS, answer
from bot.local_slack.web_api.files import may_see
from bot.local_slack.web_api.oauth import allow
from bot.local_slack.wire.delivery import Socket, Wire
from bot.local_slack.wire.rates import Rates
from bot.local_slack.workspace.people import People
from bot.local_slack.workspace.state import Json, Workspace

_MOST_SOCKETS = 10
_RESPONSE_LIFE = timedelta(minutes=30)
_RESPONSE_USES = 5
_MOST_BYTES = 1_000_000_000
_CONNECTION_SECONDS = 18_060


class LocalSlack:
    """A running local Slack: its state, its people, and the wire to the app."""

    def __init__(self, workspace: Workspace, session: ClientSession) -> None:
        self.workspace = workspace
        self.faults = Faults()
        self.rates = Rates(workspace.now)
        self.wire = Wire(workspace, session)
        self.wire.note_change = self.note_change
        self.people = People(workspace)
        self.interactions = Interactions(workspace, self.wire)
        self.pass_time: Callable[[timedelta], Awaitable[None]] | None = None
        self._change = asyncio.Event()

    def note_change(self) -> None:
        """Wake whoever waits for a change."""
        change, self._change = self._change, asyncio.Event()
        change.set()

    async def changed(self) -> None:
        """Return after the next change."""
        await self._change.wait()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Return once something is so; it is looked at after each change."""
        while not is_so():
            await self.changed()

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def url(self) -> str:
        return self.workspace.url

    def application(self) -> web.Application:
        application = web.Application(middlewares=[_from_here, self._go_wrong], client_max_size=_MOST_BYTES)
        application.router.add_route("*", "/api/{method}", self._call)
        application.router.add_get("/oauth/v2/authorize", self._allow)
        application.router.add_get("/socket/{ticket}", self._connect)
        application.router.add_post("/respond/{key}", self._take_response, name="respond")
        application.router.add_post("/upload/{file}", self._take_file)
        application.router.add_get("/files/{file}/{path:.*}", self._give_file)
        return application

    @web.middleware
    async def _go_wrong(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let go wrong what is armed for a method or for response_urls: before it is done, or after."""
        if (name := request.match_info.get("method") or request.match_info.route.name) is None:
            return await handler(request)
        fault = self.faults.next_for(name)
        if fault is not None and fault.until is not None:
            await fault.until.wait()
        elif fault is not None and fault.kind != "lost_after":
            return _broken(request, fault)
        answered = await handler(request)
        self.note_change()
        return _broken(request, fault) if fault is not None and fault.kind == "lost_after" else answered

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        if isinstance(arguments, str):
            return web.json_response({"ok": False, "error": arguments})
        known = METHODS.get(method)
        if wait := self.rates.seconds_to_wait(method, known.tier if known else 1, str(arguments.get("channel", ""))):
            return _broken(request, Fault("rate_limited", wait))
        kind, _, given = request.headers.get("Authorization", "").partition(" ")
        told = str(arguments.pop("token", ""))
        body = answer(known, self.workspace, given if kind == "Bearer" else told, arguments | _client(kind, given))
        if known is None:
            self.workspace.warnings.append(f"the app called {method}, which this Slack does not know")
        app, request_id = self.workspace.app, self.workspace.new_id("req-")
        headers = {"x-oauth-scopes": ",".join(app.scopes), "x-slack-req-id": request_id}
        headers["x-accepted-oauth-scopes"] = ",".join(known.scopes if known else ())
        return web.json_response(body, headers=headers)

    async def _allow(self, request: web.Request) -> web.StreamResponse:
        """Lead a person back to the app, as if they had pressed Allow."""
        try:
            raise web.HTTPFound(allow(self.workspace, request.query))
        except SlackError as error:
            return web.Response(status=400, text=error.code)

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        if (ticket := request.match_info["ticket"]) not in self.workspace.tickets:
            return web.Response(status=404, text="this ticket was used, or never given")
        self.workspace.tickets.remove(ticket)
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        if len(self.wire.sockets) >= _MOST_SOCKETS:
            await connection.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await connection.close()
            return connection
        await self._serve(Socket(connection, request.transport))
        return connection

    async def _serve(self, socket: Socket) -> None:
        self.wire.sockets.append(socket)
        self.note_change()
        hello: Json = {"type": "hello", "num_connections": len(self.wire.sockets)}
        hello["connection_info"] = {"app_id": self.workspace.app.app_id}
        hello["debug_info"] = {"approximate_connection_time": _CONNECTION_SECONDS}
        try:
            await socket.connection.send_json(hello)
            async for frame in socket.connection:
                if frame.type is WSMsgType.TEXT:
                    said = json.loads(frame.data)
                    self.wire.acknowledge(said.get("envelope_id", ""), said.get("payload"), socket)
        finally:
            socket.is_open = False
            self.wire.sockets.remove(socket)
            self.note_change()

    async def _take_file(self, request: web.Request) -> web.Response:
        """Take what an app uploads; the SDK sends the bytes themselves, others a form."""
        file = self.workspace.files.get(request.match_info["file"])
        if file is None:
            return web.Response(status=404, text="file_not_found")
        if request.content_type == "multipart/form-data":
            parts = [part for part in (await request.post()).values() if isinstance(part, web.FileField)]
            file.content = parts[0].file.read() if parts else b""
        else:
            file.content = await request.read()
        return web.Response(text=f"OK - {len(file.content)}")

    async def _give_file(self, request: web.Request) -> web.Response:
        """Give a file to who may have it: the app by its token, or the page; Slack shows others its sign-in page."""
        file, token = self.workspace.files.get(request.match_info["file"]), request.headers.get("Authorization", "")
        if file is None:
            return web.Response(status=404, text="file_not_found")
        is_apps = token == f"Bearer {self.workspace.app.bot_token}" and "files:read" in self.workspace.app.scopes
        if not (is_apps and may_see(self.workspace, file)) and "me" not in request.query:
            return web.Response(text="<!doctype html><title>Sign in</title>", content_type="text/html")
        return web.Response(body=file.content, content_type="application/octet-stream")

    async def _take_response(self, request: web.Request) -> web.Response:
        target = self.workspace.response_urls.get(request.match_info["key"])
        if target is None:
            return web.Response(status=404, text="no_such_url")
        is_old = self.workspace.now() - target.made_at > _RESPONSE_LIFE
        if is_old or target.uses >= _RESPONSE_USES:
            return web.Response(status=404, text="expired_url" if is_old else "used_url")
        target.uses += 1
        try:
            show_response(self.workspace, target, await request.json())
        except (ValueError, AttributeError):
            return web.Response(status=400, text="invalid_payload")
        except SlackError as error:
            self.workspace.warnings.append(f"Slack refuses a response: {error}")
            return web.Response(status=400, text=error.code)
        return web.Response(text="ok")


@web.middleware
async def _from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse who comes by another name of this machine, as another page in the browser can, or from such a page."""
    own = f"http://{request.host}"
    if request.url.host in ("127.0.0.1", "localhost") and request.headers.get("Origin", own) == own:
        return await handler(request)
    return web.Response(status=403, text="This is for this machine alone.")


async def _arguments(request: web.Request) -> Json | str:
    """Return a call's arguments, whether they come as JSON or as a form, or what Slack says of JSON that is none."""
    if request.content_type == "application/json":
        try:
            found: Any = await request.json()
        except ValueError:
            return "invalid_json"
        return found if isinstance(found, dict) else "json_not_object"
    return {**request.query, **await request.post()}


def _client(kind: str, told: str) -> Json:
    """Return who an app says it is in the header of a call about tokens."""
    if kind != "Basic":
        return {}
    client_id, _, secret = b64decode(told).decode(errors="replace").partition(":")
    return {"client_id": client_id, "client_secret": secret}


def _broken(request: web.Request, fault: Fault) -> web.StreamResponse:
    match fault.kind:
        case "rate_limited":
            body = {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=429, headers={"Retry-After": str(fault.retry_after)})
        case "server_error":
            return web.Response(status=503, text="upstream connect error")
        case "refused":
            return web.json_response({"ok": False, "error": fault.error})
        case "garbled":
            return web.Response(text='{"ok": tr', content_type="application/json")
        case _:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
