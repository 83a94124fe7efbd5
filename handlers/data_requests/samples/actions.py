"""Where a sample is given to be checked; the clock checks it, since Slack waits three seconds and no longer."""

from dataclasses import replace
from datetime import datetime

from handlers.data_requests import service
from handlers.data_requests.context import asking
from handlers.data_requests.messages import usage
from handlers.data_requests.samples import forms
from handlers.framework.context import Context
from handlers.slack import blocks, files
from handlers.slack.files import NotGiven
from handlers.slack.interactions import ViewSubmission
from handlers.slack.replies import Refuse, Reply, Say, Wrote
from storage.data_requests import checks
from storage.data_requests.checks import Check
from storage.engine.interface import Transaction, to_text
from storage.records.ids import new_id


async def take_sample(context: Context[ViewSubmission]) -> Reply:
    """Take a file for checking, and say so in the thread."""
    submission, _viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    request = it.seen(it.reader, submission.note)
    given = submission.fields.get(forms.SAMPLE) or []
    if request is None:
        return Reply(Say(usage.gone()))
    if unfit := await actor.why_unfit(submission.user_id):
        return Reply(Refuse({forms.SAMPLE: unfit}))
    if not given:
        return Reply(Refuse({forms.SAMPLE: "Attach a file."}))
    file_id = given if isinstance(given, str) else given[0]
    file = await files.described(context.directory.slack, file_id)
    if isinstance(file, NotGiven):
        return Reply(Refuse({forms.SAMPLE: file.told}))
    if wrong := forms.wrong_file(file.name, file.size):
        return Reply(Refuse({forms.SAMPLE: wrong}))
    at = await it.at(request)

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        current = it.seen(transaction, request.id)
        if current is None or (told := forms.not_now(current)):
            return Wrote(Say(usage.gone() if current is None else blocks.said(told)))
        check = Check(
            id=new_id(), team_id=context.team_id, request_id=current.id, file_id=file_id, file_name=file.name,
            by=it.user_id, at=to_text(now),
        )  # fmt: skip
        checks.add(transaction, check)
        name = at.names.get(it.user_id, "Somebody")
        said = blocks.said(f"{name} gives a sample, {file.name}, to be checked against what was agreed.")
        told = f"I am checking {file.name}. What I find comes into the thread of {current.number} in a minute or two."
        return Wrote(Say(blocks.said(told)), [service.said_in_thread(current, said, replace(at, now=now))])

    return Reply(write=keep)
