"""What the transports have taken and not yet finished."""

import asyncio
from types import TracebackType


class InFlight:
    """Counts requests in hand, so that stopping can wait for them. Use it as a context manager round each."""

    def __init__(self) -> None:
        self._count = 0
        self._empty = asyncio.Event()
        self._empty.set()

    def __enter__(self) -> None:
        self._count += 1
        self._empty.clear()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        self._count -= 1
        if self._count == 0:
            self._empty.set()

    def is_something(self) -> bool:
        """Tell whether a request is in hand."""
        return self._count > 0

    async def nothing(self) -> None:
        """Return once nothing is in hand."""
        await self._empty.wait()
