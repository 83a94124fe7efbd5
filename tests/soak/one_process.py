"""A week in one process, one act after another, each once all is quiet: so a seed is replayed exactly."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.trial.screen import Screen
from tests.soak.faults import rules
from tests.soak.happening import happen
from tests.soak.journal import Journal
from tests.soak.plan import MONDAY, Act, week
from tests.soak.player import Player
from tests.soak.settling import LONG, SHORT
from tests.soak.stage import Stage, stage
from tests.soak.stores import Store
from tests.soak.troubles import Trouble, troubles

_WRONG = timedelta(days=2)
_LETTERS = 5
_DRAWN = re.compile(rf"\b(?:D|DR|FB)-[B-Z]{{{_LETTERS}}}\b")


@dataclass
class Replay:
    """The week of one seed; ``lines`` are what people saw of it."""

    stage: Stage
    journal: Journal
    screen: Screen
    seed: int
    met: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    @property
    def store(self) -> Store:
        return self.stage.store

    @property
    def text(self) -> str:
        """What people saw, as it is each time: the numbers of private records are drawn, and told by their order."""
        text = "\n".join(self.lines) + "\n"
        drawn = {name: f"{name[:-_LETTERS]}{place}" for place, name in enumerate(dict.fromkeys(_DRAWN.findall(text)))}
        return _DRAWN.sub(lambda found: drawn[found[0]], text)

    async def live(self, acts: Sequence[Act], planned: Mapping[int, Sequence[Trouble]]) -> None:
        for number, act in enumerate(acts):
            await self._move_to(act.at)
            kills = [each for each in planned.get(number, ()) if each.kind.startswith("kill")]
            await self._play(act, kills)
            for trouble in planned.get(number, ()):
                await self._meet(trouble)
        self.stage.slack.faults.follow([])
        await self.stage.drain(LONG)
        await self.journal.press_all(self.stage.slack, self.store, self.seed)
        await self.stage.drain(LONG)

    async def _move_to(self, moment: timedelta) -> None:
        left = MONDAY + moment - self.stage.clock.steady()
        if left > SHORT[-1]:
            await self.stage.drain(SHORT)
        await self.stage.move(max(MONDAY + moment - self.stage.clock.steady(), timedelta()))

    async def _play(self, act: Act, kills: Sequence[Trouble]) -> None:
        ready = await self.journal.ready(self.store, act)
        if ready is None:
            return
        await self.stage.reached()
        struck = self.stage.arm(is_done=kills[0].after % 2 == 0) if kills else None
        done = await Player(self.stage.slack).play(ready)
        quiet = asyncio.create_task(self.stage.quiet())
        if struck is not None:
            reached = asyncio.create_task(struck.is_reached.wait())
            await asyncio.wait({quiet, reached}, return_when=asyncio.FIRST_COMPLETED)
            reached.cancel()
            if struck.is_reached.is_set():
                self.met["kill"] += 1
                quiet.cancel()
                await self.stage.kill(struck)
            struck.set()
        with suppress(asyncio.CancelledError):
            await quiet
        self.journal.note(done)
        self._write(act)

    async def _meet(self, trouble: Trouble) -> None:
        match trouble.kind:
            case "restart":
                await self.stage.stop()
                await self.stage.start()
            case "set back" | "set ahead":
                self.stage.clock.correct(_WRONG if trouble.kind == "set ahead" else -_WRONG)
            case "put right":
                self.stage.clock.correct(self.stage.clock.steady() - self.stage.clock.now())
            case "restore":
                await self.stage.go_back()
            case "refresh":
                await self.stage.slack.wire.refresh()
            case "kill" | "kill in the middle" | "disk full" | "refuse the token" | "revoke the token":
                return
            case _:
                self.journal.note_deleted(happen(self.stage.slack, trouble))
        self.met[trouble.kind] += 1
        await self.stage.quiet()

    def _write(self, act: Act) -> None:
        """Note what people see of an act, without where this Slack happens to be."""
        told = [line.replace(self.stage.slack.url, "https://harbour.example") for line in self.screen.news()]
        self.lines += [f"{act.name} {act.at}", *act.lines, *told]


async def replayed(seed: int, folder: Path, acts: int) -> Replay:
    """Live through the week of a seed, and return it as it ended."""
    random.seed(seed)
    async with stage(seed, folder, is_http=seed % 2 == 1) as begun:
        lived = Replay(begun, Journal(begun.slack), Screen(begun.slack.workspace), seed)
        begun.slack.faults.follow(rules(), seed)
        planned = week(seed, begun.slack.workspace, acts)
        await lived.live(planned, troubles(seed, len(planned)))
    return lived
