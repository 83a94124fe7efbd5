"""What the bot shows, and to whom: every call to Slack, response and file, as the local Slack takes it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.local_slack.workspace.state import Json, Workspace

#: A marker: zq, the letter of the place that its record belongs to, the letter of the kind, and the field. The number
#: of a private record is at random, and may look like one: DR-ZQPZR.
MARKER = re.compile(r"(?<!\bd-)(?<!\bdr-)(?<!\bfb-)zq[pgsw][a-z]+")
_IN_MESSAGES = ("chat.postMessage", "chat.update", "files.completeUploadExternal")
#: Methods that ask, and show nothing. Of any other it is taken that everybody sees what it is given.
_QUIET = {
    *("auth.test", "bots.info", "team.info", "files.delete", "files.getUploadURLExternal", "files.info"),
    *("reactions.add", "chat.delete", "chat.getPermalink", "dnd.info", "dnd.teamInfo", "usergroups.list"),
    *(f"conversations.{each}" for each in ("history", "info", "join", "list", "members", "open", "replies")),
    *(f"users.{each}" for each in ("conversations", "info", "list", "profile.get")),
    "usergroups.users.list",
    # What is uploaded is shown once its last step is taken.
    "upload",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown by a method (or ``respond``), and who could see it, by user id."""

    how: str
    to: frozenset[str]
    content: Json

    @property
    def markers(self) -> set[str]:
        return markers_in(self.content)


class Watch:
    """Keeps what the bot shows; ``news`` returns it once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._shown: list[Shown] = []

    def news(self) -> list[Shown]:
        """Return what was shown since the last time."""
        shown, self._shown = self._shown, []
        return shown

    @web.middleware
    async def look(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        raw = await request.read()
        answered = await handler(request)
        name = request.match_info.get("method") or request.match_info.route.name
        body = answered.body if isinstance(answered, web.Response) else b""
        is_taken = isinstance(body, bytes) and b'"ok": false' not in body and answered.status < 400
        if name is not None and name not in _QUIET and is_taken:
            content = {**request.query, **_content(raw, request.content_type)}
            content = {name: _unfolded(value) for name, value in content.items()}
            self._shown.append(Shown(name, self._viewers(name, content, request), self._whole(name, content)))
        return answered

    def _viewers(self, name: str, content: Json, request: web.Request) -> frozenset[str]:
        workspace = self._workspace
        match name:
            case "respond":
                target = workspace.response_urls[request.match_info["key"]]
                is_whispered = content.get("response_type") != "in_channel" and not content.get("replace_original")
                return frozenset({target.user}) | (frozenset() if is_whispered else self._members(target.channel))
            case "views.open" | "views.push":
                return frozenset({workspace.triggers[content["trigger_id"]].user})
            case "views.update":
                view = workspace.find_view(content["view_id"])
                return frozenset({view.user} if view is not None else set())
            case "views.publish" | "chat.postEphemeral":
                return frozenset({content.get("user_id") or content["user"]})
            case _ if name in _IN_MESSAGES:
                told = content.get("channel") or content.get("channel_id") or content.get("channels") or ""
                return self._members(str(told))
        return frozenset(workspace.users)

    def _members(self, channel_id: str) -> frozenset[str]:
        if channel_id in self._workspace.users:
            return frozenset({channel_id})
        channel = self._workspace.channels.get(channel_id)
        return frozenset(self._workspace.users if channel is None else channel.members) - {self._workspace.bot.id}

    def _whole(self, name: str, content: Json) -> Json:
        """Return what was shown, with the text of files, and what pictures show in words."""
        if name != "files.completeUploadExternal":
            return content
        files = [self._workspace.files[each["id"]] for each in content["files"]]
        told = [each.alt if each.is_picture else each.content.decode() for each in files]
        return {**content, "bytes": told}


def markers_in(content: object) -> set[str]:
    """Return the markers that stand anywhere in something: texts, values, notes."""
    return set(MARKER.findall("\n".join(texts(content)).casefold()))


def texts(content: object) -> Iterator[str]:
    """Yield every text in something."""
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list):
        for each in content:
            yield from texts(each)
    elif isinstance(content, str):
        yield content


def _content(raw: bytes, content_type: str) -> Json:
    """Return the arguments of a call, whether they come as JSON or as a form with JSON in its fields."""
    if content_type == "application/json":
        found: Json = json.loads(raw)
        return found
    return dict(parse_qsl(raw.decode()))


def _unfolded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value.startswith(("{", "[")) else value
