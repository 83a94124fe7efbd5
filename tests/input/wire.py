"""Between the local Slack and the bot: what passes is kept, and can be sent again with something changed."""

import copy
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from aiohttp import ClientSession, web

from bot.local_slack.wire.delivery import signature
from bot.local_slack.workspace.state import Json, Message, Workspace
from bot.transport.http import EVENTS_PATH
from bot.trial.run import Trial

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True, slots=True)
class Payload:
    """One request of Slack's; ``is_bare`` where its fields are the form's own, as a command's are."""

    content: Json
    content_type: str
    is_bare: bool = False

    @property
    def route(self) -> str:
        """Return what is answered by the same handler."""
        told = self.content
        actions = [str(each.get("action_id", "")).partition(" ")[0] for each in told.get("actions", ())]
        event, view = told.get("event", {}), told.get("view") or {}
        command = f"{told.get('command', '')} {str(told.get('text', '')).partition(' ')[0]}"
        kind = [told.get("type", command), event.get("type", ""), event.get("subtype", ""), told.get("callback_id", "")]
        return " ".join([*kind, *actions, view.get("callback_id", "")])

    @property
    def raw(self) -> str:
        if self.content_type == JSON:
            return json.dumps(self.content)
        form = self.content if self.is_bare else {"payload": json.dumps(self.content)}
        return urlencode(form, errors="surrogatepass")


@dataclass(frozen=True, slots=True)
class Wire:
    """Sends to the bot as Slack does, and keeps what Slack itself sent."""

    session: ClientSession
    url: str
    secret: str
    heard: list[Payload]

    async def send(self, payload: Payload) -> tuple[int, Any]:
        """Return the status and the body, as JSON or as text."""
        raw = payload.raw
        headers = {"Content-Type": payload.content_type, **signature(self.secret, raw)}
        async with self.session.post(self.url, data=raw, headers=headers) as response:
            is_json = response.content_type == JSON
            return response.status, await response.json() if is_json else await response.text()


@asynccontextmanager
async def listening(trial: Trial) -> AsyncIterator[Wire]:
    """Stand between the local Slack and the bot."""
    async with ClientSession() as session:
        url = f"http://127.0.0.1:{trial.bot.port}{EVENTS_PATH}"
        wire = Wire(session, url, trial.slack.workspace.app.signing_secret, [])

        async def pass_on(request: web.Request) -> web.Response:
            raw = await request.read()
            wire.heard.append(_read(raw.decode(), request.content_type))
            async with session.post(url, data=raw, headers=request.headers) as answer:
                body = await answer.read()
                return web.Response(status=answer.status, body=body, content_type=answer.content_type)

        application = web.Application(client_max_size=10**8)
        application.router.add_post(EVENTS_PATH, pass_on)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        trial.slack.wire.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}{EVENTS_PATH}"
        try:
            yield wire
        finally:
            await runner.cleanup()


def _read(raw: str, content_type: str) -> Payload:
    if content_type == JSON:
        return Payload(json.loads(raw), JSON)
    form = dict(parse_qsl(raw, keep_blank_values=True))
    return Payload(json.loads(form["payload"]), FORM) if "payload" in form else Payload(form, FORM, is_bare=True)


def renewed(payload: Payload, workspace: Workspace) -> Payload:
    """Return a payload that was not sent before: with a trigger, a response_url and a message of its own."""
    told = copy.deepcopy(payload.content)
    user, event = told.get("user_id") or told.get("user", {}).get("id", ""), told.get("event", {})
    if "trigger_id" in told:
        told["trigger_id"] = workspace.new_trigger(user)
    if "response_url" in told:
        base, _, key = told["response_url"].rpartition("/")
        new = workspace.new_id("response-")
        workspace.response_urls[new] = replace(workspace.response_urls[key], uses=0)
        told["response_url"] = f"{base}/{new}"
    if "view" in told:
        told["view"]["hash"] = workspace.new_id("hash.")
    if event:
        told["event_id"] = workspace.new_id("EvX")
    if event.get("type") in ("message", "app_mention") and event.get("channel") in workspace.channels:
        event["ts"] = workspace.new_ts()
        said = Message(event["ts"], event.get("user", ""), event.get("text", ""), thread_ts=event.get("thread_ts"))
        workspace.keep(workspace.channels[event["channel"]], said)
    return replace(payload, content=told)
