"""The local Slack as a server on this machine: Web API, Socket Mode, response_urls."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta

from aiohttp import ClientSession, WSMsgType, web
from aiohttp.typedefs import Handler

from bot.local_slack.errors import SlackError
from bot.local_slack.faults import Fault, Faults
from bot.local_slack.faults.calls import Calls, broken
from bot.local_slack.faults.rates import Rates
from bot.local_slack.interactions.acts import Interactions
from bot.local_slack.interactions.responses import show_response
from bot.local_slack.oauth.installing import allow, holds
from bot.local_slack.web_api import METHODS, answer
from bot.local_slack.web_api.files import may_see
from bot.local_slack.wire.arguments import arguments, client
from bot.local_slack.wire.delivery import Wire
from bot.local_slack.wire.socket import Socket
from bot.local_slack.workspace.people import People
from bot.local_slack.workspace.state import Json, Workspace

_MOST_SOCKETS = 10
_RESPONSE_LIFE = timedelta(minutes=30)
_RESPONSE_USES = 5
_MOST_BYTES = 1_000_000_000
_CONNECTION_SECONDS = 18_060


class LocalSlack:
    """A running local Slack: its state, its people, and the wire to the app.

    ``neighbours`` are other workspaces that the same app can be in: the app calls the Web API of all of them here.
    """

    def __init__(self, workspace: Workspace, session: ClientSession) -> None:
        self.workspace = workspace
        self.faults = Faults(workspace.now)
        self.rates = Rates(workspace.now)
        self.wire = Wire(workspace, session, self.faults)
        self.wire.note_change = self.note_change
        self.people = People(workspace)
        self.interactions = Interactions(workspace, self.wire)
        self.pass_time: Callable[[timedelta], Awaitable[None]] | None = None
        self.neighbours: list[LocalSlack] = []
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
        calls = Calls(self.workspace, self.faults, self.note_change)
        application = web.Application(middlewares=[_from_here, calls.go_wrong], client_max_size=_MOST_BYTES)
        application.router.add_route("*", "/api/{method}", self._call)
        application.router.add_get("/oauth/v2/authorize", self._allow)
        application.router.add_get("/socket/{ticket}", self._connect)
        application.router.add_post("/respond/{key}", self._take_response, name="respond")
        application.router.add_post("/upload/{file}", self._take_file, name="upload")
        application.router.add_get("/files/{file}/{path:.*}", self._give_file, name="download")
        return application

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        called = await arguments(request)
        if isinstance(called, str):
            return web.json_response({"ok": False, "error": called})
        known = METHODS.get(method)
        kind, _, given = request.headers.get("Authorization", "").partition(" ")
        told = str(called.pop("token", ""))
        token = given if kind == "Bearer" else told
        slack = next((each for each in self.neighbours if holds(each.workspace, token, called)), self)
        if wait := slack.rates.seconds_to_wait(method, known.tier if known else 1, str(called.get("channel", ""))):
            return broken(request, Fault("rate_limited", wait))
        body = answer(known, slack.workspace, token, called | client(kind, given))
        if known is None:
            self.workspace.warnings.append(f"the app called {method}, which this Slack does not know")
        app, request_id = slack.workspace.app, self.workspace.new_id("req-")
        headers = {"x-oauth-scopes": ",".join(app.scopes), "x-slack-req-id": request_id}
        headers["x-accepted-oauth-scopes"] = ",".join(known.scopes if known else ())
        return web.json_response(body, headers=headers)

    async def _allow(self, request: web.Request) -> web.StreamResponse:
        """Lead a person back to the app, as if they had pressed Allow in the workspace that the address names."""
        named = [each for each in self.neighbours if each.workspace.team_id == request.query.get("team")]
        try:
            raise web.HTTPFound(allow((named or [self])[0].workspace, request.query))
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
        # A connection is the app's: it brings what all workspaces send that have let it in.
        wires = [each.wire for each in (self, *self.neighbours)]
        for wire in wires:
            wire.sockets.append(socket)
        self.note_change()
        hello: Json = {"type": "hello", "num_connections": len(self.wire.sockets) + self.wire.weather.other_processes}
        hello["connection_info"] = {"app_id": self.workspace.app.app_id}
        hello["debug_info"] = {"approximate_connection_time": _CONNECTION_SECONDS}
        try:
            await socket.connection.send_json(hello)
            await self.wire.weather.renew(socket)
            async for frame in socket.connection:
                if frame.type is WSMsgType.TEXT:
                    said = json.loads(frame.data)
                    for wire in wires:
                        wire.acknowledge(said.get("envelope_id", ""), said.get("payload"), socket)
        finally:
            socket.is_open = False
            for wire in wires:
                wire.sockets.remove(socket)
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
        if file is None or file.is_deleted:
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
