"""What feedback tells of a week, by component and severity, and which is somebody's own."""

from collections import Counter
from collections.abc import Mapping, Sequence

from handlers.feedback.hooks.reminders import Waiting, waiting
from handlers.feedback.messages import OPEN, title
from handlers.feedback.rules import moves
from handlers.hooks.digest import DECIDED, USUAL, Digest, Group, Line, Lines, News, Section, Span
from handlers.slack import blocks
from storage.engine.interface import Reader
from storage.feedback.feedback import ITEMS, SEVERITIES, Feedback, Severity
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import gone_people

#: How much a problem that was reported matters.
_WEIGHT: Mapping[Severity, int] = {"high": DECIDED, "medium": USUAL + 5, "low": USUAL}
#: So much of what was reported names it.
_SHORT = 60


def tell(reader: Reader, team_id: str, span: Span) -> Digest:
    """Tell what is open, the worst first, what has ended, and how much of what there is on each component."""
    parts = {each.id: each for each in responsibilities.components(reader, team_id, span.visible)}
    every = waiting(reader, team_id, gone_people(reader, team_id))
    open_ = [each for each in every if _is_seen(each.item, span, parts)]
    ended = [
        _line(each, parts[each.component_id], each.moved_at)
        for each in ITEMS.every(reader, team_id)
        if each.state in moves.ENDED and _is_seen(each, span, parts) and span.holds(each.moved_at)
    ]
    lines = {name: [_open_line(each) for each in open_ if each.item.severity == name] for name in SEVERITIES}
    groups = [Group(f"open ({severity})", told, is_waiting=True) for severity, told in lines.items()]
    groups.append(Group("closed", ended))
    news = [_news(each) for each in open_ if span.holds(each.item.created_at)]
    section = Section("feedback", "Feedback", groups, _counts(open_), order=45, lead="Feedback", news=news)
    return Digest(section, {"Open feedback": len(open_)})


def own(reader: Reader, team_id: str, user_id: str, span: Span) -> Sequence[Group]:
    """Return what somebody reported that is open, or has just ended."""
    parts = {each.id: each for each in responsibilities.components(reader, team_id, span.visible)}
    given = [each for each in ITEMS.every(reader, team_id) if user_id in moves.reporters(each)]
    seen = [each for each in given if _is_seen(each, span, parts)]
    mine = [each for each in seen if each.state in moves.OPEN or span.holds(each.moved_at)]
    lines = Lines(len(mine), lambda: [_line(each, parts[each.component_id], each.created_at) for each in mine])
    return [Group("problems you reported", lines, one="problem you reported")]


def _is_seen(item: Feedback, span: Span, parts: Mapping[str, Component]) -> bool:
    return item.visibility in span.visible and item.component_id in parts


def _counts(open_: Sequence[Waiting]) -> str:
    counts = Counter((each.component.name, each.item.severity) for each in open_)
    names = sorted({each.component.name for each in open_})
    found = {name: [f"{counts[name, each]} {each}" for each in SEVERITIES if counts[name, each]] for name in names}
    told = [f"{name}: {', '.join(listed)}" for name, listed in found.items()]
    return "; ".join(told)


def _open_line(each: Waiting) -> Line:
    """One that is open, and who has to act: nobody of the team while its data is asked for."""
    is_elsewhere = moves.waits_for_data(each.item, each.requests)
    return _line(each.item, each.component, each.item.created_at, () if is_elsewhere else each.people[:1])


def _line(item: Feedback, component: Component, since: str, people: tuple[str, ...] = ()) -> Line:
    button = blocks.button("Open", OPEN, item.id)
    told = f"{title(item, component)} ({item.state})"
    return Line(f"feedback {item.id} {item.state}", told, since, people, button, link=item.source_link)


def _news(each: Waiting) -> News:
    """Name a problem that was reported; a severe one weighs as much as a decision."""
    item, weight = each.item, _WEIGHT[each.item.severity]
    headline = f"{item.number}: a problem with {each.component.name} was reported."
    button = blocks.button("Open", OPEN, item.id)
    name = f"{each.component.name}: {blocks.cut(' '.join(item.got.split()), _SHORT)}"
    return News(name, weight=weight, headline=headline, link=item.source_link, button=button)
