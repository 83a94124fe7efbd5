"""What an import of decisions would do: it adds what is not there, and changes nothing. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from handlers.decisions.madr import Read
from storage.database import WORKSPACE, to_text
from storage.decisions import Decision
from storage.ids import new_id
from storage.responsibilities import Component, new_key


@dataclass(slots=True)
class Plan:
    """The decisions to add, those that are there as they are, and the files that cannot be taken."""

    added: list[Decision] = field(default_factory=list)
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
    made, last = Plan(), there.last
    ids = {number: each.id for number, each in there.decisions.items()}
    told: list[tuple[Read, dict[str, Any]]] = []
    for each in files:
        if each.error:
            made.refused.append(each)
        elif each.fields["number"].upper() in there.decisions:
            made.unchanged += 1
        else:
            fields = dict(each.fields)
            if not fields["number"]:
                last += 1
                fields["number"] = f"D-{last}"
            fields["id"] = new_id()
            ids[fields["number"].upper()] = fields["id"]
            told.append((each, fields))
    by_old = _by_old_number(told)
    for file, fields in told:
        decision = _decision(fields, {**by_old, **ids}, there, now)
        if isinstance(decision, str):
            made.refused.append(Read(file.file, file.fields, decision))
        else:
            made.added.append(decision)
    return made


def _by_old_number(told: Sequence[tuple[Read, Mapping[str, Any]]]) -> dict[str, str]:
    """Return ids by the number that a file's name begins with, such as 0012-use-x.md."""
    found = {}
    for file, fields in told:
        digits = file.file.partition("-")[0]
        if digits.isdigit():
            found[str(int(digits))] = str(fields["id"])
    return found


def _decision(fields: dict[str, Any], ids: Mapping[str, str], there: Log, now: datetime) -> Decision | str:
    part = new_key(fields.pop("component", ""))
    named = next((each for each in there.components if part and each.look_up_key == part), None)
    linked = {}
    for name in ("supersedes", "superseded_by"):
        number = str(fields.get(name) or "").upper()
        linked[name] = ids.get(number) or ids.get(number.lstrip("0"), "")
    if fields["state"] == "superseded" and not linked["superseded_by"]:
        by = fields.get("superseded_by") or "another decision"
        fields |= {"state": "deprecated", "reason": fields.get("reason") or f"superseded by {by}, which is not here"}
    at = fields.get("created_at") or to_text(now)
    decided = fields.get("decided_at") or ("" if fields["state"] == "proposed" else at)
    try:
        return Decision.model_validate({
            **fields, **linked, "team_id": there.team_id, "component_id": named.id if named else "",
            "created_at": at, "decided_at": decided, "visibility": fields.get("visibility") or WORKSPACE,
        })  # fmt: skip
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return f"{'.'.join(str(each) for each in first['loc'])}: {first['msg']}"


def as_lines(made: Plan, *, most: int = 20) -> list[str]:
    lines = [f"{len(made.added)} added, {made.unchanged} unchanged, {len(made.refused)} refused"]
    lines += [f"  + {each.number} {each.title} ({each.state})" for each in made.added[:most]]
    lines += [f"  and {len(made.added) - most} more"] if len(made.added) > most else []
    return [*lines, *(f"  ! {each.file}: {each.error}" for each in made.refused)]
