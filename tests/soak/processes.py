"""A week with the bot as a process of its own: people act side by side, and the machine has its troubles."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock
from bot.local_slack.start import serving
from bot.manifest import manifest_for
from tests.postgres import Server
from tests.soak.balancer import balancing
from tests.soak.befalling import Befalling
from tests.soak.company import company
from tests.soak.faults import rules
from tests.soak.journal import Journal
from tests.soak.machine import ROOT, Machine
from tests.soak.plan import MONDAY, Act, asks, week
from tests.soak.player import Player
from tests.soak.settling import AT_LEAST, LONG, SHORT, still_open
from tests.soak.stores import store_of
from tests.soak.troubles import Trouble, troubles

_HOUR = timedelta(hours=4)
_AT_ONCE = 8
_PATIENCE = 20
#: So often all that is asked again is.
_TURNS = 24


@dataclass
class Week:
    """The week of one seed."""

    machine: Machine
    journal: Journal
    seed: int
    met: Counter[str] = field(default_factory=Counter)
    hour_began: str = ""
    memory_of_week: list[tuple[int, int]] = field(default_factory=list)

    async def live(self, acts: Sequence[Act], planned: Mapping[int, Sequence[Trouble]]) -> None:
        hours: defaultdict[int, list[Act]] = defaultdict(list)
        for act in acts:
            hours[act.at // _HOUR].append(act)
        for turn, hour in enumerate(sorted(hours)):
            if turn == 1:
                await self._upgrade()
            await self._move_to(hour * _HOUR)
            await self._hour(hours[hour], planned.get(turn, ()))
            await self._look_after_bot()
            self.machine.weigh()
        await self._settle()
        await self.journal.press_all(self.machine.slack, self.machine.store, self.seed)
        await self._settle()

    async def _look_after_bot(self) -> None:
        """Start a bot again that has ended unasked, as whoever runs it would, and note that it has."""
        for each in self.machine.bury():
            self.journal.ended.append(await each.last_words())
            await self.machine.start()

    async def ask_again(self) -> None:
        """Let people ask the same for days, so that there is nothing new to remember."""
        player = Player(self.machine.slack)
        acts = asks(self.machine.slack.workspace)
        self.memory_of_week, self.machine.memory = self.machine.memory, []
        for _ in range(_TURNS):
            done = [await player.play(act) for act in acts]
            self.met["asked again"] += sum(each.is_acknowledged for each in done)
            await self._drain(SHORT)
            await self.machine.move(_HOUR)
            self.machine.weigh()
        await self._settle()

    async def _upgrade(self) -> None:
        """Go on with the bot of today, and with a Slack in which things go wrong."""
        if self.machine.code != ROOT:
            self.met["upgrade"] += 1
            self.machine.code = ROOT
            await self.machine.stop()
            await self.machine.start()
        self.machine.slack.faults.follow(rules(), self.seed)

    async def _move_to(self, moment: timedelta) -> None:
        left = MONDAY + moment - self.machine.clock.now()
        await self.machine.move(max(left, timedelta(seconds=1)))

    async def _hour(self, acts: list[Act], planned: Sequence[Trouble]) -> None:
        self.hour_began = self.machine.slack.workspace.new_ts()
        befalling = asyncio.create_task(self._befall(planned))
        await self._act(acts)
        await befalling
        self.machine.empty_disk()
        await self._rest()
        await self._drain(SHORT)

    async def _act(self, acts: list[Act]) -> None:
        """Have everybody act: each person, and each story, one act after another."""
        player, slots = Player(self.machine.slack), asyncio.Semaphore(_AT_ONCE)
        locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

        async def play(act: Act) -> None:
            async with locks[act.name.partition(".")[0]], locks[act.who], slots:
                await self.machine.reached()
                ready = await self.journal.ready(self.machine.store, act)
                if ready is not None:
                    self.journal.note(await player.play(ready))

        await asyncio.gather(*(play(act) for act in acts))

    async def _befall(self, planned: Sequence[Trouble]) -> None:
        befalling = Befalling(self.machine, self.journal, self.hour_began)
        for trouble in planned:
            self.met[trouble.kind] += 1
            await befalling.meet(trouble)

    async def _rest(self) -> None:
        """Let the bot do what it has in hand."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self.machine.slack.wire.idle()
                await self.machine.tell("quiet")

    async def _settle(self) -> None:
        """Let nothing go wrong any more, and let pass as much time as it takes until everything is said."""
        self.machine.slack.faults.follow([])
        await self._drain(LONG)

    async def _drain(self, waits: Sequence[timedelta]) -> None:
        """Let pass as much time as it takes until everything is said, but not more than this."""
        for turn, wait in enumerate(waits):
            if turn >= AT_LEAST and not await still_open(self.machine.store):
                return
            await self.machine.move(wait)
            await self._rest()


def _waiting(clock: Clock) -> Callable[[float], Awaitable[None]]:
    """Let what is slow take its time by Slack's clock, which the soak moves."""
    return lambda seconds: clock.wait_until(clock.steady() + timedelta(seconds=seconds))


@dataclass(frozen=True, slots=True)
class How:
    """How a week is lived: by how many acts, beginning with which code, on which server, if any, by so many replicas.

    In a steady one nothing befalls the machine.
    """

    acts: int
    code: Path = ROOT
    server: Server | None = None
    is_steady: bool = False
    replicas: int = 1


async def lived(seed: int, folder: Path, how: How) -> Week:
    """Live through the week of a seed, and return it as it ended."""
    clock = Clock()
    is_http = seed % 2 == 1
    clock.move(MONDAY - clock.now())
    workspace = company(seed, manifest_for("https://bot.example" if is_http else None, ""), clock.now)
    async with serving(workspace) as slack, balancing() as balancer:
        store = store_of(seed, folder, how.server)
        machine = Machine(slack, clock, folder, is_http, store, balancer, how.code, how.replicas)
        slack.faults.wait = _waiting(clock)
        lived = Week(machine, Journal(slack), seed)
        planned = week(seed, workspace, how.acts)
        await machine.start()
        try:
            turns = len({act.at // _HOUR for act in planned})
            befalling = {} if how.is_steady else troubles(seed, turns, is_served=how.server is not None)
            await lived.live(planned, befalling)
            if how.is_steady:
                await lived.ask_again()
        finally:
            await machine.leave()
    return lived
