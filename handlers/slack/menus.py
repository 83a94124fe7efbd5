"""Menus of more choices than Slack takes in one list: then they stand in groups.

https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

#: Slack takes so many choices in a list; two menus of so many stay below the 250 kB that it takes of a form.
IN_A_LIST, MOST = 100, 400
#: So much of its first and of its last choice names a group.
_NAMED = 34


def fitting(options: Sequence[tuple[str, str]], chosen: str) -> list[tuple[str, str]]:
    """Return as many (label, value) as fit into a menu; what is chosen at first is among them, wherever it stood."""
    first = [each for each in options if each[1] == chosen][:1] if len(options) > MOST else []
    rest = [each for each in options if each not in first]
    return [*rest[: MOST - len(first)], *first]


def listed(options: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Return the choices of a menu as Slack takes them: in one list, else in groups, each called by its ends."""
    if len(options) <= IN_A_LIST:
        return {"options": list(options)}
    return {"option_groups": list(_groups(options))}


def _groups(options: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, object]]:
    for begin in range(0, len(options), IN_A_LIST):
        group = options[begin : begin + IN_A_LIST]
        ends = (group[0]["text"]["text"][:_NAMED], group[-1]["text"]["text"][:_NAMED])
        label = {"type": "plain_text", "text": " to ".join(dict.fromkeys(ends)), "emoji": False}
        yield {"label": label, "options": list(group)}
