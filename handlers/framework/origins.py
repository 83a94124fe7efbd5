"""What a request, or a job at one of its times, is called: in the log's lines about it, and in what it has to say."""

from contextlib import AbstractContextManager

from structlog.contextvars import bound_contextvars, get_contextvars

from handlers.framework import request_names


def named(**told: str) -> AbstractContextManager[object]:
    """Give what is done meanwhile a name of its own, which its lines of the log carry beside what is ``told`` of it."""
    return bound_contextvars(request=request_names.new(), **told)


def named_as(origin: str) -> AbstractContextManager[object]:
    """Give what is done meanwhile the name of what it comes from, where that is known."""
    return bound_contextvars(**({"request": origin} if origin else {}))


def name() -> str:
    """Return what is done here; empty where it has no name."""
    return str(get_contextvars().get("request", ""))
