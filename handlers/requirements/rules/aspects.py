"""What can be asked of a model, as data: each aspect a scenario in plain words, with an example beside each field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from handlers.agreements.clauses import Options, Part, Parts, TermKind
from storage.decisions.decisions import Attribute
from storage.requirements.requirements import Aspect

_BOUND_HINT = "At most: the smaller, the better, as of a delay. At least: the greater, the better, as of a share."
_BOUNDS: Options = [("At most", "at most"), ("At least", "at least")]


@dataclass(frozen=True, slots=True)
class Example:
    """How one aspect may be written, part by part."""

    when: str
    under: str
    does: str
    amount: str
    measure: str


def _without(word: str, text: str) -> str:
    """Leave out the word that stands before a part in its sentence, where somebody typed it too."""
    return " ".join(re.sub(rf"^{word}\b[\s,…]*", "", text, flags=re.IGNORECASE).split()).rstrip(".")


def _scenario(aspect: Aspect, label: str, example: Example) -> TermKind:
    return TermKind(
        aspect, label,
        (
            Part("when", "When …", hint=_such_as(example.when), shown=partial(_without, "when")),
            Part("under", "under …", hint=_such_as(example.under), shown=partial(_without, "under")),
            Part("does", "the model …", hint=_such_as(example.does), shown=partial(_without, "the model")),
            Part("bound", "at most, or at least", "choice", _BOUND_HINT, options=_BOUNDS),
            Part("amount", "how much, with its unit", "measure", _such_as(example.amount)),
            Part("measure", "measured by …", hint=_such_as(example.measure), shown=partial(_without, "measured by")),
        ),
        sentence="when {when}, under {under}, the model {does} {bound} {amount}, measured by {measure}",
    )  # fmt: skip


def _such_as(text: str) -> str:
    return f"Such as: {text}"


def _wrong_baseline(parts: Parts) -> dict[str, str]:
    """A bar says little without what is there today, and what that reaches."""
    baseline = parts.get("baseline", "")
    if any(each.isdigit() for each in baseline):
        return {}
    return {"baseline": "Say what it is compared with, and what that reaches. Such as: the rule of today, 81 %"}


_ADEQUACY = TermKind(
    "adequacy", "Adequacy bar",
    (
        Part("when", "When …", hint=_such_as("a ship reports its position"), shown=partial(_without, "when")),
        Part("slice", "on which slice", hint=_such_as("cargo ships, 2025"), shown=partial(_without, "on")),
        Part("bound", "the model reaches at most, or at least", "choice", _BOUND_HINT, options=_BOUNDS),
        Part("amount", "how much, with its unit", "measure", _such_as("90 %")),
        Part("metric", "measured by which metric", hint=_such_as("recall of arrivals within 10 minutes"),
             shown=partial(_without, "measured by")),
        Part("baseline", "Baseline: what is there without it, and what does that reach?",
             hint=_such_as("the rule of today, 81 %")),
        Part("signer", "Who signs it?", "person", "Who says that it is good enough, such as: the product manager"),
    ),
    sentence=(
        "when {when}, on {slice}, the model reaches {bound} {amount}, measured by {metric}; "
        "the baseline is {baseline}; {signer} signs it"
    ),
    wrong_together=_wrong_baseline,
)  # fmt: skip

_LISTED = (
    _ADEQUACY,
    _scenario("latency", "Latency", Example(
        "a ship reports its position", "200 ships at once", "answers within", "300 ms",
        "the 95th percentile over a day, at the API",
    )),
    _scenario("throughput", "Throughput", Example(
        "all ships report at the full hour", "the traffic of August", "answers", "50 requests/s",
        "a load test before each release",
    )),
    _scenario("cost", "Cost", Example(
        "it runs for a month", "the traffic of today", "costs", "400 EUR", "the bill of the cloud",
    )),
    _scenario("availability", "Availability", Example(
        "a pilot asks", "one of two servers being down", "answers", "99.5 % of requests",
        "the requests answered in a month",
    )),
    _scenario("robustness", "Robustness", Example(
        "a sensor sends nothing for an hour", "winter weather", "loses", "2 percentage points",
        "recall on the gaps of last winter",
    )),
    _scenario("fairness", "Fairness", Example(
        "ships of small companies arrive", "the traffic of today", "does worse for them than for others by",
        "3 percentage points", "recall by size of company",
    )),
    _scenario("explainability", "Explainability", Example(
        "a pilot asks why", "work at night", "gives a reason that they can follow in", "90 % of cases",
        "questions to ten pilots a month",
    )),
    _scenario("privacy", "Privacy", Example(
        "somebody puts questions to it", "a year of its answers", "gives away", "0 personal records",
        "a membership test before each release",
    )),
    _scenario("safety", "Safety", Example(
        "it is unsure", "fog", "assigns without a person", "0 berths", "the log of assignments in a month",
    )),
    _scenario("usability", "Usability", Example(
        "a new pilot reads a prediction", "use on a phone", "is understood within", "10 s", "a test with five pilots",
    )),
)  # fmt: skip
KINDS: Mapping[str, TermKind] = {each.id: each for each in _LISTED}

#: How the decision log calls an aspect, where it has a word for it.
ATTRIBUTES: Mapping[Aspect, Attribute] = {
    "adequacy": "accuracy", "latency": "latency", "throughput": "scale", "cost": "cost", "fairness": "fairness",
    "explainability": "explainability", "privacy": "privacy", "usability": "usability",
}  # fmt: skip
