"""What cards tell of a week, and which models are somebody's own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from handlers.agreements.components import launches_soon
from handlers.checks.dates import day
from handlers.hooks.digest import LAUNCH, MISSED, SETTLED, Digest, Group, Line, Lines, News, Section, Span
from handlers.requirements.hooks import early, measuring
from handlers.requirements.hooks.reminders import carded, place_of, unknown
from handlers.requirements.messages.card import OPEN
from handlers.requirements.messages.shown import Place
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import aspects_of, sheet_of
from handlers.slack import blocks
from storage.engine.interface import Reader
from storage.records.offers import Offer
from storage.requirements import requirements
from storage.requirements.requirements import SHEETS, SIDES, Aspect, Card, Evaluation, Requirement, Sheet, Side
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import gone_people

#: What a launch is still lacking, as it is said of several.
_OPEN_AS = {"not said yet": "not set"}
#: Sheets that are told of as a whole.
_OTHERS: tuple[Sheet, ...] = ("interface", "usage")


def tell(reader: Reader, team_id: str, span: Span) -> Digest:
    """Tell what was agreed, what is missed, unknown or not agreed, and which components launch with something open."""
    gone, measured = gone_people(reader, team_id), requirements.all_evaluations(reader, team_id)
    seen = [(part, card) for part, card in carded(reader, team_id) if part.visibility in span.visible]
    near = [(part, card, measured.get(part.id, ())) for part, card in seen if launches_soon(part, span.now)]
    cards = [(Place(part, card.id), card) for part, card in seen if card is not None]
    missed = [
        line for place, card in cards for line in _missed(place, card, measured.get(place.component.id, ()), gone)
    ]
    planned = measuring.planned(reader, [(place.component, card) for place, card in cards], measured, gone, span.now)
    waits = [line for place, card in cards for side in SIDES for line in _waits(place, card, side, gone)]
    news = [
        *_launch_news(near),
        *(told for place, card in cards for told in _missed_news(place, card, measured.get(place.component.id, ()))),
        *measuring.news(planned),
        *(told for place, card in cards for told in _agreed_news(place, card, span)),
    ]
    groups = (
        Group("launching soon", list(_launching(near, gone)), is_waiting=True),
        Group("missed", missed, is_waiting=True),
        Group("not measured as planned", list(measuring.lines(planned)), is_waiting=True),
        Group("unknown", [line for place, card in cards for line in _unknown(place, card, gone)], is_waiting=True),
        Group("to be said first", list(early.lines(seen, gone)), is_waiting=True),
        Group("not agreed yet", waits, is_waiting=True),
        Group("agreed", [line for place, card in cards for line in _agreed(place, card, span)]),
    )
    return Digest(Section("requirements", "Requirements", groups, order=35, lead="Requirements", news=news))


def own(reader: Reader, team_id: str, user_id: str, span: Span) -> Sequence[Group]:
    """Return the models of whose sides somebody is, or that they lead, each with how far its card is."""
    theirs = []
    for component, card in carded(reader, team_id):
        people = (component.lead, *component.model_side, *component.product_side)
        is_seen = user_id in people and component.visibility in span.visible
        if is_seen and aspects_of(component.kind, "requirements"):
            theirs.append((component, card))
    return [Group("models", Lines(len(theirs), lambda: [_own(*each) for each in theirs]), one="model")]


def _own(component: Component, card: Card | None) -> Line:
    required = aspects_of(component.kind, "requirements")
    states = [status.state_of(card.requirements.get(each) if card else None) for each in required]
    told = f"{component.name}: {states.count('agreed')} of {len(required)} requirements agreed"
    return _line(place_of(component, card), "own", told, "")


def _launching(
    near: Sequence[tuple[Component, Card | None, Sequence[Evaluation]]], gone: frozenset[str]
) -> Iterator[Line]:
    for component, card, evaluations in near:
        if points := status.open_points(component.kind, card, evaluations):
            told = f"{component.name}{_launch(component, points)}"
            yield _line(place_of(component, card), "launch", told, "", _lead(component, gone))


def _unknown(place: Place, card: Card, gone: frozenset[str]) -> Iterator[Line]:
    for aspect, said in unknown(card):
        is_ = " is" if sheet_of(aspect) == "requirements" else ""
        told = f"{place.name}: {status.label(aspect).lower()}{is_} unknown, due {day(said.until)}"
        people = tuple(each for each in (said.finder,) if each not in gone)
        yield _line(place, f"{aspect} unknown {said.until}", told, said.at, people)


def _agreed(place: Place, card: Card, span: Span) -> Iterator[Line]:
    for aspect, requirement, at in _newly(card, span, "requirements"):
        if requirement.agreed is not None:
            what = "isn't required" if requirement.agreed.stance == "not needed" else "is agreed"
            told = f"{place.name}: {status.label(aspect).lower()} {what}"
            recorded = f" ({requirement.decision})" if requirement.decision else ""
            yield _line(place, f"{aspect} agreed {requirement.version}", f"{told}{recorded}", at)
    for sheet in _OTHERS:
        if newly := list(_newly(card, span, sheet)):
            listed, at = _listed(aspect for aspect, _, _ in newly), max(at for _, _, at in newly)
            yield _line(
                replace(place, sheet=sheet), f"{sheet} agreed {at}", f"{place.name}: {sheet} agreed ({listed})", at
            )


def _newly(card: Card, span: Span, sheet: Sheet) -> Iterator[tuple[Aspect, Requirement, str]]:
    """Yield what was agreed in a span on a sheet, and when."""
    for aspect, requirement in card.requirements.items():
        at = max((each.at for each in requirement.agreed_by.values()), default="")
        if sheet_of(aspect) == sheet and requirement.agreed is not None and span.holds(at):
            yield aspect, requirement, at


def _listed(aspects: Iterable[Aspect]) -> str:
    return ", ".join(status.label(each).lower() for each in aspects)


def _missed(place: Place, card: Card, evaluations: Sequence[Evaluation], gone: frozenset[str]) -> Iterator[Line]:
    for aspect, requirement in card.requirements.items():
        measured = status.judged(aspect, requirement, evaluations)
        bar = status.in_force(requirement)
        if measured is None or measured.verdict != "missed" or measured.evaluation is None or bar is None:
            continue
        told = f"{place.name}: {status.label(aspect).lower()} is {measured.value}, required: {_wanted(bar)}"
        evaluation = measured.evaluation
        key = f"{aspect} missed {evaluation.id}"
        yield _line(place, key, told, evaluation.measured_on, _lead(place.component, gone))


def _launch_news(near: Sequence[tuple[Component, Card | None, Sequence[Evaluation]]]) -> Iterator[News]:
    for component, card, evaluations in near:
        if points := status.open_points(component.kind, card, evaluations):
            button = _open(place_of(component, card))
            yield News(component.name, _launch(component, points), weight=LAUNCH, button=button)


def _launch(component: Component, points: Mapping[str, Sequence[Aspect]]) -> str:
    """Say what stands between a model and its launch, most first."""
    (most, aspects), *rest = sorted(points.items(), key=lambda each: -len(each[1]))
    first = f"{len(aspects)} requirement{'s' * (len(aspects) != 1)} {_OPEN_AS.get(most, most)}"
    told = ", ".join([first, *(f"{len(each)} {_OPEN_AS.get(name, name)}" for name, each in rest)])
    return f" launches {day(component.launch_on)} with {told}"


def _missed_news(place: Place, card: Card, evaluations: Sequence[Evaluation]) -> Iterator[News]:
    for aspect, requirement in card.requirements.items():
        measured, bar = status.judged(aspect, requirement, evaluations), status.in_force(requirement)
        if measured is not None and measured.verdict == "missed" and bar is not None:
            told = f"{measured.value}, required {_wanted(bar)}"
            headline = f"{place.name} misses its {status.label(aspect).lower()}: {told}."
            name = f"{status.label(aspect)} of {place.name}"
            yield News(name, f" missed: {told}", weight=MISSED, headline=headline, button=_open(place))


def _agreed_news(place: Place, card: Card, span: Span) -> Iterator[News]:
    for aspect, requirement, _ in _newly(card, span, "requirements"):
        if requirement.agreed is not None:
            after = " isn't required" if requirement.agreed.stance == "not needed" else " agreed"
            yield News(f"{status.label(aspect)} of {place.name}", after, weight=SETTLED, button=_open(place))
    for sheet in _OTHERS:
        if list(_newly(card, span, sheet)):
            button = _open(replace(place, sheet=sheet))
            yield News(f"{sheet.capitalize()} of {place.name}", " agreed", weight=SETTLED, button=button)


def _wanted(bar: Offer) -> str:
    return f"{bar.parts.get('bound', '')} {bar.parts.get('amount', '')}"


def _waits(place: Place, card: Card, side: Side, gone: frozenset[str]) -> Iterator[Line]:
    for aspect in status.waiting(card, frozenset((side,)), SHEETS["requirements"]):
        requirement = card.requirements[aspect]
        told = f"{place.name}: {status.label(aspect).lower()}, waiting on the {side} side"
        key = f"{aspect} waits {side} {requirement.version}"
        yield _line(place, key, told, requirement.said.at, status.speakers(place.component, side, gone))
    for sheet in _OTHERS:
        if waiting := status.waiting(card, frozenset((side,)), SHEETS[sheet]):
            told = f"{place.name}: {sheet} ({_listed(waiting)}), waiting on the {side} side"
            key = f"{sheet} waits {side} {max(card.requirements[each].version for each in waiting)}"
            since = min(card.requirements[each].said.at for each in waiting)
            people = status.speakers(place.component, side, gone)
            yield _line(replace(place, sheet=sheet), key, told, since, people)


def _lead(component: Component, gone: frozenset[str]) -> tuple[str, ...]:
    return tuple(each for each in (component.lead,) if each and each not in gone)


def _line(place: Place, key: str, told: str, since: str, people: tuple[str, ...] = ()) -> Line:
    return Line(f"card {place.component.id} {key}", told, since, people, _open(place))


def _open(place: Place) -> blocks.Block:
    return blocks.button("Open", OPEN, place.value)
