"""A launch: what stands between a component and it, what is decided, and what happened afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.access.recipients import Facts, notify
from handlers.access.settling import Deed, settle
from handlers.agreements.components import seen
from handlers.checks.outcomes import Refused
from handlers.hooks.offers import Hooks
from handlers.hooks.readiness import Point
from handlers.launches import messages, rules
from handlers.launches.rules import Choice
from storage.decisions import decisions
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.launches import launches
from storage.launches.launches import Launch
from storage.outbox.deliveries import Delivery
from storage.records.versioned import HistoryEntry
from storage.responsibilities.responsibilities import Component


@dataclass(frozen=True, slots=True)
class Page:
    """A component on its way to a launch: what was looked at, and what was decided, by its number."""

    component: Component
    launch: Launch
    points: Sequence[Point]
    number: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    launch: Launch
    number: str
    messages: Sequence[Delivery] = ()


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What somebody decided about is not what they read: it was decided meanwhile, or has another day."""

    now: Page


def page(reader: Reader, hooks: Hooks, component: Component, visible: Sequence[str], now: datetime) -> Page:
    """Return how a component stands now, of what may be seen."""
    launch = launches.launch(reader, component.team_id, component.id, component.launch_on)
    found = [point for look in hooks.readiness for point in look(reader, component, visible, now)]
    decision = decisions.by_id(reader, component.team_id, launch.decision_id) if launch.decision_id else None
    return Page(component, launch, found, decision.number if decision is not None else "")


def seen_component(reader: Reader, team_id: str, component_id: str, visible: Sequence[str]) -> Component | None:
    return seen(reader, team_id, component_id, visible)


def why_not(component: Component, facts: Facts) -> Refused | None:
    """Say why somebody does not decide about a launch."""
    if component.is_retired:
        return messages.retired(component)
    lead = facts.names.get(component.lead, "")
    refused = rules.why_not(component, facts.by, lead, is_admin=facts.is_admin)
    return refused or (None if component.launch_on else messages.NO_DAY)


def decide(
    transaction: Transaction, hooks: Hooks, shown: Component, choice: Choice, facts: Facts
) -> Decided | Overtaken | Refused:
    """Write down what was decided, as a decision too, which takes the place of the one that was read."""
    component = seen(transaction, shown.team_id, shown.id, facts.visible)
    if component is None:
        return Refused(messages.GONE)
    # Who decides may be shown more than those who read the decision.
    seen_by_all = [each for each in facts.visible if each in (WORKSPACE, component.visibility)]
    now = page(transaction, hooks, component, seen_by_all, facts.now)
    if refused := why_not(component, facts):
        return refused
    if rules.as_read(now.launch) != choice.read:
        return Overtaken(now)
    new, at = rules.recorded(component, choice, rules.by_standing(now.points)), to_text(facts.now)
    decision = decisions.write_down(transaction, component.team_id, new, choice.by, at)
    before = decisions.by_id(transaction, component.team_id, now.launch.decision_id)
    if before is not None and before.state == "accepted":
        decisions.put_in_place_of(transaction, before, decision, choice.by, at)
    told = {"verdict": choice.verdict, "by": choice.by, "at": at, "owner": choice.owner, "until": choice.until}
    kept = now.launch.model_copy(update={**told, "decision_id": decision.id})
    launches.keep(transaction, kept)
    message = messages.yours(component, kept, decision.number, choice.why)
    deed = Deed((rules.decision_of(component.id),), " decided this.")
    edits = settle(transaction, component.team_id, [deed], facts)
    told_owner = notify(transaction, component.team_id, {choice.owner: message}, facts)
    return Decided(kept, decision.number, [*edits, *told_owner])


def why_too_early(reader: Reader, component: Component, weeks: str, now: datetime) -> Refused | None:
    """Say why nothing can be told of a launch after so many weeks: it has another day by now, or doesn't happen."""
    launch = launches.launch(reader, component.team_id, component.id, component.launch_on)
    return None if rules.may_be_told(launch, weeks, now.date()) else messages.too_early(launch)


def tell(
    transaction: Transaction, shown: Component, said: tuple[str, str], facts: Facts
) -> Sequence[Delivery] | Refused:
    """Keep what happened after a launch, ``said`` after how many weeks, as the outcome of its decision."""
    component, (weeks, happened) = seen(transaction, shown.team_id, shown.id, facts.visible), said
    if component is None:
        return Refused(messages.GONE)
    if refused := why_too_early(transaction, component, weeks, facts.now):
        return refused
    launch = launches.launch(transaction, component.team_id, component.id, component.launch_on)
    if weeks in launch.reviewed:
        return messages.ALREADY_TOLD
    at, told = to_text(facts.now), f"After {weeks} weeks: {happened}"
    decision = decisions.by_id(transaction, component.team_id, launch.decision_id)
    if decision is None:
        new = rules.recorded(component, Choice("go", facts.by), {})
        decision = decisions.write_down(transaction, component.team_id, new, facts.by, at)
    changes = {"decision_id": decision.id, "reviewed": (*launch.reviewed, weeks)}
    launches.keep(transaction, launch.model_copy(update=changes))
    outcome = "\n".join(filter(None, [decision.outcome, told]))
    entry = HistoryEntry(at=at, by=facts.by, what="still holds", note=told)
    decisions.change(transaction, decision, {"outcome": outcome}, entry)
    deed = Deed((rules.review_of(component.id, weeks),), " said what happened.")
    return settle(transaction, component.team_id, [deed], facts)
