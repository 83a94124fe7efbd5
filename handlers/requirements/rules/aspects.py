"""What can be asked of a model, as data: each aspect a scenario in plain words, with an example beside each field."""

import re
from collections.abc import Mapping
from functools import partial
from importlib.resources import files

import yaml

from handlers.agreements.clauses import Options, Part, Parts, TermKind

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
_SCENARIOS = yaml.safe_load(files("handlers.requirements.rules").joinpath("aspects.yaml").read_text(encoding="utf-8"))
KINDS: Mapping[str, TermKind] = {
    _ADEQUACY.id: _ADEQUACY,
    **{aspect: _scenario(aspect, example) for aspect, example in _SCENARIOS.items()},
}
