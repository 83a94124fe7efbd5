"""What an import of decisions would do: it adds what is not there, and links what waited for it. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from pydantic import ValidationError

from handlers.decisions.formats import LINKS, Read, quoted
from storage.decisions.decisions import Decision
from storage.decisions.votes import Opinion
from storage.engine.interface import WORKSPACE, to_text
from storage.records.ids import new_id
from storage.responsibilities.responsibilities import Component, new_key

#: The number with which a file's name begins, such as 0012-use-x.md, adr-012-use-x.md or 2024-05-06_012-use-x.md.
_OLD = re.compile(
    r"(?:\d{4}-\d\d-\d\d[-_]|(?:[a-z]+[-_])*adr[-_](?:[a-z]+[-_])*)?0*(\d{1,5})(?=[-_.]|$)", re.IGNORECASE
)
_WAITS = re.compile(r"superseded by (.+), which isn't here")
_ANOTHER = "another decision"


@dataclass(slots=True)
class Plan:
    """The decisions to add, with the opinions on each and the names of people; and the files that cannot be taken.

    ``linked`` are decisions of the log whose successor comes now. ``notes`` say of files what was taken for granted.
    """

    added: list[Decision] = field(default_factory=list)
    opinions: dict[str, tuple[Opinion, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0
    refused: list[Read] = field(default_factory=list)
    linked: list[tuple[Decision, Decision]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Log:
    """What is there: decisions by number, components, and the next free number.

    ``keeps_numbers``: files that others numbered get their own numbers here.
    """

    team_id: str
    decisions: Mapping[str, Decision]
    components: Sequence[Component]
    last: int
    keeps_numbers: bool = False


class _Names:
    """Which decision is meant by a file's name, or by a number in the same folder."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self._ids: dict[tuple[str, str], set[str]] = defaultdict(set)
        for file, id_ in named:
            path = PurePosixPath(file)
            self._ids["", path.stem.casefold()].add(id_)
            if old := old_number(file):
                self._ids[str(path.parent), old].add(id_)

    def id_of(self, file: str, names: Sequence[str]) -> str:
        """Return what a file means by names of another decision, of which any may fit; empty where that is not sure."""
        folder = str(PurePosixPath(file).parent)
        found = (self._ids.get(key, set()) for name in names for key in (("", name), (folder, name)))
        return next((next(iter(ids)) for ids in found if len(ids) == 1), "")


def old_number(file: str) -> str:
    """Return the number that a file's name begins with, without zeros; empty where it has none."""
    found = _OLD.match(PurePosixPath(file).stem)
    return found[1] if found else ""


def plan(files: Sequence[Read], there: Log, now: datetime) -> Plan:
    """Compare files with the log. A decision that was replaced by one that nobody finds is deprecated instead."""
    made = Plan()
    told = _numbered(files, there, made)
    numbers = {number: each.id for number, each in there.decisions.items()}
    numbers |= {fields["number"]: fields["id"] for _, fields in told}
    old = [(each.origin, each.id) for each in there.decisions.values() if each.origin]
    names = _Names([*old, *((file.file, fields["id"]) for file, fields in told)])
    links = {fields["id"]: _links(file, fields, numbers, names) for file, fields in told}
    _agree(told, links, names)
    for file, fields in told:
        _add(made, file, {**fields, **links[fields["id"]]}, there, now)
    made.added = _linked_back(made.added)
    made.linked = _arrived(made.added, there, _Names((file.file, fields["id"]) for file, fields in told))
    return made


def _add(made: Plan, file: Read, fields: dict[str, Any], there: Log, now: datetime) -> None:
    names, opinions = fields.pop("names"), fields.pop("opinions")
    try:
        decision = _decision(file, fields, there, now)
        made.opinions[decision.id] = tuple(Opinion.model_validate(each) for each in opinions)
        made.added.append(decision)
        made.names |= names
        made.notes += [(file.file, note) for note in file.notes]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(each) for each in first["loc"])
        told = f"{where}: {first['msg']}, not {quoted(str(first['input']))}"
        made.refused.append(replace(file, error=told))


