"""The bot, or its floor, as it is asked for words."""

from dataclasses import dataclass, replace

import psutil

from tests.bench.load import Figures, command_request, load
from tests.bench.servers import SECRET


@dataclass(frozen=True, slots=True)
class Side:
    """A server, by its port and its process: what it computes is told apart from what else the machine does."""

    port: int
    process: psutil.Process

    async def load(self, chosen: list[str], at_once: int) -> Figures:
        before = self._computed()
        figures = await define(self.port, chosen, at_once)
        return replace(figures, computed=(self._computed() - before) / len(chosen) * 1e6)

    def _computed(self) -> float:
        spent = self.process.cpu_times()
        return float(spent.user + spent.system)


async def define(port: int, chosen: list[str], at_once: int) -> Figures:
    return await load(port, [command_request(word, number, SECRET) for number, word in enumerate(chosen)], at_once)
