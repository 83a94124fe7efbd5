"""Takes a sample from a form; the clock reads it, since Slack waits three seconds and no longer."""

from handlers.data_requests.context import Asker
from handlers.data_requests.samples import forms
from handlers.slack import files
from handlers.slack.files import NotGiven
from handlers.slack.interactions import Fields, Wrong
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import to_text
from storage.records.ids import new_id


async def given(it: Asker, request: DataRequest, fields: Fields) -> Check | Wrong | None:
    """Return the sample that was attached, why it cannot be read, or None where there is none."""
    file_id = next(iter(fields.ids(forms.SAMPLE)), "")
    if not file_id:
        return None
    file = await files.described(it.context.directory.slack, file_id)
    if isinstance(file, NotGiven):
        return Wrong({forms.SAMPLE: file.told})
    is_contract = forms.takes_contracts(request) and forms.may_be_contract(file.name) and not forms.is_data(file.name)
    if is_contract and file.size > forms.LARGEST_CONTRACT:
        return Wrong({forms.SAMPLE: "This file is larger than 1 MB. Use the command line."})
    if not is_contract and (wrong := forms.wrong_file(file.name, file.size)):
        return Wrong({forms.SAMPLE: wrong})
    about = {"team_id": it.team_id, "request_id": request.id, "by": it.user_id, "at": to_text(it.context.now)}
    return Check(id=new_id(), file_id=file_id, file_name=file.name, **about)
