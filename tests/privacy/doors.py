"""Every door: of words by a table, buttons and forms as members meet them; the routing tables say what there is."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import yaml

from handlers.framework.routing import Routes
from tests.privacy.askers import ADMIN, MEMBER, PEER, Asker, Where, places
from tests.privacy.finding import distinct, doors_in
from tests.privacy.pressing import Door
from tests.privacy.seed import HERE, SALT, Seed, named
from tests.privacy.sending import sent
from tests.privacy.watching import Shown, markers_in
from tests.privacy.world import World

_TABLE: dict[str, Any] = yaml.safe_load((HERE / "words.yaml").read_text(encoding="utf-8"))
#: How often what members are shown is pressed in turn: messages, the forms behind them, and what these answer.
_DEPTH = 3
_DAYS = 9
_ENDING = (
    "accept",
    "agree",
    "approve",
    "withdraw",
    "decline",
    "confirm",
    "claim",
    "merge",
    "redact",
    "no_word",
    "keep",
)
#: What may stand in a phrase, to see which phrases the table says.
_SAMPLE = {"m": "zqp", "d": "D-1", "r": "DR-1", "f": "FB-1", "salt": "amber"}


def doors_of_words(seed: Seed, letters: str) -> list[Door]:
    """Return the doors that take words, asking for the records of these places."""
    return [door for letter in letters for door in _told(letter, {**seed.numbers[letter], "salt": SALT[letter]})]


def _told(letter: str, names: Mapping[str, str]) -> Iterator[Door]:
    for route, lines in _TABLE["commands"].items():
        yield from (Door("command", route, named(line, names), letter) for line in lines)
    yield from (Door("mention", "", named(line, names), letter) for line in _TABLE["mentions"])
    for route, lines in _TABLE["shortcuts"].items():
        yield from (Door("shortcut", route, named(line, names), letter) for line in lines)
    for route, lines in _TABLE["events"].items():
        yield from (Door("event", route, named(line, names), letter) for line in lines)
    for route, lines in _TABLE["agents"].items():
        yield from (Door("agent", route, named(line, names), letter) for line in lines)
    for route, lines in _TABLE["reports"].items():
        yield from (Door("report", route, named(line, names), letter) for line in lines)
    for route, lines in _TABLE["buttons"].items():
        yield from (_button(route, named(line, names), letter) for line in lines)
    for route, lines in _TABLE["forms"].items():
        yield from (_form(route, named(line, names), letter) for line in lines)


def _button(route: str, value: str, letter: str) -> Door:
    action = {"type": "button", "action_id": route, "block_id": "b", "value": value}
    return Door("button", route, value, letter, action)


def _form(route: str, note: str, letter: str) -> Door:
    view = {"type": "modal", "callback_id": route, "state": {"values": {}}}
    return Door("form", route, note, letter, view={**view, "private_metadata": json.dumps({"in": "", "note": note})})


async def crawled(world: World, seed: Seed) -> tuple[list[Door], Mapping[str, set[str]]]:
    """Use every door as members do; return the buttons and forms met, and which markers each way showed to them."""
    shown: dict[str, set[str]] = {}
    passing = await days_of_news(world, _DAYS)
    standing = _standing(world)
    shown["time"] = {marker for each in passing for marker in each.markers}
    shown["message"] = {marker for each in standing for marker in each.markers}
    met = distinct(doors_in([*standing, *passing], world.bot.routes, seed))
    for asker, letters in ((ADMIN, "w"), (MEMBER, "p"), (PEER, "p")):
        new = [*doors_of_words(seed, letters), *(each for each in met if each.about in (letters, ""))]
        for _ in range(_DEPTH):
            found = [each for door in _in_order(new) for each in await _found(world, seed, asker, door, shown)]
            known = len(met)
            met = distinct([*met, *found])
            new = met[known:]
    return met, shown


async def days_of_news(world: World, days: int) -> list[Shown]:
    """Let days pass, and return what was shown in them."""
    for _ in range(days):
        await world.trial.pass_time(timedelta(days=1))
    return world.watch.news()


async def _found(world: World, seed: Seed, asker: Asker, door: Door, shown: dict[str, set[str]]) -> list[Door]:
    world.bot.clock.move(timedelta(seconds=2))
    # A mention is answered where everybody reads, so that it tells of a private channel there alone.
    news = await used(world, door, asker, places(asker)[4 if door.way == "mention" else 0])
    markers = {marker for each in news for marker in each.markers} - markers_in([door.told, door.view])
    shown.setdefault(door.way, set()).update(markers)
    return list(doors_in(news, world.bot.routes, seed))


def _in_order(doors: list[Door]) -> list[Door]:
    """Return doors with those last that end things: what is accepted can't be rejected any more."""
    return sorted(doors, key=lambda door: (door.way == "form", any(each in door.route + door.told for each in _ENDING)))


