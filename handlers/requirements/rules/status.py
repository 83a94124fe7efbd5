"""What becomes of a requirement when somebody says or agrees to something, and how it stands. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from handlers.checks.quantities import in_unit, measure_in
from handlers.requirements.rules.aspects import KINDS, aspects_of
from storage.engine.interface import to_text
from storage.records.offers import Agreement, Offer
from storage.requirements.requirements import (
    ASPECTS,
    PRODUCTION,
    SHEETS,
    SIDES,
    Aspect,
    Card,
    Evaluation,
    Requirement,
    Sheet,
    Side,
)
from storage.responsibilities.responsibilities import Component, Kind

State = Literal["unsaid", "unknown", "waits", "agreed"]
Verdict = Literal["met", "missed", "never measured"]
Requirements = Mapping[Aspect, Requirement]


@dataclass(frozen=True, slots=True)
class Measured:
    """How a requirement compares with what was measured: the value, and the evaluation that has it."""

    verdict: Verdict
    value: str = ""
    evaluation: Evaluation | None = None


def label(aspect: str) -> str:
    return KINDS[aspect].label


def is_bar(aspect: Aspect) -> bool:
    """Tell whether an aspect is asked for as an amount that can be measured."""
    return any(each.id == "amount" for each in KINDS[aspect].parts)


def aspect_of(text: str) -> Aspect | None:
    """Return the aspect of an id, where there is one."""
    return next((each for each in ASPECTS if each == text), None)


def scope_of(text: str) -> Sheet | Aspect | None:
    """Return what a text names of a card: a sheet of it, or one aspect; None where that is the whole card."""
    return next((each for each in SHEETS if each == text), None) or aspect_of(text)


def aspects_in(scope: Sheet | Aspect | None) -> tuple[Aspect, ...]:
    of_sheet = next((aspects for sheet, aspects in SHEETS.items() if sheet == scope), ASPECTS)
    return tuple(each for each in of_sheet if each == scope) or of_sheet


def speakers(component: Component, side: Side, gone: frozenset[str]) -> tuple[str, ...]:
    """Return who speaks for a side of a model: its people, and where nobody is left of them, the lead."""
    people = component.model_side if side == "model" else component.product_side
    left = tuple(each for each in people if each not in gone)
    return left or tuple(each for each in (component.lead,) if each and each not in gone)


def sides_of(component: Component, user_id: str, gone: frozenset[str]) -> frozenset[Side]:
    """Return the sides for which somebody speaks."""
    return frozenset(side for side in SIDES if user_id in speakers(component, side, gone))


def sides_left(requirement: Requirement | None) -> tuple[Side, ...]:
    """Return the sides that have not agreed to what is said now; what is unknown asks nobody to agree."""
    if requirement is None or requirement.said.stance == "unknown":
        return ()
    return tuple(side for side in SIDES if side not in requirement.agreements)


def state_of(requirement: Requirement | None) -> State:
    if requirement is None:
        return "unsaid"
    if requirement.said.stance == "unknown":
        return "unknown"
    return "waits" if sides_left(requirement) else "agreed"


def in_force(requirement: Requirement | None) -> Offer | None:
    """Return what goes for a model: what both sides agreed to last, and until then what one of them says."""
    if requirement is None:
        return None
    return requirement.agreed or requirement.said


def say(old: Requirement | None, said: Offer, sides: frozenset[Side]) -> Requirement:
    """Return a requirement after somebody said something: who says it agrees to it, and the other side is asked."""
    version = old.version + 1 if old is not None else 1
    start = old or Requirement(said=said)
    agreements = {side: Agreement(user_id=said.by, version=version, at=said.at) for side in SIDES if side in sides}
    new = start.model_copy(update={"said": said, "version": version, "agreements": agreements})
    return settled(new) if said.stance != "unknown" else new.model_copy(update={"agreements": {}})


def agree(old: Requirement, by: str, sides: frozenset[Side], now: datetime) -> Requirement:
    """Return a requirement after the sides for which somebody speaks agreed to what is said."""
    left = [side for side in sides_left(old) if side in sides]
    agreed = Agreement(user_id=by, version=old.version, at=to_text(now))
    return settled(old.model_copy(update={"agreements": {**old.agreements, **dict.fromkeys(left, agreed)}}))


def settled(requirement: Requirement) -> Requirement:
    """Return a requirement to which both sides have agreed as one that goes; any other as it is."""
    if sides_left(requirement):
        return requirement
    return requirement.model_copy(update={"agreed": requirement.said, "agreed_by": requirement.agreements})


def waiting(card: Card, sides: frozenset[Side], among: Sequence[Aspect] = ASPECTS) -> list[Aspect]:
    """Return what waits for one of some sides."""
    return [aspect for aspect in among if any(side in sides for side in sides_left(card.requirements.get(aspect)))]


def judged(aspect: Aspect, requirement: Requirement | None, evaluations: Sequence[Evaluation]) -> Measured | None:
    """Compare a requirement with what was measured last of it, in units that fit; None where no value is asked for.

    What is missed in production is missed until it is met there, whatever was measured elsewhere since.
    ``evaluations`` are the latest first.
    """
    bar = in_force(requirement)
    if bar is None or bar.stance != "value" or (wanted := measure_in(bar.parts.get("amount", ""))) is None:
        return None
    last = next(_compared(aspect, bar, wanted, evaluations), Measured("never measured"))
    in_production = (each for each in evaluations if each.stage == PRODUCTION)
    live = next(_compared(aspect, bar, wanted, in_production), last)
    return live if live.verdict == "missed" else last


def _compared(
    aspect: Aspect, bar: Offer, wanted: tuple[float, str], evaluations: Iterable[Evaluation]
) -> Iterator[Measured]:
    for each in evaluations:
        found = measure_in(each.values.get(aspect, ""))
        value = in_unit(found, wanted[1]) if found is not None else None
        if value is not None:
            is_met = value <= wanted[0] if bar.parts.get("bound") == "at most" else value >= wanted[0]
            yield Measured("met" if is_met else "missed", each.values[aspect], each)


def measured_words(aspect: Aspect, requirement: Requirement | None, evaluations: Sequence[Evaluation]) -> str:
    """Say how what was measured compares with what is required; empty where no value is required."""
    measured, bar = judged(aspect, requirement, evaluations), in_force(requirement)
    if measured is None or bar is None:
        return ""
    amount, is_limit = bar.parts.get("amount", ""), bar.parts.get("bound") == "at most"
    if measured.evaluation is None:
        return f"{label(aspect)} never measured: {bar.parts.get('bound', '')} {amount}"
    return f"{label(aspect)} {measured.verdict}: {measured.value}, {'limit' if is_limit else 'required'} {amount}"


def missed(card: Card, evaluation: Evaluation) -> list[Aspect]:
    found = {aspect: judged(aspect, card.requirements.get(aspect), [evaluation]) for aspect in evaluation.values}
    return [aspect for aspect, measured in found.items() if measured is not None and measured.verdict == "missed"]


def measurable(requirements: Requirements) -> dict[Aspect, Offer]:
    """Return what can be measured: the values that are asked for."""
    found = {aspect: in_force(requirements.get(aspect)) for aspect in SHEETS["requirements"] if is_bar(aspect)}
    return {aspect: bar for aspect, bar in found.items() if bar is not None and bar.stance == "value"}


def open_points(kind: Kind, card: Card | None, evaluations: Sequence[Evaluation]) -> dict[str, list[Aspect]]:
    """Return what stands between a component and its launch: what is required of it, by what is wrong with that."""
    found: dict[str, list[Aspect]] = {"not set": [], "unknown": [], "missed": [], "never measured": []}
    for aspect in aspects_of(kind, "requirements"):
        requirement = card.requirements.get(aspect) if card is not None else None
        measured = judged(aspect, requirement, evaluations)
        if requirement is None:
            found["not set"].append(aspect)
        elif requirement.said.stance == "unknown":
            found["unknown"].append(aspect)
        elif measured is not None and measured.verdict != "met":
            found[measured.verdict].append(aspect)
    return {name: aspects for name, aspects in found.items() if aspects}


def points_in_words(points: Mapping[str, Sequence[Aspect]]) -> str:
    return "; ".join(f"{name}: {', '.join(label(each).lower() for each in found)}" for name, found in points.items())
