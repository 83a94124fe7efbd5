"""What the register tells of a week, and which duties are somebody's own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.agreements.components import launches_soon
from handlers.checks.dates import day
from handlers.hooks.digest import DECIDED, LAUNCH, SETTLED, USUAL, Digest, Group, Line, Lines, News, Section, Span
from handlers.responsibilities.hooks import links
from handlers.responsibilities.hooks.register import Register, register_of, unclear_now, until_it_changes
from handlers.responsibilities.messages import register
from handlers.responsibilities.rules.settling import who_settles
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.responsibilities.rules.trajectory import comes_first
from handlers.responsibilities.rules.unclear import Unclear
from handlers.slack import blocks
from handlers.slack.action_ids import OPEN_COMPONENT
from storage.engine.interface import Reader
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component
from storage.workspaces.people import gone_people, known_names

_UNOWNED = ("no owner", "launch near")
#: So many components of one's own stand on a Home.
_TEAMS = 3


def tell(reader: Reader, team_id: str, span: Span) -> Digest:
    """Tell which duties have no owner, which are unclear, which were settled, and how many are settled at all."""
    listed = [each for each in register_of(reader, team_id).listed if each.component.visibility in span.visible]
    unclear = unclear_now(reader, team_id, gone_people(reader, team_id), span.now)
    lines = until_it_changes(
        reader, team_id, "lines of duties", (span.now, None), lambda _: [_unclear(*each) for each in unclear]
    )
    others = [
        line
        for (about, each), line in zip(unclear, lines, strict=True)
        if each.reason not in _UNOWNED and about.component.visibility in span.visible
    ]
    without = [each for each in _without_owner(reader, team_id, span) if each[0].visibility in span.visible]
    moved = [each for each in listed if span.holds(each.duty.changed_at)]
    settled = [
        _line(about, about.duty.changed_at, (about.duty.owner,) if about.duty.owner else ())
        for about in moved
        if about.duty.state in ("accepted", "not needed")
    ]
    retired = _retired(reader, team_id, span)
    groups = (
        Group("resolved", settled),
        Group("unclear", others, is_waiting=True),
        Group("needed early", _early(listed), is_waiting=True),
        Group("without an owner", [_lacking(*each) for each in without], is_waiting=True),
        links.group(reader, team_id, span),
        Group("retired", [_end(each) for each in retired]),
    )
    news = [
        *(News(each.name, " retired", weight=DECIDED, button=_open_component(each)) for each in retired),
        *_taken_on(reader, team_id, moved),
        *(_lacking_news(*each, span) for each in without),
    ]
    figures, note = _figures(listed, sum(number for _, number in without))
    return Digest(Section("duties", "Duties", groups, note, order=30, lead="Owners", news=news), figures)


def _retired(reader: Reader, team_id: str, span: Span) -> list[Component]:
    """Return what had its last day in a span."""
    parts = responsibilities.components(reader, team_id, span.visible)
    return [each for each in parts if each.is_retired and span.holds(each.retired_at)]


def _end(component: Component) -> Line:
    button = _open_component(component)
    return Line(f"component {component.id} retired", component.name, component.retired_at, button=button)


def own(reader: Reader, team_id: str, user_id: str, span: Span) -> Sequence[Group]:
    """Return the duties that somebody has, and what is to be said of the components that they have to do with."""
    every = register_of(reader, team_id).by_person.get(user_id, ())
    mine = [about for about in every if about.component.visibility in span.visible]
    taken = [about for about in mine if about.duty.owner == user_id]
    parts = {about.component.id for about in mine}
    theirs = [
        (component, number)
        for component, number in _without_owner(reader, team_id, span)
        if component.visibility in span.visible and (component.id in parts or user_id in _people(component))
    ]
    first = sorted(theirs, key=lambda each: (not _near(each[0], span), -each[1], each[0].name))
    lines = [_of_team(each, number, _near(each, span)) for each, number in first[:_TEAMS]]
    return [Group("duties", _taken(taken), one="duty"), Group("Your team", lines, is_teams=True)]


def _taken(duties: Sequence[ComponentDuty]) -> Lines:
    return Lines(len(duties), lambda: [_line(about, about.duty.changed_at) for about in duties])


def _without_owner(reader: Reader, team_id: str, span: Span) -> Sequence[tuple[Component, int]]:
    """Return the components with duties that have no owner, and how many, the most first."""
    unclear = unclear_now(reader, team_id, gone_people(reader, team_id), span.now)

    def count(_register: Register) -> list[tuple[Component, int]]:
        about = [each.component for each, found in unclear if found.reason in _UNOWNED]
        by_id, counts = {each.id: each for each in about}, Counter(each.id for each in about)
        return [(by_id[each], number) for each, number in counts.most_common()]

    return until_it_changes(reader, team_id, "components without owners", (span.now, None), count)


def _near(component: Component, span: Span) -> str:
    """Return the day of a launch that is near; empty where it is not."""
    return component.launch_on if launches_soon(component, span.now) else ""


def _people(component: Component) -> tuple[str, ...]:
    return component.lead, *component.model_side, *component.product_side


def _figures(listed: Sequence[ComponentDuty], unowned: int) -> tuple[Mapping[str, int], str]:
    """Return the figures that are followed over the weeks, and how many duties have an owner, in words."""
    needed = [about for about in listed if about.duty.state != "not needed"]
    if not needed:
        return {"Unowned duties": unowned}, ""
    owned = sum(about.present.state == "accepted" for about in needed)
    has = "has" if owned == 1 else "have"
    note = f"{owned or 'None'} of {len(needed)} duties {has if owned else 'has'} an owner"
    return {"Unowned duties": unowned, "Duties with an owner": owned}, note


def _taken_on(reader: Reader, team_id: str, moved: Sequence[ComponentDuty]) -> list[News]:
    taken = [each for each in moved if each.duty.state == "accepted"]
    names = known_names(reader, team_id, list(dict.fromkeys(each.duty.owner for each in taken)))
    return [
        News(each.name, before=f"{names.get(each.duty.owner, 'somebody')} took on ", weight=SETTLED, button=_open(each))
        for each in taken
    ]


def _early(listed: Sequence[ComponentDuty]) -> list[Line]:
    """Return what has no owner and comes first, by component, as that came about."""
    found: dict[str, list[ComponentDuty]] = {}
    for each in listed:
        if comes_first(each) and each.present.state not in ("accepted", "not needed"):
            found.setdefault(each.component.id, []).append(each)
    return [_early_line(duties[0].component, duties) for duties in found.values()]


def _early_line(component: Component, duties: Sequence[ComponentDuty]) -> Line:
    names = ", ".join(each.kind.short for each in duties)
    told = f"{component.name} ({component.set_up}): {names}"
    return Line(f"component {component.id} early {len(duties)}", told, people=(component.lead,), button=_map(component))


def _lacking_news(component: Component, number: int, span: Span) -> News:
    duties = f"{number} {'duty' if number == 1 else 'duties'}"
    after, launch_on = f" {'has' if number == 1 else 'have'} no owner", _near(component, span)
    launch = f"{component.name} launches {day(launch_on)}, and {duties}{after}."
    headline, weight = (launch, LAUNCH - 1) if launch_on else ("", USUAL)
    return News(component.name, after, f"{duties} of ", weight=weight, headline=headline, button=_map(component))


def _lacking(component: Component, number: int) -> Line:
    told = f"{component.name}: {number} {'duty' if number == 1 else 'duties'}"
    return Line(f"component {component.id} without {number}", told, button=_map(component))


def _of_team(component: Component, number: int, launch_on: str) -> Line:
    line, near = _lacking(component, number), f", launches {day(launch_on)}" if launch_on else ""
    return replace(line, told=f"{line.told} without an owner{near}")


def _unclear(about: ComponentDuty, found: Unclear) -> Line:
    reason = "" if found.reason in _UNOWNED else found.reason
    return _line(about, found.since, tuple(each for each in who_settles(about, found.reason) if each), reason)


def _line(about: ComponentDuty, since: str, people: tuple[str, ...] = (), reason: str = "") -> Line:
    told = f"{register.capital(about.kind.name)} of {about.component.name}{f' ({reason})' if reason else ''}"
    return Line(f"duty {about.value} {about.duty.state}", told, since, people, _open(about))


def _open(about: ComponentDuty) -> blocks.Block:
    return blocks.button("Open", register.OPEN, about.value)


def _open_component(component: Component) -> blocks.Block:
    return blocks.button("Open", OPEN_COMPONENT, component.id)


def _map(component: Component) -> blocks.Block:
    return blocks.button("Map", register.MAP, component.id)
