"""Keeps what people typed, and addresses that can be used, out of log lines: an error is told by its kind and place.

The message of an exception may carry anything: a validation error its input, a client error the address that it called.
"""

import re
import sys
import traceback
from collections.abc import Iterator

from pydantic import ValidationError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from structlog.typing import EventDict, WrappedLogger

from storage.engine.interface import StoreUnavailableError
from storage.engine.sqlite_connection import sqlite3

_ADDRESS = re.compile(r"(https?://[^/\s'\"<>]+)/[^\s'\"<>]+")


def without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Tell an exception without its message, wherever that stands in a line, and of addresses the host alone."""
    error = _error_of(event.pop("exc_info", None))
    told = {name: kind_of(value) if isinstance(value, BaseException) else value for name, value in event.items()}
    told = {name: _cut(value, error) if isinstance(value, str) else value for name, value in told.items()}
    return {**told, "exception": _as_text(error)} if error is not None else told


def _error_of(told: object) -> BaseException | None:
    """Return the exception that a line is about, whichever way a logger was given it."""
    if told is True:
        return sys.exc_info()[1]
    found = told[1] if isinstance(told, tuple) else told
    return found if isinstance(found, BaseException) else None


def _cut(text: str, error: BaseException | None) -> str:
    for each in _chain(error):
        for form in (repr(each), str(each)):
            text = text.replace(form, kind_of(each)) if form else text
    return _ADDRESS.sub(r"\1/…", text)


def _as_text(error: BaseException) -> str:
    """Return the frames of an exception, and of what led to it, each with what kind of exception it is."""
    lines = []
    for each in reversed([*_chain(error)]):
        lines += [
            "Traceback (most recent call last):\n",
            *traceback.format_tb(each.__traceback__),
            f"{kind_of(each)}\n",
        ]
    return "".join(lines).rstrip()


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def kind_of(error: BaseException) -> str:
    """Return what an exception is, with what of it is ours or the system's."""
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.") + _detail(error)


def _detail(error: BaseException) -> str:
    match error:
        case ValidationError():
            wrong = error.errors(include_url=False, include_context=False, include_input=False)
            return f" of {error.title}: " + ", ".join(f"{each['loc']} {each['type']}" for each in wrong)
        case SlackApiError():
            data = error.response.data if isinstance(error.response, AsyncSlackResponse) else None
            told = data.get("error") if isinstance(data, dict) else None
            return f": {told or 'no answer of Slack'}"
        case sqlite3.Error() | StoreUnavailableError():
            return f": {error}"
        case OSError() if error.strerror:
            return f": {error.strerror}"
        case _:
            return ""
