"""Where the settings are saved, and a text that should not have been written is taken out for good."""

import asyncio
from dataclasses import replace
from datetime import datetime

from handlers.checks.outcomes import Refused
from handlers.framework.asker import Asker, asking
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import BlockAction, SlackEvent, ViewSubmission
from handlers.slack.replies import Open, Refuse, Reply, Say, Share, Wrote
from handlers.workspace import forms, messages, rules, service
from handlers.workspace.retention_rules import held
from storage.engine.interface import WORKSPACE, Transaction
from storage.outbox import deliveries
from storage.workspaces import holds
from storage.workspaces.workspaces import stewards_of


async def save_settings(context: Context[ViewSubmission]) -> Reply:
    entered = forms.entered(context.interaction.fields)
    chosen = sorted({user_id for user_ids in entered.stewards.values() for user_id in user_ids})
    found = await asyncio.gather(*(context.directory.person(context.team_id, user_id) for user_id in chosen))
    channel = entered.data_channel
    is_limited = channel not in ("", context.workspace.data_channel) and await context.is_limited(channel)
    asked = rules.asked_settings(entered, dict(zip(chosen, found, strict=True)))
    if not (await context.actor()).is_admin:
        return Reply(replace(messages.ONLY_ADMINS, field=forms.DISCIPLINES))
    if isinstance(asked, rules.Wrong):
        return Reply(Refuse(forms.errors(asked)))
    if is_limited:
        return Reply(Refuse(forms.read_by_guests(context.command_prefix)))

    it = await asking(Asker, context)
    before = await context.read(stewards_of, context.team_id)
    concerned = rules.steward_moves(before, asked.stewards)
    facts = await it.facts(WORKSPACE, told=concerned)

    def save(transaction: Transaction, _now: datetime) -> Wrote:
        chosen = service.choose(transaction, context.team_id, asked, facts)
        return Wrote(Open(forms.saved(chosen.workspace)), chosen.messages)

    return Reply(write=save)


async def take_note(_context: Context[SlackEvent]) -> Reply:
    """Do nothing more about what the directory has heard: that a person or a conversation changed."""
    return Reply()


async def share_answer(context: Context[BlockAction]) -> Reply:
    """Show to all in a thread what answered the mention of who presses, once, as far as it may be shown there now."""
    press, viewpoint = context.interaction, await context.viewpoint()
    answer, channel_id = await context.read(deliveries.delivery, press.value), press.place.channel_id
    is_own = answer is not None and (answer.team_id, answer.lane) == (context.team_id, context.user_id)
    members = await context.directory.members(context.team_id, channel_id)
    if answer is None or not is_own or answer.body.get("channel") != channel_id or context.user_id not in members:
        return Reply(Say(messages.NOT_TO_SHARE))
    if viewpoint.is_limited or (await context.directory.described(context.team_id, press.place, afresh=True)).is_shared:
        return Reply(Say(messages.NOT_TO_SHARE))
    shared, claim = messages.shared(answer), f"share:{answer.id}"

    def share(transaction: Transaction, now: datetime) -> Share | Say:
        is_first = deliveries.claim(transaction, context.team_id, [claim], now)
        return Share(shared) if is_first else Say(messages.SHARED_ALREADY)

    return Reply(write=share)


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
        return Reply(rules.not_theirs(record))
    return Reply(Open(forms.redaction(record, value)))


async def redact(context: Context[ViewSubmission]) -> Reply:
    """Take the text out of a record, its history, and the messages that tell of it."""
    it, value = await asking(Asker, context), context.interaction.note
    hold = await context.read(holds.hold, it.team_id)
    facts = await it.facts(WORKSPACE, [hold.by] if hold is not None else ())

    def take_out(transaction: Transaction, _now: datetime) -> Wrote:
        outcome = service.redact(transaction, context.hooks, it.team_id, value, facts)
        if isinstance(outcome, Refused):
            return Wrote(outcome)
        return Wrote(Say(messages.redacted(outcome.record.told, len(outcome.edits))), outcome.edits)

    return Reply(write=take_out)