def _numbered(files: Sequence[Read], there: Log, made: Plan) -> list[tuple[Read, dict[str, Any]]]:
    """Return the files that are new, each with its number: those that a file names first, free ones for the rest."""
    origins = {each.origin for each in there.decisions.values() if each.origin}
    taken: set[str] = set()
    told = []
    for each in files:
        own = str(each.fields.get("number", ""))
        old = old_number(each.file) if there.keeps_numbers and not own else ""
        number = own or (f"D-{old}" if old else "")
        if each.error:
            made.refused.append(each)
        elif own in there.decisions or (not own and each.file in origins):
            made.unchanged += 1
        elif number in taken or number in there.decisions:
            where = "another file" if number in taken else "the log"
            made.refused.append(replace(each, error=f"number: {number} is in {where} too"))
        else:
            taken |= {number} - {""}
            told.append((each, {**each.fields, "id": new_id(), "number": number}))
    last = max([there.last, *(int(number[2:]) for number in taken if number[2:].isdigit())])
    for _, fields in told:
        if not fields["number"]:
            last += 1
            fields["number"] = f"D-{last}"
    return told


def _links(file: Read, fields: Mapping[str, Any], numbers: Mapping[str, str], names: _Names) -> dict[str, str]:
    """Return the ids of the decisions that a file links to."""
    told = {name: numbers.get(str(fields.get(name) or "").upper(), "") for name in LINKS}
    if not told["superseded_by"] and file.by:
        told["superseded_by"] = numbers.get(file.by[-1], "") or names.id_of(file.file, file.by)
    return told


def _agree(told: Sequence[tuple[Read, dict[str, Any]]], links: dict[str, dict[str, str]], names: _Names) -> None:
    """Let a decision that was replaced, without saying by which, have the one that says so as its successor."""
    states = {fields["id"]: fields["state"] for _, fields in told}
    for file, fields in told:
        old = names.id_of(file.file, file.instead_of)
        if states.get(old) == "superseded" and not links[old]["superseded_by"]:
            links[old]["superseded_by"] = fields["id"]


def _linked_back(added: Sequence[Decision]) -> list[Decision]:
    """Let each successor say what it took the place of, where only the other says so."""
    before = {each.superseded_by: each.id for each in added if each.superseded_by}
    return [
        each.model_copy(update={"supersedes": before[each.id]}) if each.id in before and not each.supersedes else each
        for each in added
    ]


def _arrived(added: Sequence[Decision], there: Log, names: _Names) -> list[tuple[Decision, Decision]]:
    """Return the decisions of the log that waited for their successor, each with it."""
    new = {each.id: each for each in added} | {each.number: each for each in added}
    found = []
    for old in there.decisions.values():
        waits = _WAITS.fullmatch(old.reason) if old.state == "deprecated" else None
        if waits and (by := new.get(waits[1]) or new.get(names.id_of(old.origin, [waits[1].casefold()]))):
            found.append((old, by))
    return found


def _decision(file: Read, fields: dict[str, Any], there: Log, now: datetime) -> Decision:
    """Return a decision. Raises ValidationError."""
    name_of_part = fields.pop("component", "")
    part = new_key(name_of_part)
    named = next((each for each in there.components if part and each.look_up_key == part), None)
    if fields["state"] == "superseded" and not fields["superseded_by"]:
        by = file.fields.get("superseded_by") or (file.by[-1] if file.by else _ANOTHER)
        fields |= {"state": "deprecated", "reason": fields.get("reason") or f"superseded by {by}, which isn't here"}
    at = fields.get("created_at") or to_text(now)
    decided = fields.get("decided_at") or ("" if fields["state"] == "proposed" else at)
    part_of = {"component_id": named.id, "component_name": ""} if named else {"component_name": name_of_part}
    kept = {"created_at": at, "decided_at": decided, "visibility": fields.get("visibility") or WORKSPACE}
    return Decision.model_validate({**fields, **part_of, **kept, "team_id": there.team_id})


def as_lines(made: Plan, *, most: int = 20) -> list[str]:
    """Return what would be done: the first decisions, and every file of which something else is to be said."""
    lines = [f"{len(made.added)} added, {made.unchanged} unchanged, {len(made.refused)} refused"]
    lines += [f"  + {each.number} {each.title} ({each.state})" for each in made.added[:most]]
    lines += [f"  and {len(made.added) - most} more"] if len(made.added) > most else []
    lines += [f"  > {old.number} {old.title}: superseded by {new.number}" for old, new in made.linked]
    for note in dict.fromkeys(note for _, note in made.notes):
        lines.append(f"  ~ {note}: {', '.join(file for file, each in made.notes if each == note)}")
    return [*lines, *(f"  ! {each.file}: {each.error}" for each in made.refused)]
