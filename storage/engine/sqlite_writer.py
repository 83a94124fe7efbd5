"""The one thread that writes: what has queued up is committed as one group."""

import asyncio
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from types import TracebackType

from storage.engine.interface import ConflictError, StoreUnavailableError, Transaction
from storage.engine.sqlite_connection import SqliteConnection, outage_or_bug, sqlite3
from storage.engine.sqlite_files import Place, count

_GROUP_LIMIT = 512
#: How often a change is tried that loses to others.
_TRIES = 5


class Write:
    """One queued change and the future that waits for it to be on disk; one that ``is_alone`` is in no transaction."""

    def __init__(
        self, change: Callable[[Transaction], object], loop: asyncio.AbstractEventLoop, *, is_alone: bool = False
    ) -> None:
        self.is_alone = is_alone
        self.change = change
        self.loop = loop
        self.future: asyncio.Future[object] = loop.create_future()
        self.result: object = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        if self.future.cancelled():
            return
        if isinstance(self.error, StopIteration):
            self.future.set_exception(RuntimeError("a change ended with StopIteration"))
        elif self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class SqliteWriter:
    """The thread that owns the writing connection. What has queued up is committed as one group."""

    def __init__(self, connection: sqlite3.Connection, place: Place) -> None:
        self._place = place
        self._transaction = SqliteConnection(connection)
        self._connection = connection
        self._queue: SimpleQueue[Write | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, write: Write) -> None:
        self._queue.put(write)

    def stop(self) -> None:
        self._queue.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while (first := self._queue.get()) is not None:
            group, is_last = self._gather(first)
            together = [each for each in group if not each.is_alone]
            self._commit(together)
            _settle(together)
            for each in group:
                if each.is_alone:
                    self._run_alone(each)
            if is_last:
                return

    def _gather(self, first: Write) -> tuple[list[Write], bool]:
        group = [first]
        while len(group) < _GROUP_LIMIT:
            try:
                write = self._queue.get_nowait()
            except Empty:
                break
            if write is None:
                return group, True
            group.append(write)
        return group, False

    def _commit(self, group: list[Write]) -> None:
        """Commit a group as one; when a change in it is wrong, each is tried by itself. An outage fails them all."""
        error = self._try(group)
        if isinstance(error, ConflictError) or (
            error and len(group) > 1 and not isinstance(error, StoreUnavailableError)
        ):
            for write in group:
                self._commit_alone(write)

    def _commit_alone(self, write: Write) -> None:
        """Commit a change by itself, with fresh reads each time that it loses to somebody else's."""
        for _ in range(_TRIES):
            if not isinstance(self._try([write]), ConflictError):
                return
        write.error = StoreUnavailableError(f"a change lost to others {_TRIES} times: {write.error}")

    def _run_alone(self, write: Write) -> None:
        try:
            write.result = write.change(self._transaction)
        except (sqlite3.Error, StoreUnavailableError) as error:
            write.error = error
        _settle([write])

    def _try(self, group: list[Write]) -> BaseException | None:
        attempt = Attempt(self._connection)
        if attempt.begin():
            with attempt:
                self._place.check()
                count(self._connection)
                for write in group:
                    write.result = write.change(self._transaction)
        if attempt.error is not None:
            self._transaction.forget()
        for write in group:
            write.error = attempt.error
        return attempt.error


class Attempt:
    """One transaction, and what went wrong in it as a value, for the caller of the change."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.error: BaseException | None = None

    def begin(self) -> bool:
        self.error = self._run("BEGIN IMMEDIATE")
        return self.error is None

    def __enter__(self) -> None:
        """Enter after ``begin``."""

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _traceback: TracebackType | None
    ) -> bool:
        self.error = error or self._run("COMMIT")
        if self.error is not None and self._connection.in_transaction:
            self._run("ROLLBACK")
        return True

    def _run(self, statement: str) -> Exception | None:
        try:
            self._connection.execute(statement)
        except sqlite3.Error as error:
            return outage_or_bug(error)
        return None


def _settle(group: list[Write]) -> None:
    """Wake each waiting loop once for the whole group."""
    for loop in {write.loop for write in group}:
        settled = [write for write in group if write.loop is loop]
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_all, settled)


def _settle_all(group: list[Write]) -> None:
    for write in group:
        write.settle()
