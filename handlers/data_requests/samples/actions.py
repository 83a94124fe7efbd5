"""Where a sample is given to be checked; the clock checks it, since Slack waits three seconds and no longer."""

from dataclasses import replace

from handlers.data_requests.context import asking_about
from handlers.data_requests.messages import usage
from handlers.data_requests.samples import forms
from handlers.data_requests.service import samples
from handlers.framework.context import Context
from handlers.slack import blocks, files
from handlers.slack.files import NotGiven
from handlers.slack.interactions import ViewSubmission
from handlers.slack.replies import Refuse, Reply, Say
from storage.data_requests.checks import Check
from storage.engine.interface import to_text
from storage.records.ids import new_id


async def take_sample(context: Context[ViewSubmission]) -> Reply:
    it, request = await asking_about(context, context.interaction.note)
    if request is None:
        return usage.GONE
    if refused := await it.actor.why_barred():
        return Reply(replace(refused, field=forms.SAMPLE))
    file_id = next(iter(context.interaction.fields.ids(forms.SAMPLE)), "")
    if not file_id:
        return Reply(Refuse({forms.SAMPLE: "Attach a file."}))
    file = await files.described(context.directory.slack, file_id)
    wrong = file.told if isinstance(file, NotGiven) else forms.wrong_file(file.name, file.size)
    if wrong or isinstance(file, NotGiven):
        return Reply(Refuse({forms.SAMPLE: wrong}))
    about = {"team_id": it.team_id, "request_id": request.id, "by": it.user_id, "at": to_text(context.now)}
    check = Check(id=new_id(), file_id=file_id, file_name=file.name, **about)
    told = f"Checking {file.name}. The result will be in the thread of {request.number} in a minute or two."
    done = Say(blocks.said(told))
    return usage.changed(lambda *_: done, samples.give_sample, request, check, await it.facts_of(request))
