"""Who makes a gesture about a requirement card, which card that is, and what Slack is asked before a write."""

from dataclasses import dataclass, replace

from handlers import asking as asking_at
from handlers.asking import NOT_SEEN_THERE
from handlers.components import may_edit, seen
from handlers.dispatch import Means
from handlers.gestures import Ask, Press, Submission
from handlers.names import names_of
from handlers.requirements import keeping, rules
from handlers.requirements.card_views import Shown
from handlers.requirements.keeping import Held
from handlers.roles import Acting
from handlers.telling import At
from handlers.terms import Names
from handlers.visibility import Viewpoint, may_hear
from storage.database import Reader
from storage.requirements import Aspect
from storage.responsibilities import Component


@dataclass(frozen=True, slots=True)
class Asking(asking_at.Asking):
    """A person at a gesture about the card of a model."""

    def model(self, component_id: str) -> Component | None:
        """Return the model of an id, as far as it may be seen."""
        found = seen(self.reader, self.means.team_id, component_id, self.visible)
        return found if found is not None and found.kind == "model" else None

    def held(self, component: Component) -> Held:
        return keeping.held(self.reader, component)

    async def names(self, it: Held, *more: str) -> Names:
        people = [*keeping.people_in(it.component, it.card), self.user_id, *more]
        return await names_of(self.reader, self.means.directory, self.means.team_id, people)

    async def at(self, it: Held, *more: str) -> At:
        """Ask Slack, before a write, who may hear of a card and what the people on it are called."""
        members = await self.means.directory.who_may_hear(self.means.team_id, it.component.visibility)
        return At(self.user_id, members, self.means.now, await self.names(it, *more), self.visible)

    def why_not(self, it: Held, at: At, aspect: Aspect | None = None) -> str:
        """Say why somebody may not change a card, or one aspect of it; empty where they may."""
        if not may_hear(at.members, self.user_id):
            return NOT_SEEN_THERE
        requirement = it.card.requirements.get(aspect) if aspect is not None else None
        is_finder = requirement is not None and requirement.said.finder == self.user_id
        may = is_finder or may_edit(it.component, self.user_id, is_admin=self.acting.is_admin)
        return "" if may else "Only its lead, its two sides, who added it, who finds it out and the admins can do that."

    def shown(self, reader: Reader, component: Component, at: At) -> Shown:
        """Return a card as this person reads it, with what they may change."""
        seen = keeping.shown(reader, component, at.names, at.visible)
        may = may_edit(component, self.user_id, is_admin=self.acting.is_admin)
        own = [aspect for aspect, each in seen.card.requirements.items() if each.said.finder == self.user_id]
        return replace(seen, is_editor=may or not self.is_private, finds_out=frozenset(own))

    def is_asked(self, it: Held, aspect: Aspect) -> bool:
        """Tell whether what is said of an aspect waits for this person."""
        sides = rules.sides_of(it.component, self.user_id, it.gone)
        return aspect in rules.waiting(it.card, sides)


def asking(gesture: Ask | Press | Submission, viewpoint: Viewpoint, acting: Acting, means: Means) -> Asking:
    return asking_at.asking(Asking, gesture, viewpoint, acting, means)
