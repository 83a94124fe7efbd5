"""What people read of a decision, with what stands beside it in the store."""

from collections.abc import Sequence

from handlers.access.recipients import Facts
from handlers.agreements.pinned_definitions import lines_of
from handlers.decisions.messages import record
from handlers.decisions.messages.lines import Shown
from handlers.slack.blocks import Message
from storage.decisions import decisions, votes
from storage.decisions.decisions import Decision
from storage.engine.interface import WORKSPACE, Reader
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import gone_people, known_names


def public(reader: Reader, decision: Decision, facts: Facts) -> Message:
    """Return a decision as everybody reads it where it was made."""
    seen = shown(reader, decision)
    return record.public(seen, {**known_names(reader, decision.team_id, seen.people), **facts.names})


def shown(reader: Reader, decision: Decision) -> Shown:
    """Return a decision with what stands beside it in the store."""
    team_id = decision.team_id
    part = responsibilities.component(reader, team_id, decision.component_id) if decision.component_id else None
    if part is not None and part.visibility not in (WORKSPACE, decision.visibility):
        part = None
    linked = [decision.superseded_by, decision.supersedes, decision.adds_to]
    found = (decisions.by_id(reader, team_id, each) for each in linked if each)
    numbers = {each.id: each.number for each in found if each is not None}
    return Shown(
        decision=decision,
        component=part.name if part is not None else decision.component_name,
        senses=lines_of(reader, team_id, decision.senses, decision.visibility),
        opinions=votes.opinions(reader, decision),
        sides=_sides(decision.consulted, part) if part is not None and part.kind in responsibilities.MODELS else None,
        successor=numbers.get(decision.superseded_by, ""),
        predecessor=numbers.get(decision.supersedes, ""),
        base=numbers.get(decision.adds_to, ""),
        additions=tuple(each.number for each in decisions.additions(reader, decision)),
        is_decider_gone=is_decider_gone(reader, decision),
    )


def _sides(consulted: Sequence[str], part: Component) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who was consulted of the model side, and of the product side."""
    model, product = (
        tuple(each for each in consulted if each in side) for side in (part.model_side, part.product_side)
    )
    return model, product


def is_decider_gone(reader: Reader, decision: Decision) -> bool:
    return decision.decider in gone_people(reader, decision.team_id)


def ancestors(reader: Reader, decision: Decision) -> list[Decision]:
    """Return what a decision took the place of, and what that had, and so on."""
    found: list[Decision] = []
    step: Decision | None = decision
    while step is not None and step.supersedes and step.supersedes not in {each.id for each in found}:
        step = decisions.by_id(reader, decision.team_id, step.supersedes)
        found += [step] if step is not None else []
    return found
