"""What an import of decisions would do: it adds what is not there, and changes nothing. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from handlers.decisions.formats import LINKS, Read
from storage.decisions.decisions import Decision
from storage.decisions.votes import Opinion
from storage.engine.interface import WORKSPACE, to_text
from storage.records.ids import new_id
from storage.responsibilities.responsibilities import Component, new_key


@dataclass(slots=True)
class Plan:
    """The decisions to add, with the opinions on each and the names of people; and the files that cannot be taken."""

    added: list[Decision] = field(default_factory=list)
    opinions: dict[str, tuple[Opinion, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0
    refused: list[Read] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Log:
    """What is there: decisions by number, components, and the next free number."""

    team_id: str
    decisions: Mapping[str, Decision]
    components: Sequence[Component]
    last: int


def plan(files: Sequence[Read], there: Log, now: datetime) -> Plan:
    """Compare files with the log. A decision that was replaced by one that nobody finds is deprecated instead."""
    made = Plan()
    told = _numbered(files, there, made)
    ids = {number: each.id for number, each in there.decisions.items()}
    ids |= _by_old_number(told) | {fields["number"]: fields["id"] for _, fields in told}
    for file, fields in told:
        made.names |= fields.pop("names")
        opinions = fields.pop("opinions")
        try:
            decision = _decision(fields, ids, there, now)
            made.opinions[decision.id] = tuple(Opinion.model_validate(each) for each in opinions)
            made.added.append(decision)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(each) for each in first["loc"])
            made.refused.append(Read(file.file, file.fields, f"{where}: {first['msg']}"))
    made.added = _linked_back(made.added)
    return made


def _numbered(files: Sequence[Read], there: Log, made: Plan) -> list[tuple[Read, dict[str, Any]]]:
    """Return the files that are new, each with its number: those that a file names first, free ones for the rest."""
    origins = {each.origin for each in there.decisions.values() if each.origin}
    taken: set[str] = set()
    told = []
    for each in files:
        number = str(each.fields.get("number", ""))
        if each.error:
            made.refused.append(each)
        elif number in there.decisions or (not number and each.file in origins):
            made.unchanged += 1
        elif number in taken:
            made.refused.append(Read(each.file, each.fields, f"number: {number} is in another file too"))
        else:
            taken |= {number} - {""}
            told.append((each, {**each.fields, "id": new_id()}))
    last = max([there.last, *(int(number[2:]) for number in taken if number[2:].isdigit())])
    for _, fields in told:
        if not fields["number"]:
            last += 1
            fields["number"] = f"D-{last}"
    return told


def _linked_back(added: Sequence[Decision]) -> list[Decision]:
    """Let each successor say what it took the place of, where only the other says so."""
    before = {each.superseded_by: each.id for each in added if each.superseded_by}
    return [
        each.model_copy(update={"supersedes": before[each.id]}) if each.id in before and not each.supersedes else each
        for each in added
    ]


def _by_old_number(told: Sequence[tuple[Read, Mapping[str, Any]]]) -> dict[str, str]:
    """Return ids by the number that a file's name begins with, such as 0012-use-x.md."""
    found = {}
    for file, fields in told:
        digits = file.file.partition("-")[0]
        if digits.isdigit():
            found[str(int(digits))] = str(fields["id"])
    return found


def _decision(fields: dict[str, Any], ids: Mapping[str, str], there: Log, now: datetime) -> Decision:
    """Return a decision with its links. Raises ValidationError."""
    name_of_part = fields.pop("component", "")
    part = new_key(name_of_part)
    named = next((each for each in there.components if part and each.look_up_key == part), None)
    linked = {}
    for name in LINKS:
        number = str(fields.get(name) or "").upper()
        linked[name] = ids.get(number) or ids.get(number.lstrip("0"), "")
    if fields["state"] == "superseded" and not linked["superseded_by"]:
        by = fields.get("superseded_by") or "another decision"
        fields |= {"state": "deprecated", "reason": fields.get("reason") or f"superseded by {by}, which isn't here"}
    at = fields.get("created_at") or to_text(now)
    decided = fields.get("decided_at") or ("" if fields["state"] == "proposed" else at)
    part_of = {"component_id": named.id, "component_name": ""} if named else {"component_name": name_of_part}
    kept = {"created_at": at, "decided_at": decided, "visibility": fields.get("visibility") or WORKSPACE}
    return Decision.model_validate({**fields, **linked, **part_of, **kept, "team_id": there.team_id})


def as_lines(made: Plan, *, most: int = 20) -> list[str]:
    lines = [f"{len(made.added)} added, {made.unchanged} unchanged, {len(made.refused)} refused"]
    lines += [f"  + {each.number} {each.title} ({each.state})" for each in made.added[:most]]
    lines += [f"  and {len(made.added) - most} more"] if len(made.added) > most else []
    return [*lines, *(f"  ! {each.file}: {each.error}" for each in made.refused)]
