"""Where feedback is read, joined and moved on: by button, and by form."""

import asyncio

from handlers.checks.dates import wrong_ahead
from handlers.checks.outcomes import Refused
from handlers.checks.sensitive_data import personal
from handlers.feedback import forms, messages, service
from handlers.feedback.context import Asker, asking, record_now
from handlers.feedback.forms import NOTE, UNTIL
from handlers.feedback.rules import moves
from handlers.feedback.rules.moves import Act, Step
from handlers.feedback.rules.routing import Report
from handlers.feedback.service import Closed
from handlers.framework.context import Context, GoneError
from handlers.slack import carried
from handlers.slack.history import history
from handlers.slack.interactions import BlockAction, ViewSubmission
from handlers.slack.replies import Open, Refuse, Reply, Say, Wrote
from storage.engine.interface import Transaction
from storage.feedback.feedback import ITEMS


async def open_record(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    return Reply(Say(await it.read(await it.report(context.interaction.value))))


async def list_more(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    return Reply(Say(await it.listed(carried.number(context.interaction.value))))


async def read_history(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    feedback_id, _, begin = context.interaction.value.partition(":")
    found = await it.report(feedback_id)
    entries = await context.read(ITEMS.history, it.team_id, feedback_id)
    names = await it.names_of(each.by for each in entries)
    door, page = (messages.HISTORY, feedback_id), carried.number(begin)
    return Reply(Say(history(f"History of {found.item.number}", entries, names, door, page)))


async def join(context: Context[BlockAction]) -> Reply:
    """Report the same as others did: who joins hears what becomes of it."""
    it = await asking(context)
    found = await it.report(context.interaction.value)
    if refused := await it.actor.why_barred():
        return Reply(refused)
    facts, today = await it.facts_about(found), await context.today()

    def keep(transaction: Transaction, _now: object) -> Wrote:
        joined = service.join(transaction, found, facts)
        if isinstance(joined, Refused):
            return Wrote(joined)
        if isinstance(joined, Closed):
            return Wrote(Say(record_now(transaction, joined.now, facts, today)))
        return Wrote(Say(messages.joined(joined.report.item)), joined.messages)

    return Reply(write=keep)


async def _named(it: Asker, value: str) -> tuple[Act, Report]:
    """Return the step and the feedback that a button or a form names. Raises GoneError."""
    act, _, feedback_id = value.partition(":")
    if act not in moves.ACTS:
        raise GoneError(messages.GONE)
    return act, await it.report(feedback_id)


async def open_step(context: Context[BlockAction]) -> Reply:
    """Open the form of a step; what is not allowed is said before anybody types."""
    it = await asking(context)
    act, found = await _named(it, context.interaction.value)
    facts = await it.facts_about(found)
    roles = await context.read(service.roles_of, found, facts)
    receiver = facts.names.get(await context.read(service.whose_move, found, facts), "")
    refused = moves.why_not(found.item, act, roles, receiver)
    return Reply(refused or Open(forms.step_form(act, found.item, found.component)))


async def take_step(context: Context[ViewSubmission]) -> Reply:
    """Take a step with what its form was told; everybody who reported it hears of it."""
    it, fields = await asking(context), context.interaction.fields
    act, found = await _named(it, context.interaction.note)
    note, until = fields.text(NOTE), fields.text(UNTIL)
    errors = {NOTE: wrong} if (wrong := await asyncio.to_thread(personal, note)) else {}
    errors |= {UNTIL: wrong} if until and (wrong := wrong_ahead(until, await context.today())) else {}
    if errors:
        return Reply(Refuse(errors))
    facts, step = await it.facts_about(found), Step(act, it.user_id, note=note, fix_by=until)

    def keep(transaction: Transaction, _now: object) -> Wrote:
        taken = service.take(transaction, found, step, facts)
        if isinstance(taken, Refused):
            return Wrote(taken)
        return Wrote(Say(messages.done(taken.report.item, step)), taken.messages)

    return Reply(write=keep)
