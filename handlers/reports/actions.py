"""What the buttons and the form of web hooks do."""

from dataclasses import replace
from datetime import datetime

from handlers.access.recipients import Facts
from handlers.agreements.reported import named
from handlers.checks.outcomes import Refused
from handlers.framework.asker import Asker, asking
from handlers.framework.context import Context
from handlers.reports import forms, messages, service
from handlers.reports.service import Wanted
from handlers.slack.interactions import BlockAction, ViewSubmission
from handlers.slack.replies import Open, Redraw, Refuse, Reply, Say
from storage.engine.interface import Transaction

_NOTHING = "Nothing that you can see here is called that. Name a component, or a data request such as DR-12."
_SEVERAL = "Several components that you can see are called that. Rename one of them first."


async def open_form(context: Context[BlockAction]) -> Reply:
    it = await asking(Asker, context)
    if context.services.seals is None or not it.actor.is_admin:
        return Reply(messages.ONLY_ADMINS)
    return Reply(Open(forms.new()))


async def add(context: Context[ViewSubmission]) -> Reply:
    """Make a web hook, and show its secret in the place of the form: that is told to nobody else, and kept nowhere."""
    it, seals = await asking(Asker, context), context.services.seals
    if seals is None or not it.actor.is_admin:
        return Reply(replace(messages.ONLY_ADMINS, field=forms.ABOUT))
    fields = context.interaction.fields
    found = await context.read(named, it.team_id, fields.text(forms.ABOUT), it.visible)
    if len(found) != 1:
        return Reply(Refuse({forms.ABOUT: _SEVERAL if found else _NOTHING}))
    wanted = Wanted(found[0], fields.text(forms.LABEL), forms.every_in(fields))

    def make(transaction: Transaction, now: datetime) -> Redraw | Refuse:
        made = service.make(transaction, wanted, seals, Facts(it.user_id, now))
        if isinstance(made, Refused):
            return Refuse({forms.ABOUT: made.told})
        told = (made.webhook, made.target, made.secret)
        return Redraw(messages.made(forms.ADD, told, context.services.public_url))

    return Reply(write=make)


async def revoke(context: Context[BlockAction]) -> Reply:
    it = await asking(Asker, context)
    if not it.actor.is_admin:
        return Reply(messages.ONLY_ADMINS)
    seen = await context.read(service.seen, it.team_id, it.visible)
    found = next((each for each in seen if each[0].id == context.interaction.value), None)
    if found is None:
        return Reply(Say(messages.GONE))

    def end(transaction: Transaction, now: datetime) -> Say:
        is_gone = service.revoke(transaction, found[0], Facts(it.user_id, now))
        return Say(messages.REVOKED if is_gone else messages.GONE)

    return Reply(write=end)
