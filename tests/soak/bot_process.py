"""The bot as a process of its own, as `common-ground run` has it, on a clock that the soak moves.

    python tests/soak/bot_process.py AHEAD

begins with a clock that is so many seconds ahead. It takes orders, one a line, from its standard input, and answers
each with a line once it is done. Which bot it is, that of this version or of an older one, PYTHONPATH says.
"""

import asyncio
import importlib
import signal
import sys
import time
from contextlib import suppress
from datetime import timedelta

AHEAD = timedelta(seconds=float(sys.argv[1]))


class Wall:
    """The clock of the machine, by which ids are made; it is set before anything of the bot is loaded."""

    def __init__(self, ahead: timedelta) -> None:
        self._real = time.time_ns
        self._ahead = int(ahead.total_seconds() * 1e9)

    def nanoseconds(self) -> int:
        return self._real() + self._ahead


time.time_ns = Wall(AHEAD).nanoseconds
#: What goes by the machine's clock from when it is loaded on, which the nursery has done before that was set.
if (_IDS := "storage.records.ids") in sys.modules:
    importlib.reload(sys.modules[_IDS])

from bot.app import Bot, running  # noqa: E402 - after the machine's clock was set
from bot.clock import Clock  # noqa: E402
from bot.logs import set_up_logging  # noqa: E402
from bot.settings import read_settings  # noqa: E402
from storage.engine.interface import StoreUnavailableError  # noqa: E402


async def obey(bot: Bot, order: str, seconds: float) -> None:
    """Do what the soak asks for: let time pass, set the clock on the wall, or say everything that is due."""
    match order:
        case "move":
            bot.clock.move(timedelta(seconds=seconds))
            await bot.tick()
        case "correct":
            bot.clock.correct(timedelta(seconds=seconds))
        case "quiet":
            await bot.idle()


async def _obey_all(bot: Bot) -> None:
    loop, reader = asyncio.get_running_loop(), asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := (await reader.readline()).decode():
        order, _, seconds = line.strip().partition(" ")
        # A server that keeps the store may be away just then.
        with suppress(StoreUnavailableError):
            await obey(bot, order, float(seconds or 0))
        _say("done")


async def _serve() -> None:
    settings = read_settings().model_copy(update={"port": 0})
    set_up_logging(settings.log_level, settings.log_format)
    clock = Clock()
    clock.move(AHEAD)
    async with running(settings, clock) as bot:
        _say(f"ready {bot.port}")
        await _obey_all(bot)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def _until_told() -> None:
    serving = asyncio.create_task(_serve())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, serving.cancel)
    await asyncio.wait({serving})
    if not serving.cancelled():
        serving.result()


if __name__ == "__main__":
    asyncio.run(_until_told())
