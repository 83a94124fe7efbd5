"""Names near a word that nothing has as its name: kept so that a look-up costs by what it finds, not by the glossary.

Each name is filed under the slips that ``slips`` gives for it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from storage.engine.interface import Reader, Record, Transaction, in_list
from storage.engine.statements import alter, delete, insert_missing, workspaces_with
from storage.glossary.filed import ALL, Filed
from storage.glossary.forms import stem
from storage.glossary.glossary import SHOWN
from storage.glossary.relatives import LONG
from storage.glossary.slips import BASE, PART, START, places, skeleton_of

#: Look-up key and name.
Named = tuple[str, str]
#: Look-up key, name, and how many words it has where it was found by one of them.
_Filed = tuple[str, str, int]

#: In the place of a number of words, what is known by a key itself.
_KNOWN = -1
#: So many candidates are looked at, and names of a part.
_MOST, _OF_A_PART, _MOST_BEGINNING = 1000, 20, 2000
#: So many names are filed in one write, which keeps others waiting for some milliseconds.
_AT_ONCE = 50
#: So many times is that done before anybody is answered.
_AT_THE_START = 15


class Unfiled(Record):
    """Names of a batch that are not filed yet: by key after ``begin`` and up to ``end``, if there is one."""

    team_id: str
    batch: str
    begin: str
    end: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where names are looked for: in a workspace, among those of some visibilities.

    With what is ``filed`` there, the store isn't asked for what no name has.
    """

    team_id: str
    visibilities: tuple[str, ...]
    filed: Filed | None = None


class Sought(NamedTuple):
    """What is looked for round a word: its keys, those of related words, the stems of its parts.

    ``same`` are keys under which the word itself, or one of its family, may be known.
    """

    keys: Sequence[str]
    related: Sequence[str] = ()
    parts: Sequence[str] = ()
    same: Sequence[str] = ()


class Around(NamedTuple):
    """What is near a word: by key the names that may be a slip away from it, and some that have a part of it.

    It ``is_known`` where something has one of the keys that name the same.
    """

    close: dict[str, str]
    with_part: list[str]
    is_known: bool


_NOTHING = Around({}, [], is_known=False)
_FAR = """
    SELECT look_up_key FROM EACH(:slips) AS sought CROSS JOIN near_names
    WHERE team_id = :team_id AND slip = sought.value
"""


def around(reader: Reader, place: Place, sought: Sought) -> Around:
    """Return what may be seen and may be one slip away from one of some keys, or has a word of one of some stems.

    What has one of the keys that are ``related`` is close too, and what puts something before a long one: what is a
    slip away from something related is not. Of the names with a part those of fewer words are taken.
    """
    filed, keys = place.filed or ALL, sought.keys
    slips = {*filed.slips(*keys, *map(stem, keys)), *filed.known([BASE + key for key in keys if len(key) >= LONG])}
    parts = filed.known([PART + part for part in sought.parts])
    lists = {"keys": filed.known(sought.same), "related": filed.known(sought.related), "slips": slips, "parts": parts}
    asked = {name: sorted(each) for name, each in lists.items() if each}
    if not asked:
        return _NOTHING
    names = tuple(asked)
    rows = _read(reader, place, lambda visible: _around(visible, names), **asked)
    close: dict[str, str] = {}
    with_part: dict[str, None] = {}
    for key, name, size in rows:
        if not size:
            close[key] = name
        elif size > 0:
            with_part[name] = None
    is_known = any(size == _KNOWN for _, _, size in rows)
    return Around(close, list(with_part), is_known)


def distant_names(reader: Reader, place: Place, sought: Iterable[str], may_be: Callable[[str], bool]) -> dict[str, str]:
    """Return the same of what may be two slips away from some keys, or one from another form of them.

    In a large glossary so many names may be that ``may_be`` tells by their keys which, before any name is read.
    """
    filed = place.filed or ALL
    slips = {slip for skeleton in {skeleton_of(key) for key in sought} for slip in filed.far_slips(skeleton)}
    rows = reader.all(_FAR, team_id=place.team_id, slips=sorted(slips)) if slips else []
    keys = [key for key in {row["look_up_key"] for row in rows} if may_be(key)]
    return names_under(reader, place, keys) if keys else {}


def names_beginning(reader: Reader, place: Place, starts: Iterable[str]) -> dict[str, str]:
    """Return the key and the name of what may be seen, has several words and begins in one of some ways."""
    sought = sorted({START + start for start in starts})
    return {key: name for key, name, _ in _read(reader, place, _beginning, starts=sought)}


def names_under(reader: Reader, place: Place, keys: Iterable[str]) -> dict[str, str]:
    """Return the key and the name of what may be seen and has one of some look-up keys."""
    return {key: name for key, name, _ in _read(reader, place, _under, keys=sorted(keys))}


def file(transaction: Transaction, team_id: str, names: Iterable[Named]) -> None:
    """File names, so that what is near them offers them."""
    rows = [
        {"team_id": team_id, "slip": slip, "size": size, "look_up_key": key}
        for key, name in names
        for slip, size in places(key, name)
    ]
    insert_missing(transaction, "near_names", *rows)


def forget(transaction: Transaction, team_id: str, names: Iterable[Named]) -> None:
    """Take names out from where they were filed, those that no meaning has any more."""
    rows = [
        {"team_id": team_id, "slip": slip, "look_up_key": key} for key, name in names for slip, _ in places(key, name)
    ]
    transaction.run_many(
        """
        DELETE FROM near_names WHERE team_id = :team_id AND slip = :slip AND look_up_key = :look_up_key AND NOT EXISTS (
            SELECT sense_id FROM sense_names WHERE team_id = :team_id AND look_up_key = :look_up_key AND is_hidden = 0
        )
        """,
        rows,
    )


