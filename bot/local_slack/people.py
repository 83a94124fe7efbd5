"""What people do in the workspace, and what Slack makes of it."""

import re
from collections.abc import Mapping

from bot.local_slack import payloads
from bot.local_slack.blocks import check_blocks, check_view
from bot.local_slack.errors import SlackError
from bot.local_slack.forms import entered_values, missing_fields
from bot.local_slack.state import Channel, Ephemeral, Json, Message, OpenView, ResponseUrl, User, Workspace
from bot.local_slack.wire import Acknowledgement, Wire

_SLACKBOT = "Slackbot"
_CHANNEL_NAME = re.compile(r"#([\w-]+)")
TROUBLE = "We had some trouble connecting. Try again?"


class People:
    """Acts as any person. ``base_url`` is where this Slack listens, for response_urls."""

    def __init__(self, workspace: Workspace, wire: Wire, base_url: str) -> None:
        self._workspace = workspace
        self._wire = wire
        self._base_url = base_url

    def say(self, user: User, channel: Channel, text: str, thread_ts: str | None = None) -> Message:
        """Post what a person typed; the app hears of it where it is mentioned, or in a direct message."""
        workspace = self._workspace
        message = Message(workspace.new_ts(), user.id, self._as_sent(text), thread_ts=thread_ts)
        channel.messages[message.ts] = message
        self._tell_app(channel, message)
        return message

    def edit(self, channel: Channel, message: Message, text: str) -> None:
        """Change a message; an edited mention is told to the app as a new event, as Slack does."""
        message.text, message.edited = self._as_sent(text), True
        self._tell_app(channel, message)

    async def run_command(self, user: User, channel: Channel, line: str) -> None:
        """Run a slash command, and show its answer or what Slackbot says of it."""
        name, _, text = line.partition(" ")
        if name not in self._workspace.app.commands:
            self._whisper(user, channel, f"{name} is not a valid command.")
            return
        sent = {
            **payloads.command(self._workspace, user, channel, name, text.strip()),
            "trigger_id": self._workspace.new_trigger(user.id),
            "response_url": self._response_url(ResponseUrl(channel.id, user.id, self._workspace.now())),
        }
        answer = await self._wire.request("slash_commands", sent)
        if answer.problem:
            error = "operation_timeout" if "in time" in answer.problem else "dispatch_failed"
            self._whisper(user, channel, f"{name} failed with the error “{error}”")
        elif answer.body:
            self._show_command_answer(user, channel, answer.body)

    async def press(self, user: User, channel: Channel, message: Message | Ephemeral, button: Json) -> None:
        """Press a button below a message."""
        url = ResponseUrl(channel.id, user.id, self._workspace.now(), message.ts, message.thread_ts)
        sent = {
            **payloads.press(self._workspace, user, channel, message, button),
            "trigger_id": self._workspace.new_trigger(user.id),
            "response_url": self._response_url(url),
        }
        answer = await self._wire.request("interactive", sent)
        if answer.problem:
            self._whisper(user, channel, "This app could not answer in time.")

    async def submit(self, user: User, entered: Mapping[str, str]) -> None:
        """Submit the form on top, with what is entered by label; Slack itself minds what is required."""
        view = self._top(user)
        values = entered_values(self._workspace, view.content, entered)
        view.errors = missing_fields(view.content, values)
        if view.errors:
            return
        sent = {
            **payloads.submission(self._workspace, user, view, values),
            "trigger_id": self._workspace.new_trigger(user.id),
        }
        self._take_form_answer(user, view, await self._wire.request("interactive", sent))

    def close(self, user: User) -> None:
        """Close the form on top."""
        self._top(user)
        self._workspace.views[user.id].pop()

    def _tell_app(self, channel: Channel, message: Message) -> None:
        workspace, app = self._workspace, self._workspace.app
        if app.bot_user_id not in channel.members:
            return
        event: Json | None = None
        if channel.kind == "im" and "message.im" in app.events and not message.edited:
            event = payloads.message_event(workspace, channel, message)
        elif f"<@{app.bot_user_id}>" in message.text and channel.kind != "im" and "app_mention" in app.events:
            event = payloads.mention_event(workspace, channel, message)
        if event is None:
            return
        if message.edited:
            event["edited"] = {"user": message.user, "ts": workspace.new_ts()}
        self._wire.event(payloads.event_envelope(workspace, event, channel))

    def _as_sent(self, text: str) -> str:
        """Return typed text as Slack stores it: escaped, with names of people and channels resolved."""
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for user in sorted(self._workspace.users.values(), key=lambda user: -len(user.real_name)):
            names = "|".join(re.escape(name) for name in (user.real_name, user.name))
            escaped = re.sub(rf"@(?:{names})\b", f"<@{user.id}>", escaped, flags=re.IGNORECASE)
        return _CHANNEL_NAME.sub(self._channel_token, escaped)

    def _channel_token(self, match: re.Match[str]) -> str:
        for channel in self._workspace.channels.values():
            if channel.name == match[1]:
                return f"<#{channel.id}|{channel.name}>"
        return match[0]

    def _response_url(self, target: ResponseUrl) -> str:
        key = self._workspace.new_id("response-")
        self._workspace.response_urls[key] = target
        return f"{self._base_url}/respond/{key}"

    def _whisper(self, user: User, channel: Channel, text: str) -> None:
        ts = self._workspace.new_ts()
        channel.ephemerals[ts] = Ephemeral(ts, user.id, _SLACKBOT, text)

    def _show_command_answer(self, user: User, channel: Channel, body: Json) -> None:
        try:
            show_response(self._workspace, ResponseUrl(channel.id, user.id, self._workspace.now()), body)
        except SlackError as error:
            self._workspace.warnings.append(f"Slack drops this answer: {error.code} {' '.join(error.messages)}")
            self._whisper(user, channel, "The app's answer was not one that Slack can show.")

    def _take_form_answer(self, user: User, view: OpenView, answer: Acknowledgement) -> None:
        stack, body = self._workspace.views[user.id], answer.body or {}
        view.banner = TROUBLE if answer.problem else ""
        action = body.get("response_action", "" if not body else "?")
        inputs = {block.get("block_id") for block in view.content["blocks"] if block["type"] == "input"}
        if view.banner:
            return
        if action == "":
            stack.pop()
        elif action == "clear":
            stack.clear()
        elif action == "errors" and body.get("errors") and body["errors"].keys() <= inputs:
            view.errors = dict(body["errors"])
        elif action in ("update", "push") and self._is_fit(body.get("view")):
            shown = OpenView(self._workspace.new_id("V"), user.id, self._workspace.new_id("hash."), body["view"])
            if action == "update":
                stack[-1] = OpenView(view.id, user.id, shown.hash, shown.content)
            else:
                stack.append(shown)
        else:
            view.banner = TROUBLE

    def _is_fit(self, view: Json | None) -> bool:
        try:
            check_view(view)
        except SlackError as error:
            self._workspace.warnings.append(f"Slack drops this view: {error.code} {' '.join(error.messages)}")
            return False
        return True

    def _top(self, user: User) -> OpenView:
        view = self._workspace.open_view(user.id)
        if view is None:
            message = f"{user.real_name} has no form open"
            raise LookupError(message)
        return view


