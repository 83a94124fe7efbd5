"""What a trace is told of the way of a request: names and outcomes that the program gives, never who, where or what."""

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Traces(Protocol):
    """Notes how long each part of the work took, and what led to what."""

    def span(self, name: str, origin: str = "", /, **told: str | int) -> AbstractContextManager[None]:
        """Note what is done meanwhile as one part; ``origin`` is what it comes from, as ``place`` told it there."""

    def tell(self, **told: str | int) -> None:
        """Say more of the part that is being done."""

    def place(self) -> str:
        """Return where in the trace this is, to lead back here later; empty where nothing is traced."""


_NO_SPAN = nullcontext()


class Untraced:
    """Where nobody asked for traces."""

    def span(self, _name: str, _origin: str = "", /, **_told: str | int) -> AbstractContextManager[None]:
        return _NO_SPAN

    def tell(self, **_told: str | int) -> None:
        """Tell nobody."""

    def place(self) -> str:
        return ""
