"""One call of a Web API method: who calls, with which arguments, and what must be granted for it."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.local_slack.errors import SlackError
from bot.local_slack.oauth.tokens import check
from bot.local_slack.workspace.installed import Step
from bot.local_slack.workspace.state import Channel, Json, Message, User, Workspace

_MOST = 999
_CURSOR = "next:"
_REFUSALS = {name: f"invalid_{name}_format" for name in ("blocks", "metadata")}
Thing = TypeVar("Thing")
Structure = TypeVar("Structure", list[Any], dict[str, Any])


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
        if not told.isdecimal():
            raise SlackError("invalid_arguments", f"[ERROR] {name} must be an integer [json-pointer:/{name}]")
        return int(told)

    def moment(self, name: str, default: float) -> float:
        """Return a time stamp as seconds. Raises SlackError."""
        try:
            return float(self.text(name) or default)
        except ValueError:
            raise SlackError(f"invalid_ts_{name}") from None

    def needed(self, name: str, default: str = "") -> str:
        """Return an argument that Slack insists on. Raises SlackError."""
        value = self.text(name) or default
        if not value:
            raise SlackError("invalid_arguments", f"[ERROR] missing required field: {name}")
        return value

    def structure(self, name: str, kind: type[Structure]) -> Structure | None:
        """Return a structure that came as JSON, or as JSON inside a form field; None when it is missing."""
        value, refusal = self.arguments.get(name), _REFUSALS.get(name, "invalid_arguments")
        try:
            value = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            raise SlackError(refusal) from None
        if not isinstance(value, kind | None):
            raise SlackError(refusal, f"[ERROR] must be a valid {kind.__name__} [json-pointer:/{name}]")
        return value

    def objects(self, name: str) -> list[Json]:
        """Return a list of objects that came as ``structure`` takes it; none when it is missing."""
        listed = self.structure(name, list) or []
        if not all(isinstance(each, dict) for each in listed):
            raise SlackError("invalid_arguments", f"[ERROR] must be valid objects [json-pointer:/{name}]")
        return listed

    def channel(self, name: str = "channel") -> Channel:
        """Return a channel that the bot may know of. Raises SlackError."""
        channel = self.workspace.channels.get(self.needed(name))
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
        return self.one_of(channel.messages, name, "message_not_found")

    def user(self, name: str = "user", default: str = "") -> User:
        return self.one_of(self.workspace.users, name, "user_not_found", default)

    def one_of(self, things: Mapping[str, Thing], name: str, refusal: str, default: str = "") -> Thing:
        """Return the thing whose id is this argument. Raises SlackError."""
        thing = things.get(self.needed(name, default))
        if thing is None:
            raise SlackError(refusal)
        return thing

    def names(self, name: str) -> list[str]:
        """Return a list that came as such or with commas."""
        value = self.arguments.get(name) or []
        return [str(each) for each in (value if isinstance(value, list) else str(value).split(","))]

    def page(self, name: str, items: Iterable[Any]) -> Json:
        """Return one page of a list, and the cursor for the next."""
        every, cursor, most = list(items), self.text("cursor"), self.number("limit", 100) or _MOST
        if most > _MOST:
            raise SlackError("invalid_limit")
        begin = cursor.removeprefix(_CURSOR) or "0"
        if not begin.isdecimal() or bool(cursor) is not cursor.startswith(_CURSOR):
            raise SlackError("invalid_cursor")
        end = int(begin) + most
        more = f"{_CURSOR}{end}" if end < len(every) else ""
        return {name: every[int(begin) : end], "response_metadata": {"next_cursor": more}}


@dataclass(frozen=True, slots=True)
class Method:
    """A method: ``scopes`` are alternatives of which one must be granted; ``tier`` is calls a minute.

    One that is ``of_team`` wants to be told a workspace where the token is good for several.
    """

    run: Callable[[Call], Json]
    tier: int
    scopes: tuple[str, ...] = ()
    by_app_token: bool = False
    needs_token: bool = True
    of_team: bool = False


def answer(method: Method | None, workspace: Workspace, token: str, arguments: Mapping[str, Any]) -> Json:
    """Run a method and return the body that Slack answers with; what Slack refuses is an answer too."""
    if method is None:
        return {"ok": False, "error": "unknown_method"}
    try:
        workspace = _reached(method, workspace, arguments)
        if token or method.needs_token:
            check(workspace, token, by_app_token=method.by_app_token)
        call = Call(workspace, arguments, workspace.steps.get(token))
        call.need(*method.scopes)
        return {"ok": True, **method.run(call)}
    except SlackError as error:
        details: Json = {"response_metadata": {"messages": error.messages}} if error.messages else {}
        return {"ok": False, "error": error.code, **error.more, **details}


def _reached(method: Method, workspace: Workspace, arguments: Mapping[str, Any]) -> Workspace:
    """Return the workspace that a call is about; by an organisation's token, the one that has most of what it names."""
    if not workspace.is_org_wide:
        return workspace
    if method.of_team and not arguments.get("team_id"):
        raise SlackError("missing_argument")
    names = [arguments["team_id"]] if method.of_team else [str(each) for each in arguments.values()]
    by_names = sorted(workspace.members, key=lambda each: -sum(map(each.has, names)))
    found = [each for each in by_names if any(map(each.has, names))]
    there = [each for each in found if each.is_org_wide]
    if (found or method.of_team) and not there:
        raise SlackError("team_access_not_granted")
    return next(iter(there), workspace.organization or workspace)
