"""How it is known in memory what names there may be: made beside all else, and kept true by the names that are new.

A name that is written bears the revision of the glossary that it makes. What was made at a revision is true at a later
one once the names since then are added. Where no name bears a revision between, as after an import, all is made anew.
"""

import asyncio
import time
from functools import partial
from typing import NamedTuple

from storage.engine.interface import Database, Reader
from storage.engine.memory import Weighed
from storage.glossary.filed import FiledNames
from storage.workspaces.workspaces import Workspace, known_workspace

#: So many names are read at a time; of more that are new, all is made anew.
_AT_ONCE = 500
FEWEST = 2_000
#: So much room there is for names to come.
_ROOM = 1.25


class _Known(NamedTuple):
    """What is known, and at which revision of the glossary."""

    names: FiledNames
    revision: int


class Filing(Weighed):
    """What is known of the names of one workspace."""

    def __init__(self) -> None:
        self._known: _Known | None = None
        self._is_being_made = False
        self._few_at = -1
        #: Of fewer names it isn't made: the store itself finds in a moment which of them are near a word.
        self.fewest = FEWEST

    @property
    def kibibytes(self) -> int:
        return 1 if self._known is None else 1 + self._known.names.bytes // 1024

    def names_at(self, reader: Reader, workspace: Workspace) -> FiledNames | None:
        """Return what was known at a revision of the glossary, or after it; None where that is in doubt."""
        known = self._known
        if known is not None and known.revision < workspace.glossary_revision:
            known = self._known = _caught_up(reader, workspace, known)
        return None if known is None else known.names

    def begins(self, revision: int) -> bool:
        """Tell whether whoever asks at a revision is to make it, as nobody does yet, nor were there too few names."""
        is_first = self._known is None and not self._is_being_made and revision != self._few_at
        self._is_being_made = self._is_being_made or is_first
        return is_first

    async def make(self, store: Database, team_id: str) -> None:
        """Make it of all names unless they are few; some at a time, and rest as long as each took for others' sake."""
        try:
            revision, count = await store.search(partial(_size, team_id=team_id))
            if count < self.fewest:
                self._few_at = revision
                return
            names = FiledNames(int(count * _ROOM))
            after: str | None = ""
            while after is not None:
                began = time.perf_counter()
                after = await store.search(partial(_add_some, names=names, team_id=team_id, after=after))
                await asyncio.sleep(time.perf_counter() - began)
            self._known = _Known(names, revision)
            # By asking for it, it is counted with what it takes now.
            await store.read(lambda reader: filing(reader, known_workspace(reader, team_id)))
        finally:
            self._is_being_made = False


def filing(reader: Reader, workspace: Workspace) -> Filing:
    """Return what is known of the names of a workspace, which all who read its store have in common."""
    return reader.remember((workspace.team_id, "filing"), workspace.connected_at, Filing)


def _caught_up(reader: Reader, workspace: Workspace, known: _Known) -> _Known | None:
    rows = reader.all(
        """
        SELECT DISTINCT look_up_key, name, since FROM sense_names
        WHERE team_id = :team_id AND since > :revision AND since > 0 LIMIT :most
        """,
        team_id=workspace.team_id,
        revision=known.revision,
        most=_AT_ONCE,
    )
    between = range(known.revision + 1, workspace.glossary_revision + 1)
    is_told = {row["since"] for row in rows}.issuperset(between) and len(rows) < _AT_ONCE
    if not is_told or known.names.size + len(rows) > known.names.room:
        return None
    known.names.add([(row["look_up_key"], row["name"]) for row in rows])
    return _Known(known.names, workspace.glossary_revision)


def _size(reader: Reader, team_id: str) -> tuple[int, int]:
    """Return the revision of a glossary, and how many names it has."""
    row = reader.one(
        """
        SELECT glossary_revision, (SELECT count(*) FROM sense_names WHERE team_id = :team_id) AS names
        FROM workspaces WHERE team_id = :team_id
        """,
        team_id=team_id,
    )
    return (row["glossary_revision"], row["names"]) if row else (0, 0)


def _add_some(reader: Reader, names: FiledNames, team_id: str, after: str) -> str | None:
    """Add the names of the next keys; return the last of these, None where there are no more."""
    rows = reader.all(
        """
        SELECT look_up_key, name FROM sense_names WHERE team_id = :team_id AND look_up_key IN (
            SELECT DISTINCT look_up_key FROM sense_names WHERE team_id = :team_id AND look_up_key > :after
            ORDER BY look_up_key LIMIT :most
        )
        """,
        team_id=team_id,
        after=after,
        most=_AT_ONCE,
    )
    names.add({(row["look_up_key"], row["name"]) for row in rows})
    return max((row["look_up_key"] for row in rows), default=None)
