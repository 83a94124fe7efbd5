"""What other programs may report by a web hook: each kind as its feature takes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from handlers.access.recipients import Facts, audience_of
from handlers.checks.outcomes import Refused
from handlers.framework.context import WorkspaceContext
from handlers.hooks.reports import Target, Tells
from storage.engine.interface import Transaction
from storage.outbox.deliveries import Delivery
from storage.workspaces.webhooks import TargetKind, Webhook

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Report(Generic[F]):
    """What a program said of a component or a data request, and how that kind of report stood there before."""

    webhook: Webhook
    target: Target
    said: F
    was: str


@dataclass(frozen=True, slots=True)
class Taken:
    """How a kind of report stands now, what the program is answered, and what is said at once.

    ``is_breach``: something that was required or agreed is not kept.
    """

    state: str
    told: str
    is_breach: bool = False
    messages: Sequence[Delivery] = ()


def _never(_state: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class ReportKind(Generic[F]):
    """One kind of report, of a kind of target.

    ``reads`` returns what a body says; None where it is no such report. It raises FormatError where a part of one is
    wrong. ``takes`` writes it. Where how it stands has changed, ``tells`` says whom, in their working hours, and what.
    ``is_broken`` tells whether something that was required or agreed is not kept where it stands so.
    """

    name: str
    of: TargetKind
    reads: Callable[[Any], F | None]
    takes: Callable[[Transaction, Report[F], Facts], Taken | Refused]
    tells: Tells | None = None
    is_broken: Callable[[str], bool] = _never


AnyKind = ReportKind[Any]


async def facts_about(context: WorkspaceContext, target: Target) -> Facts:
    """Ask who may hear of a target, and whether guests would read what is said where one speaks of it."""
    audience = await audience_of(context.directory, context.team_id, target.visibility)
    is_limited = bool(target.thread) and await context.is_limited(target.channel, target.visibility)
    return Facts("", context.now, audience, visible=(target.visibility,), is_limited=is_limited)
