"""Who builds what with whom: the components of a system by team, and the numbered points where teams meet. Pure.

It is made of what its reader may see, and of nothing else: what is hidden joins nothing, is not counted, and leaves no
gap in the numbers.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.agreements.links import End
from handlers.hooks.seams import Artefact, Seam
from handlers.responsibilities.rules.flow import in_order, in_system
from handlers.responsibilities.rules.links import SAYS
from handlers.responsibilities.rules.plans import Part, Plan, Point, Seen, State, Team
from handlers.responsibilities.rules.retirement import retires_in_short
from handlers.responsibilities.rules.standing import ComponentDuty
from storage.responsibilities.links import Joint, Link
from storage.responsibilities.responsibilities import MODELS, Component, new_key

_SEAMS: Mapping[Joint, tuple[Seam, ...]] = {
    "feeds": ("data",),
    "serves": ("requirements", "integration"),
    "part of": ("integration",),
    "deployed by": ("integration",),
}
#: The duty that stands for a point: the first of these that either end has.
_DUTIES: Mapping[tuple[Joint, Seam], tuple[tuple[End, str], ...]] = {
    ("feeds", "data"): (("source", "data-ownership"), ("source", "data-monitoring"), ("source", "interface")),
    ("serves", "requirements"): (("source", "requirements"), ("target", "requirements")),
    ("serves", "integration"): (("target", "integration"), ("source", "integration"), ("source", "interface")),
    ("part of", "integration"): (("target", "integration"), ("source", "integration"), ("source", "interface")),
    ("deployed by", "integration"): (("source", "deployment"), ("target", "deployment")),
}
_NOTHING: Mapping[Seam, str] = {
    "requirements": "no requirement card",
    "data": "no data request",
    "integration": "interface not documented",
}
_OUTSIDE = "Not in the register"


@dataclass(frozen=True, slots=True)
class _Meeting:
    """That two parts meet at a seam: by a link, or by records alone, whose data the register may not have."""

    joint: Joint
    seam: Seam
    source: Part
    target: Part
    link: Link | None
    artefacts: Sequence[Artefact]


def planned(seen: Seen, system: Component | None) -> Plan:
    """Return the map of the system that a component stands for, or of all that may be seen."""
    seen = _without_retired(seen)
    there = {each.id for each in seen.parts}
    links = [each for each in seen.links if {each.source_id, each.target_id} <= there]
    wanted = in_system(system.id, links) if system is not None else there
    order = in_order([each.id for each in seen.parts], [(each.source_id, each.target_id) for each in links])
    ordered = sorted((each for each in seen.parts if each.id in wanted), key=lambda each: order[each.id])
    duties = {(each.component.id, each.kind.id): each for each in seen.duties}
    parts = _parts(ordered, seen.duties)
    met = sorted(
        _meetings(seen.artefacts, links, parts),
        key=lambda each: (order.get(each.source.id, -1), order[each.target.id]),
    )
    teams = [*_teams(ordered, parts, seen), *_outside(met, seen.names)]
    team_of = {part.id: team.key for team in teams for part in team.parts}
    teams = [_with_inside(each, met, team_of) for each in teams]
    between = [each for each in met if team_of[each.source.id] != team_of[each.target.id]]
    points = tuple(
        _point(number, each, (_duty_of(each, duties), seen.names), team_of) for number, each in enumerate(between, 1)
    )
    shown = [each.link for each in met if each.link is not None]
    promised = [one for each in met for one in each.artefacts]
    ids = [*(each.id for each in ordered), *(each.id for each in shown), *(each.record for each in promised)]
    records = dict.fromkeys(each for each in ids if each)
    seen_by = {each.visibility for each in ordered} | {each.visibility for each in shown}
    seen_by |= {each.visibility for each in promised}
    return Plan(system, tuple(teams), points, tuple(records), frozenset(seen_by))


def _without_retired(seen: Seen) -> Seen:
    """Leave out what has retired, unless something that has not still uses it."""
    left = {each.id for each in seen.parts if not each.is_retired}
    joined = [each for each in seen.links if each.target_id in left]
    used = left | {each.source_id for each in joined if each.kind != "deployed by"}
    return replace(
        seen,
        parts=[each for each in seen.parts if each.id in used],
        links=[each for each in joined if each.source_id in used],
        duties=[each for each in seen.duties if each.component.id in left],
        artefacts=[each for each in seen.artefacts if each.target in {"", *left} and each.source in {"", *left}],
    )


def _parts(listed: Sequence[Component], duties: Sequence[ComponentDuty]) -> dict[str, Part]:
    states: defaultdict[str, list[str]] = defaultdict(list)
    for each in duties:
        states[each.component.id].append(each.present.state)
    needed = {each.id: [state for state in states[each.id] if state != "not needed"] for each in listed}
    return {
        each.id: Part(
            each.id,
            each.name,
            each.kind,
            needed[each.id].count("accepted"),
            len(needed[each.id]),
            retires_in_short(each),
            each.is_retired,
        )
        for each in listed
    }


def _teams(listed: Sequence[Component], parts: Mapping[str, Part], seen: Seen) -> Iterator[Team]:
    by_team: defaultdict[str, list[Component]] = defaultdict(list)
    for each in listed:
        by_team[f"team {new_key(each.team)}" if each.team else f"lead {each.lead}"].append(each)
    for key, own in by_team.items():
        yield Team(key, _called(own[0], seen), tuple(parts[each.id] for each in own))


def _called(component: Component, seen: Seen) -> str:
    """Return a component's team, with who is accountable for it, else who leads the component."""
    if not component.team:
        return seen.names.get(component.lead, component.lead)
    accountable = seen.names.get(seen.accountable.get(new_key(component.team), ""), "")
    return f"{component.team} ({accountable})" if accountable else component.team


