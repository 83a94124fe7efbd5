"""The register as CSV and JSON that can be read again, and as a Markdown matrix for people."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handlers.checks import csv_files, plain_json
from handlers.checks.csv_files import FormatError
from handlers.checks.plain_markdown import plain
from handlers.responsibilities.formats import kept_links
from handlers.responsibilities.messages.map import matrix
from handlers.responsibilities.rules.importing import Row
from handlers.responsibilities.rules.restoring import RETIRING
from handlers.responsibilities.rules.standing import ComponentDuty
from storage.responsibilities.links import Link
from storage.responsibilities.responsibilities import KINDS, Component

_PART = ("team", "channel", "model_side", "product_side", "set_up", "launch_on", "visibility", *RETIRING, "links")
_LISTS = ("model_side", "product_side", "helpers", "claimants", "declined_by")
#: The team that a duty belongs to: its name, its people, which of them is accountable, and its channel.
TEAM = ("owner_team", "team_people", "team_accountable", "team_channel")
_DUTY = ("duty", "state", "owner", "owner_name", "backup", "helpers", "since", "confirmed_at", "reason")
_ASKED = ("claimants", "declined_by", "proposed_by", "need", "changed_at")
#: Columns that say more than who may be asked for what.
RESTORED = (
    "backup",
    "helpers",
    "reason",
    "need",
    "claimants",
    "team",
    "channel",
    "model_side",
    "product_side",
    "launch_on",
    *TEAM,
    *RETIRING,
    "links",
)
COLUMNS = ("component", "kind", "lead", *_DUTY, *_ASKED, *TEAM, *_PART)
_UNREAD = "it isn't read"
#: What people write over these columns; a column that is called after a kind of component says of which kind they are.
_CALLED = {
    **dict.fromkeys((*KINDS, "system", "name", "component"), "component"),
    **dict.fromkeys(("responsibility", "responsible for", "task", "duty"), "duty"),
    **dict.fromkeys(("responsible", "owned by", "who", "accountable", "owner"), "owner"),
    **dict.fromkeys(("led by", "team lead", "lead"), "lead"),
    **dict.fromkeys(("type", "kind"), "kind"),
}


def as_markdown(listed: Sequence[ComponentDuty], names: Mapping[str, str]) -> str:
    return _markdown(matrix(listed, list(dict.fromkeys(each.component.id for each in listed)), names))


def as_json(listed: Sequence[ComponentDuty], names: Mapping[str, str], links: Sequence[Link] = ()) -> str:
    return json.dumps(_rows(listed, names, links), indent=2, ensure_ascii=False) + "\n"


def as_csv(listed: Sequence[ComponentDuty], names: Mapping[str, str], links: Sequence[Link] = ()) -> str:
    rows = _rows(listed, names, links)
    return csv_files.written(COLUMNS, ([row[name] for name in COLUMNS] for row in rows))


def read(text: str, form: str) -> list[Row]:
    """Read what somebody wrote in one of our formats, with a line for each other column. Raises FormatError."""
    try:
        rows = _read_csv(text) if form == "csv" else _read_json(text)
    except json.JSONDecodeError as error:
        raise FormatError(f"the file can't be read as JSON: {error}") from None
    said = dict.fromkeys(name for row in rows for name, told in row.cells.items() if told)
    return [*rows, *(Row(f"column {name}", {}, owners=(), notes=[_UNREAD]) for name in said if name not in COLUMNS)]


def _rows(listed: Sequence[ComponentDuty], names: Mapping[str, str], links: Sequence[Link]) -> list[dict[str, str]]:
    parts = {each.component.id: each.component for each in listed}
    first = {each.component.id: each.value for each in reversed(listed)}
    return [
        {
            **_cells(each, names, parts),
            "links": kept_links.written(each.component, links, parts) if each.value == first[each.component.id] else "",
        }
        for each in listed
    ]


def _cells(about: ComponentDuty, names: Mapping[str, str], parts: Mapping[str, Component]) -> dict[str, str]:
    duty, component = about.duty, about.component
    owner = duty.owner or duty.proposed_to
    told = {**component.model_dump(), **duty.model_dump()}
    told |= {name: " ".join(told[name]) for name in _LISTS}
    successor = parts.get(component.replaced_by)
    told |= {"replaced_by": successor.name if successor is not None else "", "links": ""}
    cells = {**told, "component": component.name, "owner": owner, "owner_name": names.get(owner, "")}
    team = about.team
    kept = ("", "", "", "") if team is None else (team.name, " ".join(team.members), team.accountable, team.channel)
    cells |= dict(zip(TEAM, kept, strict=True))
    return {name: str(cells[name]) for name in COLUMNS}


def _read_csv(text: str) -> list[Row]:
    heads = text.partition("\n")[0].casefold().replace('"', "").replace(";", ",").split(",")
    kind = next((each for each in map(str.strip, heads) if each in KINDS), "")
    return [
        Row(place, {}, csv_files.OTHER_COLUMNS) if cells is None else Row(place, {"kind": kind, **cells})
        for place, cells in csv_files.read(text, "duty", _CALLED)
    ]


def _read_json(text: str) -> list[Row]:
    told: Any = plain_json.read(text)
    if not isinstance(told, list):
        raise FormatError("the file should be a list of duties")
    return [
        Row(f"entry {number}", {str(name): "" if value is None else str(value) for name, value in each.items()})
        if isinstance(each, dict)
        else Row(f"entry {number}", {}, "this isn't a duty")
        for number, each in enumerate(told, start=1)
    ]


def _markdown(rows: Iterable[Sequence[str]]) -> str:
    head, *lines = [f"| {' | '.join(map(plain, row))} |" for row in rows]
    rule = "|" + " --- |" * (head.replace("\\|", "").count(" | ") + 1)
    return "\n".join([head, rule, *lines]) + "\n"
