"""The one thread that writes: what has queued up is committed as one group."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Protocol, Self

from storage.engine.interface import ConflictError, StoreUnavailableError, TakenError, Transaction

#: How often a change is tried that loses to others.
_TRIES = 5
Change = Callable[[Transaction], object]


class Write:
    """One queued change and the future that waits for it to be on disk; one that ``is_alone`` is in no transaction."""

    def __init__(self, change: Change, loop: asyncio.AbstractEventLoop, *, is_alone: bool = False) -> None:
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


class Unit(Protocol):
    """How an engine makes a unit of work of some changes."""

    def together(self, changes: Sequence[Change]) -> list[object]:
        """Run changes in one transaction, commit it, and return what each returned.

        Raises what a change raises, after rolling back; ConflictError where it lost to somebody else's and is to be
        run again; StoreUnavailableError.
        """

    def alone(self, change: Change) -> object:
        """Run a change in no transaction. Raises StoreUnavailableError."""


class Writer:
    """The thread that writes. What has queued up, ``most`` at a time, is committed as one group."""

    def __init__(self, unit: Unit, most: int) -> None:
        self._unit, self._most = unit, most
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
        while len(group) < self._most:
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
        if not isinstance(write.error, TakenError):
            write.error = StoreUnavailableError(f"a change lost to others {_TRIES} times: {write.error}")

    def _try(self, group: list[Write]) -> BaseException | None:
        results: list[object] = [None] * len(group)
        with _Caught() as caught:
            results = self._unit.together([write.change for write in group])
        for write, result in zip(group, results, strict=True):
            write.result, write.error = result, caught.error
        return caught.error

    def _run_alone(self, write: Write) -> None:
        with _Caught() as caught:
            write.result = self._unit.alone(write.change)
        write.error = caught.error
        _settle([write])


class _Caught:
    """What went wrong as a value: it belongs to whoever asked for the change, and not to the thread."""

    def __init__(self) -> None:
        self.error: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _traceback: TracebackType | None
    ) -> bool:
        self.error = error
        return True


def _settle(group: list[Write]) -> None:
    """Wake each waiting loop once for the whole group."""
    for loop in {write.loop for write in group}:
        settled = [write for write in group if write.loop is loop]
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_all, settled)


def _settle_all(group: list[Write]) -> None:
    for write in group:
        write.settle()
