"""Who measures which component, and which result didn't come, read from the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.requirements.rules import measuring
from handlers.requirements.rules.measuring import Around, Check
from storage.engine.interface import Reader
from storage.requirements.requirements import Card, Evaluation
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, Duty
from storage.workspaces import webhooks
from storage.workspaces.people import gone_people
from storage.workspaces.webhooks import Webhook


def around(reader: Reader, component: Component) -> Around:
    """Return what decides who measures a component, and when a result is expected."""
    duties = responsibilities.duties_of(reader, component.team_id, [component.id])
    return _around(component, duties, webhooks_of(reader, component), gone_people(reader, component.team_id))


def all_around(reader: Reader, components: Sequence[Component], gone: frozenset[str]) -> Mapping[str, Around]:
    """Return the same of several components of a workspace, by their ids."""
    if not components:
        return {}
    team_id = components[0].team_id
    duties, hooks = dict[str, list[Duty]](), dict[str, list[Webhook]]()
    for duty in responsibilities.all_duties(reader, team_id):
        duties.setdefault(duty.component_id, []).append(duty)
    for hook in webhooks.every(reader, team_id):
        hooks.setdefault(hook.target_id, []).append(hook)
    return {each.id: _around(each, duties.get(each.id, ()), hooks.get(each.id, ()), gone) for each in components}


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
    if not measuring.planned(card):
        return []
    return measuring.checks(around(reader, component), card, evaluations, now)


def measurers(reader: Reader, component: Component, card: Card | None) -> set[str]:
    """Return who is to measure something of a component."""
    plans = measuring.planned(card).values()
    if not plans:
        return set()
    found = around(reader, component)
    return {found.measurer(plan, stage) for plan in plans for stage in plan.stages}
