"""Routing as data: each feature's tables of commands, phrases, buttons and forms, joined once at the start.

Bolt tries its listeners one after another, at a cost for each that does not match, so it gets none and these tables do
the routing.
"""

import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, TypeVar

from handlers.agreements.asked_of import Asked
from handlers.framework.context import Handler, WorkspaceContext
from handlers.framework.report_kinds import AnyKind
from handlers.framework.services import Services
from handlers.framework.tools import AnyTool
from handlers.hooks.digest import DigestHook, OwnItemsHook
from handlers.hooks.finding import Finds
from handlers.hooks.offers import CommandHelp, Hooks
from handlers.hooks.quarrels import QuarrelsHook
from handlers.hooks.readiness import ReadinessHook
from handlers.hooks.redaction import Redacts
from handlers.hooks.reminders import NudgeKind, People, RemindersHook
from handlers.hooks.reports import Tells
from handlers.hooks.retention import Retained
from handlers.hooks.seams import SeamsHook
from handlers.hooks.waits import WaitsHook
from handlers.slack.interactions import Ask, BlockAction, Shortcut, SlackEvent, ViewSubmission
from storage.engine.interface import Reader, Transaction
from storage.outbox.deliveries import Delivery

T = TypeVar("T")
K = TypeVar("K", bound=str)


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command without its slash; also understood as the first word of a mention.

    A first word that stands in ``subcommands`` goes to that handler; everything else to ``handler``. The description
    and the hint are for the manifest and for help. Where ``takes_names``, a single word may be the name of a record,
    and only the handler can tell whether it is a slip of the hand. What ``is_for_all`` answers a mention in the open
    where guests read, too; every other answer goes to the asker alone there.
    """

    name: str
    handler: Handler[Ask]
    description: str
    usage_hint: str = ""
    subcommands: Mapping[str, Handler[Ask]] = field(default_factory=dict)
    takes_names: bool = False
    is_for_all: bool = False

    def meant_by(self, text: str) -> tuple[Handler[Ask], str]:
        """Return the handler that these words ask for, and the words that are left for it."""
        first, _, rest = text.strip().partition(" ")
        handler = self.subcommands.get(first.casefold())
        return (self.handler, text.strip()) if handler is None else (handler, rest.strip())

    @property
    def help(self) -> CommandHelp:
        return CommandHelp(self.name, self.description, self.usage_hint, tuple(self.subcommands))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way to say a command in plain words in a mention; the group ``text`` is what the command gets.

    ``before`` is put before that text, such as the name of a subcommand. Where it ``takes_all``, the message is read as
    it is written; else each of its sentences and questions.
    """

    pattern: re.Pattern[str]
    command: str
    before: str = ""
    takes_all: bool = False

    def read(self, sentence: str) -> str | None:
        """Return what the command gets of a sentence; None where it says something else."""
        match = self.pattern.fullmatch(sentence)
        return None if match is None else match["text"].strip()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Sentences that say a command, however they are put: ``reads`` returns what it gets; None for all others."""

    reads: Callable[[str], str | None]
    command: str
    before: str = ""
    takes_all: bool = False

    def read(self, sentence: str) -> str | None:
        return self.reads(sentence)


@dataclass(frozen=True, slots=True)
class OfComponent:
    """How a command is asked of a component that a message names: it gets the message, or only the name."""

    command: str
    before: str = ""
    takes_name: bool = False


#: What may stand after a phrase; it begins after a word, so that a long row of marks is gone through once.
END = r"(?<![\s?.!])[\s?.!]*"


def phrases(command: str, before: str, *patterns: str, takes_all: bool = False) -> list[Phrase]:
    """Return ways to say a command, in any case and with a question mark or the like after them."""
    return [Phrase(re.compile(each + END, re.IGNORECASE), command, before, takes_all) for each in patterns]


#: What a job does: (transaction, team_id, now) to what must be said.
Run = Callable[[Transaction, str, datetime], Sequence[Delivery]]


#: How a job, or a chore of the installation, ended: what was put off is tried again at a later tick.
Ended = Literal["done", "put off", "failed"]


@dataclass(frozen=True, slots=True)
class PutOff:
    """What a job does now, where the rest must wait for Slack, or for the night."""

    run: Run


def as_far_as(run: Run, *, is_all: bool) -> Run | PutOff:
    """Return what a job does, as all that was due or as a part of it."""
    return run if is_all else PutOff(run)


#: What follows at once from something that a person (a user id) changed; it changes the store as a job does.
Afterwards = Callable[[WorkspaceContext, str], Awaitable[Run | None]]


#: In which workspaces a job may have something to do, asked once for all of them; None: in any.
Where = Callable[[Reader, Services], Collection[str] | None]


@dataclass(frozen=True, slots=True)
class Job:
    """Something that time asks for: done once in each workspace for each period.

    ``period`` names the period that a moment belongs to. ``plan`` looks around, in Slack too, and returns what then
    changes the store in one write, and says what must be said; or None where there is nothing to do. What is looked for
    at each tick says ``where``, for in most workspaces there is nothing of it.
    """

    name: str
    period: Callable[[datetime], str]
    plan: Callable[[WorkspaceContext], Awaitable[Run | PutOff | None]]
    where: Where | None = None


def at_once(run: Run) -> Callable[[WorkspaceContext], Awaitable[Run]]:
    """Return the plan of a job that has nothing to look for first."""

    async def plan(_context: WorkspaceContext) -> Run:
        return run

    return plan


@dataclass(frozen=True, slots=True)
class Feature:
    """What one feature answers to.

    Actions are routed by what stands before the colon of their action_id, views and shortcuts by their callback_id,
    events by the name that the manifest has for them. ``subcommands`` are words that it adds to another feature's
    command, by that command's name. ``reminders`` is what people should settle, of the kinds in
    ``nudge_kinds``; ``people`` are those of whom it must be known whether they are still there. ``digest`` is what the
    weekly summary says of it, ``own_items`` what the Home shows of it to each person,
    ``redacts`` how text is taken out of its records, ``retains`` which of them have ended, ``finds`` how they look to
    a search over all, ``waits`` how long they took, ``quarrels`` who gave way in them, ``readiness`` what stands before
    a launch, and ``seams`` what it promises where components meet. ``of_components`` says what answers a message that
    names a component, by what it asks of it. ``afterwards`` is done at once after somebody
    changed something. ``tools`` are what agents may ask of it, ``reports`` what other programs may report.
    """

    name: str
    commands: Sequence[Command] = ()
    subcommands: Mapping[str, Mapping[str, Handler[Ask]]] = field(default_factory=dict)
    phrases: Sequence[Phrase | Sentence] = ()
    of_components: Mapping[Asked, OfComponent] = field(default_factory=dict)
    actions: Mapping[str, Handler[BlockAction]] = field(default_factory=dict)
    views: Mapping[str, Handler[ViewSubmission]] = field(default_factory=dict)
    shortcuts: Mapping[str, Handler[Shortcut]] = field(default_factory=dict)
    events: Mapping[str, Handler[SlackEvent]] = field(default_factory=dict)
    jobs: Sequence[Job] = ()
    nudge_kinds: Sequence[NudgeKind] = ()
    reminders: RemindersHook | None = None
    people: People | None = None
    digest: DigestHook | None = None
    own_items: OwnItemsHook | None = None
    redacts: Redacts | None = None
    retains: Sequence[Retained] = ()
    finds: Finds | None = None
    waits: WaitsHook | None = None
    quarrels: QuarrelsHook | None = None
    readiness: ReadinessHook | None = None
    seams: SeamsHook | None = None
    afterwards: Afterwards | None = None
    tools: Sequence[AnyTool] = ()
    reports: Sequence[AnyKind] = ()


@dataclass(frozen=True, slots=True)
class Routes:
    """Every feature's tables, joined."""

    commands: Mapping[str, Command]
    phrases: Sequence[Phrase | Sentence]
    of_components: Mapping[Asked, OfComponent]
    actions: Mapping[str, Handler[BlockAction]]
    views: Mapping[str, Handler[ViewSubmission]]
    shortcuts: Mapping[str, Handler[Shortcut]]
    events: Mapping[str, Handler[SlackEvent]]
    jobs: Sequence[Job]
    afterwards: Sequence[Afterwards]
    tools: Sequence[AnyTool]
    reports: Sequence[AnyKind]
    hooks: Hooks


