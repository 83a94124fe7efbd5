"""How duties and components are found by their words, and whom to ask of what nobody wrote down."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from handlers.agreements.components import current
from handlers.agreements.mentioned import mentioned
from handlers.checks.dates import day
from handlers.hooks.finding import Finds, Groups, Hit
from handlers.responsibilities.catalogue import DutyKind, catalogue_of
from handlers.responsibilities.messages.register import OPEN
from handlers.responsibilities.messages.teams import OPEN_TEAM, accountable_words
from handlers.responsibilities.rules.standing import ComponentDuty, standing
from handlers.responsibilities.service import teams as service_of_teams
from handlers.slack import blocks
from handlers.slack.action_ids import OPEN_COMPONENT
from storage.engine.interface import Reader
from storage.glossary.forms import stem
from storage.responsibilities import responsibilities, teams
from storage.responsibilities.responsibilities import Component, Duty
from storage.responsibilities.teams import Team
from storage.workspaces.people import gone_people

#: So many duties stand among other things; components have twenty each.
_DUTIES = 3
#: Whoever has one of these knows most of a component.
_KNOWING = ("data-documentation", "documentation", "data-ownership", "monitoring")


def seek(reader: Reader, team_id: str, groups: Groups, visible: Sequence[str]) -> Sequence[Hit]:
    """Return the component and the team that have all words in their names, and the duties with them, owned first."""
    wanted = _stems_of(groups)
    parts = responsibilities.components(reader, team_id, visible)
    named = [each for each in parts if all(map(_words(each.name).intersection, wanted))]
    gone, owners = gone_people(reader, team_id), teams.teams(reader, team_id)
    found = [
        standing(part, kind, duty, gone, owners)
        for kind, listed in _asked(catalogue_of(reader, team_id).values(), current(parts), wanted)
        for part, duty in _duties(reader, kind, listed)
    ]
    ordered = sorted(found, key=lambda each: (not each.present.owner, each.component.name.casefold()))
    own = service_of_teams.known(reader, team_id, visible)
    of_name = [each for each in own.values() if all(map(_words(each.name).intersection, wanted))]
    return [*map(_duty_hit, ordered[:_DUTIES]), *map(_component_hit, named[:1]), *map(_team_hit, of_name[:1])]


def _asked(
    kinds: Iterable[DutyKind], parts: Sequence[Component], wanted: Sequence[frozenset[str]]
) -> Iterator[tuple[DutyKind, list[Component]]]:
    """Yield the duties that are asked for, alone or of a component, with the components that may have them."""
    for kind in kinds:
        words = _words(" ".join((kind.name, kind.id, *kind.synonyms)))
        left = [each for each in wanted if words.isdisjoint(each)]
        if len(left) < len(wanted):
            yield kind, [each for each in parts if all(map(_words(each.name).intersection, left))]


def _duties(reader: Reader, kind: DutyKind, parts: Sequence[Component]) -> Iterator[tuple[Component, Duty]]:
    known = responsibilities.duties_named(reader, parts[0].team_id, kind.id) if parts else {}
    for part in parts:
        duty = known.get(part.id)
        if duty is not None and duty.state != "not needed" and part.kind in kind.kinds:
            yield part, duty


def _duty_hit(about: ComponentDuty) -> Hit:
    button = blocks.spoken(blocks.button("Open", OPEN, about.value), f"Open {about.name}")
    duty = about.present
    return Hit("Duty", about.name, partial(_stands, about), button, tuple(filter(None, (duty.owner, duty.proposed_to))))


def _stands(about: ComponentDuty, names: Mapping[str, str]) -> str:
    duty = about.present
    if duty.owner:
        return f"owned by {names.get(duty.owner, 'somebody')}{about.for_team}" + (
            f" since {day(duty.since)}" if duty.since else ""
        )
    asked = f"; {names.get(duty.proposed_to, 'somebody')} is asked" if duty.proposed_to else ""
    return f"has no owner{asked}"


def _component_hit(component: Component) -> Hit:
    button = blocks.button("Open", OPEN_COMPONENT, component.id)
    told = partial(_led, component)
    spoken = blocks.spoken(button, f"Open {component.name}")
    return Hit(component.kind.capitalize(), component.name, told, spoken, (component.lead,))


def _team_hit(team: Team) -> Hit:
    button = blocks.spoken(blocks.button("Open", OPEN_TEAM, team.id), f"Open {team.name}")
    return Hit("Team", team.name, partial(_answers_for, team), button, tuple(filter(None, (team.accountable,))))


def _answers_for(team: Team, names: Mapping[str, str]) -> str:
    people = "1 person" if len(team.members) == 1 else f"{len(team.members)} people"
    return f"{accountable_words(team, names)}, {people}"


def _led(component: Component, names: Mapping[str, str]) -> str:
    led = f"led by {names.get(component.lead, 'somebody')}"
    if not component.retires_on or component.retires_version:
        return led
    return f"{'retired' if component.is_retired else f'{led}, retires'} {day(component.retires_on)}"


def know(
    reader: Reader, team_id: str, groups: Groups, visible: Sequence[str], channel_id: str
) -> tuple[str, str] | None:
    """Return who is likely to know: who has the nearest duty of the component that is named, or that is talked of."""
    parts = current(responsibilities.components(reader, team_id, visible))
    wanted = _stems_of(groups)
    of_words = max(parts, key=lambda each: _met(each, wanted), default=None)
    is_named = of_words is not None and _met(of_words, wanted) > 0
    part = of_words if is_named else next((each for each in parts if each.channel == channel_id), None)
    if part is None:
        return None
    gone, duties = gone_people(reader, team_id), responsibilities.duties_of(reader, team_id, [part.id])
    owned = {each.duty: each.owner for each in duties if each.state == "accepted" and each.owner not in gone}
    kinds = catalogue_of(reader, team_id)
    nearest = next((each for each in _KNOWING if owned.get(each) and each in kinds), "")
    if nearest:
        return owned[nearest], f"owns {kinds[nearest].short} of {part.name}"
    return None if part.lead in gone else (part.lead, f"leads {part.name}")


def _met(component: Component, wanted: Sequence[frozenset[str]]) -> int:
    return sum(not _words(component.name).isdisjoint(each) for each in wanted)


def _stems_of(groups: Groups) -> list[frozenset[str]]:
    return [frozenset(stem(each) for each in words if " " not in each) for words in groups]


@lru_cache(maxsize=4000)
def _words(text: str) -> frozenset[str]:
    return frozenset(map(stem, text.replace("-", " ").split()))


def name_in(reader: Reader, team_id: str, visible: Sequence[str], text: str) -> tuple[str, str] | None:
    """Return the name of the one component that a text names, and what it says besides."""
    named = mentioned(text, responsibilities.components(reader, team_id, visible))
    return None if named is None else (named.component.name, named.rest)


FINDS = Finds({}, seek, know, name_in)
