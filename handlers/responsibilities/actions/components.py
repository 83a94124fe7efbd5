"""Where people save components, and have their duties proposed."""

from handlers.access.placement import visibility_at
from handlers.checks.outcomes import Refused
from handlers.framework.context import Context
from handlers.responsibilities.context import Asker, asking
from handlers.responsibilities.forms.components import component_form
from handlers.responsibilities.forms.review import plan_form
from handlers.responsibilities.messages import collaboration as map_messages
from handlers.responsibilities.messages import components as component_messages
from handlers.responsibilities.messages import register
from handlers.responsibilities.rules import components as rules
from handlers.responsibilities.rules import sharing
from handlers.responsibilities.rules.sharing import has_already, shared
from handlers.responsibilities.service import register as service
from handlers.responsibilities.service import steps
from handlers.slack import carried
from handlers.slack.interactions import BlockAction, ViewSubmission, Wrong
from handlers.slack.replies import Answer, Open, Refuse, Reply, Say, Wrote
from storage.engine.interface import Transaction
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, NewComponent


async def add_by_button(context: Context[BlockAction]) -> Reply:
    refused = await (await context.actor()).why_barred()
    return Reply(refused or Open(component_form({"name": context.interaction.value})))


async def edit_by_button(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    return await it.edited(await it.component(context.interaction.value))


async def show_map(context: Context[BlockAction]) -> Reply:
    it, listed = await _listed(context, context.interaction.value)
    return listed if isinstance(listed, Reply) else await it.mapped(listed, is_one=bool(context.interaction.value))


async def show_duties(context: Context[BlockAction]) -> Reply:
    it, listed = await _listed(context, context.interaction.value)
    return listed if isinstance(listed, Reply) else await it.duties(listed, is_one=bool(context.interaction.value))


async def show_more_points(context: Context[BlockAction]) -> Reply:
    """List the next points of a map; who is shown fewer of them by now gets those that are left."""
    which, _, begin = context.interaction.value.partition(":")
    it, listed = await _listed(context, which)
    if isinstance(listed, Reply):
        return listed
    plan = await it.map_of(listed[0] if which else None)
    return Reply(Say(map_messages.shown(plan, begin=carried.number(begin))))


async def _listed(context: Context[BlockAction], which: str) -> tuple[Asker, list[Component] | Reply]:
    """Return the component of an id, or all; else what to say where there is none."""
    it = await asking(context)
    if which:
        return it, [await it.component(which)]
    known = await it.known()
    return it, known or await it.nothing_known(register.no_components(f"/{context.command_prefix}owner"))


async def save(context: Context[ViewSubmission]) -> Reply:
    """Add a component, or change the one that the form names as it was when the form was opened."""
    it, submission = await asking(context), context.interaction
    if refused := await it.actor.why_barred():
        return Reply(refused)
    old_id, _, version = submission.note.partition(":")
    old = await it.component(old_id) if old_id else None
    new = rules.written(submission.fields, await _visibility(it, old), await context.today(), old)
    return Reply(Refuse(new.errors)) if isinstance(new, Wrong) else await _saved(it, new, old, carried.number(version))


async def _visibility(it: Asker, old: Component | None) -> str:
    """Return who sees a component: those who saw it; a new one everybody, or those of the channel it is made in."""
    context = it.context
    viewpoint, channel_id = await context.viewpoint(), context.interaction.place.channel_id
    return old.visibility if old else await visibility_at(context.directory, it.team_id, channel_id, viewpoint)


async def _saved(it: Asker, new: NewComponent, old: Component | None, version: int) -> Reply:
    facts = await it.facts(new.visibility, [old.lead] if old else [])
    sides = [(side, each) for side in ("model_side", "product_side") for each in getattr(new, side)]
    if errors := await it.why_unfit([("lead", new.lead), *sides], facts.audience):
        return Reply(Refuse(errors))

    def keep(transaction: Transaction, _now: object) -> Answer:
        if old is None:
            saved = service.add(transaction, it.team_id, new, facts)
        else:
            saved = service.change(transaction, old.model_copy(update={"version": version}), new, facts)
        if isinstance(saved, Refused):
            return saved
        has = has_already(responsibilities.all_duties(transaction, it.team_id))
        gaps = [each for each in saved.duties if each.present.state == "unowned"]
        return Say(component_messages.saved(saved.component, saved.duties, shared(gaps, has)))

    return Reply(write=keep)


async def plan(context: Context[BlockAction]) -> Reply:
    """Show who could be asked about which duty, before anybody is."""
    it = await asking(context)
    component = await it.component(context.interaction.value)
    gaps, planned = await it.planned(component)
    if not gaps:
        return Reply(Say(component_messages.proposed_to({})))
    return Reply(Open(plan_form(component, gaps, planned, await it.names_of(planned.values()))))


async def propose(context: Context[ViewSubmission]) -> Reply:
    """Ask each person about the duties that were chosen for them, in one message."""
    it, fields = await asking(context), context.interaction.fields
    component = await it.component(context.interaction.note)
    gaps, _ = await it.planned(component)
    wanted = sharing.chosen(gaps, fields)
    if isinstance(wanted, Wrong):
        return Reply(Refuse(wanted.errors))
    people = list(dict.fromkeys(person for _, person in wanted))
    facts = await it.facts(component.visibility, told=people)
    at = {each: each if each in fields else sharing.SOMEBODY for each in people}
    if errors := await it.why_unfit([(at[each], each) for each in people], facts.audience):
        return Reply(Refuse(errors))

    def ask(transaction: Transaction, _now: object) -> Wrote:
        now = {each.value: each for each in service.all_of(transaction, [component]) if each.present.state == "unowned"}
        done = steps.propose(transaction, [(now[value], who) for value, who in wanted if value in now], facts)
        return Wrote(Say(component_messages.proposed_to(done.asked)), done.messages)

    return Reply(write=ask)
