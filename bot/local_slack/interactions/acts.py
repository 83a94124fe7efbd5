"""Commands, shortcuts, buttons and forms: what people do with the app, and what Slack makes of its answers."""

from collections.abc import Mapping
from typing import Any

from bot.local_slack.block_kit.blocks import check_options, check_view
from bot.local_slack.errors import SlackError
from bot.local_slack.interactions import forms, payloads
from bot.local_slack.interactions.responses import show_response
from bot.local_slack.wire.delivery import Acknowledgement, Kind, Wire
from bot.local_slack.workspace import rendering, state
from bot.local_slack.workspace.installed import ResponseUrl
from bot.local_slack.workspace.state import Channel, Json, Message, OpenView, Surface, User
from bot.local_slack.workspace.typed import as_sent

_TOO_SLOW = "This app could not answer in time."
TROUBLE = "We had some trouble connecting. Try again?"
_LEAST_QUERY = 3


class Interactions:
    """Acts as any person towards the app."""

    def __init__(self, workspace: state.Workspace, wire: Wire) -> None:
        self._workspace = workspace
        self._wire = wire

    async def run_command(self, user: User, channel: Channel, line: str) -> None:
        """Run a slash command, and show its answer or what Slackbot says of it."""
        name, _, text = line.partition(" ")
        known, text = self._workspace.app.commands.get(name), text.strip()
        if known is None:
            self._whisper(user, channel, f"{name} is not a valid command.")
            return
        if known.get("should_escape"):
            text = as_sent(self._workspace, text, full=True)
        sent = payloads.command(self._workspace, user, channel, name, text)
        url = ResponseUrl(channel.id, user.id, self._workspace.now())
        answer = await self._ask(user, sent, url, kind="slash_commands")
        if answer.problem:
            error = "operation_timeout" if "in time" in answer.problem else "dispatch_failed"
            self._whisper(user, channel, f"{name} failed with the error “{error}”")
        elif answer.body and answer.body.keys() != {"response_type"}:
            self._show_command_answer(user, channel, answer.body)

    async def use(self, user: User, surface: Surface, action_id: str, raw: Any = None) -> None:
        """Press a button or choose something in a message, a form or the Home. Raises LookupError."""
        key, element = forms.find_field(surface.blocks, action_id)
        action = self._action(element, key, raw, surface.offered.get(key, []))
        if element["type"] not in forms.PRESSED:
            forms.enter(self._workspace, surface, {"/".join(key): raw})
        sent = payloads.interaction(self._workspace, user, "block_actions", surface.step)
        sent |= {**self._where(surface), "actions": [action]}
        answer = await self._ask(user, sent, self._url(user, surface) if isinstance(surface, Message) else None)
        if answer.problem and isinstance(surface, Message):
            self._whisper(user, self._workspace.channels[surface.channel], _TOO_SLOW, surface.thread_ts)
        elif isinstance(surface, OpenView):
            surface.banner = TROUBLE if answer.problem else ""

    async def shortcut(self, user: User, callback_id: str, message: Message | None = None) -> None:
        """Use a shortcut: of a message, or from anywhere."""
        sent = payloads.interaction(self._workspace, user, "shortcut" if message is None else "message_action")
        sent |= {"callback_id": callback_id, "action_ts": self._workspace.new_ts()}
        if message is not None:
            sent |= {"message": rendering.message_payload(self._workspace, message), "message_ts": message.ts}
            sent |= payloads.in_channel(self._workspace.channels[message.channel])
        answer = await self._ask(user, sent, self._url(user, message) if message else None)
        if answer.problem:
            told = self._workspace.channels[message.channel] if message else self._workspace.direct_channel(user.id)
            self._whisper(user, told, _TOO_SLOW)

    async def suggest(self, user: User, surface: Surface, action_id: str, typed: str) -> list[Json]:
        """Return what the app offers for what was typed into an external select; nothing when it is too short."""
        key, element = forms.find_field(surface.blocks, action_id)
        if len(typed) < element.get("min_query_length", _LEAST_QUERY):
            return []
        sent = payloads.interaction(self._workspace, user, "block_suggestion", surface.step)
        sent |= self._where(surface)
        sent |= {"block_id": key[0], "action_id": key[1], "value": typed}
        answer = await self._wire.request("interactive", sent)
        body = answer.body or {"options": []}
        is_fit = check_options(body)
        if not is_fit:
            self._workspace.warnings.append("Slack shows no options: there are more than 100, or they are malformed")
        groups = [body, *body.get("option_groups", ())] if is_fit else []
        options: list[Json] = [option for group in groups for option in group.get("options", ())]
        surface.offered[key] = [*options, *surface.offered.get(key, ())]
        return options

    async def submit(self, user: User, entered: Mapping[str, Any]) -> None:
        """Submit the form on top, with what is entered by label or action_id; Slack itself minds what is required."""
        view = self._top(user)
        forms.enter(self._workspace, view, entered)
        view.entered = values = forms.values_of(self._workspace, view)
        view.errors, view.banner = forms.complaints(view, values), ""
        if not view.errors:
            sent = payloads.interaction(self._workspace, user, "view_submission", view.step)
            sent |= {"view": rendering.view_payload(self._workspace, view), "response_urls": []}
            self._take_form_answer(user, view, await self._ask(user, sent))

    async def close(self, user: User, *, everything: bool = False) -> None:
        """Close the form on top, or all of them; the app hears of it where the form says so."""
        view = self._top(user)
        stack = self._workspace.views[user.id]
        is_all = everything or len(stack) == 1 or bool(view.content.get("clear_on_close"))
        sent = payloads.interaction(self._workspace, user, "view_closed", view.step)
        sent |= {"view": rendering.view_payload(self._workspace, view), "is_cleared": is_all and len(stack) > 1}
        del stack[0 if is_all else -1 :]
        if view.content.get("notify_on_close"):
            await self._wire.request("interactive", sent)

    async def _ask(
        self, user: User, sent: Json, url: ResponseUrl | None = None, kind: Kind = "interactive"
    ) -> Acknowledgement:
        """Send a payload with its trigger and, where it has one, its response_url."""
        opened = {**sent, "trigger_id": self._workspace.new_trigger(user.id)}
        if url is not None:
            key = self._workspace.new_id("response-")
            self._workspace.response_urls[key] = url
            opened["response_url"] = f"{self._workspace.url}/respond/{key}"
        return await self._wire.request(kind, opened)

    def _where(self, surface: Surface) -> Json:
        """Return where something was pressed; what a field begins with counts as entered from then on."""
        surface.entered.update(forms.values_of(self._workspace, surface))
        return payloads.where(self._workspace, surface)

    def _action(self, element: Json, key: state.Key, raw: Any, offered: list[Json]) -> Json:
        block_id, action_id = key
        action: Json = {"type": element["type"], "block_id": block_id, "action_id": action_id}
        if element["type"] in ("button", "icon_button"):
            action |= {name: element[name] for name in ("text", "value", "style") if name in element}
        elif element["type"] == "feedback_buttons":
            chosen = element["negative_button" if raw == "negative" else "positive_button"]
            action |= {"text": chosen["text"], "value": chosen["value"]}
        else:
            action |= forms.state_of(self._workspace, element, raw, offered)
        return {**action, "action_ts": self._workspace.new_ts()}

    def _url(self, user: User, message: Message) -> ResponseUrl:
        return ResponseUrl(message.channel, user.id, self._workspace.now(), message.ts, message.thread_ts)

    def _whisper(self, user: User, channel: Channel, text: str, thread_ts: str | None = None) -> None:
        message = Message(self._workspace.new_ts(), state.SLACKBOT, text, thread_ts=thread_ts)
        self._workspace.whisper(channel, message, user.id)

    def _show_command_answer(self, user: User, channel: Channel, body: Json) -> None:
        try:
            show_response(self._workspace, ResponseUrl(channel.id, user.id, self._workspace.now()), body)
        except SlackError as error:
            self._workspace.warnings.append(f"Slack drops this answer: {error}")
            self._whisper(user, channel, "The app's answer was not one that Slack can show.")

    def _take_form_answer(self, user: User, view: OpenView, answer: Acknowledgement) -> None:
        stack, body = self._workspace.views[user.id], answer.body or {}
        if view not in stack:
            return
        inputs = {key[0] for block, key, _ in forms.fields_of(view.blocks) if block["type"] == "input"}
        match body.get("response_action", "" if not body else "?"):
            case _ if answer.problem:
                view.banner = TROUBLE
            case "":
                stack.remove(view)
            case "clear":
                stack.clear()
            case "errors" if _are_errors(body.get("errors"), inputs):
                view.errors = dict(body["errors"])
            case "update" if self._is_fit(body.get("view")):
                forms.change(self._workspace, view, body["view"])
            case "push" if len(stack) < forms.MOST_STACKED and self._is_fit(body.get("view")):
                stack.append(forms.new_view(self._workspace, user.id, body["view"], view.step))
            case _:
                view.banner = TROUBLE

    def _is_fit(self, view: Json | None) -> bool:
        try:
            check_view(view)
        except SlackError as error:
            self._workspace.warnings.append(f"Slack drops this view: {error}")
            return False
        return view is not None and view["type"] == "modal"

    def _top(self, user: User) -> OpenView:
        view = self._workspace.open_view(user.id)
        if view is None:
            raise LookupError(f"{user.real_name} has no form open")
        return view


def _are_errors(errors: Any, inputs: set[str]) -> bool:
    is_fit = isinstance(errors, dict) and all(isinstance(told, str) and told for told in errors.values())
    return is_fit and bool(errors) and errors.keys() <= inputs
