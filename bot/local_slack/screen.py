"""What people see, as text: messages with their blocks, marks for what only one person sees, and open forms."""

import re
from collections.abc import Iterable, Iterator

from bot.local_slack.state import Channel, Ephemeral, Json, Message, OpenView, Workspace

_TOKEN = re.compile(r"<([^<>]+)>")
_INDENT = "    "


class Screen:
    """Tells what is new since it was last asked."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._shown: set[tuple[str, ...]] = set()

    def news(self) -> list[str]:
        """Return lines for what has appeared or changed since the last time."""
        lines: list[str] = []
        for channel in self._workspace.channels.values():
            said = list(self._channel_news(channel))
            if said:
                lines += [place_name(self._workspace, channel), *said]
        for stack in self._workspace.views.values():
            lines += self._view_news(stack)
        return lines

    def _channel_news(self, channel: Channel) -> Iterator[str]:
        said: list[Message | Ephemeral] = [*channel.messages.values(), *channel.ephemerals.values()]
        for message in sorted(said, key=lambda each: each.ts):
            lines = message_lines(self._workspace, message)
            if self._is_new(channel.id, message.ts, *lines):
                yield from lines

    def _view_news(self, stack: list[OpenView]) -> list[str]:
        if not stack:
            return []
        lines = view_lines(self._workspace, stack[-1])
        return lines if self._is_new(stack[-1].id, *lines) else []

    def _is_new(self, *what: str) -> bool:
        is_new = what not in self._shown
        self._shown.add(what)
        return is_new


def place_name(workspace: Workspace, channel: Channel) -> str:
    if channel.kind == "im":
        names = [
            workspace.users[each].real_name for each in sorted(channel.members) if each != workspace.app.bot_user_id
        ]
        return f"{workspace.app.name} and {', '.join(names)}"
    return f"#{channel.name}"


def message_lines(workspace: Workspace, message: Message | Ephemeral) -> list[str]:
    """Return a message as lines: who says it, to whom it is visible, and its blocks."""
    author = workspace.users[message.user].real_name if message.user in workspace.users else message.user
    mark = ""
    if isinstance(message, Ephemeral):
        mark = f" (only visible to {workspace.users[message.to].real_name})"
    elif message.thread_ts is not None:
        mark = " (in thread)"
    body = list(block_lines(workspace, message.blocks)) if message.blocks else plain_lines(workspace, message.text)
    return [f"  {author}{mark}:", *(f"{_INDENT}{line}" for line in body)]


def view_lines(workspace: Workspace, view: OpenView) -> list[str]:
    """Return an open form as lines, with the errors at its fields."""
    content = view.content
    lines = [f"{workspace.users[view.user].real_name} sees the form “{content['title']['text']}”:"]
    if view.banner:
        lines.append(f"{_INDENT}! {view.banner}")
    for block in content["blocks"]:
        lines += [f"{_INDENT}{line}" for line in block_lines(workspace, [block])]
        if error := view.errors.get(block.get("block_id", "")):
            lines.append(f"{_INDENT}  ! {error}")
    marks = [f"[{content[name]['text']}]" for name in ("close", "submit") if name in content]
    return [*lines, f"{_INDENT}{' '.join(marks)}"]


def block_lines(workspace: Workspace, blocks: Iterable[Json]) -> Iterator[str]:
    """Yield blocks as lines of text; a block that is not known is shown as such."""
    for block in blocks:
        match block["type"]:
            case "section" | "header":
                texts = [block["text"]] if "text" in block else []
                for each in [*texts, *block.get("fields", ())]:
                    yield from plain_lines(workspace, _words(each))
            case "context":
                yield from plain_lines(workspace, " · ".join(_words(each) for each in block["elements"]))
            case "divider":
                yield "———"
            case "actions":
                yield " ".join(_control(element) for element in block["elements"])
            case "rich_text":
                yield from _rich_lines(workspace, block["elements"])
            case "input":
                optional = " (optional)" if block.get("optional") else ""
                yield f"{block['label']['text']}{optional}: {_control(block['element'], workspace)}"
                if "hint" in block:
                    yield f"  {block['hint']['text']}"
            case kind:
                yield f"[a block of type {kind}]"


def plain_lines(workspace: Workspace, text: str) -> list[str]:
    """Return mrkdwn as lines of plain text, with names in the place of ids."""
    resolved = _TOKEN.sub(lambda match: _token(workspace, match.group(1)), text)
    return resolved.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").splitlines()


def controls(blocks: Iterable[Json]) -> Iterator[Json]:
    """Yield every button of a message."""
    for block in blocks:
        elements = block.get("elements", ()) if block["type"] == "actions" else [block.get("accessory")]
        yield from (element for element in elements if element and element["type"] == "button")


def _words(text: Json) -> str:
    if text["type"] == "mrkdwn":
        return str(text["text"])
    return str(text["text"]).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _token(workspace: Workspace, token: str) -> str:
    target, _, label = token.partition("|")
    if target.startswith("@"):
        user = workspace.users.get(target[1:])
        return f"@{user.real_name}" if user else f"@unknown {target[1:]}"
    if target.startswith("#"):
        channel = workspace.channels.get(target[1:])
        return f"#{channel.name}" if channel else "#unknown"
    if target.startswith("!"):
        return f"@{target[1:]} (everybody is notified)"
    return f"{label} ({target})" if label else target


def _rich_lines(workspace: Workspace, parts: Iterable[Json]) -> Iterator[str]:
    for part in parts:
        if part["type"] == "rich_text_list":
            yield from (f"• {line}" for line in _rich_lines(workspace, part["elements"]))
            continue
        mark = "> " if part["type"] == "rich_text_quote" else ""
        text = "".join(_inline(workspace, element) for element in part["elements"])
        yield from (f"{mark}{line}" for line in text.splitlines())


def _inline(workspace: Workspace, element: Json) -> str:
    match element["type"]:
        case "user":
            return _token(workspace, f"@{element['user_id']}")
        case "channel":
            return _token(workspace, f"#{element['channel_id']}")
        case "emoji":
            return f":{element['name']}:"
        case "link":
            return str(element.get("text") or element["url"])
        case _:
            text = str(element.get("text", ""))
            return f"*{text}*" if element.get("style", {}).get("bold") else text


def _control(element: Json, workspace: Workspace | None = None) -> str:
    if element["type"] == "button":
        return f"[{element['text']['text']}]"
    started = [value for name, value in element.items() if name.startswith("initial_")]
    shown = started[0] if started else element.get("placeholder", {}).get("text", "")
    if isinstance(shown, list) and workspace is not None:
        shown = ", ".join(_name(workspace, each) for each in shown)
    elif workspace is not None and isinstance(shown, str):
        shown = _name(workspace, shown)
    return f"[{str(shown).replace(chr(10), ' / ')}]"


def _name(workspace: Workspace, each: str) -> str:
    if each in workspace.users:
        return f"@{workspace.users[each].real_name}"
    return f"#{workspace.channels[each].name}" if each in workspace.channels else each
