"""Who makes an interaction about a decision, which one that is, and how it looks to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers.access.placement import visibility_at
from handlers.access.recipients import Facts
from handlers.agreements.pinned_definitions import lines_of
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.decisions import forms, service
from handlers.decisions.forms import Origin
from handlers.decisions.messages import lists, record
from handlers.decisions.messages.record import Shown
from handlers.decisions.rules import moves
from handlers.decisions.service import Saved
from handlers.framework import asker
from handlers.framework.context import Context
from handlers.slack.blocks import Message, Modal
from handlers.slack.interactions import Fields, Interaction
from handlers.slack.replies import Reply, Say, Wrote
from storage.decisions import decisions, votes
from storage.decisions.decisions import Decision
from storage.engine.interface import WORKSPACE, Reader
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component


@dataclass(frozen=True, slots=True)
class Asker(asker.Asker):
    """A person at an interaction about decisions."""

    def seen(self, reader: Reader, decision_id: str) -> Decision | None:
        decision = decisions.by_id(reader, self.team_id, decision_id)
        return decision if decision is not None and decision.visibility in self.visible else None

    def numbered(self, reader: Reader, number: str) -> Decision | None:
        return decisions.by_number(reader, self.team_id, number, self.visible)

    async def home(self, place: str) -> str:
        """Return who sees what is decided in a place."""
        return await visibility_at(self.context.directory, self.team_id, place, await self.context.viewpoint())

    async def facts_of(self, decision_id: str) -> Facts:
        """Ask Slack, before the write, who may hear of what becomes of a decision."""
        found = await self.context.read(self.seen, decision_id)
        visibility, told = (found.visibility, service.concerned(found)) if found else (WORKSPACE, [])
        return await self.facts(visibility, told=told)

    async def read_out(self, find: Callable[[Reader, str], Decision | None], name: str) -> Reply:
        """Return a decision in full, with what the person may do about it; nobody is pinged where everybody reads."""

        def look(reader: Reader) -> Shown | None:
            found = find(reader, name)
            return None if found is None else shown(reader, found)

        seen = await self.context.read(look)
        if seen is None:
            return Reply(Refused(lists.GONE))
        return Reply(Say(self.record(seen, None if self.is_private else await self.names_of(seen.people))))

    def record(self, shown: Shown, names: dict[str, str] | None = None, note: str = "") -> Message:
        is_admin, is_gone = self.actor.is_admin, shown.is_decider_gone
        may = moves.may_do(shown.decision, self.user_id, is_admin=is_admin, is_decider_gone=is_gone)
        return record.record(shown, may, names, note)

    def answer(
        self, reader: Reader, outcome: Saved | Refused | None, names: dict[str, str] | None = None, note: str = ""
    ) -> Wrote:
        """Show a decision as it is now, or say why nothing changed: at the form's field, where it is about one."""
        if outcome is None:
            return Wrote(NotAllowed(lists.GONE))
        if isinstance(outcome, Refused):
            return Wrote(outcome)
        return Wrote(Say(self.record(shown(reader, outcome.decision), names, note)), outcome.messages)

    async def form(self, told: Fields, origin: Origin, quoted: str = "") -> Modal:
        """Return the form for a decision, with the components that the person may see."""
        parts = await self.context.read(responsibilities.components, self.team_id, self.visible)
        return forms.decision_form(told, origin, parts, quoted)


async def asking(context: Context[Interaction]) -> Asker:
    return await asker.asking(Asker, context)


def shown(reader: Reader, decision: Decision) -> Shown:
    """Return a decision with what stands beside it in the store."""
    team_id = decision.team_id
    part = responsibilities.component(reader, team_id, decision.component_id) if decision.component_id else None
    if part is not None and part.visibility not in (WORKSPACE, decision.visibility):
        part = None
    linked = (decisions.by_id(reader, team_id, each) for each in (decision.superseded_by, decision.supersedes) if each)
    numbers = {each.id: each.number for each in linked if each is not None}
    return Shown(
        decision=decision,
        component=part.name if part is not None else decision.component_name,
        senses=lines_of(reader, team_id, decision.senses, decision.visibility),
        opinions=votes.opinions(reader, decision),
        sides=_sides(decision.consulted, part) if part is not None and part.kind == "model" else None,
        successor=numbers.get(decision.superseded_by, ""),
        predecessor=numbers.get(decision.supersedes, ""),
        is_decider_gone=service.is_decider_gone(reader, decision),
    )


def _sides(consulted: Sequence[str], part: Component) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who was consulted of the model side, and of the product side."""
    model, product = (
        tuple(each for each in consulted if each in side) for side in (part.model_side, part.product_side)
    )
    return model, product
