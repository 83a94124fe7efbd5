"""What cards would have people settle: agreement, what is to be found out, and gaps before a launch."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta

from handlers.agreements.components import current, launches_soon
from handlers.checks.dates import day
from handlers.hooks.reminders import Known, NudgeKind, Reminder, Topic
from handlers.requirements.hooks import early, measuring
from handlers.requirements.messages.card import FILL_IN, OPEN
from handlers.requirements.messages.shown import Place
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import sheet_of, sheets_of
from handlers.requirements.rules.measuring import planned as plans
from handlers.slack import blocks
from handlers.slack.action_ids import EDIT_COMPONENT
from handlers.slack.blocks import Block
from storage.engine.interface import Reader, to_text
from storage.records.offers import Offer
from storage.requirements import requirements
from storage.requirements.requirements import CARDS, SHEETS, SIDES, Aspect, Card, Sheet, Side
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component

_WAITS, _UNKNOWN, _LAUNCH = "requirements to agree", "requirement to be found out", "launch with open requirements"
KINDS = (
    NudgeKind(_LAUNCH, "Requirements still open before a launch", "models"),
    NudgeKind(_UNKNOWN, "Requirements that somebody promised to find out", "models"),
    NudgeKind(_WAITS, "Requirements to agree", "models"),
    *measuring.KINDS,
    *early.KINDS,
)
_HARM = {_LAUNCH: 85, _UNKNOWN: 60, _WAITS: 50}
#: What tells the sheets of a card apart, and how people call what stands on them.
_SUBJECTS: Mapping[Sheet, str] = {"requirements": "", "interface": ":interface", "usage": ":usage"}
_POINTS: Mapping[Sheet, str] = {
    "requirements": "requirements",
    "interface": "points of its interface",
    "usage": "points of its usage",
}
#: What is to be found out by a day is asked about so long before it.
_AHEAD = timedelta(days=2)


def carded(reader: Reader, team_id: str) -> Iterator[tuple[Component, Card | None]]:
    """Return every component that may have a card, with its card where it has one; nothing of what has retired."""
    cards = {each.component_id: each for each in CARDS.every(reader, team_id)}
    for component in current(responsibilities.all_components(reader, team_id)):
        if sheets_of(component.kind):
            yield component, cards.get(component.id)


def place_of(component: Component, card: Card | None, sheet: Sheet = "requirements") -> Place:
    return Place(component, card.id if card is not None else "", sheet)


def open_reminders(reader: Reader, team_id: str, known: Known, now: datetime) -> Sequence[Reminder]:
    measured, listed = requirements.all_evaluations(reader, team_id), list(carded(reader, team_id))
    cards = [(component, card) for component, card in listed if card is not None]
    planned = measuring.planned(reader, cards, measured, known.gone, now)
    found = [*measuring.reminders(planned, known), *early.reminders(listed, known)]
    for component, card in listed:
        if card is not None:
            found += [_unknown(component, card, aspect, known) for aspect, _ in unknown(card)]
            found += [_waiting(component, card, (side, each), known) for side, each in _waits(component, card)]
        if launches_soon(component, now):
            evaluations = measured.get(component.id, ())
            if points := status.open_points(component.kind, card, evaluations):
                latest = max([card.changed_at if card else component.created_at, *(each.at for each in evaluations)])
                found.append(_launch(component, card, (sum(map(len, points.values())), latest), known))
    return found


def people(reader: Reader, team_id: str) -> Iterable[str]:
    """Return who leads a component, who speaks for its sides, who finds something out about it, and who measures it."""
    for component, card in carded(reader, team_id):
        yield from (component.lead, *component.model_side, *component.product_side)
        if card is not None:
            yield from (said.finder for _, said in unknown(card))
            yield from (plan.by for plan in plans(card).values() if plan.by)


def unknown(card: Card) -> list[tuple[Aspect, Offer]]:
    said = ((aspect, requirement.said) for aspect, requirement in card.requirements.items())
    return [(aspect, each) for aspect, each in said if each.stance == "unknown"]


def _unknown(component: Component, card: Card, aspect: Aspect, known: Known) -> Reminder:
    what, said = status.label(aspect).lower(), card.requirements[aspect].said
    due = datetime.combine(datetime.fromisoformat(said.until), time(), datetime.fromisoformat(said.at).tzinfo)
    there = [each for each in (said.finder, component.lead) if each and each not in known.gone]
    return Reminder(
        kind=_UNKNOWN, subject=f"{component.id}:{aspect}", visibility=component.visibility,
        people=tuple(there[:1]) or known.admins, lead=next(iter(there[1:]), ""), since=said.at, active_at=said.at,
        harm=_HARM[_UNKNOWN], ripe_at=to_text(max(due - _AHEAD, datetime.fromisoformat(said.at))),
        told=f"{what} still to be found out", due=said.until, topic=_topic(component, card, sheet_of(aspect)),
        button=lambda _person: blocks.button("Answer", FILL_IN, f"{component.id}:{aspect}"),
    )  # fmt: skip


def _waits(component: Component, card: Card) -> Iterator[tuple[Side, Sheet]]:
    for sheet in sheets_of(component.kind):
        yield from ((side, sheet) for side in SIDES if status.waiting(card, frozenset((side,)), SHEETS[sheet]))


def _waiting(component: Component, card: Card, of: tuple[Side, Sheet], known: Known) -> Reminder:
    side, sheet = of
    listed = status.waiting(card, frozenset((side,)), SHEETS[sheet])
    said = [card.requirements[each].said for each in listed]
    what = ", ".join(status.label(each).lower() for each in listed)
    there = status.speakers(component, side, known.gone)
    told, button = f"{what}: the {side} side to agree", _opening(component, card, sheet)
    if not there:
        told = f"{what}: nobody is left on the {side} side to agree"
        button = blocks.button("Name somebody", EDIT_COMPONENT, component.id)
    lead = component.lead if component.lead not in known.gone and component.lead not in there else ""
    return Reminder(
        kind=_WAITS, subject=f"{component.id}:{side}{_SUBJECTS[sheet]}", visibility=component.visibility,
        people=there or known.admins, lead=lead, since=min(each.at for each in said),
        active_at=max(each.at for each in said), harm=_HARM[_WAITS], told=told,
        button=lambda _person: button, topic=_topic(component, card, sheet),
    )  # fmt: skip


def _launch(component: Component, card: Card | None, open_: tuple[int, str], known: Known) -> Reminder:
    count, latest = open_
    points = "one requirement" if count == 1 else f"{count} requirements"
    is_there = bool(component.lead) and component.lead not in known.gone
    return Reminder(
        kind=_LAUNCH, subject=component.id, visibility=component.visibility,
        people=(component.lead,) if is_there else known.admins, lead="", since=latest, active_at=latest,
        harm=_HARM[_LAUNCH], told=f"launches {day(component.launch_on)} with {points} open",
        button=lambda _person: _opening(component, card), topic=_topic(component, card),
    )  # fmt: skip


def _topic(component: Component, card: Card | None, sheet: Sheet = "requirements") -> Topic:
    key = f"card {component.id}{_SUBJECTS[sheet]}"
    return Topic(key, component.name, f"{_POINTS[sheet]} need you", _opening(component, card, sheet))


def _opening(component: Component, card: Card | None, sheet: Sheet = "requirements") -> Block:
    return blocks.button("Open", OPEN, place_of(component, card, sheet).value)
