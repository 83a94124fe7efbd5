"""Reads what an evaluation found, from a form or from a file, against what is asked. Pure."""

import re
from collections.abc import Mapping
from datetime import date

from handlers.checks.dates import day_in
from handlers.checks.quantities import in_unit, measure_in
from handlers.checks.sensitive_data import objection
from handlers.requirements.rules import status
from handlers.requirements.rules.status import Requirements
from handlers.slack.interactions import Wrong
from storage.records.ids import new_id
from storage.records.offers import Offer
from storage.requirements.requirements import STAGES, Aspect, Evaluation

LINK, DAY, MODEL_VERSION, STAGE = "link", "date", "model_version", "stage"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^\s>]+", re.IGNORECASE)
_LINK, _VERSION = 300, 100
_WRONG_STAGE = f"Write where it was measured: {', '.join(STAGES[:-1])} or {STAGES[-1]}."
_NOTHING_ASKED = "This model has no measurable requirement yet. Set one on its card first."


def evaluation_in(
    told: Mapping[str, str], requirements: Requirements, start: tuple[str, str, str, str], today: date
) -> Evaluation | Wrong:
    """Return an evaluation, or a sentence by field; ``start`` is the workspace, the component, who enters it and when.

    ``told`` has a link, a date, where it was measured, and values by aspect, each in a unit that fits what is asked.
    """
    asked = status.measurable(requirements)
    link, version = told.get(LINK, "").strip("<>"), told.get(MODEL_VERSION, "")
    errors = {} if _ADDRESS.fullmatch(link) else {LINK: "Write a link to the evaluation, for example https://…"}
    errors |= {LINK: f"Write a link of at most {_LINK} characters."} if len(link) > _LINK else {}
    errors |= {MODEL_VERSION: f"Write at most {_VERSION} characters."} if len(version) > _VERSION else {}
    errors |= {STAGE: _WRONG_STAGE} if told.get(STAGE, "") not in ("", *STAGES) else {}
    errors |= {DAY: wrong} if (wrong := _wrong_day(told.get(DAY, ""), today)) else {}
    values: dict[Aspect, str] = {}
    for name, text in told.items():
        aspect = status.aspect_of(name)
        if aspect is None or not text:
            continue
        values[aspect] = text
        errors |= {name: wrong} if (wrong := _wrong_value(aspect, text, asked.get(aspect))) else {}
    for name in (LINK, MODEL_VERSION):
        errors |= {name: wrong} if (wrong := objection(told.get(name, ""))) else {}
    if not asked:
        errors[LINK] = _NOTHING_ASKED
    elif not values and not errors:
        errors[next(iter(asked))] = "Write at least one measured value."
    if errors:
        return Wrong(errors)
    entered = dict(zip(("team_id", "component_id", "by", "at"), start, strict=True))
    measured = {"link": link, "measured_on": told[DAY], "model_version": version, "values": values}
    measured |= {"stage": told.get(STAGE, "")}
    return Evaluation.model_validate({"id": new_id(), **entered, **measured})


def _wrong_day(text: str, today: date) -> str:
    found = day_in(text)
    if found is None:
        return "Choose the day it was measured."
    return "That day is in the future. Choose the day it was measured." if found > today else ""


def _wrong_value(aspect: Aspect, text: str, bar: Offer | None) -> str:
    if bar is None:
        return f"{status.label(aspect)} has no required value. Leave it empty, or set it on the card first."
    amount = bar.parts.get("amount", "")
    wanted, found = measure_in(amount), measure_in(text)
    unit = wanted[1] if wanted is not None else ""
    if found is not None and in_unit(found, unit) is not None:
        return ""
    return f"Write a number in {unit}. Required: {bar.parts.get('bound', '')} {amount}"
