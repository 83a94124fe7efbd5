"""Reads what somebody entered in the forms of a data request, field by field. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.data_requests.terms import SET_UP_PARTS, Part, TermKind
from handlers.gestures import Fields, text_in
from handlers.pasted import objection
from storage.data_requests import DataRequest, Offer, SetUp
from storage.glossary import look_up_key

STANCE, REASON, FINDER, UNTIL = "stance", "why_not", "finder", "until"

_AMOUNT = re.compile(r"(?P<number>\d[\d,.' _]*)\s*(?!e\d)(?P<unit>[^\d\s].*)", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ ,._']\d{3})+")
_FACTORS = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "billion": 1_000_000_000}
_FACTOR = re.compile(rf"(?P<word>{'|'.join(_FACTORS)})\b", re.IGNORECASE)
_COLUMN = re.compile(r"^(?P<name>[^|]+?)\s*\|\s*(?P<type>[^|]+?)\s*(?:\|\s*(?P<meaning>.*?)\s*)?$")
LOGICAL_TYPES = ("string", "integer", "number", "boolean", "date", "timestamp")
_MARKS = ("key", "required")
_MOST_PERCENT = 100
_NEEDED = {
    "purpose": "Say what it is for.",
    "serves": "Name the decision or the model that it serves.",
    "entity": "Say what data it is, in a few words.",
    "population": "Say of whom or of what.",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A sentence by the name of the field that it is about."""

    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the data: its ODCS logical type, whether it must be filled, and whether it is part of the key."""

    name: str
    type: str
    meaning: str = ""
    is_key: bool = False
    is_required: bool = False


def request_facts(fields: Fields, start: DataRequest, now: datetime) -> Mapping[str, object] | Wrong:
    """Read the first page: what it is for, what data, from where, until when, whose."""
    told = {name: text_in(fields, name) for name in (*_NEEDED, "needed_by")}
    errors = {name: sentence for name, sentence in _NEEDED.items() if not _says_something(told[name])}
    errors |= {name: error for name, text in told.items() if (error := objection(text))}
    if (not told["needed_by"] or told["needed_by"] != start.needed_by) and (wrong := past(told["needed_by"], now)):
        errors["needed_by"] = wrong
    set_up = text_in(fields, "set_up") or start.set_up
    if set_up not in SET_UP_PARTS:
        errors["set_up"] = "Say where the data comes from."
    if errors:
        return Wrong(errors)
    return {**told, "set_up": set_up, "data_key": data_key(told["entity"]), "owner": text_in(fields, "owner")}


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


def data_key(entity: str) -> str:
    """Return the key under which requests for the same data are found: its words, in any order."""
    words = sorted({look_up_key(each) for each in re.findall(r"\w+", entity)} - {"", "the", "of", "and", "data", "all"})
    return " ".join(words) or look_up_key(entity)


def past(day: str, now: datetime) -> str:
    """Say what is wrong with a day that should lie ahead; empty where nothing is."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return "Choose a day."
    return "That day is in the past. Choose a day ahead." if found < now.date() else ""


def set_up_facts(fields: Fields, set_up: SetUp) -> dict[str, str] | Wrong:
    """Read what goes with where the data comes from."""
    told, errors = parts_of(fields, SET_UP_PARTS.get(set_up, ()))
    if told.get("budget") and not _AMOUNT.fullmatch(told["budget"]):
        errors["budget"] = "Write a number with its currency, such as 20000 EUR."
    return Wrong(errors) if errors else told


