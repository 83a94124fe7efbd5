"""What time asks of data requests: samples that wait, threads that are lost, requests that nobody agreed on."""

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from handlers.access.visibility import may_hear
from handlers.checks.outcomes import Refused
from handlers.data_requests import service
from handlers.data_requests.messages import thread as thread_views
from handlers.data_requests.rules.moves import Move
from handlers.data_requests.rules.status import TALKING, is_expired
from handlers.data_requests.samples import forms, measuring
from handlers.data_requests.samples.expectations import expectations
from handlers.data_requests.samples.measuring import SampleError
from handlers.data_requests.service import At
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, Run
from handlers.slack import files
from handlers.slack.files import NotGiven
from handlers.slack.replies import direct
from storage.data_requests import checks as data_checks
from storage.data_requests import data_requests
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox import threads
from storage.outbox.deliveries import Delivery
from storage.outbox.threads import Thread
from storage.records.versioned import HistoryEntry
from storage.workspaces.people import gone_people

#: What Slack does not give within this time is given up.
_FETCHED_WITHIN = timedelta(hours=1)
_LIMIT = forms.LIMIT_MEGABYTES * 1024 * 1024
_EVERYBODY = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is due in a workspace, and who is in the private channels that it is about."""

    checks: Sequence[Check] = ()
    lost: Sequence[Thread] = ()
    expired: Sequence[DataRequest] = ()
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    def at(self, request: DataRequest, now: datetime) -> At:
        is_open = request.visibility == WORKSPACE
        return At(_EVERYBODY if is_open else self.members.get(request.visibility, frozenset()), now, gone=self.gone)


async def plan(context: WorkspaceContext) -> Run | None:
    """Look what is due, fetch and measure samples, and ask Slack who may hear of it."""
    waiting = await context.store.search(lambda reader: _waiting(reader, context))
    if not (waiting.checks or waiting.lost or waiting.expired):
        return None
    done = [each for each in [await _checked(context, check) for check in waiting.checks] if each is not None]
    places = {each.visibility for each in _concerned(context.store.reader, context.team_id, waiting)} - {WORKSPACE}
    members = {each: await context.directory.members(context.team_id, each) for each in sorted(places)}
    gone = gone_people(context.store.reader, context.team_id)
    return partial(_settle, Waiting(done, waiting.lost, waiting.expired, members, gone))


def _waiting(reader: Reader, context: WorkspaceContext) -> Waiting:
    talking = data_requests.in_states(reader, context.team_id, TALKING)
    return Waiting(
        data_checks.waiting(reader, context.team_id), threads.broken(reader, context.team_id),
        [each for each in talking if is_expired(each, context.now)],
    )  # fmt: skip


def _concerned(reader: Reader, team_id: str, waiting: Waiting) -> list[DataRequest]:
    found = [
        *(data_requests.by_id(reader, team_id, each.about) for each in waiting.lost),
        *(data_requests.by_id(reader, team_id, each.request_id) for each in waiting.checks),
        *waiting.expired,
    ]
    return [each for each in found if each is not None]


async def _checked(context: WorkspaceContext, check: Check) -> Check | None:
    """Fetch a sample and measure it; None where Slack does not give it now and may later."""
    request = data_requests.by_id(context.store.reader, context.team_id, check.request_id)
    if request is None:
        return check.model_copy(update={"problem": "The request is not there any more."})
    expected = expectations(request.agreed_terms)
    file = await files.described(context.directory.slack, check.file_id)
    with tempfile.TemporaryDirectory(prefix="common-ground-") as folder:
        path = Path(folder) / f"sample.{check.file_name.rpartition('.')[2].casefold()}"
        if isinstance(file, NotGiven) or not await files.download(context.directory.slack, file, path, _LIMIT):
            is_late = context.now - datetime.fromisoformat(check.at) > _FETCHED_WITHIN
            told = "Slack did not give it to me. Please attach it once more."
            return check.model_copy(update={"problem": told}) if is_late else None
        try:
            measured = await asyncio.to_thread(measuring.measure, path, expected)
        except SampleError as error:
            return check.model_copy(update={"problem": str(error)})
    return check.model_copy(update={"findings": tuple(measuring.findings(measured, expected))})


def _settle(waiting: Waiting, transaction: Transaction, team_id: str, now: datetime) -> list[Delivery]:
    told: list[Delivery] = []
    for check in waiting.checks:
        told += _tell_check(waiting, check, transaction, now)
    for thread in waiting.lost:
        messages = _tell_lost(waiting, thread, transaction, now)
        # Who cannot be told now, as where Slack does not say who is in a channel, is told later.
        threads.note_told(transaction, [thread] if messages is not None else [])
        told += messages or []
    for request in waiting.expired:
        current = data_requests.by_id(transaction, team_id, request.id)
        if current is not None and is_expired(current, now):
            taken = service.take(
                transaction, current, Move("expire", "", frozenset(("clock",))), waiting.at(current, now)
            )
            told += () if isinstance(taken, Refused) else taken.messages
    return told


def _tell_check(waiting: Waiting, check: Check, transaction: Transaction, now: datetime) -> list[Delivery]:
    current = data_requests.by_id(transaction, check.team_id, check.request_id)
    if not data_checks.end(transaction, check) or current is None:
        return []
    what = check.problem or thread_views.summary(check)
    event = HistoryEntry(at=to_text(now), by=check.by, what=f"had a sample checked, {check.file_name}", note=what)
    new = data_requests.change(transaction, current, {}, event)
    return [service.said_in_thread(new, thread_views.checked(new, check), waiting.at(new, now))]


def _tell_lost(waiting: Waiting, thread: Thread, transaction: Transaction, now: datetime) -> list[Delivery] | None:
    """Tell who asks that the thread takes no more, unless another took its place; None where they cannot be told."""
    request = data_requests.by_id(transaction, thread.team_id, thread.about)
    if request is None or request.thread != thread.id:
        return []
    if not may_hear(waiting.at(request, now).members, request.requester):
        return None
    return [direct(thread.team_id, request.requester, thread_views.lost(request, thread.problem), now)]


def _minute(now: datetime) -> str:
    return f"{now:%Y-%m-%dT%H:%M}"


JOBS = (Job("data requests", _minute, plan),)
