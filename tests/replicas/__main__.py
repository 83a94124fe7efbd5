"""`make replicas`: minutes of questions to replicas that are killed at random, with PostgreSQL too; judged at the end.

python -m tests.replicas --minutes 10 --seed 17 --replicas 3
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import Server, server
from tests.replicas.fleet import Fleet, fleet
from tests.test_crash import Asker

#: So many are asked at once, and after so many answers, at most, something is killed.
_QUESTIONS, _LATEST = 60, 50
#: Of so many kills one is PostgreSQL's.
_SELDOM = 5
#: So long is waited for a round, and for the end: leases end, and Slack sends events anew after one and five minutes.
_ROUND_SECONDS, _END_SECONDS = 30, 420


@dataclass
class Bout:
    """What befalls the replicas of one seed."""

    fleet: Fleet
    database: Server
    asker: Asker
    chance: random.Random
    met: Counter[str] = field(default_factory=Counter)

    async def live(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.asker.ask(_QUESTIONS)
            await self._after(self.chance.randint(1, _LATEST))
            if self.chance.randrange(_SELDOM) == 0:
                self.met["PostgreSQL"] += 1
                await asyncio.to_thread(self.database.stop)
                await asyncio.to_thread(self.database.begin)
            else:
                self.met["replica"] += 1
                await self.fleet.kill(self.chance.randrange(len(self.fleet.living)))
                await self.fleet.start()

    async def _after(self, answers: int) -> None:
        enough = self.asker.answers().total() + answers
        await self._until_at_most(_ROUND_SECONDS, enough)

    async def _until_at_most(self, seconds: float, enough: int) -> None:
        waiting = asyncio.create_task(self.fleet.slack.until(lambda: self.asker.answers().total() >= enough))
        await asyncio.wait({waiting}, timeout=seconds)
        waiting.cancel()

    async def judged(self) -> tuple[int, int, int]:
        """Let all be said; return how many were acknowledged, of these not answered, and answered more than once."""
        end = time.monotonic() + _END_SECONDS
        acknowledged, answers = set[str](), Counter[str]()
        while not acknowledged or (time.monotonic() < end and acknowledged - answers.keys()):
            await self._until_at_most(_ROUND_SECONDS, self.asker.answers().total() + 1)
            await self.fleet.slack.wire.idle()
            acknowledged, answers = set(self.fleet.slack.wire.acknowledged), self.asker.answers()
        lost, doubled = acknowledged - answers.keys(), [each for each, count in answers.items() if count > 1]
        return len(acknowledged), len(lost), len(doubled)


async def lived(seed: int, seconds: float, count: int) -> int:
    """Live through some time, print what came of it, and return how much was wrong."""
    with server() as database, tempfile.TemporaryDirectory() as folder, database.database() as url:
        async with fleet(url, Path(folder), count) as living:
            bout = Bout(living, database, Asker(living.slack), random.Random(seed))  # noqa: S311 - it plays
            await bout.live(seconds)
            acknowledged, lost, doubled = await bout.judged()
    met = ", ".join(f"{name} {number}" for name, number in sorted(bout.met.items()))
    told = f"seed {seed}, {count} replicas: {acknowledged} acknowledged, {lost} lost, {doubled} doubled; killed: {met}"
    sys.stdout.write(f"{told}\n")
    return lost + doubled


def main() -> int:
    told = argparse.ArgumentParser(prog="make replicas", description=__doc__)
    told.add_argument("--seed", type=int, default=1)
    told.add_argument("--minutes", type=float, default=10)
    told.add_argument("--replicas", type=int, default=3)
    asked = told.parse_args()
    return min(1, asyncio.run(lived(asked.seed, asked.minutes * 60, asked.replicas)))


if __name__ == "__main__":
    sys.exit(main())
