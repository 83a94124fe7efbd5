"""What every engine offers: point reads at once, writes one at a time in groups, searches beside them.

SQL is written for all engines: named parameters (``:name``), text ids, ISO 8601 UTC text for times, JSON as text.
``EACH(:name) AS one`` is a table of the texts of a list, in a column called value: one statement for lists of any size.
"""

import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Concatenate, ParamSpec, Protocol, Self, TypeVar

from pydantic import BaseModel, ConfigDict

from storage.engine.ranking import Searched

P = ParamSpec("P")
#: What is remembered: the id of the workspace whose rows are meant, and what of it.
Name = tuple[Hashable, ...]
T = TypeVar("T")

#: The visibility of a record that everybody in the workspace may see; any other visibility is a channel id.
WORKSPACE = "workspace"
#: In the place of a workspace: the rows of all.
EVERY = ""

Row = Mapping[str, Any]


class StoreError(Exception):
    """The store cannot be opened; the message is one line for the person who runs the bot."""


class StoreUnavailableError(Exception):
    """The store cannot answer now; what was asked of it has not happened."""


class ConflictError(Exception):
    """What a change has read was changed by somebody else before it could write: it is to be run again."""


class TakenError(ConflictError):
    """Where a change was to write a row, another one was just written; it is a bug where that is so each time."""


class Record(BaseModel):
    """A row as the program knows it, frozen.

    What the program does not name is left out: while replicas are upgraded, a newer one has added to the store already.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")


class Reader(Protocol):
    """A view of the store for reading."""

    def all(self, sql: str, **values: object) -> list[dict[str, Any]]:
        """Return every row that the statement gives."""

    def one(self, sql: str, **values: object) -> dict[str, Any] | None:
        """Return the first row that the statement gives, or None."""

    def matching(
        self, searched: Searched, words: Sequence[str], ranked: int, where: str
    ) -> tuple[str, dict[str, object]]:
        """Return ``FROM … ORDER BY`` that finds rows of a workspace by any of some words, best first, and parameters.

        ``:team_id`` is the workspace, and ``where`` narrows what is ranked; only the first ``ranked`` matches are. Of
        very many words only the first are looked for. Full-text search differs by engine.
        """

    def matching_each(
        self, table: str, groups: Sequence[Sequence[str]], most: int, *, newest: bool
    ) -> tuple[str, dict[str, object]]:
        """Return ``FROM`` that finds rows of a table with a word of each group, and its parameters.

        A word may be several in a row. Of many rows some are found, in no order, ``most`` at most; the ``newest`` take
        long where only few match.
        """

    def remember(self, name: Name, revision: object, build: Callable[[], T], part: Hashable = None) -> T:
        """Return what ``build`` made for this name and revision, building it when the revision has moved on.

        Of a name there may be many parts; all are forgotten once its revision has moved on. Whoever gets it changes
        nothing in it: other threads have it too.
        """

    def former(self, name: Name) -> object | None:
        """Return what was remembered last under a name without parts, of whatever revision; None where nothing was."""


class Transaction(Reader, Protocol):
    """A view of the store inside one write; everything done through it happens, or nothing does.

    A SELECT that ends in ``if_free`` or ``once_free`` gives its rows to this write, so that no other replica changes
    them before it is done: those that another one has are left out, or are waited for.
    """

    @property
    def if_free(self) -> str:
        """Return what such a SELECT ends in."""

    @property
    def once_free(self) -> str:
        """Return what one ends in that waits."""

    def run(self, sql: str, **values: object) -> int:
        """Run one statement and return how many rows it touched."""

    def run_many(self, sql: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Run one statement once for each mapping of named values."""

    def run_rows(self, insert: str, rows: Sequence[Sequence[object]], otherwise: str) -> int:
        """Write rows by ``insert`` (up to VALUES) and ``otherwise`` (what follows); return how many were written."""

    def count_anew(self, *tables: str) -> None:
        """Let the engine know at once how much very many rows have changed in tables, where it goes by that."""


class Database(Protocol):
    """One store. Reads are immediate, writes and searches are awaited."""

    def of(self, team_id: str) -> Self:
        """Return the store for what is done in one workspace, or for ``EVERY``, as it is when it is opened.

        Each statement names its workspace. Where an engine can hold that too, the rows of others aren't there in it.
        """

    @property
    def reader(self) -> Reader:
        """For point reads on the event loop: a primary key or a short index range, nothing that scans."""

    @property
    def is_shared(self) -> bool:
        """Tell whether other replicas of the bot may work on it."""

    @property
    def log_bytes(self) -> int:
        """Return how large the log of writes is that grows while somebody reads; 0 where the engine has none."""

    async def read(self, question: Callable[Concatenate[Reader, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask for a primary key or a short index range: at once in the embedded engine, so nothing that scans."""

    async def write(self, change: Callable[[Transaction], T]) -> T:
        """Run ``change`` in the one writer and return its result once it is on disk.

        A change may be run again, when another one in its group fails or it raises ConflictError, so it reads what it
        changes in the transaction and touches nothing but the store. Raises what ``change`` raises, after rolling back
        what it did; StoreUnavailableError when the disk will not, or when it loses to others each time.
        """

    async def search(self, question: Callable[[Reader], T]) -> T:
        """Run a question that may take milliseconds, off the event loop."""

    async def probe(self) -> None:
        """Return once an empty write is on disk. Raises StoreUnavailableError where none can be."""

    async def scrub(self, *, is_quiet: bool) -> bool:
        """Take what was deleted and overwritten out of the files too; return whether all is out.

        What keeps writes waiting for seconds, because the store is large, is done only where it ``is_quiet``. Raises
        StoreUnavailableError where the disk will not, or somebody still reads what was before.
        """

    async def close(self) -> None:
        """Finish the writes in hand and let go of the store."""


def to_text(moment: datetime) -> str:
    """Return a moment as ISO 8601 UTC text that sorts as time does (microseconds, ``+00:00``)."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def folded(text: str) -> str:
    """Return a text as it is compared where case does not matter; engines fold ASCII alone, or as they are set up."""
    return unicodedata.normalize("NFC", text).casefold()


def in_list(column: str, values: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return ``column IN (...)`` with named parameters, and the parameters. An empty list matches nothing."""
    listed, names = _listed(column, len(values))
    return listed, dict(zip(names, values, strict=True))


@lru_cache(maxsize=1_000)
def _listed(column: str, count: int) -> tuple[str, tuple[str, ...]]:
    names = tuple(f"{column.replace('.', '_')}_{position}" for position in range(count))
    listed = ", ".join(f":{name}" for name in names)
    return (f"{column} IN ({listed})" if names else "1 = 0"), names
