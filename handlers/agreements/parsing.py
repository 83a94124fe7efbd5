"""Reads what somebody says of a term, field by field: a value, why none is needed, or who finds out. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.agreements.clauses import Part, Parts, TermKind
from handlers.checks.dates import wrong_ahead
from handlers.checks.quantities import measure_in, number_in
from handlers.checks.sensitive_data import objection
from handlers.slack.interactions import Fields, Wrong
from storage.records.offers import Offer, Stance

STANCE, REASON, FINDER, UNTIL = "stance", "why_not", "finder", "until"
STANCES: Mapping[str, Stance] = {"value": "value", "not needed": "not needed", "unknown": "unknown"}

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
    reason, finder = fields.text(REASON) or start.reason, fields.text(FINDER) or start.finder
    parts, until = {**start.parts, **parts}, fields.text(UNTIL) or start.until
    return Offer(stance=stance_in(fields), parts=parts, reason=reason, finder=finder, until=until)


def offer_in(fields: Fields, kind: TermKind, today: date) -> Offer | Wrong:
    """Read what somebody says of a term: a value, or why none is needed, or who finds out until when."""
    match stance_in(fields):
        case "not needed":
            reason = fields.text(REASON)
            error = objection(reason) if reason else "Say why it is not needed."
            return Wrong({REASON: error}) if error else Offer(stance="not needed", reason=reason)
        case "unknown":
            finder, until = fields.text(FINDER), fields.text(UNTIL)
            errors = {UNTIL: wrong} if (wrong := wrong_ahead(until, today)) else {}
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
    menus = [part.id for part in parts if part.kind in ("choice", "person")]
    return {name: text for name in menus if (text := fields.text(name))}


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
