"""Ports for the programs that tests start."""

import atexit
import socket
from contextlib import ExitStack

_HELD = ExitStack()
atexit.register(_HELD.close)


def free_port() -> int:
    """Return a port at which nothing listens, and that is kept for who asked for as long as the tests run.

    One that is bound is given to nobody else, and a program that is told of it can listen there all the same.
    """
    held = _HELD.enter_context(socket.socket())
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    return int(held.getsockname()[1])
