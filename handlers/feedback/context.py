"""Who makes an interaction about feedback, which one that is, and what Slack is asked before a write."""

from dataclasses import dataclass, replace

from handlers.access.names import names_of
from handlers.access.placement import visibility_at
from handlers.access.recipients import At
from handlers.access.visibility import Viewpoint, may_hear
from handlers.agreements.components import seen
from handlers.feedback import service
from handlers.feedback.rules import moves, routing
from handlers.feedback.rules.moves import Role
from handlers.framework import asker
from handlers.framework.context import Context
from handlers.slack.interactions import Interaction
from storage.engine.interface import WORKSPACE, Reader
from storage.feedback import feedback
from storage.feedback.feedback import Feedback
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import gone_people

#: Feedback is given on what people use: as the catalogue has it, a model or a product.
_KINDS = ("model", "product")


@dataclass(frozen=True, slots=True)
class Asker(asker.Asker):
    """A person at an interaction about feedback."""

    def seen(self, reader: Reader, feedback_id: str) -> tuple[Feedback, Component] | None:
        return self._with_component(reader, feedback.by_id(reader, self.context.team_id, feedback_id, self.visible))

    def numbered(self, number: str) -> tuple[Feedback, Component] | None:
        found = feedback.by_number(self.reader, self.context.team_id, number, self.visible)
        return self._with_component(self.reader, found)

    def _with_component(self, reader: Reader, item: Feedback | None) -> tuple[Feedback, Component] | None:
        component = seen(reader, item.team_id, item.component_id, self.visible) if item is not None else None
        return None if item is None or component is None else (item, component)

    async def home(self, place: str, viewpoint: Viewpoint) -> str:
        """Return who sees what is reported from a place."""
        return await visibility_at(self.context.directory, self.context.team_id, place, viewpoint)

    def known(self, home: str) -> list[Component]:
        """Return what can be reported on from there: from a private channel, what is the workspace's or its own."""
        visible = [each for each in self.visible if home == WORKSPACE or each in (WORKSPACE, home)]
        found = responsibilities.components(self.reader, self.context.team_id, visible)
        return [each for each in found if each.kind in _KINDS]

    async def at(self, item: Feedback, component: Component) -> At:
        """Ask Slack, before a write, who may hear of feedback and what the people in it are called."""
        context, members = (
            self.context,
            await self.context.directory.who_may_hear(self.context.team_id, item.visibility),
        )
        admins = await context.directory.admins(context.team_id) | context.admins
        gone = gone_people(self.reader, context.team_id)
        at = At(self.user_id, members, context.now, {}, self.visible, tuple(sorted(admins - gone)))
        people = [*moves.reporters(item), item.by, service.whose_move(self.reader, item, component, at), self.user_id]
        return replace(at, names=await names_of(self.reader, context.directory, context.team_id, people))

    def receivers(self, reader: Reader, component: Component) -> tuple[str, ...]:
        return routing.receivers(reader, component, gone_people(reader, component.team_id))

    def roles(self, reader: Reader, item: Feedback, component: Component, at: At) -> frozenset[Role]:
        """Return the roles that the person has; who is not in its channel any more has none."""
        if not may_hear(at.members, self.user_id):
            return frozenset()
        people = self.receivers(reader, component)
        return routing.roles_of(item, people, self.user_id, is_admin=self.actor.is_admin)


async def asking(context: Context[Interaction]) -> Asker:
    return await asker.asking(Asker, context)


def visibility_of(component: Component, home: str) -> str:
    """Return who sees a report: who sees what it is about, and from a private channel only that one."""
    return home if home != WORKSPACE else component.visibility
