"""Who makes an interaction about a requirement card, which card that is, and what Slack is asked before a write."""

from dataclasses import dataclass, replace

from handlers.access.names import names_of
from handlers.access.recipients import At
from handlers.access.visibility import may_hear
from handlers.agreements.clauses import Names
from handlers.agreements.components import may_edit, seen
from handlers.framework import asker
from handlers.framework.asker import NOT_SEEN_THERE
from handlers.framework.context import Context
from handlers.requirements.messages.card import Shown
from handlers.requirements.rules import status
from handlers.requirements.service import cards
from handlers.requirements.service.cards import Held
from handlers.slack.interactions import Interaction
from storage.engine.interface import Reader
from storage.requirements.requirements import Aspect
from storage.responsibilities.responsibilities import Component


@dataclass(frozen=True, slots=True)
class Asker(asker.Asker):
    """A person at an interaction about the card of a model."""

    def model(self, component_id: str) -> Component | None:
        """Return the model of an id, as far as it may be seen."""
        found = seen(self.reader, self.context.team_id, component_id, self.visible)
        return found if found is not None and found.kind == "model" else None

    def held(self, component: Component) -> Held:
        return cards.held(self.reader, component)

    async def names_in(self, it: Held, *more: str) -> Names:
        people = [*cards.people_in(it.component, it.card), self.user_id, *more]
        return await names_of(self.reader, self.context.directory, self.context.team_id, people)

    async def at(self, it: Held, *more: str) -> At:
        """Ask Slack, before a write, who may hear of a card and what the people on it are called."""
        members = await self.context.directory.who_may_hear(self.context.team_id, it.component.visibility)
        return At(self.user_id, members, self.context.now, await self.names_in(it, *more), self.visible)

    def why_not(self, it: Held, at: At, aspect: Aspect | None = None) -> str:
        """Say why somebody may not change a card, or one aspect of it; empty where they may."""
        if not may_hear(at.members, self.user_id):
            return NOT_SEEN_THERE
        requirement = it.card.requirements.get(aspect) if aspect is not None else None
        is_finder = requirement is not None and requirement.said.finder == self.user_id
        may = is_finder or may_edit(it.component, self.user_id, is_admin=self.actor.is_admin)
        return "" if may else "Only its lead, its two sides, who added it, who finds it out and the admins can do that."

    def shown(self, reader: Reader, component: Component, at: At) -> Shown:
        """Return a card as this person reads it, with what they may change."""
        seen = cards.shown(reader, component, at.names, at.visible)
        may = may_edit(component, self.user_id, is_admin=self.actor.is_admin)
        own = [aspect for aspect, each in seen.card.requirements.items() if each.said.finder == self.user_id]
        return replace(seen, is_editor=may or not self.is_private, finds_out=frozenset(own))

    def is_asked(self, it: Held, aspect: Aspect) -> bool:
        """Tell whether what is said of an aspect waits for this person."""
        sides = status.sides_of(it.component, self.user_id, it.gone)
        return aspect in status.waiting(it.card, sides)


async def asking(context: Context[Interaction]) -> Asker:
    return await asker.asking(Asker, context)
