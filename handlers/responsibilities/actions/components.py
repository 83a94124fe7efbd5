"""Where people save components, and have their duties proposed."""

from handlers.access.placement import visibility_at
from handlers.checks.outcomes import Refused
from handlers.framework.context import Context
from handlers.responsibilities import service
from handlers.responsibilities.context import Asker, asking
from handlers.responsibilities.forms.components import component_form
from handlers.responsibilities.messages import components as component_messages
from handlers.responsibilities.rules import components as rules
from handlers.responsibilities.rules.standing import side_of
from handlers.slack import carried
from handlers.slack.interactions import BlockAction, ViewSubmission, Wrong
from handlers.slack.replies import Answer, Open, Refuse, Reply, Say, Wrote
from storage.engine.interface import Transaction
from storage.responsibilities.responsibilities import Component, NewComponent


async def add_by_button(context: Context[BlockAction]) -> Reply:
    return Reply(Open(component_form({"name": context.interaction.value})))


async def edit_by_button(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    return it.edited(await it.component(context.interaction.value))


async def show_map(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    return await it.mapped([await it.component(context.interaction.value)], is_one=True)


async def save(context: Context[ViewSubmission]) -> Reply:
    """Add a component, or change the one that the form names as it was when the form was opened."""
    it, submission = await asking(context), context.interaction
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
    facts = await it.facts(new.visibility)
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
        return Say(component_messages.saved(saved.component, saved.duties))

    return Reply(write=keep)


async def propose_all(context: Context[BlockAction]) -> Reply:
    """Propose each duty that nobody has to the first person of the side that it falls to."""
    it = await asking(context)
    component = await it.component(context.interaction.value)
    listed = await context.read(service.all_of, [component])
    people = list(dict.fromkeys(side[0] for each in listed if (side := side_of(each))))
    facts = await it.facts(component.visibility, told=people)
    unfit = await it.why_unfit([(each, each) for each in people], facts.audience)
    fit = [each for each in people if each not in unfit]

    def propose(transaction: Transaction, _now: object) -> Wrote:
        done = service.propose_to_sides(transaction, component, fit, facts)
        told = component_messages.proposed_to(len(done.asked), sum(map(len, done.asked.values())))
        return Wrote(Say(told), done.messages)

    return Reply(write=propose)
