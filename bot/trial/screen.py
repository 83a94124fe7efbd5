"""What people see, as text: messages with their blocks, marks for what only one person sees, and open forms."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bot.local_slack.page.markup import date_text
from bot.local_slack.workspace.state import Channel, Json, Message, OpenView, Workspace

_TOKEN = re.compile(r"<([^<>]+)>")
_BLOCK_ID = re.compile(r"'block_id': '[^']*'")
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
                lines += [self._workspace.place_name(channel), *said]
        for stack in self._workspace.views.values():
            lines += self._view_news(stack)
        for user_id, home in self._workspace.homes.items():
            if self._is_new(home.id, _kept(home.content["blocks"])):
                shown = [f"{_INDENT}{line}" for line in block_lines(self._workspace, home.content["blocks"])]
                lines += [f"{self._workspace.users[user_id].real_name} sees the Home:", *shown]
        return lines

    def _channel_news(self, channel: Channel) -> Iterator[str]:
        said: list[Message] = [*channel.messages.values(), *channel.ephemerals.values()]
        for message in sorted(said, key=lambda each: each.ts):
            kept = _kept(message.text, message.blocks, message.files, message.reactions)
            if self._is_new(channel.id, message.ts, kept):
                yield from message_lines(self._workspace, message)

    def _view_news(self, stack: list[OpenView]) -> list[str]:
        if not stack:
            return []
        lines = view_lines(self._workspace, stack[-1])
        return lines if self._is_new(stack[-1].id, *lines) else []

    def _is_new(self, *what: str) -> bool:
        is_new = what not in self._shown
        self._shown.add(what)
        return is_new


def _kept(*shown: object) -> str:
    """Return what stands somewhere as it is kept, not as it reads: each day a date is called otherwise."""
    return _BLOCK_ID.sub("", str(shown))


def message_lines(workspace: Workspace, message: Message) -> list[str]:
    """Return a message as lines: who says it, to whom it is visible, and its blocks."""
    author = workspace.users[message.user].real_name if message.user in workspace.users else "Slackbot"
    mark = ""
    if message.to:
        mark = f" (only visible to {workspace.users[message.to].real_name})"
    elif message.thread_ts is not None:
        mark = " (in thread)"
    if message.is_note:
        return [f"{_INDENT}{line}" for line in plain_lines(workspace, message.text)]
    body = list(block_lines(workspace, message.blocks)) if message.blocks else plain_lines(workspace, message.text)
    body += [f"[file {workspace.files[each].name}]" for each in message.files]
    body += [f":{name}: {len(users)}" for name, users in message.reactions.items()]
    return [f"  {author}{mark}:", *(f"{_INDENT}{line}" for line in body)]


def view_lines(workspace: Workspace, view: OpenView) -> list[str]:
    """Return an open form as lines, with the errors at its fields."""
    content = view.content
    lines = [f"{workspace.users[view.user].real_name} sees the form “{content['title']['text']}”:"]
    if view.banner:
        lines.append(f"{_INDENT}! {view.banner}")
    for block in content["blocks"]:
        lines += [f"{_INDENT}{line}" for line in block_lines(workspace, [block])]
        if error := view.errors.get(block["block_id"]):
            lines.append(f"{_INDENT}  ! {error}")
    marks = [f"[{content[name]['text']}]" for name in ("close", "submit") if name in content]
    return [*lines, f"{_INDENT}{' '.join(marks)}"]


def block_lines(workspace: Workspace, blocks: Iterable[Json]) -> Iterator[str]:
    """Yield blocks as lines of text; a block that is not known is shown as such."""
    for block in blocks:
        lines = _LINES.get(block["type"])
        yield from lines(workspace, block) if lines else [f"[a block of type {block['type']}]"]


def _section(workspace: Workspace, block: Json) -> Iterator[str]:
    for each in (*([block["text"]] if "text" in block else ()), *block.get("fields", ())):
        yield from plain_lines(workspace, _words(each))
    if "accessory" in block:
        yield _control(block["accessory"], workspace)


def _context(workspace: Workspace, block: Json) -> list[str]:
    texts = [each["alt_text"] if each["type"] == "image" else _words(each) for each in block["elements"]]
    return plain_lines(workspace, " · ".join(texts))


def _input(workspace: Workspace, block: Json) -> Iterator[str]:
    optional = " (optional)" if block.get("optional") else ""
    yield f"{block['label']['text']}{optional}: {_control(block['element'], workspace)}"
    if "hint" in block:
        yield f"  {block['hint']['text']}"


def _chart(_workspace: Workspace, block: Json) -> Iterator[str]:
    yield f"[a chart: {block['title']}]"
    for series in block["chart"].get("series", ()):
        yield f"{series['name']}: {', '.join(str(point['value']) for point in series['data'])}"


def _table(workspace: Workspace, block: Json) -> Iterator[str]:
    for row in block["rows"]:
        yield " | ".join(_cell(workspace, cell) for cell in row)


def _cell(workspace: Workspace, cell: Json) -> str:
    return " ".join(_rich_lines(workspace, cell["elements"])) if cell["type"] == "rich_text" else str(cell["text"])


def _actions(workspace: Workspace, block: Json) -> list[str]:
    return [" ".join(_control(element, workspace) for element in block["elements"])]


_LINES: dict[str, Callable[[Workspace, Json], Iterable[str]]] = {
    "section": _section,
    "header": _section,
    "alert": _section,
    "context": _context,
    "divider": lambda _workspace, _block: ["———"],
    "actions": _actions,
    "context_actions": _actions,
    "rich_text": lambda workspace, block: _rich_lines(workspace, block["elements"]),
    "input": _input,
    "table": _table,
    "data_table": _table,
    "data_visualization": _chart,
    "markdown": lambda _workspace, block: str(block["text"]).splitlines(),
    "image": lambda _workspace, block: [f"[image: {block['alt_text']}]"],
}


def plain_lines(workspace: Workspace, text: str) -> list[str]:
    """Return mrkdwn as lines of plain text, with names in the place of ids."""
    resolved = _TOKEN.sub(lambda match: _token(workspace, match.group(1)), text)
    return resolved.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").splitlines()


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
    if target.startswith("!subteam^"):
        group = workspace.usergroups.get(target.removeprefix("!subteam^"))
        return f"@{group.handle if group else 'unknown'}"
    if target.startswith("!date^"):
        return date_text(target, label, workspace.now())
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
        case "date":
            return _token(workspace, f"!date^{element['timestamp']}^{element['format']}|{element.get('fallback', '')}")
        case "link":
            return str(element.get("text") or element["url"])
        case _:
            text = str(element.get("text", ""))
            return f"*{text}*" if element.get("style", {}).get("bold") else text


def _control(element: Json, workspace: Workspace) -> str:
    match element["type"]:
        case "button" | "icon_button":
            return f"[{element['text']['text']}]"
        case "feedback_buttons":
            return " ".join(f"[{element[name]['text']['text']}]" for name in ("positive_button", "negative_button"))
        case "overflow":
            return f"[… {' / '.join(_name(workspace, each) for each in element['options'])}]"
        case "image":
            return f"[image: {element['alt_text']}]"
    started = next((value for name, value in element.items() if name.startswith("initial_")), None)
    if started is None and element["type"] in ("checkboxes", "radio_buttons"):
        return f"[{' / '.join(_name(workspace, each) for each in element['options'])}]"
    shown = element.get("placeholder", {}).get("text", "") if started is None else started
    names = ", ".join(_name(workspace, each) for each in (shown if isinstance(shown, list) else [shown]))
    return f"[{names.replace(chr(10), ' / ')}]"


def _name(workspace: Workspace, each: Any) -> str:
    if isinstance(each, dict):
        return str(each["text"]["text"])
    each = str(each)
    if each in workspace.users:
        return f"@{workspace.users[each].real_name}"
    return f"#{workspace.channels[each].name}" if each in workspace.channels else each
