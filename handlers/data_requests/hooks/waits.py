"""How long a data request takes until it is agreed and accepted, and how long a broken contract goes unanswered."""

from collections.abc import Iterator, Sequence

from handlers.data_requests.rules.status import ENDED
from handlers.hooks.digest import Span
from handlers.hooks.waits import Wait
from storage.data_requests import checks, data_requests
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import REQUESTS, STATES, DataRequest
from storage.engine.interface import Reader
from storage.records.versioned import HistoryEntry

_Steps = Sequence[tuple[HistoryEntry, DataRequest]]
_AGREED = ("agreed", "delivered", "accepted", "changed")


def waits(reader: Reader, team_id: str, span: Span) -> Sequence[Wait]:
    """Return when requests that may be seen waited for an agreement, for the data, and for an answer to a breach."""
    every = [each for each in data_requests.in_states(reader, team_id, STATES, span.visible) if each.state != "draft"]
    recent = [each for each in every if each.changed_at >= span.begin or each.state not in (*ENDED, "accepted")]
    steps = REQUESTS.courses(reader, team_id, [each.id for each in recent])
    checked: dict[str, list[Check]] = {}
    for check in reversed(checks.done_between(reader, team_id, span.begin, span.end)):
        checked.setdefault(check.request_id, []).append(check)
    return [
        wait
        for each in recent
        for wait in (
            *_until_settled(each, steps[(each.id,)]),
            *_breaches(each, steps[(each.id,)], checked.get(each.id, ())),
        )
    ]


def _until_settled(request: DataRequest, steps: _Steps) -> Iterator[Wait]:
    """Yield how long it took, from when it was sent; what was declined or withdrawn took no time to be agreed."""
    sent = next((entry.at for entry, then in steps if then.state == "open"), "")
    agreed = next((entry.at for entry, then in steps if then.state in _AGREED), "")
    accepted = next((entry.at for entry, then in steps if then.state == "accepted"), "")
    is_over = request.state in ENDED
    if sent and (agreed or not is_over):
        yield Wait("agreed", request.component_id, sent, agreed)
    if sent and (accepted or not is_over):
        yield Wait("accepted", request.component_id, sent, accepted)


def _breaches(request: DataRequest, steps: _Steps, found: Sequence[Check]) -> Iterator[Wait]:
    """Yield how long each sample that broke the contract waited for a step of somebody, or for one that keeps it."""
    for check in found:
        if check.broken:
            answers = [entry.at for entry, _ in steps if entry.at > check.at]
            answers += [each.at for each in found if each.at > check.at and not each.broken]
            yield Wait("breach", request.component_id, check.at, min(answers, default=""))
