"""What Slack sends at each door at its longest: texts, forms, messages and Homes."""

import json
import time
from collections.abc import Iterator, Sequence
from itertools import product

from bot.local_slack.interactions import payloads
from bot.local_slack.interactions.forms import PRESSED, fields_of, values_of
from bot.local_slack.wire.delivery import Kind
from bot.local_slack.workspace.rendering import nested
from bot.local_slack.workspace.state import Json, OpenView, Workspace

#: Slack's limits: characters of a text, of a field and of a button's value; blocks of a message and of a view.
LONG, _FIELD, _VALUE, _BLOCKS, _VIEW_BLOCKS = 40_000, 3_000, 2_000, 50, 100
#: The bytes of a view, as JSON.
_VIEW = 250_000
_INPUTS = 20
_PIECES = (
    "a", "a ", "wordy ", "word word2 12 ", " ", "(", "e\u0301", "<@U", "<http://a", "&amp;", "a ? ", "1 ", "1-", " vs",
    "because a, since ", "0170 123456 ", "a@a.", "component:", "in the ", "\n",
)  # fmt: skip
_COMMANDS = {
    "/define": "", "/glossary": "history ", "/decision": "find ", "/data-request": "", "/owner": "",
}  # fmt: skip
_MENTIONS = ("what does ", "we decided: ", "why did we ", "who owns ", "card of ", "feedback on ", "I need data ")
_SHORTCUTS = (
    "glossary_explain", "owner_ask_message", "decision_log_message", "data_request_from_message",
    "feedback_from_message", "glossary_add_message",
)  # fmt: skip
#: What opens the forms that are filled.
OPENERS = ("/glossary add zebra", "/decision", "/data-request", "/owner add", "/nudges")
#: Buttons whose values are words of people.
_BUTTONS = ("glossary_ask", "glossary_add", "glossary_define", "glossary_look_up", "decision_log", "owner_add")
Sent = tuple[Kind, Json]


def _texts(begin: str = "", length: int = LONG) -> Iterator[str]:
    for piece in _PIECES:
        yield (begin + piece * length)[: length - 1] + "x"


def commands(workspace: Workspace, _opened: Sequence[OpenView]) -> Iterator[Sent]:
    who, where = workspace.users["UANA"], workspace.channels["CGENERAL"]
    for command, begin in _COMMANDS.items():
        for text in _texts(begin):
            told = payloads.command(workspace, who, where, command, text)
            yield "slash_commands", {**told, "trigger_id": _name(), "response_url": f"{workspace.url}/respond/none"}


def mentions(workspace: Workspace, _opened: Sequence[OpenView]) -> Iterator[Sent]:
    for begin in _MENTIONS:
        for text in _texts(f"<@U0BOT> {begin}"):
            event = {"type": "app_mention", "user": "UANA", "channel": "CGENERAL", "ts": _ts(), "text": text}
            told = {"type": "event_callback", "event_id": _name(), "event": event, "team_id": workspace.team_id}
            yield "events_api", told


def shortcuts(workspace: Workspace, _opened: Sequence[OpenView]) -> Iterator[Sent]:
    """Yield shortcuts on messages whose text stands in them twice: as text, and as what was typed."""
    where = {"channel": {"id": "CGENERAL", "name": "general"}}
    for callback_id in _SHORTCUTS:
        for text in _texts():
            typed = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
            message: Json = {"type": "message", "user": "UBEN", "text": text, "ts": "1767603600.000001"}
            message |= {"blocks": [{"type": "rich_text", "block_id": "b", "elements": [typed]}]}
            yield _interaction(workspace, "message_action", callback_id=callback_id, message=message, **where)


def buttons(workspace: Workspace, _opened: Sequence[OpenView]) -> Iterator[Sent]:
    """Yield buttons under a message with as many and as long blocks as Slack takes."""
    blocks = [_section(number) for number in range(_BLOCKS)]
    message = {"type": "message", "user": "U0BOT", "text": "x" * LONG, "ts": "1767603600.000001", "blocks": blocks}
    where: Json = {"channel": {"id": "CGENERAL", "name": "general"}, "message": message}
    where["container"] = {"type": "message", "message_ts": message["ts"], "channel_id": "CGENERAL"}
    for action_id in _BUTTONS:
        for text in _texts(length=_VALUE):
            pressed = {"type": "button", "block_id": "b", "action_id": action_id, "value": text}
            yield _interaction(workspace, "block_actions", actions=[pressed], **where)