def _with_inside(team: Team, met: Sequence[_Meeting], team_of: Mapping[str, str]) -> Team:
    """Return a team with how its own components are linked."""
    own = [each for each in met if team_of[each.source.id] == team_of[each.target.id] == team.key]
    inside = {
        part.id: tuple(dict.fromkeys(f"{SAYS[each.joint]} {each.target.name}" for each in own if each.source is part))
        for part in team.parts
    }
    return replace(team, parts=tuple(replace(each, inside=inside[each.id]) for each in team.parts))


def _outside(met: Sequence[_Meeting], names: Mapping[str, str]) -> Iterator[Team]:
    """Yield who has data that the register doesn't have, with that data."""
    by_provider: defaultdict[str, dict[str, Part]] = defaultdict(dict)
    for each in met:
        if each.link is None and each.artefacts[0].named:
            by_provider[each.artefacts[0].provider][each.source.id] = each.source
    for provider, parts in by_provider.items():
        yield Team(f"outside {provider}", names.get(provider, _OUTSIDE), tuple(parts.values()), is_outside=True)


def _meetings(artefacts: Sequence[Artefact], links: Sequence[Link], parts: Mapping[str, Part]) -> Iterator[_Meeting]:
    shown = [each for each in _unlike(links) if each.source_id in parts and each.target_id in parts]
    for link in shown:
        ends = parts[link.source_id], parts[link.target_id]
        for seam in _SEAMS[link.kind]:
            if seam != "requirements" or (ends[0].kind in MODELS and not ends[0].is_retired):
                yield _Meeting(link.kind, seam, *ends, link, _promised(artefacts, seam, link))
    fed = {(each.source_id, each.target_id) for each in shown if each.kind == "feeds"}
    alone: defaultdict[tuple[str, str], list[Artefact]] = defaultdict(list)
    for each in artefacts:
        if each.seam == "data" and each.target in parts and (each.source, each.target) not in fed:
            alone[each.source or f"{each.provider} {new_key(each.named)}", each.target].append(each)
    for (source, target), promised in alone.items():
        start = parts.get(source) or (Part(source, promised[0].named, "data") if promised[0].named else None)
        if start is not None:
            yield _Meeting("feeds", "data", start, parts[target], None, promised)


def _unlike(links: Sequence[Link]) -> list[Link]:
    """Return one link of those that say the same of two components, one that both sides confirmed before others."""
    found: dict[tuple[str, str, str], Link] = {}
    for each in sorted(links, key=lambda each: each.state != "confirmed"):
        found.setdefault((each.source_id, each.kind, each.target_id), each)
    return list(found.values())


def _promised(artefacts: Sequence[Artefact], seam: Seam, link: Link) -> list[Artefact]:
    return [
        each
        for each in artefacts
        if each.seam == seam and each.source in ("", link.source_id) and each.target in ("", link.target_id)
        if not each.named
    ]


def _point(
    number: int, met: _Meeting, known: tuple[ComponentDuty | None, Mapping[str, str]], team_of: Mapping[str, str]
) -> Point:
    duty, names = known
    worst = min(met.artefacts, key=lambda each: _WORST_FIRST.index(each.standing), default=None)
    state, told = _standing(met, worst)
    is_left = duty is not None and duty.present.state in ("unowned", "proposed")
    return Point(
        number=number,
        seam=met.seam,
        state="nobody" if is_left and state != "broken" else state,
        sentence=f"{met.source.name} {SAYS[met.joint]} {met.target.name}",
        source=met.source.id,
        target=met.target.id,
        giver=team_of[met.source.id],
        taker=team_of[met.target.id],
        told=told,
        owner=_owner(duty, worst, names),
        artefact=worst,
        duty=duty,
        link=met.link,
    )


def _standing(met: _Meeting, worst: Artefact | None) -> tuple[State, str]:
    """Return how a point stands, in a word and in words: what has retired and is still used is broken."""
    if met.source.is_retired:
        return "broken", met.source.retires
    told = [worst.told if worst is not None else _NOTHING[met.seam]]
    told += [f"{len(met.artefacts) - 1} more"] if len(met.artefacts) > 1 else []
    state: State = worst.standing if worst is not None else "open"
    is_going = bool(met.source.retires) and state == "good"
    return "open" if is_going else state, ", ".join([*told, *([met.source.retires] if met.source.retires else [])])


#: A record that is broken stands for a point before one that is still talked about.
_WORST_FIRST = ("broken", "open", "good")


def _duty_of(met: _Meeting, duties: Mapping[tuple[str, str], ComponentDuty]) -> ComponentDuty | None:
    ends: Mapping[End, str] = {"source": met.source.id, "target": met.target.id}
    named = (duties.get((ends[end], duty)) for end, duty in _DUTIES[met.joint, met.seam])
    return next((each for each in named if each is not None), None)


def _owner(duty: ComponentDuty | None, artefact: Artefact | None, names: Mapping[str, str]) -> str:
    """Return who has the duty of a point, or provides what the register doesn't have."""
    people = [artefact.provider] if artefact is not None else []
    if duty is not None:
        people = list(duty.present.claimants) or [duty.present.owner]
    return ", ".join(names.get(each, "somebody") for each in people if each)
