"""What an export of the register puts back: components with their duties as they were. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter, ValidationError

from handlers.responsibilities.rules.importing import Row
from storage.engine.interface import WORKSPACE, Record
from storage.responsibilities.links import Joint, State
from storage.responsibilities.responsibilities import Component, Duty, NewComponent, new_key
from storage.responsibilities.teams import NewTeam

_PERSON = re.compile(r"[UW][A-Z0-9]+")
#: People in one cell, between spaces.
_SIDES, _LISTS = ("model_side", "product_side"), ("helpers", "claimants", "declined_by")
_PART = (*_SIDES, "kind", "lead", "team", "channel", "set_up", "launch_on", "visibility")


class Retiring(Record):
    """When a component retires, or did, and what takes its place, by its name."""

    retires_on: Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = ""
    retires_version: Annotated[str, StringConstraints(max_length=80)] = ""
    replaced_by: str = ""
    retired_at: Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.+-]+)?$")] = ""


RETIRING = tuple(Retiring.model_fields)
#: Who sees a component, and its look-up key.
Place = tuple[str, str]


class KeptLink(Record):
    """How a component is linked to its ``target``, a name, which those see whom ``of`` says; else as the link is."""

    kind: Joint
    target: str
    of: str = WORKSPACE
    versions: Annotated[str, StringConstraints(max_length=80)] = ""
    state: State = "proposed"
    proposed_by: str = ""
    source_by: str = ""
    target_by: str = ""
    origin: str = ""
    visibility: str = WORKSPACE

    @property
    def end(self) -> Place:
        return self.of, new_key(self.target)

    @property
    def people(self) -> tuple[str, ...]:
        return self.proposed_by, self.source_by, self.target_by


_LINKS = TypeAdapter(tuple[KeptLink, ...])


@dataclass(slots=True)
class Restored:
    """Components of a file by visibility and look-up key, their duties by the same, what can't be read, and names.

    Duties name their team by its look-up key; ``teams`` are those that the file describes, by that key. ``links`` are
    those of a component to others, ``retiring`` says when one retires.
    """

    components: dict[Place, NewComponent] = field(default_factory=dict)
    duties: dict[Place, list[Duty]] = field(default_factory=dict)
    links: dict[Place, tuple[KeptLink, ...]] = field(default_factory=dict)
    retiring: dict[Place, Retiring] = field(default_factory=dict)
    refused: list[Row] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    teams: dict[str, NewTeam] = field(default_factory=dict)


def plan(rows: Sequence[Row]) -> Restored:
    made = Restored()
    for row in rows:
        if row.owners is not None:
            made.left_out += [f"{row.place}: {told}" for told in row.notes]
            continue
        error = row.error or _take(row.cells, made)
        if error:
            made.refused.append(Row(row.place, row.cells, error))
    return made


def _take(cells: Mapping[str, str], made: Restored) -> str:
    try:
        part, duty, team = _component(cells), _duty(cells), _team(cells)
        links = _LINKS.validate_json(cells.get("links") or "[]")
        retiring = Retiring.model_validate({name: cells.get(name, "") for name in RETIRING})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = first["loc"][0] if first["loc"] else ""
        return f"{where if isinstance(where, str) and where else 'links'}: {first['msg'].lower()}"
    if wrong := _strangers(part, duty, team, links) or _lacking(duty, team) or _unseen(part, links):
        return wrong
    if team is not None and made.teams.setdefault(duty.owner_team, team) != team:
        return f"owner_team: {team.name} is described otherwise above"
    place = (part.visibility, new_key(part.name))
    if made.components.setdefault(place, part) != part:
        return f"component: {part.name} is described otherwise above"
    if any(each.duty == duty.duty for each in made.duties.setdefault(place, [])):
        return "the same duty is already listed above"
    made.duties[place].append(duty)
    made.links[place] = (*made.links.get(place, ()), *links)
    made.retiring[place] = retiring
    if cells.get("owner_name"):
        made.names[duty.owner or duty.proposed_to] = cells["owner_name"]
    return ""


def _strangers(part: NewComponent, duty: Duty, team: NewTeam | None, links: Sequence[KeptLink]) -> str:
    named = [part.lead, *part.model_side, *part.product_side, *(team.members if team is not None else ())]
    named += [duty.owner, duty.proposed_to, duty.backup, duty.proposed_by]
    named += [*duty.helpers, *duty.claimants, *duty.declined_by, *(who for each in links for who in each.people)]
    strange = next((each for each in named if each and not _PERSON.fullmatch(each)), "")
    return f"{strange} isn't the id of a member; owner import takes names, and asks who they are" if strange else ""


def _lacking(duty: Duty, team: NewTeam | None) -> str:
    if duty.state in ("accepted", "proposed") and not (duty.owner or duty.proposed_to):
        return f"owner: nobody is named for a duty that is {duty.state}"
    is_nobodys = team is not None and team.accountable not in team.members
    return "team_accountable: nobody of the team is accountable for it" if is_nobodys else ""


def _unseen(part: NewComponent, links: Sequence[KeptLink]) -> str:
    is_hidden = any(len({part.visibility, each.of, each.visibility} - {WORKSPACE, each.visibility}) for each in links)
    return "links: nobody could see both ends of one of them" if is_hidden else ""


def _component(cells: Mapping[str, str]) -> NewComponent:
    told: dict[str, object] = {name: cells[name] for name in _PART if cells.get(name)}
    told |= {name: tuple(cells.get(name, "").split()) for name in _SIDES}
    return NewComponent.model_validate({"name": cells.get("component", ""), "lead": "", **told})


def _team(cells: Mapping[str, str]) -> NewTeam | None:
    if not new_key(cells.get("owner_team", "")):
        return None
    told = {"members": tuple(cells.get("team_people", "").split()), "accountable": cells.get("team_accountable", "")}
    return NewTeam.model_validate({"name": cells["owner_team"], "channel": cells.get("team_channel", ""), **told})


def _duty(cells: Mapping[str, str]) -> Duty:
    told: dict[str, object] = {name: cells[name] for name in Duty.model_fields if name in cells}
    told |= {name: tuple(cells.get(name, "").split()) for name in _LISTS}
    told["owner_team"] = new_key(cells.get("owner_team", ""))
    is_asked = cells.get("state") == "proposed"
    person = {"owner": "", "proposed_to": cells.get("owner", "")} if is_asked else {}
    return Duty.model_validate({"team_id": "", "component_id": "", **told, **person, "version": 1})


def as_lines(made: Restored, there: Sequence[Component]) -> list[str]:
    known = {(each.visibility, each.look_up_key) for each in there}
    lines = [
        f"  = {each.name}: in the register already, left as it is"
        if place in known
        else f"  + {each.name} ({each.kind}), {len(made.duties[place])} duties"
        + ("" if each.visibility == WORKSPACE else f", of {each.visibility} only")
        for place, each in made.components.items()
    ]
    every = known | made.components.keys()
    links = [(part, each) for place, part in made.components.items() for each in made.links[place]]
    lines += [f"  ~ {part.name} {each.kind} {each.target}, {each.state}" for part, each in links if each.end in every]
    left = [f"  - {told}" for told in made.left_out]
    missing = [f"{part.name} {each.kind} {each.target}" for part, each in links if each.end not in every]
    left += [f"  - link: {each} isn't in the register" for each in missing]
    left += ["  - history: who changed what when isn't in the file"] if made.components else []
    return [*lines, *left, *(f"  ! {row.place}: {row.error}" for row in made.refused)]
