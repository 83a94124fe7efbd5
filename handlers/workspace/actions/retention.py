"""How long records are kept once they have ended, and the legal hold: what would go is shown before it is saved."""

from dataclasses import replace
from datetime import datetime

from handlers.framework.asker import Asker, asking
from handlers.framework.context import Context
from handlers.slack.interactions import ViewSubmission
from handlers.slack.replies import Open, Reply
from handlers.workspace.context import whom_to_ask
from handlers.workspace.forms import retention as forms
from handlers.workspace.messages import answers
from handlers.workspace.rules.retention import ended_before
from handlers.workspace.service import retention as service
from storage.engine.interface import Transaction


async def review(context: Context[ViewSubmission]) -> Reply:
    """Show what would be deleted, as far as this admin may see it, before anything is saved."""
    kinds, team_id, form = context.hooks.retains, context.team_id, context.interaction
    if not (await context.actor()).is_admin:
        return Reply(replace(await whom_to_ask(context, answers.ONLY_ADMINS), field=kinds[0].kind))
    it, asked = await asking(Asker, context), forms.entered(kinds, form.fields, form.note)
    before = ended_before(asked, context.now)
    counts = await context.store.search(lambda reader: service.counts(reader, kinds, team_id, before, it.visible))
    return Reply(Open(forms.reviewing(kinds, asked, counts)))


async def save(context: Context[ViewSubmission]) -> Reply:
    if not (await context.actor()).is_admin:
        return Reply(await whom_to_ask(context, answers.ONLY_ADMINS))
    asked = forms.reviewed(context.interaction.note)

    def keep(transaction: Transaction, now: datetime) -> Open:
        service.choose(transaction, context.team_id, asked, context.user_id, now)
        return Open(forms.saved())

    return Reply(write=keep)
