"""How Python itself runs the bot: when it looks for garbage, and how long a thread goes on while another one waits."""

import gc
import sys

#: A thread that reads a long text lets the loop go on after so long (seconds).
_TURN = 0.001
#: What is remembered of answers makes many objects, none of them garbage: to look through them all as often as Python
#: does by itself takes a third of the time of what is asked for the first time, and keeps the loop for long.
_COLLECTED_AT = (20_000, 20, 50)


def tune() -> None:
    """Do it once all is there that stays until the end."""
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AT)
    sys.setswitchinterval(_TURN)
