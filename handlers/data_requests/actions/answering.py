"""Where somebody says whether they approve, explain or sponsor what a request names them for."""

import asyncio

from handlers.checks.sensitive_data import objection
from handlers.data_requests.context import Asker, asking_about
from handlers.data_requests.forms import steps
from handlers.data_requests.messages import usage
from handlers.data_requests.service import naming
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import ViewSubmission
from handlers.slack.replies import Open, Refuse, Reply, Say
from storage.data_requests.data_requests import DataRequest


async def say_yes(it: Asker, request: DataRequest, _rest: str) -> Reply:
    return await _answered(it, request, "")


async def say_no(_it: Asker, request: DataRequest, _rest: str) -> Reply:
    return Reply(Open(steps.no_form(request)))


async def save_no(context: Context[ViewSubmission]) -> Reply:
    reason = context.interaction.fields.text(steps.NOTE)
    it, request = await asking_about(context, context.interaction.note)
    if request is None:
        return usage.GONE
    if wrong := await asyncio.to_thread(objection, reason):
        return Reply(Refuse({steps.NOTE: wrong}))
    return await _answered(it, request, reason)


async def _answered(it: Asker, request: DataRequest, reason: str) -> Reply:
    if refused := await it.actor.why_barred():
        return Reply(refused)
    told = "no" if reason else "yes"
    done = Say(blocks.said(f"You said {told}. Both sides of {request.number} see it in its thread."))
    return usage.changed(lambda *_: done, naming.answer, request, reason, await it.facts_of(request))
