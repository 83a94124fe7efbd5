"""How Python itself runs the bot: where memory comes from, when garbage is looked for, and which thread goes on."""

import ctypes
import gc
import sys
from contextlib import suppress

from handlers.checks import english, quantities

#: A thread that reads a long text lets the loop go on after so long (seconds).
_TURN = 0.001
#: What is remembered of answers makes many objects, none of them garbage: to look through them all as often as Python
#: does by itself takes a third of the time of what is asked for the first time, and keeps the loop for long.
_COLLECTED_AT = (20_000, 20, 50)
#: As glibc numbers it: https://man7.org/linux/man-pages/man3/mallopt.3.html
_M_ARENA_MAX = -8


def share_heap() -> None:
    """Have all threads take memory from one heap; to be done before there are any.

    glibc makes one for each thread, and what the writer, the searches and the loop give back stays in each: a tenth of
    all after a busy week. Other libraries of C have only one.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Give back what lies unused between what is used; glibc by itself gives back only what lies at the end."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def tune() -> None:
    """Do it once all is there that stays until the end."""
    quantities.load()
    english.load()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AT)
    sys.setswitchinterval(_TURN)
