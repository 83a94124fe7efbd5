"""Sends a draft: what it depends on is asked of Slack first, then its thread opens and the owner is told."""

from dataclasses import replace
from datetime import datetime

from handlers import blocks
from handlers.answers import Reply, Say, Wrote
from handlers.asking import NOT_SEEN_THERE
from handlers.data_requests import command_views, keeping, views
from handlers.data_requests.asking import Asking
from handlers.data_requests.rules import Move, Refused, not_allowed
from handlers.data_requests.terms import SET_UP_PARTS
from handlers.places import may_hold
from handlers.terms import people_named
from handlers.visibility import may_hear
from storage.data_requests import DataRequest
from storage.database import Transaction


async def sent(it: Asking, request: DataRequest) -> Reply:
    """Send a draft, by its form or as a word after its number."""
    if told := not_allowed(request, Move("send", it.user_id, it.roles(request))):
        return Reply(Say(blocks.said(told)))
    at = await it.at(request)
    if not may_hear(at.members, it.user_id):
        return Reply(Say(blocks.said(f"{NOT_SEEN_THERE} Your draft {request.number} is kept.")))
    if not await may_hold(it.means.directory, request.team_id, request.channel, request.visibility):
        return Reply(Say(blocks.said(f"{command_views.NOT_THERE} Your draft {request.number} is kept.")))
    named = [request.owner, *people_named(SET_UP_PARTS.get(request.set_up, ()), request.more)]
    for person in dict.fromkeys(each for each in named if each):
        if unfit := await it.unfit(person, at.members):
            return Reply(Say(blocks.said(f"{unfit} Choose somebody else. Your draft {request.number} is kept.")))

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        current = it.seen(transaction, request.id)
        if current is None:
            return Wrote(Say(command_views.gone()))
        taken = keeping.take(transaction, current, Move("send", it.user_id, it.roles(current)), replace(at, now=now))
        if isinstance(taken, Refused):
            return Wrote(Say(blocks.said(taken.told)))
        seen = keeping.shown(transaction, taken.request, at)
        return Wrote(Say(views.record(seen, it.roles(taken.request), it.user_id)), taken.messages)

    return Reply(write=keep)
