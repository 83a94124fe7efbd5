"""What the decision log tells of a week, and what of it is somebody's own."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from handlers.decisions.hooks.reminders import silent_ones
from handlers.decisions.messages import record
from handlers.hooks.digest import DECIDED, Digest, Group, Line, Lines, News, Section, Span
from handlers.slack import blocks
from storage.decisions import decisions, search, votes
from storage.decisions.decisions import Decision
from storage.engine.interface import Reader
from storage.workspaces.people import known_names

_OWN = 200
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def tell(reader: Reader, team_id: str, span: Span) -> Digest:
    """Tell what was decided and replaced, and what is due for review or past its deadline."""
    today = span.now.date().isoformat()
    made = search.decided_between(reader, team_id, span.visible, span.begin, span.end)
    waiting = [each for each in decisions.open_ones(reader, team_id, span.now) if each.visibility in span.visible]
    late = [each for each in waiting if each.state == "proposed" and "" < each.deadline < today]
    said = votes.said_something(reader, team_id)
    proposed = [each for each in waiting if each.state == "proposed" and each not in late]
    names = _reporters(reader, team_id, proposed)
    replaced = search.superseded_between(reader, team_id, span.visible, span.begin, span.end)
    deciders = known_names(reader, team_id, [each.decider for each in made])
    news = [_news(each, deciders) for each in made]
    groups = (
        Group("decided", [_line(each, each.decided_at) for each in made]),
        Group("replaced", [_line(each, "") for each in replaced]),
        Group("proposed", [
            _line(each, each.created_at, silent_ones(each, said) or (each.decider,), names) for each in proposed
        ], is_waiting=True),
        Group("past the deadline", [_line(each, each.deadline) for each in late], is_waiting=True),
        Group("due for review", [
            _line(each, each.review_on or each.expected_by) for each in waiting if each.state == "accepted"
        ], is_waiting=True),
    )  # fmt: skip
    section = Section("decisions", "Decisions", groups, order=10, lead="Decided", news=news)
    return Digest(section, {"Decisions": len(made)})


def own(reader: Reader, team_id: str, user_id: str, span: Span) -> Sequence[Group]:
    """Return what somebody decided or wrote down last."""

    def make() -> list[Line]:
        found = search.by_person(reader, team_id, span.visible, user_id, _OWN)
        names = _reporters(reader, team_id, found)
        return [_line(each, each.decided_at or each.created_at, (), names) for each in found]

    count = search.count_by_person(reader, team_id, span.visible, user_id, _OWN)
    return [Group("decisions", Lines(count, make), one="decision")]


def _reporters(reader: Reader, team_id: str, listed: Sequence[Decision]) -> Mapping[str, str]:
    """Return the names of those who reported what another is said to have decided."""
    return known_names(reader, team_id, [each.created_by for each in listed if each.is_reported])


def _line(decision: Decision, since: str, people: tuple[str, ...] = (), names: Mapping[str, str] = _NO_NAMES) -> Line:
    by = f", reported by {names.get(decision.created_by, 'somebody else')}" if decision.is_reported else ""
    state = "" if decision.state == "accepted" else f" ({record.state_of(decision)}{by})"
    button = blocks.button("Open", record.OPEN, decision.id)
    told = f"{decision.number}  {decision.title}{state}"
    who = people or tuple(filter(None, [decision.decider]))
    link = decision.source_link
    return Line(f"decision {decision.id} {decision.state}", told, since, who, button, link=link)


def _news(decision: Decision, names: Mapping[str, str]) -> News:
    """Name a decision that was made; the first line says who made it."""
    by = names.get(decision.decider, "")
    headline = f"{by} decided: {decision.title}." if by else f"Decided: {decision.title}."
    button = blocks.button("Open", record.OPEN, decision.id)
    return News(decision.title, weight=DECIDED, headline=headline, link=decision.source_link, button=button)