def parts_of(fields: Fields, parts: Sequence[Part]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what was entered in some parts, and what is wrong there."""
    told = {each.id: text_in(fields, each.id) for each in parts}
    errors = {each.id: error for each in parts if (error := _wrong_part(each, told[each.id]))}
    return {name: text for name, text in told.items() if text}, errors


def _wrong_part(part: Part, text: str) -> str:
    if not text:
        return "" if part.may_lack else "Please fill this in."
    if part.kind in ("number", "percent"):
        number = number_in(text)
        if number is None or number < 0:
            return "Write a number, such as 95." if part.kind == "percent" else "Write a number, such as 2."
        is_share = part.kind != "percent" or number <= _MOST_PERCENT
        return "" if is_share else "Write a share between 0 and 100 %."
    if part.kind == "choice" and text not in {value for _, value in part.options}:
        return "Choose one of these."
    return objection(text.replace("|", " ") if part.kind == "columns" else text)


def number_in(text: str) -> float | None:
    """Return a number that somebody typed, with or without a per cent sign; None where it is none."""
    plain = text.removesuffix("%").strip()
    return float(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None


def amount_in(text: str) -> tuple[float, str] | None:
    """Return a number and its unit, from a text such as "10,000 rows" or "2 million rows"; None where one lacks."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return None
    digits = match["number"].rstrip(" ,.")
    if _THOUSANDS.fullmatch(digits):
        digits = re.sub(r"[ ,._']", "", digits)
    if not _NUMBER.fullmatch(digits):
        return None
    factor = _FACTOR.match(match["unit"])
    unit = match["unit"][factor.end() :].strip() if factor else match["unit"].strip()
    times = _FACTORS[factor["word"].casefold()] if factor else 1
    return (float(digits.replace(",", ".")) * times, unit) if unit else None


def offer_in(fields: Fields, kind: TermKind, now: datetime) -> Offer | Wrong:
    """Read what somebody says of a term: a value, or why none is needed, or who finds out until when."""
    stance = text_in(fields, STANCE) or "value"
    if stance == "not needed":
        reason = text_in(fields, REASON)
        error = objection(reason) if reason else "Say why it is not needed."
        return Wrong({REASON: error}) if error else Offer(stance="not needed", reason=reason)
    if stance == "unknown":
        finder, until = text_in(fields, FINDER), text_in(fields, UNTIL)
        errors = {UNTIL: wrong} if (wrong := past(until, now)) else {}
        errors |= {} if finder else {FINDER: "Name who finds it out."}
        return Wrong(errors) if errors else Offer(stance="unknown", finder=finder, until=until)
    parts, errors = parts_of(fields, kind.parts)
    errors = {**_wrong_together(kind, parts), **errors}
    return Wrong(errors) if errors else Offer(parts=parts)


def _wrong_together(kind: TermKind, parts: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with parts that belong together."""
    match kind.id:
        case "quantity" if parts.get("amount") and not (amount_in(parts["amount"]) or (0.0, ""))[0]:
            return {"amount": "Write a number with its unit, such as 10000 rows."}
        case "quality" if not parts:
            return {"completeness": "Give at least one number, or say that none is needed."}
        case "schema" if parts.get("columns"):
            found = columns_in(parts["columns"])
            return {"columns": found} if isinstance(found, str) else {}
        case "evolution" if parts.get("kind") == "recurring":
            lacking = {
                "announcer": "Somebody has to announce changes of data that comes again and again.",
                "notice": "Say how many days ahead.",
            }
            return {name: told for name, told in lacking.items() if not parts.get(name)}
        case _:
            return {}


def columns_in(text: str) -> list[Column] | str:
    """Return the columns that a text names, one a line, or what is wrong with the first line that is."""
    found: list[Column] = []
    for number, line in enumerate((each.strip() for each in text.splitlines() if each.strip()), start=1):
        match = _COLUMN.fullmatch(line)
        if match is None:
            return f"Line {number}: write name | type | meaning, such as: berth | string | where the ship lies"
        kind, *marks = match["type"].casefold().split()
        if kind not in LOGICAL_TYPES or set(marks) - set(_MARKS):
            return f"Line {number}: the type is one of {', '.join(LOGICAL_TYPES)}; after it, key or required."
        if any(each.name == match["name"] for each in found):
            return f"Line {number}: there is a column {match['name']} already."
        is_key = "key" in marks
        found.append(Column(match["name"], kind, match["meaning"] or "", is_key, "required" in marks or is_key))
    return found or "Name at least one column."


def special_values(text: str) -> list[str]:
    """Return the values that mean that something is missing, from lines such as "-1 = not measured"."""
    return [value for line in text.splitlines() if (value := line.partition("=")[0].strip())]
