"""One call of a Web API method: who calls, with which arguments, and what must be granted for it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.local_slack.errors import SlackError
from bot.local_slack.state import Channel, Json, User, Workspace


@dataclass(frozen=True, slots=True)
class Call:
    """The arguments of a call; JSON inside a form field is read where it is asked for."""

    workspace: Workspace
    arguments: Mapping[str, Any]

    def text(self, name: str, default: str = "") -> str:
        return str(self.arguments.get(name, default))

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

    def user(self, name: str = "user") -> User:
        user = self.workspace.users.get(self.text(name))
        if user is None:
            raise SlackError("user_not_found")
        return user


@dataclass(frozen=True, slots=True)
class Method:
    """A method: ``scopes`` are alternatives of which one must be granted."""

    run: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()
    by_app_token: bool = False


def answer(method: Method | None, workspace: Workspace, token: str, arguments: Mapping[str, Any]) -> Json:
    """Run a method and return the body that Slack answers with; what Slack refuses is an answer too."""
    if method is None:
        return {"ok": False, "error": "unknown_method"}
    try:
        _check_token(method, workspace, token)
        _check_scopes(method, workspace)
        return {"ok": True, **method.run(Call(workspace, arguments))}
    except SlackError as error:
        details: Json = {"response_metadata": {"messages": error.messages}} if error.messages else {}
        return {"ok": False, "error": error.code, **error.more, **details}


def _check_token(method: Method, workspace: Workspace, token: str) -> None:
    app = workspace.app
    if not token:
        raise SlackError("not_authed")
    if token not in (app.bot_token, app.app_token):
        raise SlackError("invalid_auth")
    if (token == app.app_token) is not method.by_app_token:
        raise SlackError("not_allowed_token_type")


def _check_scopes(method: Method, workspace: Workspace) -> None:
    granted = workspace.app.scopes
    if method.scopes and not set(method.scopes) & set(granted):
        raise SlackError("missing_scope", needed=",".join(method.scopes), provided=",".join(granted))
