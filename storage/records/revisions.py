"""What takes long to read or to work out is kept until something that it was made of has changed.

The store itself counts the changes of each table, by triggers, so that no way to write is missed.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

from storage.engine.interface import Reader

T = TypeVar("T")


def counts(reader: Reader, team_id: str) -> Mapping[str, int]:
    """Return how often each table of COUNTED was changed in a workspace; those that never were are left out.

    All are asked for by one statement, whoever asks for some: who looks at many tables asks the store once.
    """
    rows = reader.all("SELECT counted, changes FROM revisions WHERE team_id = :team_id", team_id=team_id)
    return {row["counted"]: row["changes"] for row in rows}


def remembered(
    reader: Reader, key: tuple[str, ...], tables: Sequence[str], build: Callable[[], T], given: Hashable = ()
) -> T:
    """Return what ``build`` made, and build it anew once one of some tables has changed, or what is ``given``.

    ``key`` names it; the first part of it is the workspace whose rows are meant. ``tables`` are some of COUNTED.
    """
    changes = counts(reader, key[0])
    return reader.remember(key, (tuple(changes.get(each, 0) for each in tables), given), build)
