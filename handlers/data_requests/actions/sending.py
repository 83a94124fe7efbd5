"""Sends a draft: what it depends on is asked of Slack first, then its thread opens and the owner is told."""

from handlers.access.recipients import Facts
from handlers.agreements.clauses import people_named
from handlers.data_requests.context import Asker, asking_about, read_note
from handlers.data_requests.messages import usage
from handlers.data_requests.rules.clauses import SET_UP_PARTS
from handlers.data_requests.rules.moves import Move, why_not
from handlers.data_requests.service import requests
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.error_messages import NOT_SEEN_THERE
from handlers.slack.interactions import ViewSubmission
from handlers.slack.replies import Reply, Say
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Reader


async def send(context: Context[ViewSubmission]) -> Reply:
    it, request = await asking_about(context, read_note(context.interaction.note).request_id)
    return usage.GONE if request is None else await sent(it, request)


async def sent(it: Asker, request: DataRequest) -> Reply:
    """Send a draft, by its form or as a word after its number."""
    if refused := why_not(request, "send", it.roles(request)):
        return Reply(refused)
    facts = await it.facts_of(request)
    if told := await _hindrance(it, request, facts):
        return Reply(Say(blocks.said(f"{told} Your draft {request.number} is kept.")))
    made = Move("send", it.user_id, it.roles(request), today=await it.context.today())

    def show(reader: Reader, new: DataRequest) -> Say:
        return Say(blocks.said(requests.done(reader, new, made, facts)))

    return usage.changed(show, requests.take, request, made, facts)


async def _hindrance(it: Asker, request: DataRequest, facts: Facts) -> str:
    """Say what Slack knows that keeps a draft from being sent; empty where nothing does."""
    if not facts.may_hear(it.user_id):
        return NOT_SEEN_THERE
    if not await it.may_hold(request.channel, request.visibility):
        return usage.NOT_THERE
    named = [request.owner, *people_named(SET_UP_PARTS.get(request.set_up, ()), request.more)]
    misfits = await it.misfits(facts, {person: person for person in named})
    return next((f"{told} Choose somebody else." for told in misfits.values()), "")
