"""A contract in the place of a sample: what it fills in and what isn't kept is shown, and only then proposed."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from handlers.agreements.clauses import offer_words
from handlers.checks.outcomes import Refused
from handlers.data_requests.context import Asker, asking_about
from handlers.data_requests.formats import reading
from handlers.data_requests.formats.reading import Read
from handlers.data_requests.messages import usage
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.moves import side_of, why_not
from handlers.data_requests.rules.wording import title
from handlers.data_requests.samples import forms
from handlers.data_requests.service import importing
from handlers.data_requests.service.importing import Plan
from handlers.framework.context import Context
from handlers.slack import blocks, files
from handlers.slack.blocks import Block, Modal
from handlers.slack.files import NotGiven, SharedFile
from handlers.slack.interactions import ViewSubmission
from handlers.slack.replies import Redraw, Refuse, Reply, Say
from storage.data_requests.data_requests import DataRequest

FORM = "data_request_contract"
_MOST, _LENGTH = 20, 120
_CHANGED = "{} changed meanwhile. This is what the file says otherwise now."
_NOTHING = "Everything it says is already set."


async def read_out(it: Asker, request: DataRequest, file_id: str, news: str = "") -> Reply | None:
    """Show what a contract would change, and what of it isn't kept; None where the file is data."""
    file = await files.described(it.context.directory.slack, file_id)
    told = await _told(it, file)
    if told is None or isinstance(file, NotGiven):
        return None
    if isinstance(told, str):
        return Reply(Refuse({forms.SAMPLE: f"{told[0].upper()}{told[1:]}."}))
    plan = await it.context.store.search(lambda reader: importing.changes_of(reader, request, told))
    return Reply(Redraw(_form(request, file, plan, news)))


async def _told(it: Asker, file: SharedFile | NotGiven) -> Read | str | None:
    """Return what a contract says, or why it can't be read; None where the file is data, or too large for one."""
    if isinstance(file, NotGiven) or not forms.may_be_contract(file.name) or file.size > forms.LARGEST_CONTRACT:
        return None
    with tempfile.TemporaryDirectory(prefix="common-ground-") as folder:
        path = Path(folder) / "contract"
        if not await files.download(it.context.directory.slack, file, path, forms.LARGEST_CONTRACT):
            return files.NOT_NOW.told.removesuffix(".")
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    if forms.is_data(file.name) and "DataContract" not in text:
        return None
    return await asyncio.to_thread(reading.read, text)


def _form(request: DataRequest, file: SharedFile, plan: Plan, news: str) -> Modal:
    head = blocks.paragraphs(blocks.line(blocks.words(f"{request.number} · {title(request)}", "bold")))
    filled = [f"{TERMS[each].label}: {offer_words(TERMS[each], said, {}, str)}" for each, said in plan.offers.items()]
    shown = [head, *([blocks.small_print(news)] if news else [])]
    shown += _listed(request, f"From {file.name}", filled or [_NOTHING])
    shown += _listed(request, "Not kept", plan.lost)
    if not filled:
        return Modal("said", "Fill in from a contract", tuple(shown))
    note = f"{request.id}:{request.version}:{file.id}"
    return Modal(FORM, "Fill in from a contract", tuple(shown), submit="Propose", private_metadata=note)


def _listed(request: DataRequest, label: str, lines: Sequence[str]) -> list[Block]:
    """Return lines below a label; where they are too many, how to see all of them."""
    shown = [blocks.cut(each, _LENGTH) for each in lines[:_MOST]]
    if left := len(lines) - len(shown):
        command = f"common-ground requests import FILE --request {request.number} --dry-run"
        shown.append(f"And {left} more. See all of them with: {command}")
    rows = [blocks.line(blocks.words(each)) for each in shown]
    return [blocks.paragraphs(blocks.line(blocks.words(label, "bold")), *rows)] if lines else []


async def propose(context: Context[ViewSubmission]) -> Reply:
    """Propose to both sides what was shown; where the request has changed since, show that first."""
    request_id, version, file_id = (*context.interaction.note.split(":", 2), "", "")[:3]
    it, request = await asking_about(context, request_id)
    if request is None:
        return usage.GONE
    roles = it.roles(request)
    if refused := await it.actor.why_barred() or why_not(request, side_of(roles), roles):
        return Reply(refused)
    if str(request.version) != version:
        return await read_out(it, request, file_id, _CHANGED.format(request.number)) or usage.GONE
    file = await files.described(context.directory.slack, file_id)
    told = await _told(it, file)
    if not isinstance(told, Read) or isinstance(file, NotGiven):
        return Reply(Refused(files.NOT_NOW.told))
    plan = await context.store.search(lambda reader: importing.changes_of(reader, request, told))
    done = Say(blocks.said(f"{request.number}: proposed to both sides."))
    return usage.changed(lambda *_: done, importing.propose, plan, file.name, await it.facts_of(request))
