"""The workspace as a page in the browser: one person's view, live, with everything that they can press and type."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web
from aiohttp.typedefs import Handler
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.local_slack.faults import KINDS
from bot.local_slack.interactions.forms import values_of
from bot.local_slack.page.acts import Gesture, carry_out
from bot.local_slack.page.markup import EMOJI, as_html
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.rendering import permalink
from bot.local_slack.workspace.state import Channel, Message, User

_STATIC = Path(__file__).parent / "static"


class Page:
    """Serves the page of a local Slack."""

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack
        self._templates = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        self._templates.loader = PackageLoader("bot.local_slack.page")

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/", self._page),
            web.get("/screen", self._screen),
            web.get("/changes", self._changes),
            web.static("/static", _STATIC),
            web.get("/archives/{channel}/{link}", self._permalink),
            web.post("/do", _telling(self._do)),
            web.post("/suggest", _telling(self._suggest)),
            web.post("/attach", _telling(self._attach)),
        ]

    async def _page(self, request: web.Request) -> web.Response:
        """Serve the whole page. Slack forgets what only one person saw when they load it anew."""
        for channel in self._slack.workspace.channels.values():
            for ts in [ts for ts, each in channel.ephemerals.items() if each.to == request.query.get("me")]:
                del channel.ephemerals[ts]
        return self._html("page.html", request)

    async def _screen(self, request: web.Request) -> web.Response:
        return self._html("screen.html", request)

    async def _permalink(self, request: web.Request) -> web.Response:
        """Lead from a permalink to its message, in its thread."""
        digits = request.match_info["link"].removeprefix("p")
        ts, channel = f"{digits[:-6]}.{digits[-6:]}", request.match_info["channel"]
        me = f"me={request.query['me']}&" if "me" in request.query else ""
        thread = request.query.get("thread_ts", ts)
        raise web.HTTPFound(f"/?{me}in={channel}&thread={thread}#m{ts}")

    async def _changes(self, request: web.Request) -> web.StreamResponse:
        """Tell the browser at once, and after each change, that there may be something new to fetch."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        with suppress(ConnectionResetError):
            while True:
                await response.write(b"data: changed\n\n")
                await self._slack.changed()
        return response

    def _me(self, request: web.Request) -> User:
        _, first, *_ = self._slack.workspace.users.values()
        return self._slack.workspace.users.get(request.query.get("me", ""), first)

    def _html(self, template: str, request: web.Request) -> web.Response:
        workspace, me = self._slack.workspace, self._me(request)
        mine = [each for each in workspace.channels.values() if me.id in each.members]
        mine = mine or [workspace.direct_channel(me.id)]
        public = [each for each in workspace.channels.values() if each.kind == "public" and not me.is_guest]
        shown = workspace.channels.get(request.query.get("in", ""), mine[0])
        here = shown if shown in mine or shown in public else mine[0]
        thread, tab = request.query.get("thread", ""), request.query.get("tab", "messages")
        if tab == "messages":
            me.read[here.id] = max(here.messages, default="")
        html = self._templates.get_template(template).render(
            slack=self._slack,
            workspace=workspace,
            me=me,
            people=[each for each in workspace.users.values() if not each.is_bot],
            channels=[each for each in mine if each.kind != "im"],
            directs=[each for each in mine if each.kind == "im"],
            others=[each for each in public if each not in mine and not each.is_archived],
            here=here,
            tab=tab,
            messages=self._messages(here, me, None),
            thread=self._messages(here, me, thread) if thread in here.messages else [],
            thread_ts=thread,
            link=lambda message: permalink(workspace, here, message),
            mrkdwn=lambda text: as_html(workspace, text, me),
            values=lambda surface: {"/".join(key): state for key, state in values_of(workspace, surface).items()},
            moment=lambda seconds: datetime.fromtimestamp(float(seconds), ZoneInfo(me.tz)),
            emoji=EMOJI,
            kinds=KINDS,
        )
        return web.Response(body=html.encode(errors="replace"), content_type="text/html", charset="utf-8")

    def _messages(self, channel: Channel, me: User, thread: str | None) -> list[tuple[Message, list[Message]]]:
        """Return what a person sees in a channel or a thread, oldest first, each with its replies."""
        said = [
            each
            for each in channel.messages.values()
            if thread in (each.thread_ts, each.ts) or (thread is None and each.subtype == "thread_broadcast")
        ]
        said += [each for each in channel.ephemerals.values() if each.to == me.id and each.thread_ts == thread]
        replies = self._slack.workspace.replies
        return [(each, replies.get(each.ts, [])) for each in sorted(said, key=lambda each: each.ts)]

    async def _do(self, request: web.Request) -> web.Response:
        """Carry out what a person did on the page."""
        try:
            await carry_out(Gesture(self._slack, await request.json()))
        finally:
            self._slack.note_change()
        return web.Response(text="done")

    async def _suggest(self, request: web.Request) -> web.Response:
        it = Gesture(self._slack, await request.json())
        options = await self._slack.interactions.suggest(it.me, it.surface, it.text("action_id"), it.text("value"))
        return web.json_response([{"text": each["text"]["text"], "value": each["value"]} for each in options])

    async def _attach(self, request: web.Request) -> web.Response:
        """Take a file from the browser and return its id."""
        form = await request.post()
        user = self._slack.workspace.user_named(str(form.get("me")))
        (given,) = [each for each in form.values() if isinstance(each, web.FileField)]
        return web.Response(text=self._slack.people.upload(user, given.filename, given.file.read()).id)


def _telling(act: Handler) -> Handler:
    """Tell a person in a sentence what cannot be done; a key that is missing is a bug of ours."""

    async def told(request: web.Request) -> web.StreamResponse:
        try:
            return await act(request)
        except KeyError:
            raise
        except (LookupError, ValueError) as error:
            return web.Response(status=400, text=str(error.args[0]))

    return told
