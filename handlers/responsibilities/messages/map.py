"""The map of who has what, as Slack's table."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.responsibilities.messages.register import Names, capital, component_buttons
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.slack import blocks
from handlers.slack.blocks import Message
from storage.responsibilities.responsibilities import Component, Duty

#: Of Slack's table: cells in a row, and characters in all.
_COLUMNS, _TABLE_LIMIT = 20, 9_500
_STANDS = {"proposed": "asked", "disputed": "undecided"}


def component_map(component: Component, listed: Sequence[ComponentDuty], names: Names) -> Message:
    """The duties of one component as a table, with a text for where Slack does not take the table."""
    rows = [["Duty", "Owner"], *([capital(each.kind.name), _cell(each.duty, names)] for each in listed)]
    shown = _as_table(f"{component.name}: who owns what", rows)
    doors = component_buttons(component, has_map=False)
    return replace(shown, blocks=(*shown.blocks, blocks.buttons(doors))) if doors else shown


def whole_map(listed: Sequence[ComponentDuty], names: Names) -> Message:
    """Components by duties: a column a component, a row a duty, as many components as Slack's table takes."""
    every = list(dict.fromkeys(each.component.id for each in listed))
    shown = every[: _COLUMNS - 1]
    rows = matrix(listed, shown, names)
    while len(shown) > 1 and sum(len(cell) for row in rows for cell in row) > _TABLE_LIMIT:
        shown = shown[:-1]
        rows = matrix(listed, shown, names)
    left = len(every) - len(shown)
    return _as_table("Who owns what", rows, f"And {left} more components. Name one to see its map." if left else "")


def matrix(listed: Sequence[ComponentDuty], columns: Sequence[str], names: Names) -> list[list[str]]:
    by_place = {(each.kind.id, each.component.id): each for each in listed}
    by_id = {each.component.id: each.component.name for each in listed}
    kinds = {each.kind.id: each.kind.name for each in listed if each.component.id in columns}
    rows = [["Duty", *(by_id[each] for each in columns)]]
    for kind_id, name in kinds.items():
        cells = [by_place.get((kind_id, column)) for column in columns]
        rows.append([capital(name), *("" if each is None else _cell(each.duty, names) for each in cells)])
    return rows


def _as_table(title: str, rows: Sequence[Sequence[str]], below: str = "") -> Message:
    text = "\n".join([title, *(" | ".join(each) for each in rows)])
    head = blocks.sentence(title, "bold")
    said = (head, blocks.table(rows), *([blocks.small_print(below)] if below else []))
    return Message(blocks.escape(title), said, otherwise=blocks.cut(blocks.escape(text), 3900))


def _cell(duty: Duty, names: Names) -> str:
    name = owner_name(duty, names)
    return f"{name} ({_STANDS[duty.state]})" if duty.state in _STANDS else name


def owner_name(duty: Duty, names: Names) -> str:
    match duty.state:
        case "accepted":
            return names.get(duty.owner, duty.owner)
        case "proposed":
            return names.get(duty.proposed_to, duty.proposed_to)
        case "disputed":
            return ", ".join(names.get(each, each) for each in duty.claimants)
        case "not needed":
            return "not needed"
        case _:
            return "no owner"
