"""Which fault strikes what: armed for the next calls of a method, or by rule; and which have struck."""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.local_slack.faults.kinds import KINDS, Where
from bot.local_slack.faults.rules import Rule


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``lost_after`` does the work and then drops the connection; ``retry_after`` is in seconds.

    ``error`` is what is said where a call is ``refused``, such as ``fatal_error`` or ``service_unavailable``. What is
    ``slow`` is done once ``until`` is set, or after so many ``seconds``.
    """

    kind: str
    retry_after: float | None = None
    error: str = "fatal_error"
    until: asyncio.Event | None = None
    seconds: float | None = None

    @property
    def takes(self) -> float:
        """How many seconds it takes, or asks to wait."""
        given = [each for each in (self.retry_after, self.seconds) if each is not None]
        return given[0] if given else KINDS[self.kind].seconds


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault that has struck: which, what was called, in which place, and the how-manieth call of it that was."""

    kind: str
    name: str
    place: str
    number: int
    at: datetime


class Faults:
    """What goes wrong. ``wait`` lets time pass; a test that should not sleep gives another.

    The same seed strikes the same calls, in whatever order the calls of different places come: calls are counted by
    what is called and where, while there are rules.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.rules: list[Rule] = []
        self.seed = 0
        self.struck: list[Strike] = []
        self.wait: Callable[[float], Awaitable[None]] = asyncio.sleep
        self._now = now
        self._armed: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._calls: Counter[tuple[Where, str, str]] = Counter()
        self._strikes: Counter[tuple[Rule, str, str]] = Counter()

    def arm(self, method: str, *faults: Fault) -> None:
        """Let these faults strike the next calls of a method, in order, before any rule does."""
        self._armed[method].extend(faults)

    def next_for(self, method: str) -> Fault | None:
        """Take the next fault that is armed for a method."""
        return self._armed[method].popleft() if self._armed[method] else None

    def follow(self, rules: Iterable[Rule], seed: int = 0) -> None:
        """Follow these rules from now on, and no others; of those that strike a call, the first does."""
        self.rules, self.seed = list(rules), seed

    def add(self, kind: str, methods: str, share: str) -> None:
        """Follow one more rule, as it was chosen; what is left out is everything, each time."""
        self.rules.append(Rule(kind, methods or "*", float(share or 1)))

    def drop(self, told: str) -> None:
        """Follow the rule no longer that is written so."""
        self.rules = [rule for rule in self.rules if str(rule) != told]

    def strike(
        self, where: Where, name: str, place: str = "", may: Callable[[str], bool] = lambda _kind: True
    ) -> Fault | None:
        """Count a call, and return the fault that strikes it; only one of a kind that ``may`` strike there."""
        if not self.may_strike(name):
            return None
        self._calls[where, name, place] += 1
        number = self._calls[where, name, place]
        armed = self._armed[name]
        is_armed = bool(armed) and KINDS[armed[0].kind].where == where
        fault = armed.popleft() if is_armed else self._by_rule(where, (name, place), number, may)
        if fault is not None:
            self.struck.append(Strike(fault.kind, name, place, number, self._now()))
        return fault

    def may_strike(self, name: str) -> bool:
        """Tell whether anything could strike what has this name."""
        return bool(self.rules or self._armed.get(name))

    def _by_rule(self, where: Where, what: tuple[str, str], number: int, may: Callable[[str], bool]) -> Fault | None:
        for rule in self.rules:
            if (
                KINDS[rule.kind].where == where
                and rule.is_for(what[0])
                and (rule.most is None or self._strikes[rule, *what] < rule.most)
                and may(rule.kind)
                and rule.is_struck(self.seed, " ".join(what), number)
            ):
                self._strikes[rule, *what] += 1
                return Fault(rule.kind, error=rule.error, seconds=rule.seconds)
        return None
