"""Reads what somebody says of a term, field by field: a value, why none is needed, or who finds out. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from handlers.agreements.clauses import UNIT, Part, TermKind
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
    shown = [part for part in kind.parts if part.id in fields]
    parts = {part.id: fields.text(part.id) for part in shown}
    parts |= {UNIT: ""} if any(part.kind == "span" for part in shown) else {}
    reason, finder = fields.text(REASON) or start.reason, fields.text(FINDER) or start.finder
    parts, until = {**start.parts, **parts}, fields.text(UNTIL) or start.until
    return Offer(stance=stance_in(fields), parts=parts, reason=reason, finder=finder, until=until)


def offer_in(fields: Fields, kind: TermKind, today: date) -> Offer | Wrong:
    """Read what somebody says of a term: a value, or why none is needed, or who finds out until when."""
    match stance_in(fields):
        case "not needed":
            reason = fields.text(REASON)
            error = objection(reason) if reason else "Say why it isn't needed."
            return Wrong({REASON: error}) if error else Offer(stance="not needed", reason=reason)
        case "unknown":
            finder, until = fields.text(FINDER), fields.text(UNTIL)
            errors = {UNTIL: wrong} if (wrong := wrong_ahead(until, today)) else {}
            errors |= {} if finder else {FINDER: "Choose who will find out."}
            return Wrong(errors) if errors else Offer(stance="unknown", finder=finder, until=until)
        case _:
            parts, errors = parts_of(fields, kind.parts)
            errors = {**kind.wrong_together(parts), **errors}
            return Wrong(errors) if errors else Offer(parts=parts)


def parts_of(fields: Fields, parts: Sequence[Part]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what was entered in some parts, and what is wrong there."""
    told = {each.id: fields.text(each.id) for each in parts}
    errors = {each.id: error for each in parts if (error := _wrong_part(each, told[each.id]))}
    spans = [each for each in parts if each.kind == "span"]
    told |= {name: text for each in spans for name, text in _span_in(each, told[each.id]).items()}
    return {name: text for name, text in told.items() if text}, errors


def _span_in(part: Part, text: str) -> dict[str, str]:
    """Return a span in its two parts, such as 2 and days; nothing where it is none."""
    match = re.fullmatch(r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>[a-z]+)", text.strip().casefold())
    units = [value for _, value in part.options if match is not None and value.rstrip("s") == match["unit"].rstrip("s")]
    return {part.id: match["number"], UNIT: units[0]} if match is not None and units else {}


def said_among_others(fields: Fields, kind: TermKind, begin: Offer, today: date) -> Offer | Wrong | None:
    """Read what somebody says of one term in a form of several; None where its fields were left empty.

    ``begin`` is what the form began with: of it stays what the form does not ask for.
    """
    own = _of_term(fields, kind)
    stance = "unknown" if FINDER in own else "not needed" if REASON in own else "value"
    if stance != "value":
        return _named(offer_in(Fields({**own, STANCE: stance}), kind, today), kind)
    shown = [each for each in kind.parts if each.id in own]
    if not any(own.text(each.id) for each in shown):
        was_said = shown and any(begin.values.get(each.id) for each in shown)
        return _named(Wrong({shown[0].id: "To remove this, choose “Not needed”."}), kind) if was_said else None
    parts, errors = parts_of(own, shown)
    asked = {each.id for each in shown} | {UNIT for each in shown if each.kind == "span"}
    parts = {**{name: text for name, text in begin.values.items() if name not in asked}, **parts}
    errors = {**kind.wrong_together(parts), **errors}
    return _named(Wrong(errors) if errors else Offer(parts=parts), kind)


def chosen_among_others(fields: Fields, kind: TermKind, begin: Offer) -> Offer:
    """Return what stands in the fields of one term of several, to be shown again; of it nothing is checked."""
    own = _of_term(fields, kind)
    stance: Stance = "unknown" if FINDER in own else "not needed" if REASON in own else "value"
    return entered(Fields({**own, STANCE: stance}), kind, begin)


def _of_term(fields: Fields, kind: TermKind) -> Fields:
    begin = f"{kind.id}."
    return Fields({name.removeprefix(begin): told for name, told in fields.items() if name.startswith(begin)})


def _named(told: Offer | Wrong, kind: TermKind) -> Offer | Wrong:
    if isinstance(told, Offer):
        return told
    return Wrong({f"{kind.id}.{name}": error for name, error in told.errors.items()})


def _wrong_part(part: Part, text: str) -> str:
    if not text:
        return "" if part.may_lack else "Please fill this in."
    match part.kind:
        case "number" | "percent":
            return _wrong_number(part, text)
        case "measure" | "span":
            return _wrong_measure(part, text)
        case "choice" if text not in {value for _, value in part.options}:
            return "Choose one of these."
        case "lines":
            return objection(text.replace("|", " "))
        case _:
            return objection(text)


def _wrong_measure(part: Part, text: str) -> str:
    if part.kind == "span":
        units = ", ".join(value for _, value in part.options)
        return "" if _span_in(part, text) else f"Write a number with its unit: {units}."
    return f"Write a number with its unit. {part.hint}" if measure_in(text) is None else objection(text)


def _wrong_number(part: Part, text: str) -> str:
    number = number_in(text)
    if number is None or number < 0:
        return "Write a number, such as 95." if part.kind == "percent" else "Write a number, such as 2."
    is_share = part.kind != "percent" or number <= _MOST_PERCENT
    return "" if is_share else "Write a percentage between 0 and 100."
