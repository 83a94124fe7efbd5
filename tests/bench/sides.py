"""The bot, or its floor, as it is asked for words."""

import asyncio
from dataclasses import dataclass, replace

import psutil

from tests.bench.load import Figures, command_request, load
from tests.bench.servers import SECRET

#: Who computes no longer than so many seconds in a while is at rest.
_AT_REST, _A_WHILE = 0.02, 0.5


@dataclass(frozen=True, slots=True)
class Side:
    """A server, by its port and its process: what it computes is told apart from what else the machine does."""

    port: int
    process: psutil.Process

    async def load(self, chosen: list[str], at_once: int) -> Figures:
        before = self._computed()
        figures = await define(self.port, chosen, at_once)
        return replace(figures, computed=(self._computed() - before) / len(chosen) * 1e6)

    async def rest(self) -> None:
        """Wait until nothing of before goes on, such as what is made in the background once it is wanted."""
        before, now = 0.0, self._computed()
        while now - before > _AT_REST:
            await asyncio.sleep(_A_WHILE)
            before, now = now, self._computed()

    def _computed(self) -> float:
        spent = self.process.cpu_times()
        return float(spent.user + spent.system)


async def define(port: int, chosen: list[str], at_once: int) -> Figures:
    return await load(port, [command_request(word, number, SECRET) for number, word in enumerate(chosen)], at_once)
