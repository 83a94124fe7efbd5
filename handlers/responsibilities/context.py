"""Who makes an interaction about the register, what they are answered, and what Slack is asked before a write."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from handlers.access.recipients import Audience, Destination, Facts, Picture, attach_picture, may_hear
from handlers.agreements import components
from handlers.agreements.components import current
from handlers.agreements.links import End, Joining, home_of, who_knows
from handlers.checks.outcomes import Refused
from handlers.framework import asker
from handlers.framework.context import Context, WorkspaceContext
from handlers.hooks.seams import Looked
from handlers.responsibilities.drawing import picture
from handlers.responsibilities.forms.components import component_form
from handlers.responsibilities.forms.retirement import retirement_form
from handlers.responsibilities.messages import collaboration as map_messages
from handlers.responsibilities.messages import links as link_messages
from handlers.responsibilities.messages import load as load_messages
from handlers.responsibilities.messages import map as maps
from handlers.responsibilities.messages import questions as question_messages
from handlers.responsibilities.messages import register
from handlers.responsibilities.messages import retirement as retirement_messages
from handlers.responsibilities.messages import teams as team_messages
from handlers.responsibilities.messages.components import not_theirs
from handlers.responsibilities.rules import links as rules
from handlers.responsibilities.rules import load as load_rules
from handlers.responsibilities.rules import teams as team_rules
from handlers.responsibilities.rules.collaboration import planned as plan_of
from handlers.responsibilities.rules.plans import Plan
from handlers.responsibilities.rules.retirement import successors
from handlers.responsibilities.rules.sharing import has_already, shared
from handlers.responsibilities.rules.standing import ComponentDuty, is_up_to, side_of, to_ask
from handlers.responsibilities.service import collaboration, links, load, retirement, steps, teams
from handlers.responsibilities.service import register as service
from handlers.responsibilities.service.steps import Question
from handlers.slack import blocks
from handlers.slack.blocks import Message
from handlers.slack.interactions import Ask, Interaction
from handlers.slack.replies import Done, Open, Reply, Say, Wrote
from storage.engine.interface import WORKSPACE, Transaction
from storage.outbox.deliveries import Delivery
from storage.responsibilities import questions, responsibilities
from storage.responsibilities.responsibilities import Component
from storage.responsibilities.teams import Team

#: Of those who know of a link so many are asked about.
_ASKED_ABOUT = 12
_NOT_THERE = "They aren't in the channel that this belongs to. Invite them first."


@dataclass(frozen=True, slots=True)
class Asker(asker.Asker):
    """A person at an interaction about the register."""

    async def known(self) -> list[Component]:
        listed, _ = await self.context.read(service.known, self.team_id, self.visible)
        return listed

    async def component(self, component_id: str) -> Component:
        """Return a component. Raises GoneError where it may not be seen."""
        return await self.wanted(components.seen, component_id, register.GONE)

    async def duty(self, value: str, told: str = register.GONE) -> ComponentDuty:
        """Return a duty of a component. Raises GoneError, with what is told then, where it may not be seen."""
        return await self.wanted(service.seen, value, told)

    async def facts_about(self, listed: Sequence[ComponentDuty], person: str = "") -> Facts:
        """Ask who may hear of steps with duties of a component; ``person`` is whom they are about."""
        told = [listed[0].component.lead, person]
        for each in listed:
            duty = each.duty
            waiting = await self.context.read(questions.askers, duty)
            told += [duty.owner, duty.proposed_by, duty.proposed_to, *duty.claimants, *waiting]
            told += [duty.backup, *duty.helpers]
        return await self.facts(listed[0].component.visibility, told=told)

    async def up_to_them(self, component: Component) -> list[ComponentDuty]:
        """Return the duties of a component that the person has something to say about."""
        listed = await self.context.read(service.all_of, [component])
        return [each for each in listed if is_up_to(each, self.user_id)]

    async def planned(self, component: Component) -> tuple[list[ComponentDuty], dict[str, str]]:
        """Return the duties of a component without an owner, and whom to ask for each, by its value."""
        listed = await self.context.read(service.all_of, [component])
        gaps = [each for each in listed if each.present.state == "unowned"]
        return gaps, shared(gaps, has_already(await self.context.read(responsibilities.all_duties, self.team_id)))

    async def why_unfit(self, named: Sequence[tuple[str, str]], audience: Audience) -> dict[str, str]:
        """Say at the field of each person named there why they cannot be asked to take something."""
        told = await asyncio.gather(*(self.actor.why_unfit(person) for _, person in named))
        return {
            field: unfit or _NOT_THERE
            for (field, person), unfit in zip(named, told, strict=True)
            if unfit or not may_hear(audience, person)
        }

    async def names_in(self, listed: Iterable[ComponentDuty]) -> dict[str, str]:
        return await self.names_of(each for about in listed for each in _people(about))

    async def names_shown(self, listed: Iterable[ComponentDuty]) -> dict[str, str] | None:
        """Return names for what everybody reads; None where only this person does, whom Slack shows people itself."""
        return None if self.is_private else await self.names_in(listed)

    async def answered(
        self, about: ComponentDuty, also: Callable[[Question], Sequence[Delivery]] = lambda _: ()
    ) -> Reply:
        """Answer who has a duty; one that nobody has becomes a question, of which ``also`` returns what more to say."""
        names = await self.names_shown([about])
        if about.present.state != "unowned" or await self.context.why_not_here():
            return Reply(Say(register.answer(about, self.user_id, names)))
        place = await self.context.directory.described(self.team_id, self.context.interaction.place)
        where = place.channel_id if place.openness == "public" else ""
        facts = await self.facts(about.component.visibility, told=to_ask(about))
        there = about.team.channel if about.team is not None else ""
        in_channel = there if await may_ask_in(self.context, there, about.component.visibility) else ""

        def ask(transaction: Transaction, _now: object) -> Wrote:
            put = steps.ask(transaction, about, (where, in_channel), facts)
            after = [question_messages.was_asked(put.asked, put.about, names)] if put.is_open else []
            told = register.answer(put.about, self.user_id, names, after)
            return Wrote(Say(told), [*put.messages, *also(put)])

        return Reply(write=ask)

    async def map_of(self, system: Component | None) -> Plan:
        """Return the map of a system, or of all components, as far as it may be shown here."""
        context, today = self.context, await self.context.today()
        parts = await context.store.search(lambda reader: collaboration.looked_at(reader, self.team_id, self.visible))
        looked = Looked(parts, self.visible, today)
        told = await context.store.search(
            lambda reader: collaboration.seen(reader, self.team_id, looked, context.hooks.seams)
        )
        names = await self.names_of(collaboration.people_of(told))
        return await asyncio.to_thread(plan_of, replace(told, names=names), system)

    async def drawn(self, plan: Plan) -> Reply:
        """Answer with a map: its points in words, and its picture in the thread, or to the person alone."""
        if not picture.is_there():
            return Reply(Say(map_messages.shown(plan, map_messages.NOT_INSTALLED)))
        if await self.context.why_not_here():
            return Reply(Say(map_messages.shown(plan, map_messages.ELSEWHERE)))
        png = await picture.in_time(plan, map_messages.described(plan))
        if png is None:
            return Reply(Say(map_messages.shown(plan, map_messages.NOT_DRAWN)))
        interaction, now = self.context.interaction, self.context.now
        is_shown_to_all = not self.is_private and not await self.context.is_limited(interaction.place.channel_id)
        about = tuple(sorted(plan.visibilities))
        to = Destination(self.team_id, self.user_id, about=about)
        if is_shown_to_all and isinstance(interaction, Ask):
            to = Destination(self.team_id, interaction.place.channel_id, interaction.thread_ts or "")
        shown = Picture(picture.file_name(plan), png, map_messages.described(plan), plan.records)
        told = map_messages.shown(plan, map_messages.IN_THREAD if is_shown_to_all else map_messages.SENT_TO_YOU)
        sent = attach_picture(to, shown, f"{blocks.escape(plan.title)}. {map_messages.summary(plan)}", now)
        return Reply(write=lambda _transaction, _now: Wrote(Say(told), [sent]))

    async def mapped(self, listed: Sequence[Component], *, is_one: bool) -> Reply:
        """Answer with who builds what with whom, where components are linked; else with who has which duty."""
        plan = await self.map_of(listed[0] if is_one else None)
        return await self.drawn(plan) if plan.points or plan.inside else await self.duties(listed, is_one=is_one)

    async def duties(self, listed: Sequence[Component], *, is_one: bool) -> Reply:
        shown = list(listed) if is_one else current(listed)
        duties = await self.context.store.search(lambda reader: service.all_of(reader, shown))
        names = await self.names_in(duties)
        told = maps.component_map(listed[0], duties, names) if is_one else maps.whole_map(duties, names)
        return Reply(Say(told))

    async def overview(self, component: Component) -> Reply:
        """Answer with who owns what of a component, and when it retires; of one that has retired, with that alone."""
        names = await self.names_of(await self.context.read(retirement.concerned, component))
        notes = await self.context.read(retirement.notes_on, component, self.visible, names)
        if component.is_retired:
            return Reply(Say(retirement_messages.retired(component, notes)))
        listed = await self.context.store.search(lambda reader: service.all_of(reader, [component]))
        return Reply(Say(register.overview(component, listed, await self.names_shown(listed), notes)))

    async def either(self, listed: Sequence[ComponentDuty]) -> Reply:
        """Answer with how some duties stand of which each may be meant; nobody is asked to take one."""
        return Reply(Say(register.either(listed, await self.names_shown(listed))))

    async def theirs(self) -> Reply:
        listed = await self.context.read(service.of_person, self.team_id, self.user_id, self.visible)
        told = register.mine(listed, self.user_id)
        if not self.is_private:
            return Reply(Say(told))
        found = await self.context.store.search(
            lambda reader: load.loads(reader, self.team_id, self.visible, self.context.now, self.context.hooks.quarrels)
        )
        others = load_rules.told_to(found, self.user_id, is_admin=self.actor.is_admin)
        own = found.get(self.user_id, load_rules.Load())
        return Reply(Say(load_messages.below(told, own, others, await self.names_of(others))))

    async def shown_team(self, team: Team) -> Reply:
        """Answer with a team and the duties that belong to it, as far as they may be seen here."""
        owned = await self.owned_by_teams(team.id)
        people = {*team.members, *(who for each in owned for who in (each.present.owner, each.present.proposed_to))}
        names = None if self.is_private else await self.names_of(people)
        may_edit = team_rules.may_edit(team, self.user_id, is_admin=self.actor.is_admin)
        return Reply(Say(team_messages.shown(team, owned, names, may_edit=may_edit)))

    async def all_teams(self, command: str) -> Reply:
        known = await self.context.read(teams.known, self.team_id, self.visible)
        names = await self.names_of(each.accountable for each in known.values() if each.accountable)
        return Reply(Say(team_messages.listed(known.values(), await self.owned_by_teams(), names, command)))

    async def owned_by_teams(self, owner_team_id: str = "") -> list[ComponentDuty]:
        return await self.context.store.search(
            lambda reader: teams.duties_of(reader, self.team_id, self.visible, owner_team_id)
        )

    async def nothing_known(self, told: Message) -> Reply:
        """Say why no component can be shown: to a guest, that they see none, and who does."""
        if await self.actor.has_left(self.user_id):
            admins = sorted(await self.context.directory.admins(self.team_id) | self.context.admins)
            names = None if self.is_private else await self.names_of(admins)
            return Reply(Say(register.not_for_guests(admins, names)))
        return Reply(Say(told))

    async def facts_of_link(self, joining: Joining, visibility: str) -> Facts:
        """Ask who may hear of a link between two components, and who of those that know of it has left."""
        ends: tuple[End, ...] = ("source", "target")
        people = [each for end in ends for each in await self.context.read(who_knows, joining, end)]
        return await self.facts(visibility, named=people[:_ASKED_ABOUT], told=people[:_ASKED_ABOUT])

    async def linked(self, joining: Joining) -> Reply:
        """Link two components, and ask the other side, or its channel where nobody of it is left."""
        home = home_of(joining)
        if home is None:
            return Reply(rules.why_not(joining, home) or Done())
        facts = await self.facts_of_link(joining, home)
        ends = [each.channel for each in (joining.source, joining.target) if each.channel]
        open_ones = frozenset([each for each in ends if not await self.context.is_limited(each, home)])
        channels = open_ones if home == WORKSPACE else frozenset()

        def propose(transaction: Transaction, _now: object) -> Wrote:
            done = links.propose(transaction, joining, facts, channels)
            if isinstance(done, Refused):
                return Wrote(done)
            return Wrote(Say(link_messages.proposed(done.about, done.asked)), done.messages)

        return Reply(write=propose)

    async def edited(self, component: Component) -> Reply:
        """Open a component to be edited, for those who may."""
        if refused := await self.actor.why_barred():
            return Reply(refused)
        if not components.may_edit(component, self.user_id, is_admin=self.actor.is_admin):
            names = await self.names_of([component.lead])
            return Reply(not_theirs(component, names.get(component.lead, "its lead")))
        return Reply(Open(component_form(component.model_dump(), f"{component.id}:{component.version}")))

    async def retiring(self, component: Component) -> Reply:
        """Ask when a component retires, for those who may say it."""
        if refused := await self.actor.why_barred():
            return Reply(refused)
        names = await self.names_of([component.lead])
        facts = Facts(self.user_id, self.context.now, names=names, is_admin=self.actor.is_admin)
        if refused := retirement.why_not(component, facts):
            return Reply(refused)
        form = retirement_form(component, successors(component, await self.known()))
        return Reply(Open(form, retirement_messages.open_form(component)))


async def may_ask_in(context: WorkspaceContext, channel: str, visibility: str) -> bool:
    """Tell whether people may be asked about a record in a channel: the bot is there, and nobody who may not see it."""
    if not channel or visibility not in (WORKSPACE, channel) or await context.is_limited(channel, visibility):
        return False
    return await context.directory.bot_is_in(context.team_id, channel)


async def asking(context: Context[Interaction]) -> Asker:
    return await asker.asking(Asker, context)


def _people(about: ComponentDuty) -> Iterable[str]:
    yield from (about.duty.owner, about.duty.proposed_to, about.duty.backup, about.component.lead)
    yield from (*about.duty.claimants, *about.duty.helpers, *side_of(about))