async def used(world: World, door: Door, asker: Asker, where: Where) -> list[Shown]:
    """Use a door, and return what was shown; who asks sees the acknowledgement."""
    return (await sent(world, door, asker, where)).news


def _standing(world: World) -> list[Shown]:
    """Return what stands in Slack now: messages, what only one person sees, Homes."""
    workspace = world.workspace
    shown = [
        Shown("standing", frozenset(channel.members), {"blocks": message.blocks})
        for channel in workspace.channels.values()
        for message in (*channel.messages.values(), *channel.ephemerals.values())
    ]
    homes = [Shown("standing", frozenset({user}), {"view": home.content}) for user, home in workspace.homes.items()]
    return [*shown, *homes]


def without_line(routes: Routes, met: list[Door]) -> set[str]:
    """Return the doors of the routing tables that nothing here uses."""
    there, used_here = _there(routes), _lines()
    used_here |= {f"{door.way} {door.route}" for door in met}
    unsaid = {
        f"phrase {phrase}"
        for phrase in routes.phrases
        if all(phrase.read(named(each, _SAMPLE)) is None for each in _TABLE["mentions"])
    }
    return (there - used_here) | unsaid


def without_door(routes: Routes) -> set[str]:
    """Return the lines of the table that are about no door."""
    return _lines() - _there(routes)


def _there(routes: Routes) -> set[str]:
    words = {f"{name} {word}" for name, command in routes.commands.items() for word in command.subcommands}
    tables = {
        "command": {*routes.commands, *words},
        "shortcut": routes.shortcuts,
        "event": routes.events,
        "button": routes.actions,
        "form": routes.views,
        "job": [job.name for job in routes.jobs],
        "agent": [tool.name for tool in routes.tools],
        "report": [f"{kind.of} {kind.name}" for kind in routes.reports],
    }
    return {f"{way} {name}" for way, names in tables.items() for name in names}


def _lines() -> set[str]:
    ways = _TABLE.keys() - {"mentions", "paths"}
    return {f"{way.removesuffix('s')} {name}" for way in ways for name in _TABLE[way]}


def paths() -> set[str]:
    """Return the lines of what is open to whoever reaches the port."""
    return {*_TABLE["paths"]}


def markers_written(letters: str) -> set[str]:
    """Return every marker of the records of these places."""
    template = (HERE / "records.txt").read_text(encoding="utf-8")
    return {f"zq{letter}{each}" for letter in letters for each in re.findall(r"\{m\}([a-z]+)", template)}


def attackers(seed: Seed, met: Iterable[Door], letters: str) -> list[Door]:
    """Return the doors to the records of these places: words, and members' buttons and forms, made over to each."""
    copied = [moved for letter in letters for door in met if (moved := _moved(door, seed, letter)) is not None]
    words, more = doors_of_words(seed, letters[0]), doors_of_words(seed, letters[1:])
    # What names nothing asks the same whatever it is about.
    blind = {(each.way, each.route, each.told) for each in words}
    return [*words, *(each for each in more if (each.way, each.route, each.told) not in blind), *copied]


def _moved(door: Door, seed: Seed, letter: str) -> Door | None:
    """Return a door to a record of the private channel as one to the like of it elsewhere; None where there is none."""
    if door.about != "p" or letter == "p":
        return door if door.about == letter or (not door.about and letter == "p") else None
    whole = json.dumps([door.told, dict(door.action), dict(door.view)])
    moved = seed.elsewhere(whole, letter)
    if moved is None:
        return None
    told, action, view = json.loads(moved)
    return Door(door.way, door.route, told, letter, action, view)
