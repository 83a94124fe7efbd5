"""What the handlers work with, and who sends what they say; one of each in a running bot."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from handlers.framework import origins
from handlers.framework.measures import Measures
from handlers.framework.traces import Traces, Untraced
from handlers.framework.usage_counter import UsageCounter
from handlers.hooks.offers import Hooks
from handlers.slack.directory import Directory
from storage.engine.interface import EVERY, Database, StoreUnavailableError, Transaction
from storage.outbox import deliveries

T = TypeVar("T")

#: Seals a secret by the operator's newest key, and returns it with the name of that key.
Seals = Callable[[str], tuple[str, str]]

#: For so many seconds small changes are gathered: each write costs more than what most of them do in it.
_MOMENT = 0.05


class Outbox(Protocol):
    """Who sends what was committed."""

    async def admit(self, delivery: deliveries.Delivery) -> deliveries.Delivery:
        """Return a delivery as it is to be committed: marked as being sent when nothing stands before it."""

    def announce(self, delivery: deliveries.Delivery, *, is_answer: bool = False) -> None:
        """Take note of a committed delivery, to send it soon, and the answer to somebody before all others."""

    def respond(self, url: str, body: Mapping[str, object]) -> None:
        """Say something through a response_url soon, without keeping it."""

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Do some work that nobody waits for; stopping does."""

    async def pause(self, seconds: float) -> None:
        """Return so many seconds later, by the clock that deliveries go by."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot runs, for admins: ``last_backup`` is a moment (ISO), and ``is_backup_failed``: one since wasn't made.

    ``needs`` is what somebody should see to, ``urgent`` what can't wait until their day begins. ``install_url`` is
    where a workspace lets the bot in, where there are many, and ``organization`` what the one is called that did it for
    this one.
    """

    version: str = ""
    connection: str = ""
    is_backed_up: bool = False
    last_backup: str = ""
    is_backup_failed: bool = False
    needs: tuple[str, ...] = ()
    urgent: tuple[str, ...] = ()
    install_url: str = ""
    organization: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """How the Slack of one workspace is reached: by the app's token there, with what is known of its people."""

    slack: AsyncWebClient
    directory: Directory
    team_url: str = ""


#: Finds how the Slack of a workspace is reached; None where the app is not in it.
Reaching = Callable[[str], Awaitable[Reach | None]]


@dataclass(frozen=True, slots=True)
class Services:
    """What the handlers work with; one of each in a running bot.

    Where it serves many workspaces, ``reaching`` finds what ``slack``, ``directory`` and ``team_url`` are in one. Other
    programs may report where it ``seals`` their secrets, at ``public_url``, if that is known.
    """

    store: Database
    slack: AsyncWebClient
    directory: Directory
    outbox: Outbox
    hooks: Hooks
    now: Callable[[], datetime]
    command_prefix: str = ""
    admins: frozenset[str] = frozenset()
    team_url: str = ""
    reads_channels: bool = False
    measures: Measures = field(default_factory=Measures)
    health: Callable[[], Health] = Health
    traces: Traces = field(default_factory=Untraced)
    usage: UsageCounter = field(default_factory=UsageCounter)
    soon: dict[Callable[[Transaction, Sequence[Any]], None], list[Any]] = field(default_factory=dict)
    reaching: Reaching | None = None
    serves_agents: bool = False
    seals: Seals | None = None
    public_url: str = ""

    async def at(self, team_id: str) -> "Services | None":
        """Return what is worked with in one workspace; None where the app is not in it."""
        store = self.store.of(team_id)
        if self.reaching is None:
            return self if store is self.store else replace(self, store=store)
        found = await self.reaching(team_id)
        if found is None:
            return None
        return replace(self, store=store, slack=found.slack, directory=found.directory, team_url=found.team_url)

    def origin(self) -> str:
        """Return what this is called in the log, and its place in a trace, for what is written here and said later."""
        return f"{origins.name()} {self.traces.place()}".strip()

    def write_soon(self, write: Callable[[Transaction, Sequence[T]], None], what: T) -> None:
        """Write something small that nobody waits for, with its like of the moment; a crash in between loses it."""
        if not self.soon:
            self.outbox.start(self._write_soon())
        self.soon.setdefault(write, []).append(what)

    async def _write_soon(self) -> None:
        await asyncio.sleep(_MOMENT)
        writes = dict(self.soon)
        self.soon.clear()

        def write(transaction: Transaction) -> None:
            for each, what in writes.items():
                each(transaction, what)

        with suppress(StoreUnavailableError):
            await self.store.of(EVERY).write(write)
