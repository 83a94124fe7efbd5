"""A card as Markdown, for people; and the words that other formats take from it."""

import re
from dataclasses import replace

from handlers.agreements.clauses import offer_words
from handlers.checks.dates import MARKS
from handlers.checks.plain_markdown import plain
from handlers.requirements.messages.card import agreement_words
from handlers.requirements.messages.measuring import plan_words
from handlers.requirements.messages.shown import Shown
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import KINDS, sheets_of
from storage.records.offers import Offer
from storage.requirements.requirements import SHEETS, Aspect, Evaluation, Requirement

_DAY, _DAY_LENGTH = re.compile(f"{MARKS[0]}([^{MARKS[1]}]*){MARKS[1]}"), 10


def _plain_days(text: str) -> str:
    """Return words with their days in ISO form: a file is not shown by Slack."""
    return _DAY.sub(lambda match: match[1][:_DAY_LENGTH], text)


def as_markdown(shown: Shown) -> str:
    first, *others = sheets_of(shown.component.kind)
    told = [each for each in others if shown.card.requirements.keys() & set(SHEETS[each])]
    lines = [line for each in (first, *told) for line in _sheet_lines(replace(shown, sheet=each))]
    if shown.evaluations:
        lines += ["## Latest evaluation", "", *_evaluation_lines(shown.evaluations[0]), ""]
    for heading, listed in shown.beside:
        lines += [f"## {heading}", "", *(f"- {plain(each)}" for each in listed), ""] if listed else []
    return "\n".join(lines).rstrip() + "\n"


def _sheet_lines(shown: Shown) -> list[str]:
    component = shown.component
    lines = [f"# {plain(component.name)}: {shown.sheet}", ""]
    if component.launch_on and shown.sheet == "requirements":
        lines += [f"Launches on {component.launch_on}.", ""]
    for aspect in shown.aspects:
        requirement = shown.card.requirements.get(aspect)
        lines += [f"## {status.label(aspect)}", "", plain(asked(shown, aspect, requirement)), ""]
        notes = [result(shown, aspect)]
        if requirement is not None:
            agreed = _plain_days(agreement_words(requirement, shown.names))
            plan = f"Measured {plan_words(requirement.plan, shown.names)}." if requirement.plan is not None else ""
            notes = [_proposed(shown, aspect, requirement), agreed, *notes, plan]
        lines += [f"- {plain(each)}" for each in notes if each]
        lines += [""] if any(notes) else []
    return lines


def asked(shown: Shown, aspect: Aspect, requirement: Requirement | None) -> str:
    """Return what goes for the model: what was agreed last, and until then what one side says."""
    bar = status.in_force(requirement)
    if requirement is None or bar is None:
        return "Not set."
    return _words(shown, aspect, requirement.said if requirement.said.stance == "unknown" else bar)


def _proposed(shown: Shown, aspect: Aspect, requirement: Requirement) -> str:
    """Return what one side says instead of what was agreed; empty where that is the same."""
    bar, said = status.in_force(requirement), requirement.said
    if bar is None or bar.says_the_same(said) or said.stance == "unknown":
        return ""
    return f"Proposed instead: {_words(shown, aspect, said)}"


def _words(shown: Shown, aspect: Aspect, said: Offer) -> str:
    words = offer_words(KINDS[aspect], said, shown.names, str).rstrip(".")
    return f"{words[:1].upper()}{words[1:]}."


def result(shown: Shown, aspect: Aspect) -> str:
    measured = status.judged(aspect, shown.card.requirements.get(aspect), shown.evaluations)
    if measured is None:
        return ""
    found = measured.evaluation
    on = f": {measured.value} on {found.measured_on}, {found.link}" if found is not None else ""
    return f"{measured.verdict.capitalize()}{on}"


def _evaluation_lines(found: Evaluation) -> list[str]:
    version = f", version {found.model_version}" if found.model_version else ""
    values = [f"- {status.label(aspect)}: {plain(value)}" for aspect, value in found.values.items()]
    return [plain(f"Of {found.measured_on}{version}: {found.link}"), "", *values]