def buttons_in_forms(workspace: Workspace, opened: Sequence[OpenView]) -> Iterator[Sent]:
    for form, text in product(opened, _texts(length=_FIELD)):
        view = _full(workspace, form, text)
        for block, (block_id, action_id), element in fields_of(form.blocks):
            if element["type"] in PRESSED or block.get("dispatch_action"):
                pressed = {"type": element["type"], "block_id": block_id, "action_id": action_id, "value": ""}
                told = {"actions": [pressed], "view": {**view, "id": _name()}, "container": {"type": "view"}}
                yield _interaction(workspace, "block_actions", **told)


def forms(workspace: Workspace, opened: Sequence[OpenView]) -> Iterator[Sent]:
    for form, text in product(opened, _texts(length=_FIELD)):
        yield _interaction(workspace, "view_submission", view=_full(workspace, form, text))


def _full(workspace: Workspace, form: OpenView, text: str) -> Json:
    """Return a form with all its fields full, and as large as Slack takes it."""
    state = nested(values_of(workspace, form))
    for fields in state.values():
        fields.update({name: _filled(field, text) for name, field in fields.items()})
    view = _view("modal", form.content["callback_id"], text)
    view["state"]["values"].update(state)
    return {**view, "private_metadata": form.content["private_metadata"]}


def _filled(field: Json, text: str) -> Json:
    return {**field, "value": text} if field["type"] == "plain_text_input" else field


def homes(workspace: Workspace, _opened: Sequence[OpenView]) -> Iterator[Sent]:
    for text in _texts(length=_FIELD):
        view = _view("home", "home", text)
        event = {"type": "app_home_opened", "user": "UANA", "channel": "D0UANA", "tab": "home", "view": view}
        yield (
            "events_api",
            {"type": "event_callback", "event_id": _name(), "event": event, "team_id": workspace.team_id},
        )


def suggestions(workspace: Workspace, _opened: Sequence[OpenView]) -> Iterator[Sent]:
    for text in _texts(length=_FIELD):
        view = _view("modal", "any", text)
        yield _interaction(workspace, "block_suggestion", view=view, action_id="any", block_id="b", value=text)


DOORS = {
    "command": commands,
    "mention": mentions,
    "shortcut": shortcuts,
    "button": buttons,
    "button in a form": buttons_in_forms,
    "form": forms,
    "Home": homes,
    "suggestion": suggestions,
}


def _interaction(workspace: Workspace, kind: str, **told: object) -> Sent:
    common = payloads.interaction(workspace, workspace.users["UANA"], kind)
    return "interactive", {**common, "trigger_id": _name(), **told}


def _view(kind: str, callback_id: str, text: str) -> Json:
    """Return a view of as many bytes as Slack takes, with what was typed in its fields."""
    state = {f"field{number}": {"a": {"type": "plain_text_input", "value": text}} for number in range(_INPUTS)}
    view: Json = {
        "id": _name(), "hash": _name(), "type": kind, "callback_id": callback_id, "team_id": "T0LOCAL",
        "private_metadata": json.dumps({"in": "CGENERAL", "note": "x" * 2_900}), "state": {"values": state},
    }  # fmt: skip
    length = (_VIEW - len(json.dumps(view))) // _VIEW_BLOCKS
    return view | {"blocks": [_section(number, length) for number in range(_VIEW_BLOCKS)]}


def _section(number: int, length: int = _FIELD) -> Json:
    return {"type": "section", "block_id": f"b{number}", "text": {"type": "mrkdwn", "text": "\u6e2f" * (length // 6)}}


def _ts() -> str:
    """Return a time stamp that no other message has."""
    now = time.time_ns()
    return f"{now // 10**9}.{now % 10**9:09}"


def _name() -> str:
    """Return what nothing else is called: a trigger, an event, a view."""
    return f"{time.time_ns()}.{time.perf_counter_ns()}"
