"""Days in what people read: the marks that ``checks/dates.day`` leaves in sentences become Slack's own dates.

Slack shows each reader their own day (https://docs.slack.dev/messaging/formatting-message-text#date-formatting); where
it formats nothing, as on buttons and in notifications, words stand instead.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from pydantic_core import to_json

from handlers.checks.dates import MARKS

_BEGIN, _END = MARKS
#: How a mark begins in JSON.
_ESCAPED = b"\\u0002"
#: A day, one that was cut off with the text around it, or a mark that somebody typed, whose text stays.
_MARK = re.compile(rf"{_BEGIN}(?:(\d{{4}}-\d\d-\d\d[^{_END}]*){_END}|[\dT:.+-]*\W?$)?|{_END}")
_FORMAT = "{date_short_pretty}"
#: At ten in UTC it is the same day from Honolulu to Auckland.
_SAME_EVERYWHERE = time(10, tzinfo=UTC)
_DAY_LENGTH = 10


def shown(node: Any) -> Any:
    """Return a block, a view or a text as Slack takes it, with each marked day as the date that its place can show."""
    # Most of what is said names no day, and to see that takes a tenth of the time of going through it.
    return _shown(node) if _ESCAPED in to_json(node) else node


def shown_as_json(node: Any) -> str:
    """Return the same as JSON, which is made only once where no day is named."""
    told = to_json(node)
    return (to_json(_shown(node)) if _ESCAPED in told else told).decode()


def _shown(node: Any) -> Any:
    if isinstance(node, str):
        return _replaced(node, in_words)
    if isinstance(node, list | tuple):
        return [_shown(each) for each in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "mrkdwn":
        return {**node, "text": _replaced(str(node["text"]), _token)}
    if node.get("type") == "rich_text_section" or node.get("type") == "rich_text_quote":
        return {**node, "elements": [part for each in node["elements"] for part in _parts(each)]}
    return {name: _shown(value) for name, value in node.items()}


def in_words(at: str) -> str:
    """Return a day as it is said where Slack formats none: "Fri 4 Dec"."""
    try:
        found = date.fromisoformat(at[:_DAY_LENGTH])
    except ValueError:
        return ""
    return f"{found:%a} {found.day} {found:%b}"


def _replaced(text: str, by: Callable[[str], str]) -> str:
    return _MARK.sub(lambda match: by(match[1] or ""), text) if _BEGIN in text else text


def _token(at: str) -> str:
    return f"<!date^{_seconds(at)}^{_FORMAT}|{in_words(at)}>" if in_words(at) else ""


def _seconds(at: str) -> int:
    try:
        moment = datetime.fromisoformat(at) if len(at) > _DAY_LENGTH else None
    except ValueError:
        moment = None
    return int((moment or datetime.combine(date.fromisoformat(at[:_DAY_LENGTH]), _SAME_EVERYWHERE)).timestamp())


def _parts(element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Take a text of a rich text line apart at its days, which keep its style."""
    if element.get("type") != "text" or _BEGIN not in element["text"]:
        yield _shown(element)
        return
    end = 0
    for match in _MARK.finditer(element["text"]):
        if before := element["text"][end : match.start()]:
            yield {**element, "text": before}
        if told := in_words(match[1] or ""):
            style = {"style": element["style"]} if "style" in element else {}
            yield {"type": "date", "timestamp": _seconds(match[1]), "format": _FORMAT, "fallback": told, **style}
        end = match.end()
    if after := element["text"][end:]:
        yield {**element, "text": after}
