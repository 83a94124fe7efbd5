"""Who makes an interaction about a decision, which one that is, and how it looks to them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from handlers.access.placement import is_alone, visibility_at
from handlers.access.recipients import Facts
from handlers.agreements import components
from handlers.agreements.touching import touched
from handlers.checks.outcomes import Refused
from handlers.decisions import forms
from handlers.decisions.forms import Origin
from handlers.decisions.messages import lists, record
from handlers.decisions.messages.lines import Shown
from handlers.decisions.messages.nearness import Beside, Near
from handlers.decisions.rules import filters, moves, parsing
from handlers.decisions.rules.nearness import Found
from handlers.decisions.service import changes, nearness, showing
from handlers.framework import asker
from handlers.framework.context import Context, GoneError
from handlers.slack.blocks import Message, Modal
from handlers.slack.interactions import BlockAction, Fields, Interaction
from handlers.slack.replies import Answer, Open, Redraw, Reply, Say
from storage.decisions import decisions, search
from storage.decisions.decisions import Decision, NewDecision
from storage.engine.interface import WORKSPACE, Reader
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import known_people

_IN_A_CHANNEL = "Log a decision in a channel that you share with the team."


@dataclass(frozen=True, slots=True)
class Asker(asker.Asker):
    """A person at an interaction about decisions."""

    def seen(self, reader: Reader, decision_id: str) -> Decision | None:
        decision = decisions.by_id(reader, self.team_id, decision_id)
        return decision if decision is not None and decision.visibility in self.visible else None

    def numbered(self, reader: Reader, number: str) -> Decision | None:
        return decisions.by_number(reader, self.team_id, number, self.visible)

    def found_by(self, reader: Reader, text: str) -> list[Decision] | str:
        """Return what is looked for, or say what of the search can't be read."""
        parts = responsibilities.components(reader, self.team_id, self.visible)
        people = {each.name.casefold(): each.user_id for each in known_people(reader, self.team_id).values()}
        wanted = filters.wanted(text, self.user_id, parts, people)
        if isinstance(wanted, str):
            return wanted
        return search.find(reader, self.team_id, wanted.words, wanted.filters, self.visible)

    def beside(self, reader: Reader, new: NewDecision, supersedes: str) -> Beside:
        """Return what a new decision stands beside, as far as whoever reads that may read it too (for searches)."""
        team_id, places = self.team_id, self._places(new)
        return Beside(
            near=self._near(reader, new, nearness.find(reader, team_id, new, places, supersedes), supersedes),
            requirements=touched(reader, team_id, new.component_id, new.attributes, places),
            known=nearness.latest_ids(reader, team_id, places),
        )

    def beside_now(self, reader: Reader, new: NewDecision, supersedes: str, known: frozenset[str]) -> Beside:
        """Return the same of what was written since: for use inside a write."""
        found = nearness.find_new(reader, self.team_id, new, self._places(new), known)
        return Beside(self._near(reader, new, found, supersedes))

    def _places(self, new: NewDecision) -> list[str]:
        return sorted({WORKSPACE, new.visibility} & set(self.visible))

    def _near(self, reader: Reader, new: NewDecision, found: Found | None, supersedes: str) -> Near | None:
        if found is None:
            return None
        old = found.decision
        part = components.seen(reader, self.team_id, old.component_id, self._places(new)) if old.component_id else None
        is_own = new.state == "accepted" and new.decider == self.user_id and new.visibility == old.visibility
        may = moves.may_do(old, self.user_id, is_admin=self.actor.is_admin)
        return Near(found, part.name if part is not None else "", is_own and "supersede" in may and not supersedes)

    async def home(self, place: str) -> str:
        """Return who sees what is decided in a place."""
        return await visibility_at(self.context.directory, self.team_id, place, await self.context.viewpoint())

    async def facts_of(self, decision_id: str) -> Facts:
        """Ask Slack, before the write, who may hear of what becomes of a decision."""
        found = await self.context.read(self.seen, decision_id)
        if found is None:
            return await self.facts(WORKSPACE)
        facts = await self.facts(found.visibility, told=changes.concerned(found))
        is_to_post = found.is_reported and bool(found.place)
        return replace(facts, is_limited=is_to_post and not await self.can_post(found.place, found.visibility))

    async def can_post(self, place: str, visibility: str) -> bool:
        """Ask Slack afresh whether a decision can be posted somewhere: the bot is there, and no guests read it."""
        is_in = not is_alone(place) and await self.context.directory.bot_is_in(self.context.team_id, place)
        return is_in and not await self.context.is_limited(place, visibility)

    async def read_out(
        self, find: Callable[[Reader, str], Decision | None], name: str, *, is_full: bool = False
    ) -> Reply:
        """Return a decision with what the person may do about it; where everybody reads, as everybody may see it."""

        def look(reader: Reader) -> Shown | None:
            found = find(reader, name)
            return None if found is None else showing.shown(reader, found)

        seen = await self.context.read(look)
        if seen is None:
            return Reply(Refused(lists.GONE))
        if not self.is_private:
            return Reply(Say(record.public(seen, await self.names_of(seen.people))))
        may = moves.may_do(
            seen.decision, self.user_id, is_admin=self.actor.is_admin, is_decider_gone=seen.is_decider_gone
        )
        if is_full:
            return Reply(in_place(self.context.interaction, record.in_full(seen, may)))
        return Reply(Say(record.brief(seen, may, share=await self.shares(lists.ONE, seen.decision.id))))

    async def shares(self, kind: str, named: str) -> str:
        """Return what a button carries that shows an answer to everybody in the channel; empty where nobody is."""
        place = self.context.interaction.place.channel_id
        can_be_shown = self.is_private and not is_alone(place) and bool((await self.context.viewpoint()).shown_to_all)
        return f"{kind}:{named}" if can_be_shown else ""

    async def look(self, new: NewDecision, origin: Origin) -> Beside:
        return await self.context.store.search(lambda reader: self.beside(reader, new, origin.supersedes))

    async def form(self, told: Fields, origin: Origin, quoted: str = "") -> Modal:
        """Return the form for a decision, with the components that the person may see, and what it stands beside."""
        place = await self.home(origin.place)
        new, beside = parsing.begun(told, place, self.user_id), Beside()
        if new is not None:
            beside = await self.look(new, origin)
        return forms.decision_form(told, origin, await self.parts(), quoted, beside)

    async def parts(self) -> list[Component]:
        return await self.context.read(responsibilities.components, self.team_id, self.visible)

    async def new_form(self, told: Fields, origin: Origin, quoted: str = "") -> Modal:
        """Return the form as it opens: it will be posted where it is made, unless its author says otherwise.

        Raises GoneError for who sees only the channels that they share, and is in none.
        """
        if is_alone(origin.place) and (await self.context.viewpoint()).is_limited:
            raise GoneError(_IN_A_CHANNEL)
        may_post = await self.can_post(origin.place, await self.home(origin.place))
        posted = {forms.POST: forms.HERE} if may_post else {}
        started = replace(origin, is_alone=is_alone(origin.place), may_post=may_post)
        return await self.form(Fields({**told, **posted}), started, quoted)


def in_place(interaction: Interaction, shown: Message | Modal) -> Answer:
    """Put something in the place of the form that was pressed in, since Slack stacks three; else open it, or say it."""
    modal = shown if isinstance(shown, Modal) else Modal("decision_shown", "Decision", shown.blocks)
    if isinstance(interaction, BlockAction) and interaction.view is not None and interaction.view.is_modal:
        return Redraw(modal)
    return Say(shown) if isinstance(shown, Message) else Open(modal)


async def asking(context: Context[Interaction]) -> Asker:
    return await asker.asking(Asker, context)
