"""Where a sample is given to be checked; the clock checks it, since Slack waits three seconds and no longer."""

from dataclasses import replace
from datetime import datetime

from handlers import blocks, shared_files
from handlers.answers import Refuse, Reply, Say, Wrote
from handlers.data_requests import command_views, keeping, sample_views
from handlers.data_requests.asking import asking
from handlers.dispatch import Means
from handlers.gestures import Submission
from handlers.roles import Acting
from handlers.shared_files import NotGiven
from handlers.visibility import Viewpoint
from storage import data_checks
from storage.data_checks import Check
from storage.database import Transaction, to_text
from storage.ids import new_id


async def take_sample(
    submission: Submission, viewpoint: Viewpoint, acting: Acting, means: Means, team_url: str
) -> Reply:
    """Take a file for checking, and say so in the thread."""
    it = asking(submission, viewpoint, acting, means, team_url)
    request = it.seen(it.reader, submission.note)
    given = submission.fields.get(sample_views.SAMPLE) or []
    if request is None:
        return Reply(Say(command_views.gone()))
    if unfit := await acting.why_unfit(submission.user_id):
        return Reply(Refuse({sample_views.SAMPLE: unfit}))
    if not given:
        return Reply(Refuse({sample_views.SAMPLE: "Attach a file."}))
    file_id = given if isinstance(given, str) else given[0]
    file = await shared_files.described(means.directory.slack, file_id)
    if isinstance(file, NotGiven):
        return Reply(Refuse({sample_views.SAMPLE: file.told}))
    if wrong := sample_views.wrong_file(file.name, file.size):
        return Reply(Refuse({sample_views.SAMPLE: wrong}))
    at = await it.at(request)

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        current = it.seen(transaction, request.id)
        if current is None or (told := sample_views.not_now(current)):
            return Wrote(Say(command_views.gone() if current is None else blocks.said(told)))
        check = Check(
            id=new_id(), team_id=means.team_id, request_id=current.id, file_id=file_id, file_name=file.name,
            by=it.user_id, at=to_text(now),
        )  # fmt: skip
        data_checks.add(transaction, check)
        name = at.names.get(it.user_id, "Somebody")
        said = blocks.said(f"{name} gives a sample, {file.name}, to be checked against what was agreed.")
        told = f"I am checking {file.name}. What I find comes into the thread of {current.number} in a minute or two."
        return Wrote(Say(blocks.said(told)), [keeping.said_in_thread(current, said, replace(at, now=now))])

    return Reply(write=keep)
