"""What was done and seen in a week, noted as it goes, and handed to the oracle."""

import re
from contextlib import closing

from bot.local_slack.wire.server import LocalSlack
from storage.engine.sqlite_connection import sqlite3
from tests.soak.oracle import reading
from tests.soak.oracle.over import over
from tests.soak.oracle.transcript import Deed, Look, Press, Transcript
from tests.soak.plan import Act
from tests.soak.player import Done
from tests.soak.pressing import press_all
from tests.soak.stores import Store

#: So somebody points at what is there, and writes nothing.
_POINTS = re.compile(r"\S+ (?:presses|uses) ")
#: Where a record's number stands, for each column that its first mark is in.
_NUMBERED = {"decisions.title": "D", "data_requests.body": "DR"}


class Journal:
    """Keeps what was done and seen in a workspace."""

    def __init__(self, slack: LocalSlack) -> None:
        self._wire, self._workspace = slack.wire, slack.workspace
        self._members = reading.members_at_first(self._workspace)
        self._looks: set[Look] = set()
        self._seen: set[tuple[str, str]] = set()
        self._undone: list[tuple[str, str]] = []
        self.done: list[Done] = []
        self.ended: list[str] = []
        self._deleted: set[str] = set()
        self._presses: list[Press] = []
        self._over: frozenset[str] = frozenset()

    def undo(self, since: str, until: str) -> None:
        """Note that what was done meanwhile is owed nothing.

        A restore of an older store may have taken it back, or the app was not installed.
        """
        self._undone.append((since, until))

    def note_deleted(self, delivery: str) -> None:
        self._deleted.add(delivery)

    def note(self, done: Done) -> None:
        self.done.append(done)
        self.look(done.ended)

    def look(self, at: str) -> None:
        """Note what stands in forms and Homes now, where it did not before."""
        for each in reading.looks_of(self._workspace, at):
            if (each.who, each.text) not in self._seen:
                self._seen.add((each.who, each.text))
                self._looks.add(each)

    async def press_all(self, slack: LocalSlack, store: Store, seed: int) -> None:
        """Press what is still shown at the end."""
        # Two libraries that have one file open in one process undo each other's locks.
        with closing(sqlite3.connect(store.as_file())) as connection:
            self._over = over(connection)
        self._presses = await press_all(slack, seed)
        self.look(self._workspace.new_ts())

    async def ready(self, store: Store, act: Act) -> Act | None:
        """Return an act with the number of its record in it; None where what it follows was never written."""
        if not act.follows:
            return act
        table, _, column = act.follows.partition(".")
        number = "number" if act.follows in _NUMBERED else "''"
        found = await store.rows(f"SELECT {number} FROM {table} WHERE lower({column}) LIKE ?", f"%{act.first}%")
        told = [str(row[0]) for row in found]
        letters = _NUMBERED.get(act.follows, "")
        named = [each if each.startswith(letters) else f"{letters}-{each}" for each in told]
        return act.about(named[0]) if named else None

    def transcript(self, store: Store) -> Transcript:
        workspace = self._workspace
        heard = set(self._wire.acknowledged)
        members = {**reading.members_at_first(workspace), **self._members}
        private = frozenset(each.id for each in workspace.channels.values() if each.is_private)
        return Transcript(
            tuple(self._deed(each, heard) for each in self.done),
            tuple(sorted((*reading.said_in(workspace), *reading.files_in(workspace)), key=lambda said: said.ts)),
            tuple(sorted(self._looks, key=lambda look: look.at)),
            members,
            tuple(sorted(reading.moves_in(workspace), key=lambda move: move.at)),
            private,
            store.as_file(),
            workspace.bot.id,
            tuple(self._presses),
            self._over,
            frozenset(self._deleted),
            tuple(self.ended),
            frozenset(each.id for each in workspace.users.values() if each.deleted),
        )

    def _deed(self, done: Done, heard: set[str]) -> Deed:
        act, who = done.act, self._workspace.user_named(done.act.who).id
        is_taken = done.asked in heard if done.asked else done.is_acknowledged
        is_undone = any(done.began <= until and done.ended >= since for since, until in self._undone)
        return Deed(
            name=act.name,
            who=who,
            place=act.where,
            mark=act.mark,
            at=done.began,
            until=done.ended,
            is_acknowledged=is_taken and not done.problem,
            words=" ".join(line for line in act.lines if not _POINTS.match(line)),
            one=act.one,
            answered=act.answered,
            shows=act.shows,
            gone=act.gone,
            asked=done.asked,
            channel=done.channel,
            shown=tuple(done.shown),
            is_undone=is_undone,
        )
