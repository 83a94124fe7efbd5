"""Where somebody says when a component retires, changes the day, or says that it stays."""

from handlers.checks.outcomes import Refused
from handlers.framework.context import Context
from handlers.responsibilities.context import asking
from handlers.responsibilities.messages import retirement as messages
from handlers.responsibilities.rules import retirement as rules
from handlers.responsibilities.service import retirement as service
from handlers.slack import carried
from handlers.slack.interactions import BlockAction, ViewSubmission, Wrong
from handlers.slack.replies import Refuse, Reply, Say, Wrote
from storage.engine.interface import Transaction


async def open_form(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    return await it.retiring(await it.component(context.interaction.value))


async def open_component(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    return await it.overview(await it.component(context.interaction.value))


async def save(context: Context[ViewSubmission]) -> Reply:
    it, submission = await asking(context), context.interaction
    if refused := await it.actor.why_barred():
        return Reply(refused)
    component_id, _, version = submission.note.partition(":")
    component, known = await it.component(component_id), await it.known()
    told = rules.entered(submission.fields, component, known, await context.today())
    if isinstance(told, Wrong):
        return Reply(Refuse(told.errors))
    people = await context.read(service.concerned, component)
    facts = await it.facts(component.visibility, named=[component.lead], told=people)
    shown = component.model_copy(update={"version": carried.number(version)})

    def keep(transaction: Transaction, _now: object) -> Wrote:
        saved = service.keep(transaction, shown, told, facts)
        if isinstance(saved, Refused):
            return Wrote(saved)
        return Wrote(Say(messages.saved(saved.component, saved.successor, saved.asked)), saved.messages)

    return Reply(write=keep)
