"""What was to be measured in production and wasn't: for who measures it, and as it is told of a week."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.hooks.digest import OVERDUE, Line, News
from handlers.hooks.reminders import Known, NudgeKind, Reminder, Topic
from handlers.requirements.messages.card import EVALUATE, OPEN, PLAN
from handlers.requirements.messages.measuring import named
from handlers.requirements.messages.shown import Place
from handlers.requirements.rules import measuring, status
from handlers.requirements.rules.measuring import Around, Check
from handlers.requirements.service.measuring import all_around
from handlers.slack import blocks
from storage.engine.interface import Reader
from storage.requirements.requirements import Aspect, Card, Evaluation
from storage.responsibilities.responsibilities import Component

_OVERDUE, _FELL = "measurement overdue", "measuring without who did it"
KINDS = (
    NudgeKind(_OVERDUE, "Results that were expected and didn't come", "models"),
    NudgeKind(_FELL, "Measuring that fell to somebody else", "models"),
)
_HARM = {_OVERDUE: 80, _FELL: 55}
#: What was measured of each model, by the component's id.
Measured = Mapping[str, Sequence[Evaluation]]


@dataclass(frozen=True, slots=True)
class Planned:
    """A component of which something is planned to be measured, with its card and how that stands."""

    around: Around
    card: Card
    checks: Sequence[Check]

    @property
    def component(self) -> Component:
        return self.around.component

    @property
    def place(self) -> Place:
        return Place(self.component, self.card.id, "requirements")

    @property
    def untold(self) -> list[Check]:
        """Return what is overdue, but for what the web hook is late with that reports it: that is told of reports."""
        return [each for each in measuring.overdue(self.checks) if not each.is_told]


def planned(
    reader: Reader, cards: Sequence[tuple[Component, Card]], measured: Measured, gone: frozenset[str], now: datetime
) -> list[Planned]:
    """Return what is planned of some components, and how it stands."""
    with_plan = [(part, card) for part, card in cards if measuring.planned(card)]
    around = all_around(reader, with_plan, gone)
    found = [(around[part.id], card, measured.get(part.id, ())) for part, card in with_plan]
    return [Planned(of, card, measuring.checks(of, card, those, now)) for of, card, those in found]


def reminders(found: Sequence[Planned], known: Known) -> Iterator[Reminder]:
    """Yield what didn't come, for who measures it, and what fell to somebody else; each is said once."""
    for each in found:
        yield from (_overdue(each, check, known) for check in each.untold)
        for (left, who), aspects in measuring.left_behind(each.around, each.card).items():
            yield _fell(each, (left, who), aspects, known)


def _overdue(of: Planned, check: Check, known: Known) -> Reminder:
    label, component = status.label(check.aspect).lower(), of.component
    enter = blocks.button("Enter an evaluation", EVALUATE, component.id)
    return Reminder(
        kind=_OVERDUE, subject=f"{component.id}:{check.aspect}:{check.due_at[:10]}", visibility=component.visibility,
        people=(check.measurer,) if check.measurer else known.admins, lead="", since=check.due_at,
        active_at=check.plan.at, harm=_HARM[_OVERDUE], told=f"{label} wasn't measured in production as planned",
        button=lambda _person: enter, is_once=True,
        topic=Topic(f"measured {component.id}", component.name, "results from production didn't come", enter),
    )  # fmt: skip


def _fell(of: Planned, moved: tuple[str, str], aspects: Sequence[Aspect], known: Known) -> Reminder:
    component, (left, who) = of.component, moved
    plan = blocks.button("Plan the measuring", PLAN, f"{component.id}:{','.join(aspects)}")
    told = f"{named(aspects)}: yours to measure, since whoever did has left"
    return Reminder(
        kind=_FELL, subject=f"{component.id}:measured:{left}", visibility=component.visibility,
        people=(who,) if who else known.admins, lead="", since="", active_at="", harm=_HARM[_FELL], told=told,
        button=lambda _person: plan, is_once=True,
        topic=Topic(f"measures {component.id}", component.name, "requirements are yours to measure", plan),
    )  # fmt: skip


def lines(found: Sequence[Planned]) -> Iterator[Line]:
    """Yield what didn't come, a line for each component and who measures it."""
    for each in found:
        by: dict[str, list[Check]] = {}
        for check in each.untold:
            by.setdefault(check.measurer, []).append(check)
        for who, theirs in by.items():
            due = min(check.due_at for check in theirs)
            told = f"{each.component.name}: {named([check.aspect for check in theirs])}"
            people = (who,) if who else ()
            yield Line(f"card {each.component.id} unmeasured {who} {due}", told, due, people, _open(each))


def news(found: Sequence[Planned]) -> Iterator[News]:
    for each in found:
        if aspects := [check.aspect for check in each.untold]:
            after = f" wasn't measured in production as planned: {named(aspects)}"
            yield News(each.component.name, after, weight=OVERDUE, button=_open(each))


def _open(of: Planned) -> blocks.Block:
    return blocks.button("Open", OPEN, of.place.value)
