"""Reads the terms that the standard's own places of an ODCS file say; what cannot be kept is named. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from handlers.agreements.columns import line_of, written
from handlers.checks.dates import day_in
from handlers.checks.quantities import amount_in
from handlers.data_requests.formats.checks import ALL
from handlers.data_requests.formats.places import place_in
from handlers.data_requests.formats.properties import (
    Property,
    beside,
    mapping_in,
    missing_of,
    objects_in,
    property_in,
    share_of,
    words,
)
from handlers.data_requests.rules.clauses import AGES, CADENCES, SPANS

_CADENCES: Mapping[tuple[str, str], str] = {
    **{("1", each): "hourly" for each in ("h", "hr", "hour", "hours")},
    **{("1", each): "daily" for each in ("d", "day", "days")},
    **{("7", each): "weekly" for each in ("d", "day", "days")},
    **{("1", each): "weekly" for each in ("w", "week", "weeks")},
    **{("1", each): "monthly" for each in ("m", "mo", "month", "months")},
}
#: How others write the units of an age, and of a span: an m is a minute here, and a month there.
_AGES = {"m": "minutes", "min": "minutes", "h": "hours", "hr": "hours", "d": "days", "w": "weeks"}
_SPANS = {"d": "days", "m": "months", "mo": "months", "y": "years", "yr": "years"}
_SCHEMA = ("name", "logicalType", "physicalType", "description", "properties", "quality")
_SLA = ("property", "value", "unit")


@dataclass(slots=True)
class Told:
    """What a file says: the parts of terms by their ids, the day it is needed by, and a line for what is not kept.

    ``missing`` are the values that mean that one is missing.
    """

    parts: dict[str, dict[str, str]] = field(default_factory=dict)
    needed_by: str = ""
    missing: Sequence[str] = ()
    lost: list[str] = field(default_factory=list)

    def says(self, term_id: str, **parts: str) -> None:
        said = {name: text for name, text in parts.items() if text}
        if said:
            self.parts.setdefault(term_id, {}).update(said)

    def loses(self, where: str, names: Sequence[str]) -> None:
        self.lost += [f"{where}: {', '.join(dict.fromkeys(names))}"] if names else []


def terms_in(document: Mapping[str, Any], missing: Sequence[str] = ()) -> Told:
    """Return the terms of a contract. ``missing`` are values that are known to mean that one is missing."""
    told = Told()
    description = mapping_in(document.get("description"))
    told.says("access", uses=str(description.get("usage") or ""))
    told.says("difference", gaps=str(description.get("limitations") or ""))
    told.loses("description", [each for each in description if each not in ("purpose", "usage", "limitations")])
    schemas = objects_in(document.get("schema"))
    for schema in schemas[:1]:
        _read_schema(told, schema, missing)
    told.lost += [f"schema {words(each.get('name'))}: a data request has one" for each in schemas[1:]]
    for each in objects_in(document.get("slaProperties")):
        _read_sla(told, each)
    _read_servers(told, objects_in(document.get("servers")))
    return told


def _read_schema(told: Told, schema: Mapping[str, Any], missing: Sequence[str]) -> None:
    properties = objects_in(schema.get("properties"))
    values = [value for each in properties for value in missing_of(objects_in(each.get("quality")))]
    values = list(dict.fromkeys([*missing, *values]))
    read = [property_in(each, values) for each in properties]
    for told_as, each in zip(properties, read, strict=True):
        where = f"column {words(told_as.get('name'))}"
        told.loses(where, each.lost if each.column.name else ["its name can't be written here"])
    kept = list({each.column.name: each for each in read if each.column.name}.values())
    told.loses("columns named twice", [f"{len(read) - len(kept)}"] if len(read) > len(kept) else [])
    told.says("quantity", population=str(schema.get("description") or ""))
    told.loses(f"schema {words(schema.get('name'))}", [each for each in schema if each not in _SCHEMA])
    kept = _with_completeness(told, kept)
    _with_validity(told, kept)
    told.says("schema", columns="\n".join(line_of(each.column) for each in kept))
    told.missing = values
    for rule in objects_in(schema.get("quality")):
        _read_rule(told, rule, [each.column.name for each in kept])


def _with_completeness(told: Told, kept: list[Property]) -> list[Property]:
    """Say how much has to be filled in: one share for all columns, and those that take none empty are required."""
    asked = [each for each in kept if not each.column.is_required]
    shares = {each.filled for each in asked}
    if len(shares) > 1 and ALL in shares:
        kept = [_required(each) if each.filled == ALL else each for each in kept]
        asked = [each for each in kept if not each.column.is_required]
        shares = {each.filled for each in asked}
    said = sorted(each for each in shares if each is not None)
    if said:
        told.says("quality", completeness=written(said[0]))
    for each in asked if said else ():
        was = "none" if each.filled is None else f"{written(each.filled)} %"
        is_same = each.filled == said[0]
        told.loses(
            _where(each), [] if is_same else [f"completeness {was} becomes {written(said[0])} %, as of all columns"]
        )
    return kept


def _where(told: Property) -> str:
    return f"column {told.column.name}"


def _required(told: Property) -> Property:
    return replace(told, column=replace(told.column, is_required=True))


def _with_validity(told: Told, kept: Sequence[Property]) -> None:
    limited = [each for each in kept if each.column.is_limited]
    shares = sorted({each.valid if each.valid is not None else ALL for each in limited})
    if shares and shares[0] != ALL:
        told.says("quality", validity=written(shares[0]))
    for each in limited:
        share = ALL if each.valid is None else each.valid
        is_same = share == shares[0]
        told.loses(_where(each), [] if is_same else [f"validity {written(share)} % becomes {written(shares[0])} %"])


def _read_rule(told: Told, rule: Mapping[str, Any], names: Sequence[str]) -> None:
    """Read a rule about the data as a whole: how many rows, and that no two are alike."""
    least, share = rule.get("mustBeGreaterOrEqualTo"), share_of(rule)
    properties = mapping_in(rule.get("arguments")).get("properties")
    is_alike = "SELECT DISTINCT" in words(rule.get("query")) and "${object}) AS different" in words(rule.get("query"))
    if rule.get("metric") == "rowCount" and isinstance(least, int | float):
        said = words(rule.get("description"))
        is_said = (amount_in(said) or (None, ""))[0] == least
        told.says("quantity", amount=said if is_said else f"{least:,} rows")
        told.loses("rowCount", [each for each in beside(rule) if each != "mustBeGreaterOrEqualTo"])
    elif share is not None and (is_alike or (rule.get("metric") == "duplicateValues" and properties == list(names))):
        told.says("quality", uniqueness=written(share))
        told.loses("uniqueness", beside(rule))
    else:
        name = words(
            rule.get("name") or rule.get("description") or rule.get("rule") or rule.get("metric") or rule.get("type")
        )
        told.loses("schema", [f"quality rule {name or 'without a name'}"])


def _read_sla(told: Told, each: Mapping[str, Any]) -> None:
    name, value, unit = words(each.get("property")), words(each.get("value")), words(each.get("unit"))
    number = written(float(value)) if isinstance(each.get("value"), int | float) else ""
    cadence = value if value in {option for _, option in CADENCES} else _CADENCES.get((number or value, unit), "")
    ages, spans = ({option: option for _, option in options} for options in (AGES, SPANS))
    age, span = ({**ages, **_AGES}.get(unit, ""), {**spans, **_SPANS}.get(unit, ""))
    left = [key for key in each if key not in _SLA]
    match name:
        case "generalAvailability" if day_in(value) is not None:
            told.needed_by = value
        case "frequency" if cadence:
            told.says("freshness", cadence=cadence)
        case "latency" | "freshness" if number and age:
            told.says("freshness", age=number, unit=age)
        case "retention" if number and span:
            told.says("retention", span=number, unit=span)
        case _:
            left = [f"{value} {unit}".strip() or "no value"]
    told.loses(f"slaProperties {name}", left)


def _read_servers(told: Told, servers: Sequence[Mapping[str, Any]]) -> None:
    for server in servers[:1]:
        parts, left = place_in(server)
        told.says("delivery", **parts)
        told.loses(f"server {words(server.get('server'))}", left)
    told.lost += [
        f"server {words(each.get('server'))}: a data request has one place of delivery" for each in servers[1:]
    ]