def join(features: Sequence[Feature]) -> Routes:
    """Join the tables of all features. Raises ValueError when two features claim the same name."""
    commands = _commands(features)
    return Routes(
        commands=commands,
        phrases=[phrase for each in features for phrase in each.phrases],
        of_components=_joined("question of components", [each.of_components for each in features]),
        actions=_joined("action", [each.actions for each in features]),
        views=_joined("view", [each.views for each in features]),
        shortcuts=_joined("shortcut", [each.shortcuts for each in features]),
        events=_joined("event", [each.events for each in features]),
        jobs=[job for each in features for job in each.jobs],
        afterwards=[each.afterwards for each in features if each.afterwards is not None],
        tools=[tool for each in features for tool in each.tools],
        reports=[kind for each in features for kind in each.reports],
        hooks=Hooks(
            nudge_kinds=_joined("nudge", [{kind.id: kind for kind in each.nudge_kinds} for each in features]),
            reminders=[each.reminders for each in features if each.reminders is not None],
            people=[each.people for each in features if each.people is not None],
            digests=[each.digest for each in features if each.digest is not None],
            own_items=[each.own_items for each in features if each.own_items is not None],
            redacts=[each.redacts for each in features if each.redacts is not None],
            retains=[kind for each in features for kind in each.retains],
            tells=_joined("report", [_told(each) for each in features]),
            finds=[each.finds for each in features if each.finds is not None],
            readiness=[each.readiness for each in features if each.readiness is not None],
            waits=[each.waits for each in features if each.waits is not None],
            quarrels=[each.quarrels for each in features if each.quarrels is not None],
            seams=[each.seams for each in features if each.seams is not None],
            commands={name: command.help for name, command in commands.items()},
        ),
    )


def _told(feature: Feature) -> dict[str, Tells]:
    return {kind.name: kind.tells for kind in feature.reports if kind.tells is not None}


def _commands(features: Sequence[Feature]) -> dict[str, Command]:
    """Return every command, with the words that other features add to it."""
    own = _joined("command", [{command.name: command for command in each.commands} for each in features])
    added = [(name, words) for each in features for name, words in each.subcommands.items()]
    if unknown := [name for name, _ in added if name not in own]:
        message = f"a feature adds words to the command {unknown[0]}, which no feature has"
        raise ValueError(message)
    return {
        name: replace(
            command,
            subcommands=_joined(
                f"word of {name}", [command.subcommands, *(words for wanted, words in added if wanted == name)]
            ),
        )
        for name, command in own.items()
    }


def route_of(action_id: str) -> str:
    return action_id.partition(":")[0]


def _joined(kind: str, tables: Sequence[Mapping[K, T]]) -> dict[K, T]:
    joined: dict[K, T] = {}
    for table in tables:
        if twice := joined.keys() & table.keys():
            message = f"two features claim the {kind} {min(twice)}"
            raise ValueError(message)
        joined.update(table)
    return joined
