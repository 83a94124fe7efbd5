"""Who measures what is required of a component, where and when, and which result didn't come. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from handlers.checks.cadence import SPANS, due_at
from handlers.checks.dates import day_in
from handlers.requirements.rules import status
from storage.engine.interface import to_text
from storage.records.former import is_former
from storage.requirements.requirements import PRODUCTION, STAGES, Aspect, Card, Evaluation, Plan, Stage
from storage.responsibilities.responsibilities import Component
from storage.workspaces.webhooks import Webhook

#: The stages to choose from: (label, value).
STAGE_OPTIONS: Sequence[tuple[str, str]] = [(each.capitalize(), each) for each in STAGES]
#: Whose it is where a plan names nobody: who owns this duty of the component.
DUTIES: Mapping[Stage, str] = {
    "before release": "evaluation",
    "in shadow": "online-testing",
    "in production": "monitoring",
}
#: A result counts from the end of the day on which it was measured.
_DAY = timedelta(days=1)
#: By how a web hook stands with new versions.
VERSION = "version"
#: How often a result is expected that comes with releases.
EACH_RELEASE = "each release"


@dataclass(frozen=True, slots=True)
class Around:
    """What decides, beside its card, who measures a component, and when: who owns which duty, and what reports of it.

    ``releases`` are when it was reported that it has a new version (ISO 8601 UTC text).
    """

    component: Component
    owners: Mapping[str, str] = field(default_factory=dict)
    webhooks: Sequence[Webhook] = ()
    gone: frozenset[str] = frozenset()
    releases: Sequence[str] = ()

    def is_there(self, user_id: str) -> bool:
        return bool(user_id) and user_id not in self.gone and not is_former(user_id)

    def webhook(self, plan: Plan) -> Webhook | None:
        """Return the web hook that reports what is planned; None where there is none, or it was revoked."""
        return next((each for each in self.webhooks if each.id == plan.webhook), None)

    def measurer(self, plan: Plan, stage: Stage) -> str:
        """Return who measures: who was named, else who owns the duty, else the lead; empty where nobody is left."""
        people = (plan.by, self.owners.get(DUTIES[stage], ""), self.component.lead)
        return next((each for each in people if self.is_there(each)), "")


@dataclass(frozen=True, slots=True)
class Check:
    """One requirement, measured at one stage: the last result there, and when the next is missed, if one is expected.

    ``due_at`` is ISO 8601 UTC text. ``is_told``: the web hook that reports it is late itself, which was told.
    """

    aspect: Aspect
    stage: Stage
    plan: Plan
    measurer: str
    last: Evaluation | None
    due_at: str = ""
    is_overdue: bool = False
    is_told: bool = False


def stage_of(plan: Plan, evaluation: Evaluation) -> Stage:
    """Return for which stage a result counts: what doesn't say where it was measured, for the first that is planned."""
    return evaluation.stage or plan.stages[0]


def in_order(stages: Sequence[str]) -> tuple[Stage, ...]:
    return tuple(each for each in STAGES if each in stages)


def planned(card: Card | None) -> dict[Aspect, Plan]:
    """Return the plan of each requirement that can be measured and has one."""
    plans = {each: card.requirements[each].plan for each in status.measurable(card.requirements)} if card else {}
    return {aspect: plan for aspect, plan in plans.items() if plan is not None}


def unplanned(card: Card | None) -> list[Aspect]:
    """Return the requirements of which nobody planned how they are measured."""
    if card is None:
        return []
    return [each for each in status.measurable(card.requirements) if card.requirements[each].plan is None]


def checks(around: Around, card: Card | None, evaluations: Sequence[Evaluation], now: datetime) -> list[Check]:
    """Return what is measured where, by the order of the card; ``evaluations`` are the latest first."""
    return [
        _check(around, (aspect, stage, plan), evaluations, now)
        for aspect, plan in planned(card).items()
        for stage in plan.stages
    ]


def _check(
    around: Around, about: tuple[Aspect, Stage, Plan], evaluations: Sequence[Evaluation], now: datetime
) -> Check:
    aspect, stage, plan = about
    found = (each for each in evaluations if aspect in each.values and stage_of(plan, each) == stage)
    last, measurer = next(found, None), around.measurer(plan, stage)
    if stage != PRODUCTION:
        return Check(aspect, stage, plan, measurer, last)
    due, webhook = _due(around, plan, last, now), around.webhook(plan)
    is_overdue, is_told = bool(due) and due < to_text(now), webhook is not None and webhook.is_late
    return Check(aspect, stage, plan, measurer, last, due, is_overdue, is_told)


def _due(around: Around, plan: Plan, last: Evaluation | None, now: datetime) -> str:
    """Return when a result from production is missed; empty where none is expected now."""
    launch = day_in(around.component.launch_on)
    if launch is not None and launch > now.date():
        return ""
    measured = _measured_at(last) if last is not None else ""
    # With each release a result comes within a week; the other cadences are those that web hooks have.
    if plan.every in SPANS:
        begin = max(plan.at, measured, _moment(launch))
        return due_at(plan.every, datetime.fromisoformat(begin)) if begin else ""
    # Releases that follow one another put no result off.
    released = min((each for each in _releases(around, launch) if each > measured), default="")
    is_awaited = plan.every == EACH_RELEASE and released
    return due_at("weekly", datetime.fromisoformat(max(released, plan.at))) if is_awaited else ""


def _releases(around: Around, launch: date | None) -> Iterator[str]:
    yield _moment(launch)
    yield from (each.stands(VERSION).at for each in around.webhooks)
    yield from around.releases


def _moment(day: date | None) -> str:
    return to_text(datetime.combine(day, time(), UTC)) if day is not None else ""


def _measured_at(evaluation: Evaluation) -> str:
    """Return when a result came, at the latest at the end of its day: what was measured long ago is no news."""
    day = day_in(evaluation.measured_on)
    end = to_text(datetime.combine(day, time(), UTC) + _DAY) if day is not None else evaluation.at
    return min(evaluation.at, end)


def missing(found: Sequence[Check]) -> list[Check]:
    """Return what was to be measured before release or in shadow, and never was."""
    return [each for each in found if each.last is None and each.stage != PRODUCTION]


def overdue(found: Sequence[Check]) -> list[Check]:
    return [each for each in found if each.is_overdue]


def left_behind(around: Around, card: Card | None) -> dict[tuple[str, str], list[Aspect]]:
    """Return what fell to somebody else, by who was to measure it and left, and who does now."""
    found: dict[tuple[str, str], list[Aspect]] = {}
    for aspect, plan in planned(card).items():
        if plan.by and not around.is_there(plan.by):
            for who in dict.fromkeys(around.measurer(plan, stage) for stage in plan.stages):
                found.setdefault((plan.by, who), []).append(aspect)
    return found
