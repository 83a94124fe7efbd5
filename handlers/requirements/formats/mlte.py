"""A requirement card as MLTE's negotiation card, both ways: each aspect as a quality attribute scenario.

The fields are those of https://github.com/mlte-team/mlte, version 2.7.0: what we call *under* is the environment of a
scenario, and its measure says the bound, the amount, and by what it is measured.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from handlers.agreements.clauses import entered_text, part_words
from handlers.checks import plain_json
from handlers.checks.csv_files import FormatError
from handlers.checks.nested import leaves
from handlers.checks.quantities import measure_in
from handlers.requirements.formats import mlte_interface
from handlers.requirements.formats.proposed import Prefill, Proposed
from handlers.requirements.messages.shown import Shown
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import KINDS
from storage.records.offers import Offer
from storage.requirements.requirements import ASPECTS, SHEETS, Aspect

#: MLTE's names of qualities, of which the first that fits is written.
_QUALITIES: Mapping[str, Aspect] = {
    "Functional Correctness": "adequacy",
    "Accuracy": "adequacy",
    "Time Behavior": "latency",
    "Throughput": "throughput",
    "Resource Utilization": "cost",
    "Reliability": "availability",
    "Resilience": "availability",
    "Robustness": "robustness",
    "Fairness": "fairness",
    "Explainability": "explainability",
    "Interpretability": "explainability",
    "Privacy": "privacy",
    "Health and Safety Risk Consideration": "safety",
    "Understandability": "usability",
}
#: What is required of language models alone, by the quality that comes nearest; read back by our own identifiers.
_NEAREST: Mapping[Aspect, str] = {
    "groundedness": "Functional Correctness",
    "refusals": "Functional Correctness",
    "price": "Economic Risk Consideration",
    "review": "Compliance",
    "injection": "Resistance",
}
_BY_NAME = {name.casefold(): aspect for name, aspect in _QUALITIES.items()}
_MOST = "at most|less than or equal to|less than|no more than|under|below|within|<=|≤|<"
_LEAST = "at least|greater than or equal to|greater than|more than|no less than|above|over|>=|≥|>"
#: Limits that exclude the amount itself, which a card can't say.
_STRICT = ("less than", "under", "below", "<", "greater than", "more than", "above", "over", ">")
_OURS = re.compile(r"(?P<bound>at most|at least) (?P<amount>.+?), measured by (?P<by>.+)", re.DOTALL)
_THEIRS = re.compile(
    rf"(?:^|.*?\s)(?P<bound>{_MOST}|{_LEAST})\s*(?P<amount>\d[\d.,]*\s?[^\d\s,;.]+)[,;.]?\s*(?P<by>.*)",
    re.IGNORECASE | re.DOTALL,
)


_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {name: str(number) for number, name in enumerate(_WORDS, 1)}
_NUMBER = re.compile(rf"\b({'|'.join(_NUMBERS)})(?=\s[^\W\d_])", re.IGNORECASE)


def written(shown: Shown) -> dict[str, object]:
    """Return an artifact of MLTE: scenarios for what is required, the baseline as a goal, and the data there is."""
    name = re.sub(r"[^a-z0-9]+", "-", shown.component.name.casefold()).strip("-") or "model"
    asked = {
        aspect: bar
        for aspect in filter(status.is_bar, SHEETS["requirements"])
        if (bar := _bar(shown, aspect)) is not None
    }
    adequacy = asked.get("adequacy")
    goals = [_goal(shown, adequacy)] if adequacy is not None else []
    body = {
        "artifact_type": "card",
        "system": {"goals": goals, "problem_type": "", **mlte_interface.system_of(shown), "risks": []},
        "data": [{"description": each.entity, "purpose": f"{each.number}, {each.state}"} for each in shown.requests],
        "model": mlte_interface.model_of(shown),
        "system_requirements": [_scenario(name, aspect, bar) for aspect, bar in asked.items()],
    }
    header = {"identifier": name, "type": "card", "timestamp": -1, "creator": None, "level": "model"}
    return {"header": header, "body": body}


def not_written(shown: Shown) -> list[str]:
    """Say line by line what MLTE has no place for."""
    lines = []
    for aspect, requirement in shown.card.requirements.items():
        bar = _bar(shown, aspect)
        if bar is None:
            lines.append(f"{aspect}: {requirement.said.stance}")
        elif requirement.agreed is not None:
            lines.append(f"{aspect}: that it was agreed, and by whom")
        if bar is not None and bar.parts.get("signer"):
            lines.append(f"{aspect}: who signs it off")
    lines += [f"{aspect}: MLTE has no place for it" for aspect in mlte_interface.not_written(shown)]
    return [*lines, *(f"evaluation of {each.measured_on}: {each.link}" for each in shown.evaluations)]


def _bar(shown: Shown, aspect: Aspect) -> Offer | None:
    bar = status.in_force(shown.card.requirements.get(aspect))
    return bar if bar is not None and bar.stance == "value" else None


def _goal(shown: Shown, bar: Offer) -> dict[str, object]:
    metric = {"description": bar.parts.get("metric", ""), "baseline": bar.parts.get("baseline", "")}
    return {"description": f"Adequacy of {shown.component.name}", "metrics": [metric]}


def _scenario(name: str, aspect: Aspect, bar: Offer) -> dict[str, object]:
    said = {part.id: part_words(part, entered_text(part, bar.parts), {}) for part in KINDS[aspect].parts}
    measure = f"{said['bound']} {said['amount']}, measured by {said.get('measure') or said.get('metric', '')}"
    return {
        "identifier": f"{name}-{aspect}-qas_{ASPECTS.index(aspect) + 1:03d}",
        "quality": next((each for each, of in _QUALITIES.items() if of == aspect), "") or _NEAREST[aspect],
        "stimulus": said["when"],
        "source": None,
        "environment": said.get("under") or said.get("slice", ""),
        "response": said.get("does") or "reaches",
        "measure": measure,
    }


def read(text: str, lead: str, filled: Prefill | None = None) -> Proposed:
    """Read a negotiation card; the lead signs off its adequacy, of which MLTE doesn't say who does.

    Raises FormatError where it is none.
    """
    try:
        told: Any = plain_json.read(text)
    except json.JSONDecodeError as error:
        raise FormatError(f"the file isn't JSON: line {error.lineno}: {error.msg}") from None
    body = told.get("body", told) if isinstance(told, dict) else None
    scenarios = body.get("system_requirements") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(scenarios, list):
        raise FormatError("the file should be a negotiation card of MLTE, with its system_requirements")
    baselines = [text for text in _texts(body.get("system"), "baseline") if any(map(str.isdigit, text))]
    asked: dict[Aspect, Offer] = {}
    left_out = []
    for place, each in enumerate(scenarios, start=1):
        found = _read(each, {"baseline": next(iter(baselines), ""), "signer": lead})
        if isinstance(found, str):
            left_out.append(f"scenario {place}: {found}")
        elif found[0] in asked:
            left_out.append(f"scenario {place}: a second one for {found[0]}; the first is taken")
        else:
            asked[found[0]] = found[1]
            left_out += [f"scenario {place}: {told}" for told in _not_kept(each)]
    if "adequacy" in asked:
        left_out.append("adequacy: MLTE doesn't say who signs it off; the lead is suggested")
    kept = asked["adequacy"].parts["baseline"] if "adequacy" in asked else ""
    filled = filled or Prefill({})
    places = mlte_interface.read(body, filled)
    rest = [each for each in _not_read(body, kept) if not each.startswith(places)]
    return Proposed({**asked, **filled.asked}, [*left_out, *filled.left_out, *rest])


def _read(told: object, beside: Mapping[str, str]) -> tuple[Aspect, Offer] | str:
    """Return what one scenario asks of which aspect; else why it can't be kept."""
    if not isinstance(told, dict):
        return "this isn't a scenario"
    said = {name: " ".join(str(text).split()) for name, text in told.items() if text}
    aspect = _aspect(said)
    if aspect is None:
        return f"quality: {said.get('quality', '')!r} is no aspect of a card"
    measure = said.get("measure", "")
    match = _limit(measure)
    if match is None or measure_in(match["amount"]) is None:
        return f"measure: {measure!r} has no limit with a unit, such as at most 300 ms"
    where, by = ("slice", "metric") if aspect == "adequacy" else ("under", "measure")
    parts = {
        "when": said.get("stimulus", ""),
        where: said.get("environment", ""),
        "does": said.get("response", ""),
        "bound": "at most" if re.fullmatch(_MOST, match["bound"], re.IGNORECASE) else "at least",
        "amount": match["amount"],
        by: match["by"].strip(" .") if match["by"][:1] not in ("", ".") and match["by"][:3] != "of " else measure,
        **(beside if aspect == "adequacy" else {}),
    }
    parts = {part.id: parts[part.id] for part in KINDS[aspect].parts}
    if empty := [name for name, text in parts.items() if not text]:
        return f"{aspect}: {', '.join(empty)} not set"
    return aspect, Offer(parts=parts)


