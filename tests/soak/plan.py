"""What happens in a week, planned from the seed alone: stories of `stories.yaml`, cast and put on the calendar."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.local_slack.workspace.state import Channel, Workspace

#: When every week begins, whenever it is played.
MONDAY = datetime(2027, 1, 4, tzinfo=UTC)
_STORIES = Path(__file__).with_name("stories.yaml")
_DAYS, _OPENS, _HOURS = 5, timedelta(hours=7), 9
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstv" for vowel in "aeiou"]
#: What is asked, and how many people ask it, to see what that leaves behind.
_ASKED, _ASKING = ("drift", "recal", "epochs", "zqunknown"), 10
#: Nobody else's words look like these.
_MARK = "zq"


@dataclass(frozen=True, slots=True)
class Act:
    """What one person does at one time, and what must be there once it is acknowledged.

    ``lines`` still have ``{number}`` in them, that of the record with the mark ``first``. ``one`` names the column of
    the store that has the mark in one row, ``answered`` how many answers a mention gets, ``shows`` what the answer has.
    It ``follows`` what the first act has written into that column.
    """

    name: str
    at: timedelta
    who: str
    where: str
    lines: tuple[str, ...]
    mark: str
    first: str
    one: str = ""
    answered: int = 0
    shows: str = ""
    gone: str = ""
    follows: str = ""

    def about(self, number: str) -> "Act":
        """Return the act with the number of the record that it is about."""
        return replace(self, lines=tuple(line.replace("{number}", number) for line in self.lines))


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays a story, and where."""

    where: Channel
    names: Mapping[str, str]


def week(seed: int, workspace: Workspace, acts: int) -> list[Act]:
    """Return so many acts, or a few more, in the order in which they come."""
    dice, used = random.Random(f"week {seed}"), set[str]()  # noqa: S311 - a seed is to be replayed
    told: list[Act] = []
    for number in range(acts):
        if len(told) >= acts:
            break
        told += _story(number, dice, workspace, used)
    return sorted(told, key=lambda act: act.at)


def asks(workspace: Workspace) -> list[Act]:
    """Return what people ask that leaves nothing behind but what is remembered of it."""
    bot = workspace.bot.id
    channels = [each for each in workspace.channels.values() if bot in each.members and each.kind == "public"]
    where = max(channels, key=lambda channel: len(channel.members))
    people = sorted(user.name for name, user in workspace.users.items() if name in where.members and not user.is_bot)
    told = [f"{who} in #{where.name}: /define {word}" for who in people[:_ASKING] for word in _ASKED]
    return [Act("", timedelta(), line.partition(" ")[0], where.id, (line,), "", "") for line in told]


@cache
def _stories() -> Mapping[str, Any]:
    told: Mapping[str, Any] = yaml.safe_load(_STORIES.read_text(encoding="utf-8"))
    return told


def _story(number: int, dice: random.Random, workspace: Workspace, used: set[str]) -> Iterator[Act]:
    stories = _stories()
    (kind,) = dice.choices(list(stories), [each["often"] for each in stories.values()])
    cast, at = _cast(dice, workspace, stories[kind].get("only", "")), _some_time(dice)
    word, first = f"{_word(dice)}{_word(dice)}", ""
    days = {f"day+{ahead}": (MONDAY.date() + timedelta(days=at.days + ahead)).isoformat() for ahead in (3, 9, 12)}
    for place, scene in enumerate(stories[kind]["scenes"]):
        mark = _mark(dice, used)
        first = first or mark
        said = {**cast.names, **days, "mark": mark, "first": first, "name": word, "number": "{number}"}
        lines = tuple(_filled(line, said) for line in scene["do"])
        told = {name: scene[name] for name in ("one", "answered", "shows", "gone") if name in scene}
        told |= {name: _filled(told[name], said) for name in ("shows", "gone") if name in told}
        follows = stories[kind]["scenes"][0].get("one", "") if place else ""
        who = lines[0].partition(" ")[0]
        yield Act(f"{number}.{kind}.{place}", at, who, cast.where.id, lines, mark, first, follows=follows, **told)
        at = _later(dice, at, is_soon=bool(scene.get("soon")))


def _filled(line: str, said: Mapping[str, str]) -> str:
    for name, value in said.items():
        line = line.replace(f"{{{name}}}", value)
    return line


def _cast(dice: random.Random, workspace: Workspace, only: str) -> Cast:
    """Return people who are in a channel where the bot is, and one who isn't."""
    bot = workspace.bot.id
    channels = [each for each in workspace.channels.values() if bot in each.members and each.kind != "im"]
    where = dice.choice([each for each in channels if len(each.members) > 3 and each.name.startswith(only)])
    people = {name: user for name, user in sorted(workspace.users.items()) if not (user.is_bot or user.is_guest)}
    inside = dice.sample([user.name for name, user in people.items() if name in where.members], 3)
    outside = dice.choice([user.name for name, user in people.items() if name not in where.members])
    return Cast(where, {**dict(zip("abc", inside, strict=True)), "out": outside, "where": f"#{where.name}"})


def _some_time(dice: random.Random) -> timedelta:
    return timedelta(days=dice.randrange(_DAYS)) + _OPENS + timedelta(hours=dice.random() * _HOURS)


def _later(dice: random.Random, at: timedelta, *, is_soon: bool) -> timedelta:
    return at + (timedelta(seconds=dice.randint(1, 15)) if is_soon else timedelta(minutes=dice.randint(4, 600)))


def _mark(dice: random.Random, used: set[str]) -> str:
    """Draw a mark that no scene has yet: what one of them brings must be told from all others."""
    while (mark := f"{_MARK}{_word(dice)}{_word(dice)}") in used:
        pass
    used.add(mark)
    return mark


def _word(dice: random.Random) -> str:
    return "".join(dice.choices(_SYLLABLES, k=2))
