"""Asks the bot in the trial's company, and returns all that the person who asked then sees."""

import json
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.local_slack.block_kit.blocks import elements_of
from bot.local_slack.workspace.seed import sample, seeded
from bot.local_slack.workspace.state import Channel, Json, Message, User, Workspace
from bot.manifest import manifest_for
from bot.trial.screen import message_lines
from handlers.glossary.messages.definitions import LOOK_UP
from tests.privacy.world import Snapshot, World, begun, ended
from tests.questions.making import make

Question = Mapping[str, Any]
#: The end of the company's past: a Monday morning.
_NOW = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
_EXPLAIN = "glossary_explain"
#: Under this stands what only may be meant.
_SOUNDS_LIKE = "That sounds like"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person sees of an answer: all its lines, what is in bold, which words are offered, and after how long."""

    text: str
    bold: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    seconds: float = field(default=0, compare=False)


async def company(folder: Path) -> Snapshot:
    """Play the company's past once, and return how it stands."""
    clock = Clock(frozen_at=_NOW)
    empty = Snapshot(folder / "empty.db", seeded(sample(), manifest_for("https://bot.example", ""), clock.now), _NOW)
    async with begun(empty, empty.database) as world:
        await world.trial.live_through_the_past()
    return ended(world, folder / "company.db")


@asynccontextmanager
async def asked_in(snapshot: Snapshot, database: Path, records: list[Question]) -> AsyncIterator[World]:
    """Begin in the company as it stands, with some records more."""
    async with begun(snapshot, database) as world:
        for each in records:
            await world.bot.store.write(partial(make, told=each, now=world.bot.clock.now()))
        yield world


async def ask(world: World, question: Question) -> Seen:
    """Put a question as somebody would, and wait until the bot has said what it says."""
    trial, workspace = world.trial, world.workspace
    user = workspace.user_named(question.get("who", "ben"))
    channel = workspace.channel_named(f"#{question.get('where', 'general')}")
    known = {each.id: set(each.messages) for each in workspace.channels.values()}
    before, started = set(_shown_to(user, world)), time.perf_counter()
    message = await _put(world, user, channel, question)
    await trial.quiet()
    seconds = time.perf_counter() - started
    news = [each for key, each in _shown_to(user, world).items() if key not in before and each is not message]
    answers = [each for each in news if each.user == workspace.app.bot_user_id]
    lines = [line for each in answers for line in message_lines(workspace, each)[1:]]
    await trial.pass_time()
    _clear(workspace, known)
    return Seen(
        "\n".join(lines),
        tuple(each.strip() for message in answers for each in _bold(message.blocks)),
        tuple(each for message in answers for each in _offered(message.blocks)),
        seconds,
    )


async def _put(world: World, user: User, channel: Channel, question: Question) -> Message | None:
    people, interactions, text = world.trial.slack.people, world.trial.slack.interactions, question["ask"]
    match question["how"]:
        case "define":
            await interactions.run_command(user, channel, f"/define {text}")
        case "find":
            await interactions.run_command(user, channel, f"/common-ground find {text}")
        case "direct":
            return people.say(user, world.workspace.direct_channel(user.id), text)
        case "explain":
            said = people.say(_other(world, user, channel), channel, text)
            await interactions.shortcut(user, _EXPLAIN, said)
            return said
        case "thread":
            first = people.say(_other(world, user, channel), channel, question["before"])
            await world.trial.quiet()
            return people.say(user, channel, f"@Common Ground {text}", first.ts)
        case _:
            return people.say(user, channel, f"@Common Ground {text}")
    return None


def _clear(workspace: Workspace, known: Mapping[str, set[str]]) -> None:
    """Take away what was said of a question: the next one needn't look through it."""
    for channel in workspace.channels.values():
        for ts in [each for each in channel.messages if each not in known.get(channel.id, ())]:
            del channel.messages[ts]
        channel.ephemerals.clear()


def _other(world: World, user: User, channel: Channel) -> User:
    """Return who says what is asked about: somebody else who is there."""
    there = (world.workspace.users[each] for each in sorted(channel.members))
    return next(each for each in there if each.id != user.id and not each.is_bot)


def _shown_to(user: User, world: World) -> dict[tuple[str, str, str], Message]:
    """Return the messages that somebody can see, by place, time and what stands in them."""
    shown: dict[tuple[str, str, str], Message] = {}
    for channel in world.workspace.channels.values():
        if user.id in channel.members:
            said = [*channel.messages.values(), *(each for each in channel.ephemerals.values() if each.to == user.id)]
            shown |= {(channel.id, each.ts, f"{each.text}{json.dumps(each.blocks)}"): each for each in said}
    return shown


def _bold(part: Any) -> Iterator[str]:
    """Yield what stands in bold, each run of it, but for what is only offered there."""
    if isinstance(part, dict) and part.get("type") == "rich_text" and _SOUNDS_LIKE in json.dumps(part):
        return
    if isinstance(part, list):
        for each in part:
            yield from _bold(each)
    elif isinstance(part, dict):
        if part.get("type") == "text" and part.get("style", {}).get("bold"):
            yield part["text"]
        for name, value in part.items():
            if name not in ("style", "confirm"):
                yield from _bold(value)


def _offered(blocks: list[Json]) -> Iterator[str]:
    """Yield the words that buttons and menus offer to look up."""
    for element in (each for block in blocks for each in elements_of(block)):
        for option in (element, *element.get("options", ())):
            name, _, rest = f"{option.get('action_id', '')} {option.get('value', '')}".strip().partition(" ")
            if name.partition(":")[0] == LOOK_UP:
                yield rest
