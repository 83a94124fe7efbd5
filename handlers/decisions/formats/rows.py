"""Decisions as rows, complete: JSON, and CSV as spreadsheets show it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from handlers.checks import csv_files, plain_json
from handlers.checks.csv_files import FormatError
from handlers.decisions.formats.days import dated
from handlers.decisions.formats.reading import Read
from handlers.decisions.formats.states import said
from handlers.decisions.formats.writing import LINKS, Linked
from storage.decisions.decisions import Decision

_WORDS = ("attributes", "consulted", "informed", "asked", "senses")
_AS_JSON = ("amendments", "opinions", "names")
_KINDS: Mapping[str, tuple[type, str]] = {
    "names": (dict, "a name by each member id"),
    "opinions": (list, "a list"),
    "component": (str, "a text"),
    "number": (str, "a text"),
}
_FLAGS = ("silence_is_consent", "needs_data")
_INSIDE = {"id", "team_id", "version", "component_id", "component_name"}
_COLUMNS = (
    "number",
    *(name for name in Decision.model_fields if name not in {*_INSIDE, "number"}),
    "component",
    "opinions",
    "names",
)


def _row(decision: Decision, linked: Linked) -> dict[str, Any]:
    """Return a decision with the numbers of others, the name of its component, and the names of its people."""
    told = decision.model_dump(mode="json", exclude=_INSIDE)
    told |= {name: linked.numbers.get(told[name], "") for name in LINKS}
    opinions = linked.opinions.get(decision.id, ())
    people = [decision.decider, decision.created_by, *decision.consulted, *decision.informed, *decision.asked]
    people += [each.user_id for each in opinions]
    told["component"] = linked.parts.get(decision.component_id, "") or decision.component_name
    told["opinions"] = [each.model_dump() for each in opinions]
    told["names"] = {each: linked.names[each] for each in people if each in linked.names}
    return {name: told[name] for name in _COLUMNS}


def as_json(every: Iterable[Decision], linked: Linked) -> str:
    return json.dumps([_row(each, linked) for each in every], indent=2, ensure_ascii=False) + "\n"


def as_csv(every: Iterable[Decision], linked: Linked) -> str:
    return csv_files.written(
        _COLUMNS,
        ([_cell(name, told) for name, told in _row(each, linked).items()] for each in every),
    )


def _cell(name: str, value: Any) -> str:
    if name in _WORDS:
        return " ".join(value)
    if name in _AS_JSON:
        return json.dumps(value, ensure_ascii=False) if value else ""
    return ("yes" if value else "") if name in _FLAGS else str(value)


def from_json(file: str, text: str) -> list[Read]:
    """Read what ``as_json`` wrote. Raises FormatError."""
    try:
        rows = plain_json.read(text)
    except json.JSONDecodeError as error:
        raise FormatError(f"{file} isn't JSON: line {error.lineno}, column {error.colno}: {error.msg}") from None
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise FormatError(f"{file} should be a list of decisions, as decisions export --format json writes it")
    return [_read(f"{file}, decision {place}", row) for place, row in enumerate(rows, 1)]


def from_csv(file: str, text: str) -> list[Read]:
    """Read what ``as_csv`` wrote. Raises FormatError."""
    read = []
    for where, cells in csv_files.read(text, "title"):
        place = f"{file}, {where}"
        try:
            read.append(_read(place, _values(cells)))
        except FormatError as error:
            read.append(Read(place, error=str(error)))
    return read


def _values(cells: Mapping[str, str] | None) -> dict[str, Any]:
    if cells is None:
        raise FormatError(csv_files.OTHER_COLUMNS)
    told: dict[str, Any] = {}
    for name, cell in cells.items():
        told[name] = cell.split() if name in _WORDS else cell
        if name in _FLAGS:
            told[name] = cell.casefold() in ("yes", "true", "1")
        if name in _AS_JSON and cell:
            told[name] = _parsed(name, cell)
        elif name in _AS_JSON:
            told[name] = {} if name == "names" else []
    return told


def _parsed(name: str, cell: str) -> Any:
    try:
        return plain_json.read(cell)
    except json.JSONDecodeError as error:
        raise FormatError(f"{name}: this isn't JSON: column {error.colno}: {error.msg}") from None


def _is(kind: type, value: object) -> bool:
    return value is None or isinstance(value, kind)


def _read(place: str, row: Mapping[str, Any]) -> Read:
    """Read a row; what has no column of a decision is named."""
    unknown = sorted(set(row) - set(_COLUMNS))
    state = said(str(row.get("state") or "accepted"))
    wrong = [f"{name}: this should be {what}" for name, (kind, what) in _KINDS.items() if not _is(kind, row.get(name))]
    if unknown or wrong or isinstance(state, str):
        return Read(
            place, error=f"{unknown[0]}: this is no field of a decision" if unknown else [*wrong, str(state)][0]
        )
    try:
        told = {"number": "", "names": {}, "opinions": [], "decider": "", "created_by": "", "component": ""}
        told |= {name: value for name, value in row.items() if value is not None}
        told |= {"number": str(told["number"]).upper(), "state": state.state, **dated(told)}
        return Read(place, told if told["number"] else {"origin": place, **told})
    except FormatError as error:
        return Read(place, error=str(error))
