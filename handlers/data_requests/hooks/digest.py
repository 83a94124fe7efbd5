"""What data requests tell of a week, and which of them are somebody's own."""

from collections.abc import Sequence

from handlers.checks.dates import day
from handlers.data_requests.messages import buttons
from handlers.data_requests.rules.status import ENDED, is_overdue, named, waits_for
from handlers.data_requests.rules.wording import title
from handlers.hooks.digest import BROKEN, OVERDUE, SETTLED, USUAL, Digest, Group, Line, Lines, News, Section, Span
from storage.data_requests import checks, data_requests
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import STATES, DataRequest, State
from storage.engine.interface import Reader
from storage.records.revisions import remembered

#: What became of a request that moved in a week, after its name.
_BECAME: dict[State, str] = {
    "open": " requested",
    "needs info": ": question open",
    "negotiating": ": being negotiated",
    "changed": ": terms to change",
}
_STAGES: Sequence[State] = ("open", "needs info", "negotiating", "changed", "agreed", "delivered")


def tell(reader: Reader, team_id: str, span: Span) -> Digest:
    """Tell how far requests have come, overdue ones first, what has ended, and which samples broke their contract."""
    every = [each for each in data_requests.in_states(reader, team_id, STATES, span.visible) if each.thread]
    late = {each.id: each for each in every if is_overdue(each, span.now.date())}
    on_time = [each for each in every if each.id not in late]
    lines = _known_lines(reader, team_id)
    stages = [(named(stage), [lines[each.id] for each in on_time if each.state == stage]) for stage in _STAGES]
    ended = [each for each in every if each.state in (*ENDED, "accepted") and span.holds(each.changed_at)]
    by_id = {each.id: each for each in every}
    checked = checks.done_between(reader, team_id, span.begin, span.end)
    broken = [each for each in checked if each.request_id in by_id and each.broken]
    groups = (
        Group("overdue", [_line(each, each.needed_by) for each in late.values()], is_waiting=True),
        Group("with a sample that failed", [_breach(by_id[each.request_id], each) for each in broken]),
        *(Group(heading, told, is_waiting=True) for heading, told in stages),
        Group("closed", [lines[each.id] for each in ended]),
    )
    is_open = [each for each in every if each.state not in (*ENDED, "accepted")]
    moved = [each for each in on_time if span.holds(each.changed_at)]
    news = [
        *map(_overdue, late.values()),
        *(_failed(by_id[each.request_id], each) for each in broken),
        *(_moved(each) for each in moved),
    ]
    section = Section("requests", "Data requests", groups, order=20, lead="Data", news=news)
    return Digest(section, {"Open requests": len(is_open)})


def own(reader: Reader, team_id: str, user_id: str, span: Span) -> Sequence[Group]:
    """Return somebody's drafts, and the requests in which they have a part."""
    every = data_requests.with_person(reader, team_id, user_id, span.visible)
    drafts = [each for each in every if each.state == "draft" and each.requester == user_id]
    parts = [each for each in every if each.state != "draft"]
    return [
        Group("drafts of data requests", _lines(drafts), one="draft of a data request"),
        Group("data requests", _lines(parts), one="data request"),
    ]


def _lines(requests: Sequence[DataRequest]) -> Lines:
    return Lines(len(requests), lambda: [_line(each) for each in requests])


def _known_lines(reader: Reader, team_id: str) -> dict[str, Line]:
    """Return the line of every request, by its id; made anew once a request has changed."""

    def read() -> dict[str, Line]:
        return {each.id: _line(each) for each in data_requests.in_states(reader, team_id, STATES)}

    return remembered(reader, (team_id, "lines of requests"), ("data_requests",), read)


def _line(request: DataRequest, late_since: str = "") -> Line:
    turn = {"requester": request.requester, "owner": request.owner}.get(request.turn, "")
    needed = f", needed by {day(request.needed_by)}" if request.needed_by and waits_for(request) else ""
    told = f"{request.number}  {title(request)} ({named(request.state)}){needed}"
    people = (turn,) if turn else ()
    key = f"request {request.id} {'late' if late_since else request.state}"
    since = late_since or request.created_at
    return Line(key, told, since, people, buttons.going_on(request), thread=request.thread)


def _breach(request: DataRequest, check: Check) -> Line:
    told = f"{request.number}  {title(request)}: {check.file_name} failed {_count(check)}"
    people = (request.owner,) if request.owner else ()
    return Line(f"check {check.id}", told, check.at, people, buttons.opening(request), thread=request.thread)


def _overdue(request: DataRequest) -> News:
    since = day(request.needed_by)
    return _news(request, " is overdue", OVERDUE, f"{title(request)} is overdue: it was needed by {since}.")


def _failed(request: DataRequest, check: Check) -> News:
    headline = f"A sample of {title(request)} failed {_count(check)}."
    return _news(request, f": sample failed {_count(check)}", BROKEN, headline)


def _moved(request: DataRequest) -> News:
    after, weight = _BECAME.get(request.state, f" {request.state}"), SETTLED if request.state == "agreed" else USUAL
    return _news(request, after, weight)


def _count(check: Check) -> str:
    return f"{len(check.broken)} of {len(check.judged)} checks"


def _news(request: DataRequest, after: str, weight: int, headline: str = "") -> News:
    button = buttons.opening(request)
    return News(title(request), after, weight=weight, headline=headline, thread=request.thread, button=button)
