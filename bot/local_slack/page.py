"""The workspace as a page in the browser: one person's view, live, with everything that they can press and type."""

from contextlib import suppress
from datetime import timedelta
from functools import partial
from importlib.resources import files
from typing import Any

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.local_slack.markup import as_html
from bot.local_slack.screen import controls, place_name
from bot.local_slack.server import LocalSlack
from bot.local_slack.state import Channel, Ephemeral, Message, User

_STATIC = {"page.css": "text/css", "page.js": "text/javascript"}
_RECORD_SHOWN = 12


class Page:
    """Serves the page of a local Slack."""

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack
        self._templates = Environment(
            loader=PackageLoader("bot.local_slack", "static"), autoescape=True, undefined=StrictUndefined
        )
        self._templates.filters["mrkdwn"] = partial(as_html, slack.workspace)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._page),
            web.get("/screen", self._screen),
            web.get("/changes", self._changes),
            web.get("/static/{name}", self._static),
            web.post("/do", self._do),
        ]

    async def _page(self, request: web.Request) -> web.Response:
        return self._html("page.html", request)

    async def _screen(self, request: web.Request) -> web.Response:
        return self._html("screen.html", request)

    async def _static(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in _STATIC:
            return web.Response(status=404)
        text = files("bot.local_slack").joinpath("static", name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=_STATIC[name])

    async def _changes(self, request: web.Request) -> web.StreamResponse:
        """Tell the browser after each change that there is something new to fetch."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        with suppress(ConnectionResetError):
            while True:
                await self._slack.changed()
                await response.write(b"data: changed\n\n")
        return response

    def _html(self, template: str, request: web.Request) -> web.Response:
        workspace = self._slack.workspace
        me = workspace.users.get(request.query.get("me", ""), next(iter(self._people())))
        mine = [channel for channel in workspace.channels.values() if me.id in channel.members]
        here = workspace.channels.get(request.query.get("in", ""), mine[0])
        here = here if here in mine else mine[0]
        thread = request.query.get("thread", "")
        stack = workspace.views[me.id]
        html = self._templates.get_template(template).render(
            workspace=workspace,
            me=me,
            people=self._people(),
            channels=[(channel.id, place_name(workspace, channel)) for channel in mine],
            here=here,
            place=place_name(workspace, here),
            messages=self._messages(here, me),
            thread=list(workspace.thread(here, thread)) if thread in here.messages else [],
            thread_ts=thread,
            view=stack[-1] if stack else None,
            record=self._slack.wire.record[-_RECORD_SHOWN:][::-1],
            commands=sorted(workspace.app.commands),
            now=workspace.now(),
            author=self._author,
            is_private=lambda message: isinstance(message, Ephemeral),
        )
        return web.Response(text=html, content_type="text/html")

    def _people(self) -> list[User]:
        return [user for user in self._slack.workspace.users.values() if not user.is_bot]

    def _messages(self, channel: Channel, me: User) -> list[tuple[Message | Ephemeral, int]]:
        """Return what a person sees in a channel, oldest first, each with the number of its replies."""
        replies = [message.thread_ts for message in channel.messages.values() if message.thread_ts]
        said: list[Message | Ephemeral] = [each for each in channel.messages.values() if each.thread_ts is None]
        said += [each for each in channel.ephemerals.values() if each.to == me.id]
        return [(each, replies.count(each.ts)) for each in sorted(said, key=lambda each: each.ts)]

    def _author(self, message: Message | Ephemeral) -> str:
        user = self._slack.workspace.users.get(message.user)
        return user.real_name if user else message.user

    async def _do(self, request: web.Request) -> web.Response:
        """Carry out what a person did on the page; 400 with a sentence for what cannot be done."""
        told: dict[str, Any] = await request.json()
        try:
            await self._act(told)
        except LookupError as error:
            return web.Response(status=400, text=str(error.args[0]))
        self._slack.note_change()
        return web.Response(text="done")

    async def _act(self, told: dict[str, Any]) -> None:
        people, workspace = self._slack.people, self._slack.workspace
        me = workspace.user_named(told["me"])
        match told["what"]:
            case "say" if told["text"].startswith("/") and not told.get("thread"):
                await people.run_command(me, workspace.channel_named(told["in"]), told["text"])
            case "say":
                people.say(me, workspace.channel_named(told["in"]), told["text"], told.get("thread") or None)
            case "press":
                channel = workspace.channel_named(told["in"])
                await people.press(me, channel, *_pressed(channel, told["ts"], told["action_id"]))
            case "submit":
                await people.submit(me, told["entered"])
            case "close":
                people.close(me)
            case "message the app":
                workspace.direct_channel(me.id)
            case "wait" if self._slack.pass_time is not None:
                await self._slack.pass_time(timedelta(seconds=int(told["seconds"])))
            case what:
                raise LookupError(f"nobody can do {what!r} here")


def _pressed(channel: Channel, ts: str, action_id: str) -> tuple[Message | Ephemeral, dict[str, Any]]:
    message = channel.messages.get(ts) or channel.ephemerals.get(ts)
    for button in controls(message.blocks if message else []):
        if message is not None and button["action_id"] == action_id:
            return message, button
    raise LookupError("that button is gone")
