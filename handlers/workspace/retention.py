"""/common-ground retention: for admins, how long records are kept once they have ended, and the legal hold."""

from dataclasses import replace
from datetime import datetime

from handlers.framework.asker import Asker, asking
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import Ask, ViewSubmission
from handlers.slack.replies import Open, Reply
from handlers.workspace import messages, retention_forms, retention_rules, retention_service
from storage.engine.interface import Transaction
from storage.workspaces import holds


async def choose(context: Context[Ask]) -> Reply:
    if not (await context.actor()).is_admin:
        return Reply(messages.ONLY_ADMINS)
    now = await context.read(retention_service.chosen, context.hooks.retains, context.team_id)
    hold = await context.read(holds.hold, context.team_id)
    told = retention_rules.held(hold, await context.names_of([hold.by])) if hold is not None else ""
    otherwise = blocks.said(f"A mention can't open a form. Use /{context.command_prefix}common-ground retention.")
    return Reply(Open(retention_forms.choosing(context.hooks.retains, now, told), otherwise))


async def review(context: Context[ViewSubmission]) -> Reply:
    """Show what would be deleted, as far as this admin may see it, before anything is saved."""
    kinds, team_id, form = context.hooks.retains, context.team_id, context.interaction
    if not (await context.actor()).is_admin:
        return Reply(replace(messages.ONLY_ADMINS, field=kinds[0].kind))
    it, asked = await asking(Asker, context), retention_forms.entered(kinds, form.fields, form.note)
    before = retention_rules.ended_before(asked, context.now)
    counts = await context.store.search(
        lambda reader: retention_service.counts(reader, kinds, team_id, before, it.visible)
    )
    return Reply(Open(retention_forms.reviewing(kinds, asked, counts)))


async def save(context: Context[ViewSubmission]) -> Reply:
    if not (await context.actor()).is_admin:
        return Reply(messages.ONLY_ADMINS)
    asked = retention_forms.reviewed(context.interaction.note)

    def keep(transaction: Transaction, now: datetime) -> Open:
        retention_service.choose(transaction, context.team_id, asked, context.user_id, now)
        return Open(retention_forms.saved())

    return Reply(write=keep)