def file_later(transaction: Transaction, team_id: str, batch: str) -> None:
    """Note that the names of a batch are to be filed, some at a time."""
    insert_missing(transaction, "unfiled_names", {"team_id": team_id, "batch": batch, "after": ""})


def file_anew(transaction: Transaction, team_id: str) -> None:
    """Take every name of a workspace out from where it is filed, and note that all are to be filed as they are now."""
    for table in ("near_names", "unfiled_names"):
        delete(transaction, table, team_id=team_id)
    batches = transaction.all("SELECT DISTINCT batch FROM sense_names WHERE team_id = :team_id", team_id=team_id)
    for row in batches:
        file_later(transaction, team_id, row["batch"])


def where_unfiled(reader: Reader) -> set[str]:
    """Return the workspaces with names that are not filed yet."""
    return workspaces_with(reader, "unfiled_names")


def unfiled(reader: Reader, team_id: str) -> Unfiled | None:
    """Return the next names to file; None where all are filed (for searches)."""
    row = reader.one("SELECT batch, after FROM unfiled_names WHERE team_id = :team_id", team_id=team_id)
    if row is None:
        return None
    keys = reader.all(
        """
        SELECT look_up_key FROM sense_names WHERE team_id = :team_id AND look_up_key > :after AND batch = :batch
        ORDER BY look_up_key LIMIT :most
        """,
        team_id=team_id,
        most=_AT_ONCE,
        **row,
    )
    end = keys[-1]["look_up_key"] if len(keys) == _AT_ONCE else ""
    return Unfiled(team_id=team_id, batch=row["batch"], begin=row["after"], end=end)


def file_some(transaction: Transaction, some: Unfiled) -> None:
    """File the names that were found not to be, as they are now."""
    ahead = "AND look_up_key <= :end" if some.end else ""
    rows = transaction.all(
        f"""
        SELECT DISTINCT look_up_key, name FROM sense_names
        WHERE team_id = :team_id AND look_up_key > :begin {ahead} AND batch = :batch AND is_hidden = 0
        """,
        **some.model_dump(),
    )
    file(transaction, some.team_id, [(row["look_up_key"], row["name"]) for row in rows])
    which = {"team_id": some.team_id, "batch": some.batch}
    if some.end:
        alter(transaction, "unfiled_names", which, after=some.end)
    else:
        delete(transaction, "unfiled_names", **which)


def file_first(transaction: Transaction, team_id: str) -> None:
    """File at once what a small glossary has not filed yet; of a large one the first names."""
    for _ in range(_AT_THE_START):
        some = unfiled(transaction, team_id)
        if some is not None:
            file_some(transaction, some)


@lru_cache(maxsize=1000)
def _seen_in(visibilities: tuple[str, ...]) -> tuple[str, Mapping[str, str]]:
    """Return a condition on visibilities, and its parameters.

    As an expression, so that a name is looked up by its key: many more are of the same visibility.
    """
    visible, among = in_list("visibility", visibilities)
    return visible.replace("visibility IN", "coalesce(visibility, '') IN"), among


def _read(reader: Reader, place: Place, statement: Callable[[str], str], **lists: Sequence[str]) -> list[_Filed]:
    visible, among = _seen_in(place.visibilities)
    rows = reader.all(statement(visible), team_id=place.team_id, **lists, **among)
    return [(row["look_up_key"], row["name"], row["size"]) for row in rows]


@lru_cache(maxsize=100)
def _under(visible: str) -> str:
    return _named("keys", f"is_hidden = 0 AND {visible}", _KNOWN)


def _named(listed: str, such: str, size: int) -> str:
    return f"""
        SELECT look_up_key, name, {size} AS size FROM EACH(:{listed}) AS sought CROSS JOIN sense_names
        WHERE team_id = :team_id AND look_up_key = sought.value AND {such} AND {SHOWN}
    """


@lru_cache(maxsize=100)
def _around(visible: str, lists: tuple[str, ...]) -> str:
    """Return the statement for what has one of some keys, is filed under slips, and under parts, as far as asked."""
    each = {
        "keys": _named("keys", visible, _KNOWN),
        "related": _named("related", f"is_hidden = 0 AND {visible}", 0),
        "slips": f"SELECT * FROM ({_under_slips(visible)}) AS close",
        "parts": f"""
            SELECT * FROM (
                {_filed_under("parts", visible)} ORDER BY size, look_up_key LIMIT {_OF_A_PART}
            ) AS with_part
        """,
    }
    return " UNION ALL ".join(each[name] for name in lists)


@lru_cache(maxsize=100)
def _under_slips(visible: str) -> str:
    # Two letters that are swapped make two slips of the same name.
    return f"{_filed_under('slips', visible, 'DISTINCT')} LIMIT {_MOST}"


@lru_cache(maxsize=100)
def _beginning(visible: str) -> str:
    return f"{_filed_under('starts', visible)} LIMIT {_MOST_BEGINNING}"


def _filed_under(listed: str, visible: str, which: str = "ALL") -> str:
    # Whatever an engine thinks of how many names there are, it begins with what is sought.
    return f"""
        WITH found AS MATERIALIZED (
            SELECT {which} look_up_key AS found_key, size FROM EACH(:{listed}) AS sought CROSS JOIN near_names
            WHERE team_id = :team_id AND slip = sought.value
        )
        SELECT look_up_key, name, size FROM found CROSS JOIN sense_names
        WHERE team_id = :team_id AND look_up_key = found_key AND is_hidden = 0 AND {visible} AND {SHOWN}
    """
