"""Sends a draft: what it depends on is asked of Slack first, then its thread opens and the owner is told."""

from dataclasses import replace
from datetime import datetime

from handlers.access.placement import may_hold
from handlers.access.visibility import may_hear
from handlers.agreements.clauses import people_named
from handlers.checks.outcomes import Refused
from handlers.data_requests import service
from handlers.data_requests.context import Asker
from handlers.data_requests.messages import record, usage
from handlers.data_requests.rules.clauses import SET_UP_PARTS
from handlers.data_requests.rules.moves import Move, not_allowed
from handlers.framework.asker import NOT_SEEN_THERE
from handlers.slack import blocks
from handlers.slack.replies import Reply, Say, Wrote
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Transaction


async def sent(it: Asker, request: DataRequest) -> Reply:
    """Send a draft, by its form or as a word after its number."""
    if told := not_allowed(request, Move("send", it.user_id, it.roles(request))):
        return Reply(Say(blocks.said(told)))
    at = await it.at(request)
    if not may_hear(at.members, it.user_id):
        return Reply(Say(blocks.said(f"{NOT_SEEN_THERE} Your draft {request.number} is kept.")))
    if not await may_hold(it.context.directory, request.team_id, request.channel, request.visibility):
        return Reply(Say(blocks.said(f"{usage.NOT_THERE} Your draft {request.number} is kept.")))
    named = [request.owner, *people_named(SET_UP_PARTS.get(request.set_up, ()), request.more)]
    for person in dict.fromkeys(each for each in named if each):
        if unfit := await it.unfit(person, at.members):
            return Reply(Say(blocks.said(f"{unfit} Choose somebody else. Your draft {request.number} is kept.")))

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        current = it.seen(transaction, request.id)
        if current is None:
            return Wrote(Say(usage.gone()))
        taken = service.take(transaction, current, Move("send", it.user_id, it.roles(current)), replace(at, now=now))
        if isinstance(taken, Refused):
            return Wrote(Say(blocks.said(taken.told)))
        seen = service.shown(transaction, taken.request, at)
        return Wrote(Say(record.record(seen, it.roles(taken.request), it.user_id)), taken.messages)

    return Reply(write=keep)
