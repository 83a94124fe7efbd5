"""Names of requests, which the lines of the log about one carry and a person is told where something goes wrong."""

import itertools
import secrets

_PROCESS, _COUNT = secrets.token_hex(3), itertools.count(1)


def new() -> str:
    """Return a name that no other request has: this process, and a count."""
    return f"{_PROCESS}-{next(_COUNT):x}"
