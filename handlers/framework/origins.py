"""What a request, or a job at one of its times, is called: in the log's lines about it, and in what it has to say."""

import itertools
import secrets

from structlog.contextvars import bind_contextvars, get_contextvars, reset_contextvars

_PROCESS, _COUNT = secrets.token_hex(3), itertools.count(1)


class _Named:
    """A context manager of the standard library's kind costs each request three times as much."""

    __slots__ = ("_before", "_told")

    def __init__(self, told: dict[str, str]) -> None:
        self._told = told

    def __enter__(self) -> str:
        self._before = bind_contextvars(**self._told)
        return self._told.get("request", "")

    def __exit__(self, *_: object) -> None:
        reset_contextvars(**self._before)


def new() -> str:
    """Return a name that no other request has: this process, and a count."""
    return f"{_PROCESS}-{next(_COUNT):x}"


def named(**told: str) -> _Named:
    """Give what is done meanwhile a name of its own, which its lines of the log carry beside what is ``told`` of it.

    Entering it says the name.
    """
    return _Named({"request": new(), **told})


def named_as(origin: str) -> _Named:
    """Give what is done meanwhile the name of what it comes from, where that is known."""
    return _Named({"request": origin} if origin else {})


def name() -> str:
    """Return what is done here; empty where it has no name."""
    return str(get_contextvars().get("request", ""))