def show_response(workspace: Workspace, target: ResponseUrl, body: Json) -> None:
    """Show what came as a command's answer or through a response_url. Raises SlackError."""
    channel = workspace.channels[target.channel]
    text, blocks = str(body.get("text", "")), body.get("blocks") or []
    if body.get("delete_original"):
        _drop(channel, target)
        return
    if not text and not blocks:
        raise SlackError("no_text")
    if blocks:
        check_blocks(blocks, "message")
    if target.message_ts is not None and body.get("replace_original"):
        _replace(channel, target, text, blocks)
        return
    ts, thread_ts = workspace.new_ts(), body.get("thread_ts")
    bot = workspace.app.bot_user_id
    if body.get("response_type") == "in_channel":
        message = Message(ts, bot, text, blocks, thread_ts, workspace.app.bot_id, by_command=True)
        channel.messages[ts] = message
    else:
        channel.ephemerals[ts] = Ephemeral(ts, target.user, bot, text, blocks, thread_ts)


def _replace(channel: Channel, target: ResponseUrl, text: str, blocks: list[Json]) -> None:
    original = channel.ephemerals.get(target.message_ts or "") or channel.messages.get(target.message_ts or "")
    if original is None:
        raise SlackError("message_not_found")
    original.text, original.blocks = text, blocks


def _drop(channel: Channel, target: ResponseUrl) -> None:
    channel.ephemerals.pop(target.message_ts or "", None)
    channel.messages.pop(target.message_ts or "", None)
