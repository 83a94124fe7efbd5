"""Reads what somebody says of a term, field by field: a value, why none is needed, or who finds out. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.agreements.clauses import Part, Parts, TermKind
from handlers.checks.dates import wrong_ahead
from handlers.checks.sensitive_data import objection
from handlers.slack.interactions import Fields, Wrong
from storage.records.offers import Offer, Stance

STANCE, REASON, FINDER, UNTIL = "stance", "why_not", "finder", "until"
STANCES: Mapping[str, Stance] = {"value": "value", "not needed": "not needed", "unknown": "unknown"}

_AMOUNT = re.compile(r"(?P<number>\d[\d,.' _]*)\s*(?!e\d)(?P<unit>[^\d\s].*)", re.IGNORECASE | re.DOTALL)
_MEASURE = re.compile(
    r"(?P<sign>[-+\u2212]?)\s*(?P<number>\d(?:[\d,. _']*\d)?)(?P<power>[eE][-+]?\d+)?\s*(?P<unit>[^\d\s,._'].*)",
    re.DOTALL,
)
#: Thousands: by commas, or by several points.
_COUNTED = re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3})+|(?:\.\d{3}){2,})")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ ,._']\d{3})+")
_FACTORS = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "billion": 1_000_000_000}
_FACTOR = re.compile(rf"(?P<word>{'|'.join(_FACTORS)})\b", re.IGNORECASE)
_MOST_PERCENT = 100


def stance_in(fields: Fields) -> Stance:
    return STANCES.get(fields.text(STANCE), "value")


def is_switched(fields: Fields, kind: TermKind) -> bool:
    """Tell whether the form does not show the fields of the stance that was chosen."""
    shown = {"unknown": FINDER, "not needed": REASON}.get(stance_in(fields), kind.parts[0].id)
    return shown not in fields


def entered(fields: Fields, kind: TermKind, start: Offer) -> Offer:
    """Return all that stands in the form, to be shown again."""
    parts = {part.id: fields.text(part.id) for part in kind.parts if part.id in fields}
    return Offer(
        stance=stance_in(fields), parts={**start.parts, **parts}, reason=fields.text(REASON) or start.reason,
        finder=fields.text(FINDER) or start.finder, until=fields.text(UNTIL) or start.until,
    )  # fmt: skip


def offer_in(fields: Fields, kind: TermKind, now: datetime) -> Offer | Wrong:
    """Read what somebody says of a term: a value, or why none is needed, or who finds out until when."""
    match stance_in(fields):
        case "not needed":
            reason = fields.text(REASON)
            error = objection(reason) if reason else "Say why it is not needed."
            return Wrong({REASON: error}) if error else Offer(stance="not needed", reason=reason)
        case "unknown":
            finder, until = fields.text(FINDER), fields.text(UNTIL)
            errors = {UNTIL: wrong} if (wrong := wrong_ahead(until, now.date())) else {}
            errors |= {} if finder else {FINDER: "Name who finds it out."}
            return Wrong(errors) if errors else Offer(stance="unknown", finder=finder, until=until)
        case _:
            parts, errors = parts_of(fields, kind.parts)
            errors = {**kind.wrong_together(parts), **errors}
            return Wrong(errors) if errors else Offer(parts=parts)


def parts_of(fields: Fields, parts: Sequence[Part]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what was entered in some parts, and what is wrong there."""
    told = {each.id: fields.text(each.id) for each in parts}
    errors = {each.id: error for each in parts if (error := _wrong_part(each, told[each.id]))}
    return {name: text for name, text in told.items() if text}, errors


def chosen_parts(fields: Fields, parts: Sequence[Part]) -> Parts:
    """Return what was chosen, and never what was typed: nobody has submitted that."""
    return {
        part.id: fields.text(part.id) for part in parts if part.kind in ("choice", "person") and fields.text(part.id)
    }


def _wrong_part(part: Part, text: str) -> str:
    if not text:
        return "" if part.may_lack else "Please fill this in."
    match part.kind:
        case "number" | "percent":
            return _wrong_number(part, text)
        case "measure" if measure_in(text) is None:
            return f"Write a number with its unit. {part.hint}"
        case "choice" if text not in {value for _, value in part.options}:
            return "Choose one of these."
        case "lines":
            return objection(text.replace("|", " "))
        case _:
            return objection(text)


def _wrong_number(part: Part, text: str) -> str:
    number = number_in(text)
    if number is None or number < 0:
        return "Write a number, such as 95." if part.kind == "percent" else "Write a number, such as 2."
    is_share = part.kind != "percent" or number <= _MOST_PERCENT
    return "" if is_share else "Write a share between 0 and 100 %."


def number_in(text: str) -> float | None:
    """Return a number that somebody typed, with or without a per cent sign; None where it is none."""
    plain = text.removesuffix("%").strip()
    return float(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None


def measure_in(text: str) -> tuple[float, str] | None:
    """Return a measured number and its unit, from a text such as "0.123 s", "-3 dB" or "1,234.5 ms".

    One point or comma before three digits is a decimal point, unless it is a comma; letters are always the unit's.
    None where the number or the unit lacks.
    """
    match = _MEASURE.fullmatch(text.strip())
    if match is None or re.search(r"[ _'](?!\d{3}(?!\d))", match["number"]):
        return None
    digits = re.sub(r"[ _']", "", match["number"])
    if "," in digits and "." in digits:
        thousands = min(digits.rindex(","), digits.rindex("."))
        digits = digits.replace(digits[thousands], "")
    elif _COUNTED.fullmatch(digits):
        digits = re.sub(r"[,.]", "", digits)
    digits = digits.replace(",", ".")
    if not re.fullmatch(r"\d+(?:\.\d+)?", digits):
        return None
    number = float(f"{digits}{match['power'] or ''}")
    return (-number if match["sign"] in ("-", "\u2212") else number), match["unit"].strip()


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
