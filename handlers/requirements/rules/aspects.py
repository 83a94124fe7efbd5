"""What a card has, as data: each aspect in plain words, with an example beside each field, and to what it applies."""

import re
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any, Literal

import yaml

from handlers.agreements.clauses import Options, Part, Parts, TermKind
from handlers.agreements.columns import INTERFACE_TYPES, columns_in, fields_shown, wrong_values
from handlers.agreements.trajectory import EARLY
from storage.requirements.requirements import SHEETS, Aspect, Sheet
from storage.responsibilities.responsibilities import Component, Kind

_BOUND_HINT = "At most: lower is better, such as a delay. At least: higher is better, such as recall."
_BOUNDS: Options = [("At most", "at most"), ("At least", "at least")]


def _without(word: str, text: str) -> str:
    """Leave out the word that stands before a part in its sentence, where somebody typed it too."""
    said = re.sub(rf"^{word}\b[\s,…]*", "", text, flags=re.IGNORECASE) if word else text
    return " ".join(said.split()).rstrip(".")


def _typed(part_id: str, label: str, example: str, word: str = "") -> Part:
    """A part that is typed; ``word`` stands before it in the sentence."""
    return Part(part_id, label, hint=f"For example: {example}", shown=partial(_without, word))


def _bound(label: str) -> Part:
    return Part("bound", label, "choice", _BOUND_HINT, options=_BOUNDS)


def _amount(example: str) -> Part:
    return Part("amount", "amount, with its unit", "measure", f"For example: {example}")


def _scenario(aspect: str, example: Mapping[str, str]) -> TermKind:
    parts = (
        _typed("when", "When …", example["when"], "when"),
        _typed("under", "under …", example["under"], "under"),
        _typed("does", "the model …", example["does"], "the model"),
        _bound("at most or at least"),
        _amount(example["amount"]),
        _typed("measure", "measured by …", example["measure"], "measured by"),
    )
    sentence = "when {when}, under {under}, the model {does} {bound} {amount}, measured by {measure}"
    return TermKind(aspect, example["label"], parts, sentence=sentence)


def _wrong_baseline(parts: Parts) -> dict[str, str]:
    """A bar says little without what is there today, and what that reaches."""
    baseline = parts.get("baseline", "")
    if any(each.isdigit() for each in baseline):
        return {}
    return {"baseline": "Say what it's compared with, and what that achieves. For example: today's rule, 81 %"}


_BAR = (
    _typed("when", "When …", "a ship reports its position", "when"),
    _typed("slice", "on which slice", "cargo ships, 2025", "on"),
    _bound("the model reaches at most or at least"),
    _amount("90 %"),
    _typed("metric", "measured by which metric", "recall of arrivals within 10 minutes", "measured by"),
    _typed("baseline", "Baseline: what's used today, and what does it achieve?", "today's rule, 81 %"),
    Part("signer", "Who signs it off?", "person", "Whoever decides it's good enough, for example the product manager"),
)
_ADEQUACY = TermKind(
    "adequacy",
    "Adequacy bar",
    _BAR,
    sentence="when {when}, on {slice}, the model reaches {bound} {amount}, measured by {metric}; "
    "the baseline is {baseline}; {signer} signs it off",
    wrong_together=_wrong_baseline,
)
_FIELDS_HINT = (
    "One per line: name | type | meaning | values. Types: string, integer, number, boolean, date, timestamp, array, "
    "object, file; then required. For example: length | number required | of the ship | 0 to 400 m"
)


def _wrong_fields(parts: Parts) -> dict[str, str]:
    found = columns_in(parts.get("columns", ""), INTERFACE_TYPES) if parts.get("columns") else ()
    wrong = found if isinstance(found, str) else wrong_values(found)
    return {"columns": wrong} if wrong else {}


def _part(told: Mapping[str, Any]) -> Part:
    if told.get("kind") == "lines":
        return Part(**{"hint": _FIELDS_HINT, "shown": fields_shown, **told})
    hint = f"For example: {told['hint']}" if told.get("hint") else ""
    is_typed = told.get("kind") not in ("choice", "person")
    return Part(**{"shown": partial(_without, "") if is_typed else None, **told, "hint": hint})


def _said(aspect: str, told: Mapping[str, Any]) -> TermKind:
    if aspect == _ADEQUACY.id:
        return _ADEQUACY
    if "parts" not in told:
        return _scenario(aspect, told)
    parts = [_part(each) for each in told["parts"]]
    return TermKind(aspect, told["label"], parts, sentence=told["sentence"], wrong_together=_wrong_fields)


_TOLD = yaml.safe_load(files("handlers.requirements.rules").joinpath("aspects.yaml").read_text(encoding="utf-8"))
KINDS: Mapping[str, TermKind] = {aspect: _said(aspect, told) for aspect, told in _TOLD.items()}


#: How people call a card, by the sheet of it that is meant.
CARDS: Mapping[Sheet, str] = {
    "requirements": "requirement card",
    "interface": "interface card",
    "usage": "usage card",
}


@cache
def aspects_of(kind: Kind, sheet: Sheet) -> tuple[Aspect, ...]:
    """Return the aspects of a sheet that apply to a kind of component."""
    return tuple(each for each in SHEETS[sheet] if kind in _TOLD[each]["kinds"])


def early(component: Component, sheet: Sheet) -> tuple[Aspect, ...]:
    """Return what comes first on a sheet of a component because of the way it came about."""
    first = EARLY[component.set_up].aspects
    return tuple(each for each in first if each in aspects_of(component.kind, sheet))


def in_order(component: Component, sheet: Sheet) -> tuple[Aspect, ...]:
    """Return the aspects of a sheet of a component, what comes first before the others."""
    first = early(component, sheet)
    return (*first, *(each for each in aspects_of(component.kind, sheet) if each not in first))


def sheets_of(kind: Kind) -> tuple[Sheet, ...]:
    """Return the sheets that a card of a kind of component has, the one that it opens with first."""
    return tuple(each for each in SHEETS if aspects_of(kind, each))


def sheet_of(aspect: Aspect) -> Sheet:
    return next(sheet for sheet, aspects in SHEETS.items() if aspect in aspects)


def sheet_in(text: str) -> Sheet | Literal[""]:
    """Return the sheet that a button names, itself or by an aspect of it; empty where it names none."""
    return next((sheet for sheet, aspects in SHEETS.items() if text == sheet or text in aspects), "")
