"""All that the store holds of one person: told to them, or taken out, so that the records stay without them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.engine.interface import Reader, Transaction
from storage.engine.statements import alter, delete, equal, having
from storage.outbox import naming
from storage.outbox.redactions import Said
from storage.records import former
from storage.records.former import Forgotten
from storage.workspaces.people import KnownPerson, known_people, note_people
from storage.workspaces.personal_tables import TABLES, Kept
from storage.workspaces.workspaces import note_changes

#: These are the outbox's own to change.
_MESSAGES = ("outbox", "old_messages")


@dataclass(frozen=True, slots=True)
class Touched:
    """How many rows of one kind went, and how many stay without the person."""

    what: str
    dropped: int
    changed: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What was touched to take a person out, by which name beside their id, and what Slack is to show instead.

    ``placeholder`` is the id that stands for them from now on.
    """

    name: str
    placeholder: str
    touched: Sequence[Touched]
    said: Sequence[Said]


def told(reader: Reader, team_id: str, user_id: str, visible: Sequence[str] | None) -> dict[str, list[dict[str, Any]]]:
    """Return what is kept of a person, by what people call it; without visibilities for who runs the bot.

    Who asks about themselves gets what they did and wrote, wherever that was, and of what others have written what
    they may see: a step in a history is told with what became different by it.
    """
    rows = {kept.what: _told_of(reader, kept, team_id, user_id, visible) for kept in TABLES if not kept.is_copy}
    return {what: listed for what, listed in rows.items() if listed}


def is_named(reader: Reader, team_id: str, user_id: str) -> bool:
    """Tell whether anything is kept of a person."""
    return any(_told_of(reader, kept, team_id, user_id, None) for kept in TABLES)


def forget(transaction: Transaction, team_id: str, user_id: str, removed: str, name: str = "") -> Taken:
    """Take a person out of everything, also by their name: the one that is known, unless another is given.

    ``removed`` stands in place of messages of which no words are kept.
    """
    person = _forgotten(transaction, team_id, user_id, name)
    unsent = naming.drop_unsent(transaction, team_id, user_id)
    edited, said = naming.take_out(transaction, team_id, person, removed)
    touched = [_take_out(transaction, kept, team_id, person) for kept in TABLES if kept.table not in _MESSAGES]
    touched = [each for each in (*touched, Touched("messages", unsent, edited)) if each.dropped or each.changed]
    if touched:
        called = {"name": former.NAME, "tz": "UTC", "is_gone": True, "is_away": False, "read_at": ""}
        note_people(transaction, [KnownPerson(team_id=team_id, user_id=person.placeholder, **called)])
        note_changes(transaction, team_id)
    return Taken(person.name, person.placeholder, touched, said)


def _forgotten(reader: Reader, team_id: str, user_id: str, name: str) -> Forgotten:
    people = known_people(reader, team_id)
    known = people[user_id].name if user_id in people else ""
    others = [each.name for each in people.values() if each.user_id != user_id]
    number = sum(former.is_former(each) for each in people) + 1
    return Forgotten(user_id, name or ("" if known in others else known), former.placeholder(number))


def _take_out(transaction: Transaction, kept: Kept, team_id: str, person: Forgotten) -> Touched:
    about = {"team_id": team_id, kept.goes_with: person.user_id}
    dropped = delete(transaction, kept.table, **about) if kept.goes_with else 0
    changed = 0
    for row in _naming(transaction, kept, team_id, person.marks):
        left = {name: _without(row[name], name, person) for name in kept.columns}
        changes = {name: value for name, value in left.items() if value != row[name]}
        key = {name: row[name] for name in ("team_id", *kept.key.split())}
        changed += alter(transaction, kept.table, key, **changes) if changes else 0
    return Touched(kept.what, dropped, changed)


def _without(text: str, column: str, person: Forgotten) -> str:
    """Return a text without the person; who verified a meaning is kept by name."""
    return former.NAME if column == "verified_by" and text == person.name != "" else person.out_of_text(text)


def _naming(reader: Reader, kept: Kept, team_id: str, marks: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows that have one of these words in them."""
    such, values = having(kept.columns, marks)
    visibility = f", {kept.seen_by} AS seen_by" if kept.seen_by else ""
    order = ", ".join(kept.key.split())
    asked = (
        f"SELECT {kept.table}.*{visibility} FROM {kept.table} WHERE team_id = :team_id AND ({such}) ORDER BY {order}"
    )
    return reader.all(asked, **{"team_id": team_id, **values})


def _told_of(
    reader: Reader, kept: Kept, team_id: str, user_id: str, visible: Sequence[str] | None
) -> list[dict[str, Any]]:
    person = Forgotten(user_id, "", "")
    found = _naming(reader, kept, team_id, [user_id])
    rows = [row for row in found if any(person.out_of_text(row[name]) != row[name] for name in kept.columns)]
    if visible is not None:
        rows = [row for row in rows if row.get(kept.own) == user_id or row.get("seen_by") in visible]
    return [_as_told(reader, kept, row, user_id) for row in rows]


def _as_told(reader: Reader, kept: Kept, row: Mapping[str, Any], user_id: str) -> dict[str, Any]:
    """Return a row with what is JSON in it as what that says; of a step of theirs, what became different by it."""
    untold = ("team_id", "seen_by", *kept.untold.split())
    shown = {name: _read(value) for name, value in row.items() if name not in untold}
    if not kept.is_history:
        return shown
    after = shown.pop("body")
    if row["by"] != user_id or not after:
        return shown
    before = _before(reader, kept, row)
    return {**shown, "changed": _different(before, after)}


def _before(reader: Reader, kept: Kept, row: Mapping[str, Any]) -> object:
    key = {name: row[name] for name in ("team_id", *kept.key.split())} | {"version": row["version"] - 1}
    found = reader.one(f"SELECT body FROM {kept.table} WHERE {equal(key)}", **key)
    return _read(found["body"]) if found else {}


def _different(before: object, after: object) -> object:
    """Return what is new in a value: of a mapping or a list what was not there before."""
    if isinstance(before, dict) and isinstance(after, dict):
        names = [name for name in after if name != "team_id" and after[name] != before.get(name)]
        return {name: _different(before.get(name, {}), after[name]) for name in names}
    if isinstance(before, list) and isinstance(after, list):
        return [each for each in after if each not in before]
    return after


def _read(value: object) -> object:
    if not isinstance(value, str) or not value.startswith(("[", "{")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
