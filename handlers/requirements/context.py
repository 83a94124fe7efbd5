"""Who makes an interaction about a card, which card that is, and what Slack is asked before a write."""

from dataclasses import dataclass, replace

from handlers.access.recipients import Facts
from handlers.agreements.change_records import asked_about
from handlers.agreements.touching import is_theirs, touching
from handlers.framework import asker
from handlers.framework.context import Context
from handlers.requirements.messages.answers import GONE
from handlers.requirements.messages.card import card_form
from handlers.requirements.messages.shown import Place, Shown
from handlers.requirements.rules.aspects import sheets_of
from handlers.requirements.rules.standing import ModelCard, may_change
from handlers.requirements.service import cards as service
from handlers.slack.blocks import Modal
from handlers.slack.interactions import BlockAction, Interaction
from handlers.slack.replies import Answer, Open, Redraw
from storage.decisions.decisions import Decision
from storage.engine.interface import Reader
from storage.requirements.requirements import Aspect, Sheet
from storage.responsibilities.responsibilities import Component


@dataclass(frozen=True, slots=True)
class Asker(asker.Asker):
    """A person at an interaction about the card of a component."""

    async def model(self, component_id: str) -> ModelCard:
        """Return the component of an id with its card. Raises GoneError where it has none, or may not be seen."""
        return await self.wanted(service.seen_model, component_id, GONE)

    async def touching(self, model: ModelCard, aspect: Aspect) -> Decision | None:
        """Return a decision about the same as an aspect, to which nobody has said yet how that stands."""
        requirement = model.requirement(aspect)
        known = (*requirement.beside, requirement.decision) if requirement is not None else ()
        return await self.context.read(touching, model.component, aspect, self.visible, known)

    def may_replace(self, decision: Decision) -> bool:
        return decision.state == "accepted" and is_theirs(decision, self.user_id, is_admin=self.actor.is_admin)

    async def facts_about(self, model: ModelCard, *more: str) -> Facts:
        """Ask who may hear of a change of a card, which names ``more`` people than it does now."""
        asked = await self.context.read(asked_about, model.component)
        people = [*model.people, *more]
        return await self.facts(model.component.visibility, named=[*people, *asked], told=people)

    def shown(self, reader: Reader, component: Component, facts: Facts, sheet: Sheet | None = None) -> Shown:
        """Return a sheet of a card as this person reads it, with what they may change."""
        sheets = sheets_of(component.kind)
        seen = service.shown(reader, component, facts.names, facts.visible, facts.now)
        model, is_admin = ModelCard(component, seen.card, seen.gone), self.actor.is_admin
        own = [each for each in seen.card.requirements if may_change(model, self.user_id, each, is_admin=is_admin)]
        may = may_change(model, self.user_id, is_admin=is_admin)
        measures = any(each.measurer == self.user_id for each in seen.checks)
        read = sheet if sheet in sheets else sheets[0]
        return replace(
            seen, is_editor=may or not self.is_private, finds_out=frozenset(own), sheet=read, measures=measures
        )

    def card_now(self, reader: Reader, at: Place, facts: Facts, told: str = "") -> Modal:
        return card_form(self.shown(reader, at.component, facts, at.sheet or None), self.user_id, told)


async def asking(context: Context[Interaction]) -> Asker:
    return await asker.asking(Asker, context)


def in_place(press: BlockAction, modal: Modal) -> Answer:
    """Put a form in the place of the one that was pressed in, or open it over a message or the Home."""
    return Redraw(modal) if press.view is not None and press.view.is_modal else Open(modal)
