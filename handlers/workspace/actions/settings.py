"""Where the settings are saved."""

import asyncio
from dataclasses import replace
from datetime import datetime

from handlers.framework.asker import Asker, asking
from handlers.framework.context import Context
from handlers.slack.interactions import ViewSubmission
from handlers.slack.replies import Open, Refuse, Reply, Wrote
from handlers.workspace.context import whom_to_ask
from handlers.workspace.forms import settings as forms
from handlers.workspace.messages import answers
from handlers.workspace.rules import settings as rules
from handlers.workspace.service import settings as service
from storage.engine.interface import WORKSPACE, Transaction
from storage.workspaces.workspaces import stewards_of


async def save(context: Context[ViewSubmission]) -> Reply:
    entered = forms.entered(context.interaction.fields)
    chosen = sorted({user_id for user_ids in entered.stewards.values() for user_id in user_ids})
    found = await asyncio.gather(*(context.directory.person(context.team_id, user_id) for user_id in chosen))
    channel = entered.data_channel
    is_limited = channel not in ("", context.workspace.data_channel) and await context.is_limited(channel)
    asked = rules.asked_settings(entered, dict(zip(chosen, found, strict=True)))
    if not (await context.actor()).is_admin:
        return Reply(replace(await whom_to_ask(context, answers.ONLY_ADMINS), field=forms.DISCIPLINES))
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
