"""How people read by whom, where and when requirements are measured, and what was."""

from collections.abc import Sequence

from handlers.agreements.clauses import Names, person_name
from handlers.checks.dates import day
from handlers.requirements.rules import status
from handlers.requirements.rules.measuring import DUTIES, Check
from handlers.slack import blocks
from handlers.slack.blocks import Block
from storage.requirements.requirements import PRODUCTION, Aspect, Evaluation, Plan, Stage

#: Of how something is measured so much stands on a card.
_HOW = 160
_DUTIES = {"evaluation": "model evaluation report", "online-testing": "online testing", "monitoring": "monitoring"}


def stages_words(plan: Plan) -> str:
    """Say when something is measured: before release, in shadow and weekly in production."""
    *others, last = (_stage_words(each, plan.every) for each in plan.stages)
    return " and ".join(filter(None, (", ".join(others), last)))


def _stage_words(stage: Stage, every: str) -> str:
    if stage != PRODUCTION:
        return stage
    return f"{stage}, at {every}" if every.startswith("each") else f"{every} {stage}"


def plan_words(plan: Plan, names: Names) -> str:
    """Say how, by whom and when something is measured, as a part of a sentence."""
    duties = " or ".join(dict.fromkeys(_DUTIES[DUTIES[each]] for each in plan.stages))
    by = person_name(plan.by, names) if plan.by else f"whoever owns its {duties}"
    how = f": {blocks.cut(plan.how, _HOW)}" if plan.how else ""
    return f"{stages_words(plan)}, by {by}{how}"


def notes(found: Sequence[Check], names: Names) -> list[str]:
    """Say of one requirement how it is measured, and which result lacks; nothing where that is not planned."""
    if not found:
        return []
    plan = found[0].plan
    lacks = [told for each in found if (told := lack(each))]
    return [f"Measured {plan_words(plan, names)}.", *lacks]


def lack(check: Check) -> str:
    """Say in a short sentence which result of a check lacks; empty where none does, or none is expected yet."""
    if check.is_overdue:
        since = f"the last is of {day(check.last.measured_on)}" if check.last is not None else "none has come yet"
        return f"Overdue {check.stage}: {since}."
    return f"Never measured {check.stage}." if check.last is None else ""


def named(aspects: Sequence[Aspect]) -> str:
    return ", ".join(status.label(each).lower() for each in aspects)


def evaluation_line(found: Evaluation, names: Names) -> Block:
    """Say what was measured last, where, of which version and by whom."""
    is_link = found.link.startswith("http")
    link = blocks.link(found.link, "report") if is_link else blocks.words(found.link)
    version = f", version {found.model_version}" if found.model_version else ""
    stage = f", {found.stage}" if found.stage else ""
    by = f", entered by {person_name(found.by, names)}" if found.by else ""
    values = "; ".join(f"{status.label(aspect).lower()} {value}" for aspect, value in found.values.items())
    told = blocks.words(f"{day(found.measured_on)}{version}{stage}{by}: {values} (")
    return blocks.line(blocks.words("Latest evaluation: ", "bold"), told, link, blocks.words(")"))
