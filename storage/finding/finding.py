"""One index over records of all kinds but definitions, in people's own words, beside the records themselves.

A record is filed in the write that changes it, so its words never outlive it there. Each engine reduces words to their
stems itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from pydantic import TypeAdapter

from storage.engine.interface import WORKSPACE, Reader, Record, Transaction, in_list
from storage.engine.statements import delete, put

Kind = Literal["decision", "data request", "card", "feedback", "data note"]
KINDS: tuple[Kind, ...] = get_args(Kind)
TABLE = "findable"
#: So many records of a question are ranked, those in force first, and of them the newest.
RANKED = 100
#: Of one word, beside who may see it, the newest are found as fast as any.
_ALONE = 2


class Filing(Record):
    """What is found of a record, as its store tells it; ``is_current`` where it is in force, or still open.

    Without a visibility of its own a record is seen where its component is. ``at`` is ISO 8601 UTC text.
    """

    kind: Kind
    id: str
    visibility: str = ""
    component_id: str = ""
    title: str
    body: str
    is_current: bool = True
    at: str


class Filed(Record):
    """A record that was found; ``component`` is the name of what it is about, empty where it names none."""

    kind: Kind
    id: str
    visibility: str
    component_id: str
    component: str
    title: str
    is_current: bool
    at: str


_FILED = TypeAdapter(list[Filed])
_COLUMNS = ", ".join(f"{TABLE}.{name}" for name in Filed.model_fields)


def file(transaction: Transaction, team_id: str, filing: Filing) -> None:
    """Put a record into the index, in the place of what stood there of it."""
    about = _component(transaction, team_id, filing.component_id)
    visibility = filing.visibility or about.get("visibility", "")
    if not visibility:
        take_out(transaction, team_id, filing.id)
        return
    told = {**filing.model_dump(), "visibility": visibility, "is_current": int(filing.is_current)}
    is_seen = about.get("visibility") in (WORKSPACE, visibility)
    scope = _scope(team_id, visibility, is_current=filing.is_current)
    row = {**told, "team_id": team_id, "component": about["name"] if is_seen else "", "scope": scope}
    put(transaction, TABLE, "id", row)


def take_out(transaction: Transaction, team_id: str, record_id: str) -> None:
    delete(transaction, TABLE, team_id=team_id, id=record_id)


def rename_component(transaction: Transaction, team_id: str, component_id: str, name: str) -> None:
    """Let what is about a component be found by its new name."""
    transaction.run(
        f"""
        UPDATE {TABLE} SET component = :name
        WHERE team_id = :team_id AND component_id = :component_id AND component <> '' AND component <> :name
        """,
        team_id=team_id,
        component_id=component_id,
        name=name,
    )


def search(reader: Reader, team_id: str, groups: Sequence[Sequence[str]], visibilities: Sequence[str]) -> list[Filed]:
    """Return the records that have a word of each group and may be seen: those in force, then the others.

    A word may be several in a row. In each part the newest stand first; RANKED are returned at most.
    """
    found: list[Mapping[str, Any]] = []
    for is_current in (True, False) if groups and visibilities else ():
        scopes = [_scope(team_id, each, is_current=is_current) for each in visibilities]
        left = RANKED - len(found)
        found += _some(reader, team_id, [scopes, *groups], visibilities, left) if left else []
    return _FILED.validate_python(found)


def latest(reader: Reader, team_id: str, kinds: Sequence[Kind], visibilities: Sequence[str]) -> list[Filed]:
    """Return the records of some kinds that may be seen: those in force, then the others; the newest of them first."""
    of_kinds, named = in_list("kind", kinds)
    visible, values = in_list("visibility", visibilities)
    rows = reader.all(
        f"SELECT {_COLUMNS} FROM {TABLE} WHERE team_id = :team_id AND {of_kinds} AND {visible} "
        "ORDER BY is_current DESC, at DESC, id LIMIT :most",
        **{**named, **values, "team_id": team_id, "most": RANKED},
    )
    return _FILED.validate_python(rows)


def _some(
    reader: Reader, team_id: str, groups: Sequence[Sequence[str]], visibilities: Sequence[str], most: int
) -> list[dict[str, Any]]:
    if len(groups) > _ALONE:
        found = _matching(reader, team_id, groups, visibilities, (most, False))
        if len(found) < most:
            return found
    return _matching(reader, team_id, groups, visibilities, (most, True))


def _matching(
    reader: Reader,
    team_id: str,
    groups: Sequence[Sequence[str]],
    visibilities: Sequence[str],
    wanted: tuple[int, bool],
) -> list[dict[str, Any]]:
    """Return so many rows, the newest of all or any."""
    visible, values = in_list("visibility", visibilities)
    most, newest = wanted
    matching, more = reader.matching_each(TABLE, groups, most, newest=newest)
    return reader.all(
        f"SELECT {_COLUMNS} {matching} WHERE team_id = :team_id AND {visible} ORDER BY at DESC, id",
        **{**more, **values, "team_id": team_id},
    )


def _scope(team_id: str, visibility: str, *, is_current: bool) -> str:
    """Return the word by which an engine passes over what may not be seen, before anything is counted or ranked."""
    return f"{team_id}{visibility}{'now' if is_current else 'past'}"


def _component(reader: Reader, team_id: str, component_id: str) -> dict[str, str]:
    if not component_id:
        return {}
    named = "SELECT name, visibility FROM components WHERE team_id = :team_id AND id = :id"
    return reader.one(named, team_id=team_id, id=component_id) or {}
