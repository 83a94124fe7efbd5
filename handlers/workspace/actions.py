"""Where the settings are saved, and a text that should not have been written is taken out for good."""

import asyncio
from datetime import datetime

from handlers.checks.outcomes import Refused
from handlers.framework.asker import Asker, asking
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import BlockAction, SlackEvent, ViewSubmission
from handlers.slack.replies import Open, Refuse, Reply, Say, Wrote
from handlers.workspace import forms, messages, rules, service
from handlers.workspace.retention_rules import held
from storage.engine.interface import WORKSPACE, Transaction
from storage.workspaces import holds


async def save_settings(context: Context[ViewSubmission]) -> Reply:
    entered = forms.entered(context.interaction.fields)
    chosen = sorted({user_id for user_ids in entered.stewards.values() for user_id in user_ids})
    found = await asyncio.gather(*(context.directory.person(context.team_id, user_id) for user_id in chosen))
    asked = rules.asked_settings(entered, dict(zip(chosen, found, strict=True)))
    if not (await context.actor()).is_admin:
        return Reply(Refuse(forms.refused_to_others()))
    if isinstance(asked, rules.Wrong):
        return Reply(Refuse(forms.errors(asked)))

    def save(transaction: Transaction, _now: datetime) -> Open:
        return Open(forms.saved(service.choose(transaction, context.team_id, asked)))

    return Reply(write=save)


async def take_note(_context: Context[SlackEvent]) -> Reply:
    """Do nothing more about what the directory has heard: that a person or a conversation changed."""
    return Reply()


async def ask_whether(context: Context[BlockAction]) -> Reply:
    """Ask once more, since it cannot be undone; whoever may not is told who may."""
    it, value = await asking(Asker, context), context.interaction.value
    if (hold := await context.read(holds.hold, it.team_id)) is not None:
        return Reply(Say(blocks.said(held(hold, await it.names_of([hold.by])))))
    record = await context.store.search(
        lambda reader: service.named(reader, context.hooks, it.team_id, value, it.visible)
    )
    if record is None:
        return Reply(Say(blocks.said("It is not there any more, or you may not see it.")))
    if not rules.may_redact(record, it.user_id, is_admin=it.actor.is_admin):
        return Reply(Say(blocks.said(f"Only who wrote {record.told} and the admins can redact it.")))
    return Reply(Open(forms.redaction(record, value)))


async def redact(context: Context[ViewSubmission]) -> Reply:
    """Take the text out of a record, its history, and the messages that tell of it."""
    it, value = await asking(Asker, context), context.interaction.note
    hold = await context.read(holds.hold, it.team_id)
    facts = await it.facts(WORKSPACE, [hold.by] if hold is not None else ())

    def take_out(transaction: Transaction, _now: datetime) -> Wrote:
        outcome = service.redact(transaction, context.hooks, it.team_id, value, facts)
        if isinstance(outcome, Refused):
            return Wrote(Say(blocks.said(outcome.told)))
        return Wrote(Say(messages.redacted(outcome.record.told, len(outcome.edits))), outcome.edits)

    return Reply(write=take_out)
