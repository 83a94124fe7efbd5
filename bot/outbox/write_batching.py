"""What many tasks have to write, written together: one write for all that comes up while the last one is on its way."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from storage.engine.interface import Database, Transaction

T = TypeVar("T")


class WriteBatching(Generic[T]):
    """Collects items and writes all that have come together by one change."""

    def __init__(self, store: Database, change: Callable[[Transaction, Sequence[T]], None]) -> None:
        self._store = store
        self._change = change
        self._items: list[T] = []
        self._next: asyncio.Task[None] | None = None

    async def put(self, item: T) -> None:
        """Return once the item is on disk. Raises what the write raises, for every item of it."""
        self._items.append(item)
        if self._next is None:
            self._next = asyncio.create_task(self._write())
        await asyncio.shield(self._next)

    async def _write(self) -> None:
        items, self._items, self._next = self._items, [], None
        await self._store.write(lambda transaction: self._change(transaction, items))
