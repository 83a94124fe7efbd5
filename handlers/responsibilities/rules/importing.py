"""What an import of the register would do: it proposes, and takes nothing from anybody."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.responsibilities.catalogue import DutyKind
from handlers.responsibilities.rules.people import Member, Owner, People, member
from storage.engine.interface import WORKSPACE
from storage.responsibilities.links import Joint
from storage.responsibilities.responsibilities import KINDS, Component, Duty, NewComponent, new_key

_LONGEST = 80


#: The duty that an owner has of a component of which a file only says that they own it.
IN_GENERAL: Mapping[str, str] = {
    "product": "integration",
    "model": "reproducibility",
    "language model": "prompts",
    "dataset": "data-ownership",
    "pipeline": "reproducibility",
    "service": "monitoring",
}


@dataclass(frozen=True, slots=True)
class Register:
    """What is there: components by look-up key, duties by (component id, duty), the catalogue, and people."""

    components: Mapping[str, Component]
    duties: Mapping[tuple[str, str], Duty]
    catalogue: Mapping[str, DutyKind]
    people: People


@dataclass(frozen=True, slots=True)
class Row:
    """One duty of a file; ``place`` says where it stands, such as "line 3", and ``error`` why it cannot be read.

    A row with ``owners`` comes from another tool's file: whoever of them is here first is asked, and what can't be
    taken is left out and not refused. ``lead`` leads a new component, else its owner does; ``notes`` are lines about
    the rest that the file says there, and ``joined`` is how components are linked: two names and how the first is to
    the second.
    """

    place: str
    cells: Mapping[str, str]
    error: str = ""
    owners: Sequence[Owner] | None = None
    lead: Owner | None = None
    notes: Sequence[str] = ()
    joined: Sequence[tuple[str, Joint, str]] = ()


@dataclass(slots=True)
class Plan:
    """What an import would do: components to add, (component's key, duty) to whom it is proposed, and links by keys.

    ``for_teams`` are the ids of the teams for which that is, where the file names a team.
    """

    added: dict[str, NewComponent] = field(default_factory=dict)
    proposed: dict[tuple[str, str], str] = field(default_factory=dict)
    unchanged: int = 0
    refused: list[Row] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    joined: list[tuple[str, Joint, str]] = field(default_factory=list)
    for_teams: dict[tuple[str, str], str] = field(default_factory=dict)


def plan(rows: Sequence[Row], there: Register) -> Plan:
    """Compare a file with the register. Who is named by a name that several people have is not guessed."""
    made = Plan()
    for row in rows:
        if row.owners is not None:
            made.left_out += [
                f"{row.place}: {told}" for told in (*_take_owned(row, row.owners, there, made), *row.notes)
            ]
        elif error := row.error or _of_a_channel(row.cells) or _take(row.cells, there, made):
            made.refused.append(Row(row.place, row.cells, error))
    for row in rows:
        made.left_out += [f"{row.place}: {told}" for told in _join(row, there, made)]
    return made


def _join(row: Row, there: Register, made: Plan) -> Iterator[str]:
    """Take the links of a row into the plan, and yield those of which the register doesn't have both ends."""
    for source, joint, target in row.joined:
        ends = [(new_key(each), each) for each in (source, target)]
        missing = [name for key, name in ends if key not in there.components and key not in made.added]
        if missing and row.cells.get("path"):
            continue  # Of a folder that means no component its own line says so.
        if missing:
            yield f"link: {source} {joint} {target}: {missing[0]} isn't in the register"
        elif (found := (ends[0][0], joint, ends[1][0])) not in made.joined:
            made.joined.append(found)


def _of_a_channel(cells: Mapping[str, str]) -> str:
    is_shared = cells.get("visibility", WORKSPACE) in (WORKSPACE, "")
    return "" if is_shared else "component: it belongs to one channel; common-ground owner restore brings it back"


def _take_owned(row: Row, owners: Sequence[Owner], there: Register, made: Plan) -> Iterator[str]:
    """Take a row of another tool's file into the plan, and yield what of it can't be kept."""
    name, path = row.cells.get("component", ""), row.cells.get("path", "")
    is_unknown = bool(path) and new_key(name) not in there.components
    if row.error or is_unknown:
        yield row.error or f"component: {name!r} isn't in the register; say which is meant with --map '{path}=NAME'"
        return
    found = [(each, each.found(there.people)) for each in owners]
    here = [(owner, person) for owner, person in found if isinstance(person, Member)]
    yield from (
        f"owner: {told}; say who with --map '{each.told}=NAME'" for each, told in found if isinstance(told, str)
    )
    if not here:
        return
    (first, person), *others = here
    lead = row.lead.found(there.people) if row.lead is not None else person
    led = lead.user_id if isinstance(lead, Member) else ""
    owner = person.name if person.team else person.user_id
    error = _take(_with_duty({"lead": led, **row.cells, "owner": owner}, there), there, made)
    yield from [error] if error else []
    yield from (f"owner: {each.told} too; a duty has one owner, and {first.told} is asked" for each, _ in others)


def _with_duty(cells: Mapping[str, str], there: Register) -> Mapping[str, str]:
    component = there.components.get(new_key(cells.get("component", "")))
    kind = component.kind if component is not None else cells.get("kind", "")
    return {**cells, "duty": cells.get("duty") or IN_GENERAL.get(kind, "")}


def as_lines(made: Plan, there: Register) -> list[str]:
    names = {each.user_id: each.name for listed in there.people.values() for each in listed if not each.team}
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
    lines += [f"  ~ {parts[source]} {joint} {parts[target]}" for source, joint, target in made.joined]
    lines += [f"  - {told}" for told in made.left_out]
    return [*lines, *(f"  ! {row.place}: {row.error}" for row in made.refused)]


def _take(cells: Mapping[str, str], there: Register, made: Plan) -> str:
    """Take one row into the plan, or say what is wrong with it."""
    key = new_key(cells.get("component", ""))
    told, owner = (cells.get(each, "").strip() for each in ("duty", "owner"))
    component = there.components.get(key)
    kind = _duty(told, there.catalogue, component)
    if isinstance(kind, str):
        return f"duty: {kind}"
    new = made.added.get(key) or (_new_part(key, cells, there) if component is None else None)
    if isinstance(new, str):
        return new
    part_kind = component.kind if component else new.kind if new else ""
    if part_kind not in kind.kinds:
        return f"duty: {kind.name} isn't a duty of a {part_kind}"
    person = member(owner, there.people) if owner else None
    if isinstance(person, str):
        return f"owner: {person}"
    if new is not None:
        made.added[key] = new
    if person is None:
        made.unchanged += 1
        return ""
    duty = there.duties.get((component.id if component else "", kind.id))
    return _propose((key, kind.id), person, duty, made)


def _duty(told: str, catalogue: Mapping[str, DutyKind], component: Component | None) -> DutyKind | str:
    """Return the duty of an id or a name; else why there is none."""
    if component is not None and component.is_retired:
        return f"{component.name} has retired, and its duties have ended"
    if told in catalogue:
        return catalogue[told]
    wanted = " ".join(told.split()).casefold()
    named = [each for each in catalogue.values() if wanted in (each.name.casefold(), each.short.casefold())]
    found = named or [each for each in catalogue.values() if wanted in map(str.casefold, each.synonyms)]
    if not found:
        return f"there is no duty {told!r} in the catalogue"
    return found[0] if len(found) == 1 else f"{told!r} is {' or '.join(each.id for each in found)}"


def _propose(place: tuple[str, str], member: Member, duty: Duty | None, made: Plan) -> str:
    person = member.user_id
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
    elif duty is not None and person in duty.declined_by:
        return "owner: they said no to this before; ask them in Slack"
    else:
        made.proposed[place] = person
        made.for_teams |= {place: member.team} if member.team else {}
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
    person = member(lead, there.people)
    return f"lead: {person}" if isinstance(person, str) else NewComponent(name=name, kind=found, lead=person.user_id)


def visible(components: Sequence[Component]) -> dict[str, Component]:
    """Return by look-up key what everybody sees: an import leaves a channel's own components alone."""
    return {each.look_up_key: each for each in components if each.visibility == WORKSPACE}
