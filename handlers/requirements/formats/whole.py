"""A whole requirement card as YAML, people by their ids, that comes back as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml
from pydantic import ValidationError

from handlers.checks import plain_yaml
from handlers.checks.csv_files import FormatError
from handlers.requirements.messages.shown import Shown
from handlers.requirements.rules import status
from handlers.requirements.rules.standing import ModelCard
from handlers.requirements.rules.status import Requirements
from storage.requirements.requirements import ASPECTS, Aspect, Evaluation, Requirement

_MEASURED = {"link", "measured_on", "model_version", "values", "by", "at", "stage"}
_SETTLED = {"agreed", "agreed_by"}
_TAKEN = ("model", "version", "requirements", "evaluations")
#: What stands in a file for whoever reads it, and is kept elsewhere.
_OURS = (*_TAKEN, "launch_on", "people", "results", "decisions", "data_requests")


@dataclass(frozen=True, slots=True)
class Whole:
    """A card of a file: what is asked and what was measured, and the lines about what is not taken from it.

    ``names`` are those of the people in it, by their ids.
    """

    model: str
    version: int
    requirements: Requirements
    evaluations: Sequence[Evaluation]
    left_out: Sequence[str]
    names: Mapping[str, str]


def as_yaml(shown: Shown) -> str:
    return yaml.safe_dump(_whole(shown), sort_keys=False, allow_unicode=True, width=110)


def _whole(shown: Shown) -> dict[str, object]:
    component, card = shown.component, shown.card
    asked = {aspect: card.requirements[aspect] for aspect in ASPECTS if aspect in card.requirements}
    judged = {aspect: status.judged(aspect, requirement, shown.evaluations) for aspect, requirement in asked.items()}
    people = [*ModelCard(component, card).people, *(each.by for each in shown.evaluations)]
    return {
        "model": component.name,
        "launch_on": component.launch_on,
        "version": card.version,
        "people": {each: shown.names[each] for each in dict.fromkeys(people) if each in shown.names},
        "requirements": {aspect: _as_data(each) for aspect, each in asked.items()},
        "results": {aspect: each.verdict for aspect, each in judged.items() if each is not None},
        "evaluations": [each.model_dump(mode="json", include=_MEASURED) for each in shown.evaluations],
        "decisions": [{"number": each.number, "title": each.title, "state": each.state} for each in shown.decisions],
        "data_requests": [{"number": each.number, "data": each.entity, "state": each.state} for each in shown.requests],
    }


def _as_data(requirement: Requirement) -> dict[str, object]:
    """Return a requirement; what goes for it stands there only where it isn't what both sides agreed to now."""
    is_plain = status.settled(requirement.model_copy(update={"agreed": None, "agreed_by": {}})) == requirement
    told = requirement.model_dump(mode="json", exclude_defaults=True, exclude=_SETTLED if is_plain else set())
    return {**told, "said": {"stance": requirement.said.stance, **told["said"]}}


def read(text: str) -> Whole:
    """Read a card that was written here. Raises FormatError with the place and what is wrong there."""
    try:
        told = plain_yaml.read(text)
    except yaml.YAMLError as error:
        raise FormatError(f"the file can't be read as YAML: {' '.join(str(error).split())}") from None
    if not isinstance(told, dict) or not isinstance(told.get("requirements"), dict):
        raise FormatError("the file should be a card, with a model and its requirements")
    evaluations = told.get("evaluations") or []
    if not isinstance(evaluations, list):
        raise FormatError("evaluations: this should be a list")
    strange = [each for each in told if each not in _OURS]
    return Whole(
        model=str(told.get("model") or ""),
        version=_number(told.get("version", 1)),
        requirements={aspect_in(name): _requirement(name, each) for name, each in told["requirements"].items()},
        evaluations=[_evaluation(place, each) for place, each in enumerate(evaluations, start=1)],
        names=_names(told.get("people") or {}),
        left_out=[
            *(f"{name}: kept with its own record" for name in ("decisions", "data_requests") if told.get(name)),
            *(f"{name}: unknown field" for name in strange),
            "history: who changed what when isn't in the file",
        ],
    )


def aspect_in(name: object) -> Aspect:
    """Return the aspect of an id. Raises FormatError where there is none."""
    found = status.aspect_of(str(name))
    if found is None:
        raise FormatError(f"requirements.{name}: unknown aspect; the aspects are {', '.join(ASPECTS)}")
    return found


def _names(told: object) -> dict[str, str]:
    if not isinstance(told, dict) or not all(isinstance(each, str) for each in (*told, *told.values())):
        raise FormatError("people: this should be names by member ids")
    return told


def _number(told: object) -> int:
    if not isinstance(told, int) or told < 1:
        raise FormatError(f"version: {told} isn't a whole number from 1")
    return told


def _requirement(name: object, told: object) -> Requirement:
    try:
        found = Requirement.model_validate(told)
        return status.settled(found) if found.agreed is None else found
    except ValidationError as error:
        raise FormatError(f"requirements.{name}.{_first(error)}") from None


def _evaluation(place: int, told: object) -> Evaluation:
    known = {"id": f"{place}", "team_id": "", "component_id": ""}
    try:
        return Evaluation.model_validate({**told, **known} if isinstance(told, dict) else told)
    except ValidationError as error:
        raise FormatError(f"evaluations.{place}.{_first(error)}") from None


def _first(error: ValidationError) -> str:
    """Return where the first thing is wrong, and what."""
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg'].lower()}"
