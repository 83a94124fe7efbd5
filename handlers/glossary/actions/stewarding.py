"""Where stewards approve, keep, verify and deprecate meanings, and where people dispute them."""

from collections.abc import Callable
from datetime import datetime

from handlers.access.recipients import Facts
from handlers.access.settling import is_shown
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.framework.context import Context
from handlers.glossary import forms
from handlers.glossary.context import asking
from handlers.glossary.forms import REASON, REPLACEMENT, WHICH
from handlers.glossary.messages import review as review_messages
from handlers.glossary.messages import stewarding
from handlers.glossary.service import meanings
from handlers.glossary.service.meanings import Outcome, Shown
from handlers.slack.blocks import Message, said
from handlers.slack.interactions import BlockAction, ViewSubmission
from handlers.slack.replies import Answer, Done, Open, Replace, Reply, Say, Wrote
from storage.engine.interface import Transaction
from storage.glossary.glossary import Sense
from storage.records.versioned import Overtaken

Settle = Callable[[Transaction, Shown, Facts], Outcome]


async def approve(context: Context[BlockAction]) -> Reply:
    return await _settle(context, meanings.approve, stewarding.approved)


async def keep(context: Context[BlockAction]) -> Reply:
    return await _settle(context, meanings.keep, stewarding.kept)


async def verify(context: Context[BlockAction]) -> Reply:
    return await _settle(context, meanings.verify, review_messages.verified)


async def _settle(context: Context[BlockAction], settle: Settle, told: Callable[[Sense], Message]) -> Reply:
    it, press = await asking(context), context.interaction
    sense_id, version = stewarding.read_pin(press.value)
    sense = await it.sense(sense_id)
    if sense is None:
        return Reply(_instead(press, said(stewarding.GONE)))
    shown, facts = Shown(context.team_id, sense_id, version), await it.facts_of(sense)

    def write(transaction: Transaction, _now: datetime) -> Answer | Wrote:
        outcome = settle(transaction, shown, facts)
        if isinstance(outcome, Refused):
            return outcome
        if isinstance(outcome, Overtaken):
            return _instead(press, stewarding.changed_since(outcome.now))
        is_told = is_shown(outcome.messages, press.place.channel_id, press.message_ts)
        return Wrote(Done() if is_told else _instead(press, told(outcome.sense)), outcome.messages)

    return Reply(write=write)


def _instead(press: BlockAction, message: Message) -> Replace | Say:
    """Put an answer in the place of what was pressed; below a list, which has more to press, it is said."""
    return Say(message) if stewarding.is_listed(press.value) else Replace(message)


async def open_deprecation(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    sense = await it.sense(context.interaction.value)
    if sense is None or not it.rights.may_settle(sense):
        return Reply(await it.not_allowed(sense) if sense else NotAllowed(stewarding.GONE))
    return Reply(Open(forms.deprecation_form(sense)))


async def deprecate(context: Context[ViewSubmission]) -> Reply:
    it, fields = await asking(context), context.interaction.fields
    note = forms.read_note(context.interaction.note)
    reason, replacement = fields.text(REASON), " ".join(fields.text(REPLACEMENT).split())
    sense = await it.sense(note.sense_id)
    if sense is None:
        return Reply(Say(said(stewarding.GONE)))
    if refused := forms.unfilled({REASON: reason}):
        return Reply(refused)
    shown, facts = Shown(context.team_id, note.sense_id, note.version), await it.facts_of(sense)

    def write(transaction: Transaction, _now: datetime) -> Answer | Wrote:
        outcome = meanings.deprecate(transaction, shown, facts, reason, replacement)
        return forms.ended(outcome, stewarding.deprecated, REASON)

    return Reply(write=write)


async def dispute(context: Context[ViewSubmission]) -> Reply:
    it, fields = await asking(context), context.interaction.fields
    which, reason = fields.text(WHICH), fields.text(REASON)
    if refused := forms.unfilled({WHICH: which, REASON: reason}):
        return Reply(refused)
    sense = await it.sense(which)
    if sense is None:
        return Reply(Say(said(stewarding.GONE)))
    stewards = await it.actor.stewards_of(sense.discipline, sense.visibility, sense.steward)
    facts = await it.facts(sense.visibility, told=stewards)

    def write(transaction: Transaction, _now: datetime) -> Answer | Wrote:
        outcome = meanings.dispute(transaction, Shown(context.team_id, which), facts, reason, stewards)
        return forms.ended(outcome, review_messages.dispute_sent, REASON)

    return Reply(write=write)


async def review(context: Context[BlockAction]) -> Reply:
    return Reply(Say(review_messages.review(await (await asking(context)).due())))
