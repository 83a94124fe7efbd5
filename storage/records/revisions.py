"""What takes long to read or to work out is kept until something that it was made of has changed.

The store itself counts the changes of each table, by triggers, so that no way to write is missed.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from storage.engine.interface import Reader, in_list

T = TypeVar("T")


def remembered(
    reader: Reader, key: tuple[str, ...], tables: Sequence[str], build: Callable[[], T], given: Hashable = ()
) -> T:
    """Return what ``build`` made, and build it anew once one of some tables has changed, or what is ``given``.

    ``key`` names it; the first part of it is the workspace whose rows are meant. ``tables`` are some of COUNTED.
    """
    names, values = in_list("counted", tables)
    rows = reader.all(
        f"SELECT counted, changes FROM revisions WHERE team_id = :team_id AND {names} ORDER BY counted",
        team_id=key[0],
        **values,
    )
    revision = tuple((row["counted"], row["changes"]) for row in rows)
    return reader.remember(key, (revision, given), build)
