"""Row ids made here and not by the database, so that every engine stores the same ones."""

import secrets
import time

_RANDOM_BYTES = 4


def new_id() -> str:
    """Return 24 hexadecimal digits that sort by the time they were made (nanoseconds, then 32 random bits)."""
    return f"{time.time_ns():016x}{secrets.token_hex(_RANDOM_BYTES)}"
