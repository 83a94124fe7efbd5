"""What change notices tell of a week: whose answer is missing, and what is blocked or needs work."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from handlers.change_notices.messages import About
from handlers.change_notices.service import about_each
from handlers.checks.dates import day, is_past
from handlers.hooks.digest import SETTLED, Digest, Group, Line, News, Section, Span
from storage.change_notices.change_notices import NOTICES
from storage.engine.interface import Reader, to_text
from storage.responsibilities import responsibilities
from storage.workspaces.people import gone_people

#: A change that nobody answers is listed for so long; then it stands on its record alone.
_LISTED = timedelta(weeks=4)
_WHAT = {
    "contract": "contract changed",
    "interface": "interface changed",
    "version": "new version",
    "missed": "requirement missed",
}


def tell(reader: Reader, team_id: str, span: Span) -> Digest:
    """Tell which changes somebody has not answered, and what is in the way."""
    gone = gone_people(reader, team_id)
    since = to_text(span.now - _LISTED)
    seen = [each for each in NOTICES.every(reader, team_id) if each.visibility in span.visible and not each.over_at]
    recent = [each for each in seen if each.created_at >= since]
    changes = about_each(reader, team_id, recent)
    said = [line for each in changes for line in _said(each, span)]
    retired = {each.id for each in responsibilities.all_components(reader, team_id) if each.is_retired}
    left = [each for each in changes if not _is_over(each, retired, span)]
    waits = [line for each in left for line in _waits(each, gone, retired)]
    groups = (Group("no answer to a change", waits, is_waiting=True), Group("needs work or blocks somebody", said))
    return Digest(Section("changes", "Changes", groups, order=36, lead="Changes", news=list(_news(left, span))))


def name_of(change: About) -> str:
    notice = change.notice
    if notice.kind != "retirement":
        return f"{change.name}: {_WHAT[notice.kind]}"
    version = f"version {notice.of_version} " if notice.of_version else ""
    return f"{change.name}: {version}retires {day(notice.to_version)}"


def _is_over(change: About, retired: Collection[str], span: Span) -> bool:
    """Tell whether nothing can be done about a change any more: its component, or its version, has retired."""
    notice = change.notice
    is_of_version = notice.kind == "retirement" and notice.of_version != ""
    return notice.component_id in retired or (is_of_version and is_past(notice.to_version, span.now.date()))


def _waits(change: About, gone: frozenset[str], retired: Collection[str]) -> Iterator[Line]:
    """Yield who hasn't answered, but for those who answer for what has retired itself."""
    notice = change.notice
    people = tuple(each for each in notice.unanswered if each not in gone and notice.asked[each] not in retired)
    if people:
        key = f"change {notice.id} unanswered"
        yield Line(key, f"{name_of(change)}, no answer yet", notice.created_at, people, change.opens)


def _said(change: About, span: Span) -> Iterator[Line]:
    for who, each in change.notice.answers.items():
        if each.answer != "fine" and span.holds(each.at):
            until = f", needed by {day(each.until)}" if each.until else ""
            led_to = f"; {each.led_to}" if each.led_to else ""
            told = f"{name_of(change)}, {each.answer}{until}: {each.note}{led_to}"
            yield Line(f"change {change.notice.id} {who} {each.at}", told, each.at, button=change.opens)


def _news(changes: list[About], span: Span) -> Iterator[News]:
    """Yield the changes of a span; of what is missed, the card tells itself."""
    for change in changes:
        if span.holds(change.notice.created_at) and change.notice.kind != "missed":
            yield News(name_of(change), weight=SETTLED, button=change.opens)
