"""Reads the columns of an ODCS file, and what its quality rules ask of them; what we cannot keep is named. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from handlers.agreements.columns import LOGICAL_TYPES, Column, columns_in, line_of, written
from handlers.data_requests.formats.checks import ALL, missing_in, pattern_end

_NUMBER = r"-?[\d.]+(?:[eE][-+]?\d+)?"
_OUTSIDE = re.compile(
    rf"SELECT ROUND\(COALESCE\(100\.0 \* SUM\(CASE WHEN (?:\$\{{property\}} NOT IN \([^()]*\) AND )?"
    rf"\(\$\{{property\}} < (?P<least>{_NUMBER}) OR \$\{{property\}} > (?P<most>{_NUMBER})\) THEN 1 ELSE 0 END\)"
    r" / NULLIF\(COUNT\(\*\), 0\), 0\), 6\) FROM \$\{object\}"
)
_KNOWN = (
    *("name", "logicalType", "description", "required", "unique", "primaryKey", "primaryKeyPosition"),
    *("quality", "logicalTypeOptions", "customProperties"),
)
_KNOWN_OF_RULES = ("type", "metric", "arguments", "unit", "mustBe", "mustBeLessOrEqualTo", "query", "description")


@dataclass(frozen=True, slots=True)
class Property:
    """A column as a file says it: how much of it is filled in and valid, in per cent, None where it says nothing."""

    column: Column
    filled: float | None = None
    valid: float | None = None
    missing: Sequence[str] = ()
    lost: Sequence[str] = field(default_factory=list)


def objects_in(told: object) -> list[Mapping[str, Any]]:
    """Return the objects of a list in a file, whatever else it may hold."""
    return [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []


def mapping_in(told: object) -> Mapping[str, Any]:
    return told if isinstance(told, dict) else {}


def words(told: object) -> str:
    return " ".join(str(told).split()) if told is not None else ""


def share_of(rule: Mapping[str, Any]) -> float | None:
    """Return how many per cent a rule asks to be good; None where it says so in another way."""
    most = rule.get("mustBe", rule.get("mustBeLessOrEqualTo"))
    is_number = isinstance(most, int | float) and not isinstance(most, bool)
    is_share = (
        is_number and (most == 0 or rule.get("unit") == "percent") and ("mustBeLessOrEqualTo" in rule or not most)
    )
    return round(ALL - most, 6) if is_share and 0 <= most <= ALL else None


def beside(rule: Mapping[str, Any]) -> list[str]:
    """Return the names of what a rule says that we do not keep."""
    return [name for name in rule if name not in _KNOWN_OF_RULES]


def missing_of(rules: Sequence[Mapping[str, Any]]) -> list[str]:
    said = [
        mapping_in(each.get("arguments")).get("missingValues")
        for each in rules
        if each.get("metric") == "missingValues"
    ]
    return [_text(value) for each in said if isinstance(each, list) for value in each if value not in (None, "")]


def property_in(told: Mapping[str, Any], missing: Sequence[str]) -> Property:
    """Read a property of a schema. ``missing`` are the values that mean in this file that one is missing."""
    name, kind = words(told.get("name")), _kind(told)
    is_key = told.get("primaryKey") is True
    column = Column(
        name,
        kind or "string",
        words(told.get("description")).replace("|", "/"),
        is_key=is_key,
        is_required=told.get("required") is True or is_key,
        is_unique=told.get("unique") is True,
        unit=next((words(each.get("value")) for each in _custom(told) if each.get("property") == "unit"), ""),
    )
    lost = [each for each in told if each not in _KNOWN]
    lost += ["the | in its description"] if "|" in words(told.get("description")) else []
    lost += [f"type {words(told.get('logicalType'))}"] if not kind else []
    lost += [f"customProperties {each.get('property')}" for each in _custom(told) if each.get("property") != "unit"]
    found = _with_options(Property(column, missing=missing, lost=lost), mapping_in(told.get("logicalTypeOptions")))
    for rule in objects_in(told.get("quality")):
        found = _with_rule(found, rule)
    return _as_written(found)


def _kind(told: Mapping[str, Any]) -> str:
    """Return the type of a column, by its physical one where it has no logical one."""
    logical, physical = told.get("logicalType"), told.get("physicalType")
    if logical in LOGICAL_TYPES:
        return str(logical)
    if logical or not isinstance(physical, str):
        return ""
    read: list[Column] = import_module("handlers.data_requests.samples.sql").columns_created(
        f"CREATE TABLE t (x {physical})"
    )
    return read[0].type if len(read) == 1 else ""


def _custom(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return objects_in(told.get("customProperties"))


def _with_options(found: Property, options: Mapping[str, Any]) -> Property:
    least, most, pattern = (options.get(each) for each in ("minimum", "maximum", "pattern"))
    column, used = found.column, []
    bounds = [float(each) for each in (least, most) if isinstance(each, int | float) and not isinstance(each, bool)]
    if bounds[1:] and column.type in ("integer", "number"):
        column, used = replace(column, least=bounds[0], most=bounds[1]), ["minimum", "maximum"]
    elif isinstance(pattern, str) and column.type == "string":
        column, used = replace(column, pattern=_inner(pattern, found)), ["pattern"]
    return replace(found, column=column, lost=[*found.lost, *(each for each in options if each not in used)])


def _with_rule(found: Property, rule: Mapping[str, Any]) -> Property:
    """Add what a rule asks of a column; of what it says beside, or where it is none of ours, the name is lost."""
    share, arguments = share_of(rule), mapping_in(rule.get("arguments"))
    told = found if share is None else _read_rule(found, rule, arguments, share)
    if told is found:
        name = words(
            rule.get("name") or rule.get("description") or rule.get("rule") or rule.get("metric") or rule.get("type")
        )
        return replace(found, lost=[*found.lost, f"quality rule {name or 'without a name'}"])
    return replace(told, lost=[*told.lost, *(f"quality rule's {each}" for each in beside(rule))])


def _read_rule(found: Property, rule: Mapping[str, Any], arguments: Mapping[str, Any], share: float) -> Property:
    column, valid = found.column, None
    values, pattern = arguments.get("validValues"), arguments.get("pattern")
    outside = _OUTSIDE.fullmatch(words(rule.get("query")))
    match rule.get("metric"):
        case "nullValues" | "missingValues":
            return replace(found, filled=max(share, found.filled or 0))
        case "duplicateValues" if share == ALL:
            return replace(found, column=replace(column, is_unique=True))
        case "invalidValues" if isinstance(values, list):
            known = set(map(_text, missing_in(column, found.missing)))
            listed = tuple(text for each in values if (text := _text(each)) not in known and each is not None)
            valid = replace(column, allowed=listed)
        case "invalidValues" if isinstance(pattern, str) and column.type == "string":
            valid = replace(column, pattern=_inner(pattern, found))
        case None if outside is not None:
            valid = replace(column, least=float(outside["least"]), most=float(outside["most"]))
    return replace(found, column=valid, valid=share) if valid is not None else found


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return written(value) if isinstance(value, float) else str(value)


def _inner(pattern: str, found: Property) -> str:
    """Return what the whole of a text matches where a pattern is found anywhere in it."""
    end = pattern_end(missing_in(found.column, found.missing))
    own = re.fullmatch(r"\^\(\?:(?P<inner>.*)\)\$", pattern, re.DOTALL)
    if own is not None and own["inner"].endswith(end):
        return own["inner"].removesuffix(end)
    is_whole = re.fullmatch(r"\^(?P<inner>[^|]*[^|\\])\$", pattern)
    return is_whole["inner"] if is_whole is not None else f".*(?:{pattern}).*"


def _as_written(found: Property) -> Property:
    """Keep of a column what can be written in a line of a form, and name the rest."""
    column = found.column
    for name, change in (("values", {"allowed": ()}), ("pattern", {"pattern": ""}), ("unit", {"unit": ""})):
        if columns_in(line_of(column)) == [column]:
            return replace(found, column=column)
        lost = [*found.lost, name] if getattr(column, "allowed" if name == "values" else name) else found.lost
        column, found = replace(column, **change), replace(found, lost=lost)
    is_told = columns_in(line_of(column)) == [column]
    return replace(found, column=column) if is_told else replace(found, column=replace(column, name=""))