def _not_kept(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a card has no place for in a scenario that it takes."""
    if told.get("source"):
        yield f"source: {told['source']}"
    match = _limit(" ".join(str(told.get("measure")).split()))
    if match is not None and match["bound"].casefold() in _STRICT:
        yield f"measure: {match['bound']} {match['amount']} is kept with the limit itself included"


def _limit(measure: str) -> re.Match[str] | None:
    """Return the bound, the amount and by what it is measured, where a text says a limit."""
    return _OURS.fullmatch(measure) or _THEIRS.fullmatch(
        _NUMBER.sub(lambda word: _NUMBERS[word[1].casefold()], measure)
    )


def _aspect(said: Mapping[str, str]) -> Aspect | None:
    """Return the aspect of one of our own scenarios, else that of a quality."""
    quality = said.get("quality", "").casefold()
    own = re.search(r"-([a-z]+)-qas_\d+$", said.get("identifier", ""))
    found = status.aspect_of(own[1]) if own is not None else None
    return found or _BY_NAME.get(quality) or status.aspect_of(quality)


def _texts(told: object, name: str) -> Iterator[str]:
    """Yield every text of a name, wherever it stands."""
    if isinstance(told, dict):
        for key, each in told.items():
            if key == name and isinstance(each, str):
                yield each
            yield from _texts(each, name)
    for each in told if isinstance(told, list) else ():
        yield from _texts(each, name)


def _not_read(body: Mapping[str, Any], baseline: str) -> Iterator[str]:
    """Yield a line for each text outside the scenarios, but for the baseline that is kept."""
    for name in ("system", "data", "model"):
        for where, text in leaves(body.get(name), name):
            if not (baseline and where.endswith(".baseline") and text == baseline):
                yield f"{where}: {text}"
