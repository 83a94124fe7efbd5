"""One call of a Web API method: who calls, with which arguments, and what must be granted for it."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.local_slack.errors import SlackError
from bot.local_slack.state import Channel, Json, Message, Step, User, Workspace

_MOST = 1000
_CURSOR = "next:"


@dataclass(frozen=True, slots=True)
class Call:
    """The arguments of a call; JSON inside a form field is read where it is asked for.

    ``step`` is the custom step of a workflow whose token the app uses.
    """

    workspace: Workspace
    arguments: Mapping[str, Any]
    step: Step | None = None

    def text(self, name: str, default: str = "") -> str:
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def is_true(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        told = self.text(name) or str(default)
        if not told.isdigit():
            raise SlackError("invalid_arguments", f"[ERROR] {name} must be an integer [json-pointer:/{name}]")
        return int(told)

    def structure(self, name: str) -> Any:
        """Return a structure that came as JSON, or as JSON inside a form field; None when it is missing."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(f"invalid_{name}_format") from None

    def channel(self, name: str = "channel") -> Channel:
        """Return a channel that the bot may know of. Raises SlackError."""
        channel = self.workspace.channels.get(self.text(name))
        if channel is None or (channel.is_private and self.workspace.app.bot_user_id not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def channels(self) -> list[Channel]:
        """Return the conversations that are asked for, of those that the bot may know of."""
        kinds = {name.removesuffix("_channel") for name in self.text("types", "public_channel").split(",")}
        return [
            each
            for each in self.workspace.channels.values()
            if each.kind in kinds
            and (not each.is_private or self.workspace.bot.id in each.members)
            and not (self.is_true("exclude_archived") and each.is_archived)
        ]

    def need(self, *scopes: str) -> None:
        """Raise SlackError where none of these scopes is granted."""
        granted = self.workspace.app.scopes
        if scopes and not {*scopes} & {*granted}:
            raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(granted))

    def check_client(self) -> None:
        """Raise SlackError where who calls does not know the app's id and secret."""
        if self.text("client_id") != self.workspace.app.client_id:
            raise SlackError("invalid_client_id")
        if self.text("client_secret") != self.workspace.app.client_secret:
            raise SlackError("bad_client_secret")

    def message(self, channel: Channel, name: str = "ts") -> Message:
        message = channel.messages.get(self.text(name))
        if message is None:
            raise SlackError("message_not_found")
        return message

    def user(self, name: str = "user", default: str = "") -> User:
        user = self.workspace.users.get(self.text(name, default))
        if user is None:
            raise SlackError("user_not_found")
        return user

    def names(self, name: str) -> list[str]:
        """Return a list that came as such or with commas."""
        value = self.arguments.get(name) or []
        return [str(each) for each in (value.split(",") if isinstance(value, str) else value)]

    def page(self, name: str, items: Iterable[Json]) -> Json:
        """Return one page of a list, and the cursor for the next."""
        every, cursor, most = list(items), self.text("cursor"), min(self.number("limit", 100) or _MOST, _MOST)
        begin = cursor.removeprefix(_CURSOR) or "0"
        if not begin.isdigit() or bool(cursor) is not cursor.startswith(_CURSOR):
            raise SlackError("invalid_cursor")
        end = int(begin) + most
        more = f"{_CURSOR}{end}" if end < len(every) else ""
        return {name: every[int(begin) : end], "has_more": bool(more), "response_metadata": {"next_cursor": more}}


@dataclass(frozen=True, slots=True)
class Method:
    """A method: ``scopes`` are alternatives of which one must be granted; ``tier`` is calls a minute."""

    run: Callable[[Call], Json]
    tier: int
    scopes: tuple[str, ...] = ()
    by_app_token: bool = False
    needs_token: bool = True


def answer(method: Method | None, workspace: Workspace, token: str, arguments: Mapping[str, Any]) -> Json:
    """Run a method and return the body that Slack answers with; what Slack refuses is an answer too."""
    if method is None:
        return {"ok": False, "error": "unknown_method"}
    try:
        _check_token(method, workspace, token)
        call = Call(workspace, arguments, workspace.steps.get(token))
        call.need(*method.scopes)
        return {"ok": True, **method.run(call)}
    except SlackError as error:
        details: Json = {"response_metadata": {"messages": error.messages}} if error.messages else {}
        return {"ok": False, "error": error.code, **error.more, **details}


def _check_token(method: Method, workspace: Workspace, token: str) -> None:
    app = workspace.app
    if not token and not method.needs_token:
        return
    if not token:
        raise SlackError("not_authed")
    is_bots = token == app.bot_token or token in workspace.steps
    if is_bots and app.refusal:
        raise SlackError(app.refusal)
    if token == app.bot_token and app.token_ends_at is not None and app.token_ends_at <= workspace.now():
        raise SlackError("token_expired")
    if not is_bots and token != app.app_token:
        raise SlackError("invalid_auth")
    if (token == app.app_token) is not method.by_app_token:
        raise SlackError("not_allowed_token_type")
