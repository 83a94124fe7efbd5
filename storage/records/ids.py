"""Row ids made here and not by the database, so that every engine stores the same ones."""

import itertools
import secrets
import time

_PROCESS = secrets.token_hex(3)
_COUNT = itertools.count()
_BEGAN = time.time_ns() - time.monotonic_ns()


def new_id() -> str:
    """Return 24 hexadecimal digits that sort by the time they were made: nanoseconds, this process, a count.

    In one process they sort so also after the clock was set back.
    """
    return f"{_nanoseconds():016x}{_PROCESS}{next(_COUNT) % 256:02x}"


def _nanoseconds() -> int:
    return _BEGAN + time.monotonic_ns()
