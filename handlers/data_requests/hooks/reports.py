"""What other programs report of a data request: how its contract is kept, and new versions of its data."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any

from handlers.access.recipients import Facts
from handlers.agreements import versions
from handlers.agreements.versions import Version
from handlers.checks.envelopes import unwrapped
from handlers.checks.outcomes import Refused
from handlers.data_requests.formats import results
from handlers.data_requests.messages import samples as messages
from handlers.data_requests.rules.besides import why_no_contract
from handlers.data_requests.service import samples
from handlers.framework.report_kinds import Report, ReportKind, Taken
from storage.data_requests.checks import Check, Finding
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Transaction, to_text
from storage.records.ids import new_id

#: How the state of a contract begins that is not kept.
_FAILED = "failed"
_GONE = Refused("The data request is gone.")


@dataclass(frozen=True, slots=True)
class Result:
    """What the checks of a contract found."""

    findings: Sequence[Finding]


def _read(body: Any) -> Result | None:
    found = results.read(unwrapped(body)[1])
    return None if found is None else Result(found)


def _take(transaction: Transaction, report: Report[Result], facts: Facts) -> Taken | Refused:
    """Keep what was found where that is news; the same result again is none."""
    request = _request(report)
    if request is None or (told := why_no_contract(request)):
        return _GONE if request is None else Refused(told)
    check = Check(
        id=new_id(),
        team_id=request.team_id,
        request_id=request.id,
        file_id="",
        file_name=report.webhook.label or "A check",
        by="",
        at=to_text(facts.now),
        state="done",
        findings=tuple(report.said.findings),
        is_reported=True,
    )
    state, broken, told = _state_of(check), bool(check.broken), messages.summary(check)
    if state == report.was:
        return Taken(state, told, broken)
    saved = samples.record_check(transaction, request, check, facts)
    return saved if isinstance(saved, Refused) else Taken(state, told, broken, saved.messages)


def _state_of(check: Check) -> str:
    """Return which checks failed, as something short that tells no two sets of them apart by order."""
    failed = sorted(each.expected for each in check.broken)
    return f"{_FAILED} {blake2s(chr(0).join(failed).encode(), digest_size=12).hexdigest()}" if failed else "passed"


def _take_version(transaction: Transaction, report: Report[Version], facts: Facts) -> Taken | Refused:
    request, version = _request(report), report.said
    if request is None or version.state == report.was:
        return _GONE if request is None else Taken(version.state, f"version {version.name} is known already")
    told = () if report.target.is_over else samples.tell_version(transaction, request, version, facts)
    return Taken(version.state, f"version {version.name} of the data is noted", messages=told)


def _request(report: Report[Any]) -> DataRequest | None:
    found = report.target.record
    return found if isinstance(found, DataRequest) else None


REPORTS = (
    ReportKind("contract", "data request", _read, _take, is_broken=lambda state: state.startswith(_FAILED)),
    ReportKind("version", "data request", versions.read, _take_version),
)
