"""Where a sample of a request is given: before anything is agreed to propose terms, then to be checked."""

from dataclasses import replace

from handlers.data_requests.actions import contracts
from handlers.data_requests.context import asking_about
from handlers.data_requests.messages import usage
from handlers.data_requests.rules.moves import may_open_terms
from handlers.data_requests.samples import forms
from handlers.data_requests.samples.giving import given
from handlers.data_requests.service import samples
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import ViewSubmission, Wrong
from handlers.slack.replies import Refuse, Reply, Say

_NO_SIDE = "Only the requester and the owner can fill in terms. You can check a sample once they agree."


async def take_sample(context: Context[ViewSubmission]) -> Reply:
    it, request = await asking_about(context, context.interaction.note)
    if request is None:
        return usage.GONE
    if refused := await it.actor.why_barred():
        return Reply(replace(refused, field=forms.SAMPLE))
    if not request.agreed_terms and not may_open_terms(request, it.roles(request)):
        return Reply(Refuse({forms.SAMPLE: _NO_SIDE}))
    check = await given(it, request, context.interaction.fields)
    if check is None or isinstance(check, Wrong):
        return Reply(Refuse({forms.SAMPLE: "Attach a file."} if check is None else check.errors))
    if forms.takes_contracts(request) and (shown := await contracts.read_out(it, request, check.file_id)):
        return shown
    doing = "Checking" if request.agreed_terms else "Reading"
    told = f"{doing} {check.file_name}. The result will be in the thread of {request.number} in a minute or two."
    done = Say(blocks.said(told))
    return usage.changed(lambda *_: done, samples.give_sample, request, check, await it.facts_of(request))
