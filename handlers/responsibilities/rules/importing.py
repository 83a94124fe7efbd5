"""What an import of the register would do: it proposes, and takes nothing from anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handlers.responsibilities.catalogue import DutyKind
from storage.engine.interface import WORKSPACE
from storage.responsibilities.responsibilities import KINDS, Component, Duty, NewComponent, new_key

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the workspace who may have duties."""

    user_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Register:
    """What is there: components by look-up key, duties by (component id, duty), the catalogue, and the members."""

    components: Mapping[str, Component]
    duties: Mapping[tuple[str, str], Duty]
    catalogue: Mapping[str, DutyKind]
    members: Sequence[Member]


@dataclass(frozen=True, slots=True)
class Row:
    """One duty of a file; ``place`` says where it stands, such as "line 3", and ``error`` why it cannot be read."""

    place: str
    cells: Mapping[str, str]
    error: str = ""


@dataclass(slots=True)
class Plan:
    """What an import would do: components to add, and (component's key, duty) to whom it is proposed."""

    added: dict[str, NewComponent] = field(default_factory=dict)
    proposed: dict[tuple[str, str], str] = field(default_factory=dict)
    unchanged: int = 0
    refused: list[Row] = field(default_factory=list)


def plan(rows: Sequence[Row], there: Register) -> Plan:
    """Compare a file with the register. Who is named by a name that several people have is not guessed."""
    made = Plan()
    for row in rows:
        error = row.error or _take(row.cells, there, made)
        if error:
            made.refused.append(Row(row.place, row.cells, error))
    return made


def as_lines(made: Plan, there: Register) -> list[str]:
    names = {each.user_id: each.name for each in there.members}
    parts = {key: each.name for key, each in (*there.components.items(), *made.added.items())}
    first = f"{len(made.added)} components added, {len(made.proposed)} duties proposed, {made.unchanged} unchanged"
    lines = [f"{first}, {len(made.refused)} refused"]
    lines += [
        f"  + {each.name} ({each.kind}), led by {names.get(each.lead, each.lead)}" for each in made.added.values()
    ]
    lines += [
        f"  ? {there.catalogue[duty].name} of {parts[key]}: {names.get(person, person)}"
        for (key, duty), person in made.proposed.items()
    ]
    return [*lines, *(f"  ! {row.place}: {row.error}" for row in made.refused)]


def _take(cells: Mapping[str, str], there: Register, made: Plan) -> str:
    """Take one row into the plan, or say what is wrong with it."""
    key = new_key(cells.get("component", ""))
    duty_id, owner = (cells.get(each, "").strip() for each in ("duty", "owner"))
    component, kind = there.components.get(key), there.catalogue.get(duty_id)
    if kind is None:
        return f"duty: there is no duty {duty_id!r} in the catalogue"
    new = made.added.get(key) or (_new_part(key, cells, there) if component is None else None)
    if isinstance(new, str):
        return new
    part_kind = component.kind if component else new.kind if new else ""
    if part_kind not in kind.kinds:
        return f"duty: {kind.name} isn't a duty of a {part_kind}"
    person = _member(owner, there.members) if owner else None
    if isinstance(person, str):
        return f"owner: {person}"
    if new is not None:
        made.added[key] = new
    if person is None:
        made.unchanged += 1
        return ""
    duty = there.duties.get((component.id if component else "", duty_id))
    return _propose((key, duty_id), person.user_id, duty, made)


def _propose(place: tuple[str, str], person: str, duty: Duty | None, made: Plan) -> str:
    if place in made.proposed:
        return "the same duty is already listed above"
    if duty is not None and person in (duty.owner, duty.proposed_to, *duty.claimants):
        made.unchanged += 1
    elif duty is not None and duty.state in ("accepted", "disputed"):
        return "owner: somebody else owns or claims this duty; nothing is taken from anybody"
    elif duty is not None and duty.state == "proposed":
        return "owner: somebody else was asked and hasn't answered yet"
    elif duty is not None and duty.state == "not needed":
        return "owner: this duty is marked as not needed; change that in Slack first"
    else:
        made.proposed[place] = person
    return ""


def _new_part(key: str, cells: Mapping[str, str], there: Register) -> NewComponent | str:
    """Return a component that is not there yet, where the row says what it is and who leads it; else why not."""
    name, kind, lead = (cells.get(each, "").strip() for each in ("component", "kind", "lead"))
    if len(name) > _LONGEST:
        return f"component: a name has at most {_LONGEST} characters"
    if not key or not kind or not lead:
        return f"component: {name!r} isn't in the register; add its kind and its lead to add it"
    found = next((each for each in KINDS if each == kind), None)
    if found is None:
        return f"kind: {kind!r} isn't one of {', '.join(KINDS)}"
    person = _member(lead, there.members)
    return f"lead: {person}" if isinstance(person, str) else NewComponent(name=name, kind=found, lead=person.user_id)


def _member(told: str, members: Sequence[Member]) -> Member | str:
    """Return who is meant, by member id or full name; else why nobody is."""
    found = [each for each in members if told == each.user_id or told.casefold() == each.name.casefold()]
    if not found:
        return f"{told} isn't anybody in this workspace who can own duties"
    return found[0] if len(found) == 1 else f"{len(found)} people are called {told}; give the member id instead"


def visible(components: Sequence[Component]) -> dict[str, Component]:
    """Return by look-up key what everybody sees: an import leaves a channel's own components alone."""
    return {each.look_up_key: each for each in components if each.visibility == WORKSPACE}
