"""What time asks of data requests: samples that wait, threads that are lost, requests that nobody agreed on."""

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from handlers.access.recipients import Audience, Facts, Members, audience_of
from handlers.checks.outcomes import Refused
from handlers.data_requests.context import is_limited_for
from handlers.data_requests.rules.status import EXPIRES_AFTER, TALKING, is_expired
from handlers.data_requests.samples import forms, measuring, profiling, proposing
from handlers.data_requests.samples.expectations import expectations
from handlers.data_requests.samples.limits import SampleError, kind_of
from handlers.data_requests.samples.proposing import Offers
from handlers.data_requests.service import requests, samples
from handlers.data_requests.service.drafts import Saved
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, PutOff, Run, as_far_as
from handlers.framework.services import Services
from handlers.slack import files
from handlers.slack.files import NotGiven
from storage.data_requests import checks as data_checks
from storage.data_requests import data_requests
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Reader, Transaction
from storage.outbox import threads
from storage.outbox.deliveries import Delivery
from storage.outbox.threads import Thread

#: What Slack does not give within this time is given up.
_FETCHED_WITHIN = timedelta(hours=1)
#: Of so many people Slack is asked at once whether they are still there; of others the store knows.
_ASKED_AT_ONCE = 20
_LIMIT = forms.LIMIT


@dataclass(frozen=True, slots=True)
class Read:
    """A sample that was read, with what was found, or with the terms that it proposes."""

    check: Check
    proposed: Offers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is due in a workspace, the requests that it is about by their ids, and who may hear of each visibility.

    ``left`` is who of those concerned is no member any more, ``limited`` the requests whose thread guests would read.
    """

    checks: Sequence[Check] = ()
    lost: Sequence[Thread] = ()
    expired: Sequence[DataRequest] = ()
    about: Mapping[str, DataRequest] = field(default_factory=dict)
    read: Sequence[Read] = ()
    audiences: Mapping[str, Audience] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    limited: frozenset[str] = frozenset()

    def facts(self, request: DataRequest, now: datetime) -> Facts:
        audience = self.audiences.get(request.visibility, Members(frozenset()))
        is_limited = request.id in self.limited
        return Facts("", now, audience, visible=(request.visibility,), left=self.left, is_limited=is_limited)


async def plan(context: WorkspaceContext) -> Run | PutOff | None:
    """Look what is due, fetch and measure samples, and ask Slack who may hear of it."""
    waiting = await context.store.search(lambda reader: _waiting(reader, context))
    if not (waiting.checks or waiting.lost or waiting.expired):
        return None
    done = [await _checked(context, check, waiting.about.get(check.request_id)) for check in waiting.checks]
    places = sorted({each.visibility for each in waiting.about.values()})
    audiences = {each: await audience_of(context.directory, context.team_id, each) for each in places}
    read = [each for each in done if each is not None]
    concerned = {who for each in waiting.about.values() for who in (each.requester, *each.followers)}
    people = [await context.directory.person(context.team_id, each) for each in sorted(concerned)[:_ASKED_AT_ONCE]]
    left = frozenset(each.user_id for each in people if each is not None and each.is_guest)
    limited = frozenset([each.id for each in waiting.about.values() if await is_limited_for(context, each)])
    run = partial(_settle, replace(waiting, read=read, audiences=audiences, left=left, limited=limited))
    return as_far_as(run, is_all=None not in done)


def _waiting(reader: Reader, context: WorkspaceContext) -> Waiting:
    team_id, today = context.team_id, context.now.date()
    checks, lost = data_checks.waiting(reader, team_id), threads.broken(reader, team_id)
    expired = [each for each in data_requests.in_states(reader, team_id, TALKING) if is_expired(each, today)]
    named = {*(each.request_id for each in checks), *(each.about for each in lost)}
    found = [*expired, *(data_requests.by_id(reader, team_id, each) for each in sorted(named))]
    return Waiting(checks, lost, expired, {each.id: each for each in found if each is not None})


async def _checked(context: WorkspaceContext, check: Check, request: DataRequest | None) -> Read | None:
    """Fetch a sample and read it; None where Slack does not give it now and may later."""
    if request is None:
        return Read(check.model_copy(update={"problem": "The request was deleted."}))
    file = await files.described(context.directory.slack, check.file_id)
    with tempfile.TemporaryDirectory(prefix="common-ground-") as folder:
        path = Path(folder) / f"sample.{kind_of(check.file_name)}"
        if isinstance(file, NotGiven) or not await files.download(context.directory.slack, file, path, _LIMIT):
            is_late = context.now - datetime.fromisoformat(check.at) > _FETCHED_WITHIN
            told = "Slack didn't give me the file. Please attach it again."
            return Read(check.model_copy(update={"problem": told})) if is_late else None
        try:
            return await asyncio.to_thread(_read, path, check, request)
        except SampleError as error:
            return Read(check.model_copy(update={"problem": str(error)}))


def _read(path: Path, check: Check, request: DataRequest) -> Read:
    """Measure a sample by what was agreed; where nothing is, see what it proposes."""
    if not request.agreed_terms:
        return Read(check, proposing.from_sample(profiling.profile(path), check.file_name))
    expected = expectations(request.agreed_terms)
    measured = measuring.measure(path, expected)
    findings = tuple(measuring.findings(measured, expected))
    return Read(check.model_copy(update={"findings": findings, "read_as": measured.read_as}))


def _settle(waiting: Waiting, transaction: Transaction, _team_id: str, now: datetime) -> list[Delivery]:
    checked = [_settle_check(waiting, each, transaction, now) for each in waiting.read]
    lost = [_settle_lost(waiting, each, transaction, now) for each in waiting.lost]
    ended = [_messages(requests.expire(transaction, each, waiting.facts(each, now))) for each in waiting.expired]
    return [each for told in (*checked, *lost, *ended) for each in told]


def _settle_check(waiting: Waiting, read: Read, transaction: Transaction, now: datetime) -> Sequence[Delivery]:
    request = waiting.about.get(read.check.request_id)
    if request is None:
        data_checks.end(transaction, read.check)
        return ()
    facts = waiting.facts(request, now)
    if read.proposed:
        return _messages(samples.propose(transaction, request, read.check, read.proposed, facts))
    return _messages(samples.record_check(transaction, request, read.check, facts))


def _settle_lost(waiting: Waiting, thread: Thread, transaction: Transaction, now: datetime) -> Sequence[Delivery]:
    """Tell of a lost thread once; who cannot be told now, as where Slack does not answer, is told later."""
    request = waiting.about.get(thread.about)
    told = samples.tell_lost(transaction, thread, waiting.facts(request, now)) if request is not None else ()
    threads.note_told(transaction, [thread] if told is not None else [])
    return told or ()


def _messages(done: Saved | Refused) -> Sequence[Delivery]:
    return () if isinstance(done, Refused) else done.messages


def _where(reader: Reader, services: Services) -> set[str]:
    before = services.now().date() - EXPIRES_AFTER
    expiring = data_requests.where_needed(reader, before.isoformat())
    return expiring | data_checks.where_waiting(reader) | threads.where_broken(reader)


JOBS = (Job("data requests", lambda now: f"{now:%Y-%m-%dT%H:%M}", plan, _where),)
