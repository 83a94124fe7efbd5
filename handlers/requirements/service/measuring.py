"""Who measures which component, and which result didn't come, read from the store."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.requirements.rules import measuring
from handlers.requirements.rules.measuring import Around, Check
from storage.engine.interface import Reader
from storage.requirements.requirements import Card, Evaluation
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, Duty
from storage.workspaces import audit, webhooks
from storage.workspaces.people import gone_people
from storage.workspaces.webhooks import Webhook


def around(reader: Reader, component: Component) -> Around:
    """Return what decides who measures a component, and when a result is expected."""
    duties = responsibilities.duties_of(reader, component.team_id, [component.id])
    return _around(component, duties, webhooks_of(reader, component), gone_people(reader, component.team_id))


def all_around(reader: Reader, cards: Sequence[tuple[Component, Card]], gone: frozenset[str]) -> Mapping[str, Around]:
    """Return the same of several components of a workspace, and when each had a new version, by their ids."""
    if not cards:
        return {}
    team_id = cards[0][0].team_id
    duties, hooks = dict[str, list[Duty]](), dict[str, list[Webhook]]()
    for duty in responsibilities.all_duties(reader, team_id):
        duties.setdefault(duty.component_id, []).append(duty)
    for hook in webhooks.every(reader, team_id):
        hooks.setdefault(hook.target_id, []).append(hook)
    found = [_around(each, duties.get(each.id, ()), hooks.get(each.id, ()), gone) for each, _ in cards]
    releases = _releases(reader, team_id, [card for _, card in cards])
    return {each.component.id: replace(each, releases=releases.get(each.component.id, ())) for each in found}


def _releases(reader: Reader, team_id: str, cards: Iterable[Card]) -> Mapping[str, Sequence[str]]:
    """Return when components had a new version since results were first expected with each, by their ids."""
    plans = [plan for card in cards for plan in measuring.planned(card).values()]
    since = min((plan.at for plan in plans if plan.every == measuring.EACH_RELEASE), default="")
    return audit.reported(reader, team_id, measuring.VERSION, since) if since else {}


def _around(component: Component, duties: Sequence[Duty], hooks: Sequence[Webhook], gone: frozenset[str]) -> Around:
    owners = {each.duty: each.owner for each in duties if each.state == "accepted"}
    return Around(component, owners, hooks, gone)


def webhooks_of(reader: Reader, component: Component) -> list[Webhook]:
    every = webhooks.every(reader, component.team_id)
    return [each for each in every if (each.target_kind, each.target_id) == ("component", component.id)]


def checks(
    reader: Reader, component: Component, card: Card | None, evaluations: Sequence[Evaluation], now: datetime
) -> list[Check]:
    """Return how what is planned of a component stands."""
    if card is None or not measuring.planned(card):
        return []
    releases = _releases(reader, component.team_id, [card]).get(component.id, ())
    return measuring.checks(replace(around(reader, component), releases=releases), card, evaluations, now)


def measurers(reader: Reader, component: Component, card: Card | None) -> set[str]:
    """Return who is to measure something of a component."""
    plans = measuring.planned(card).values()
    if not plans:
        return set()
    found = around(reader, component)
    return {found.measurer(plan, stage) for plan in plans for stage in plan.stages}
