"""A company of 200 people: the sample workspace and more of its kind, drawn from a seed alone."""

import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

import yaml

from bot.local_slack.workspace.seed import sample, seeded
from bot.local_slack.workspace.state import Json, Workspace

_PEOPLE = 200
_OPEN, _CLOSED = 14, 8
_ZONES = ("Europe/Amsterdam", "Europe/London", "America/New_York", "Asia/Kolkata")
_TITLES = ("Data scientist", "Software engineer", "Product manager", "Operations")


def company(seed: int, manifest: Json, now: Callable[[], datetime]) -> Workspace:
    """Return the workspace of a seed; the bot is in all of its channels but one."""
    dice, told = random.Random(f"company {seed}"), yaml.safe_load(sample())  # noqa: S311 - a seed is to be replayed
    names = [f"p{number:03}" for number in range(_PEOPLE - len(told["people"]))]
    told["people"] += [_person(name, dice) for name in names]
    everybody: list[str] = [each["name"] for each in told["people"] if not each.get("is_guest")]
    told["channels"] += [
        {"name": f"team-{number:02}", "members": [*dice.sample(everybody, dice.randint(5, 30)), "bot"]}
        for number in range(_OPEN)
    ]
    told["channels"] += [
        {"name": f"closed-{number}", "kind": "private", "members": [*dice.sample(everybody, dice.randint(4, 8)), "bot"]}
        for number in range(_CLOSED)
    ]
    return seeded(yaml.safe_dump(told), manifest, now)


def _person(name: str, dice: random.Random) -> dict[str, Any]:
    about = {"title": dice.choice(_TITLES), "tz": dice.choice(_ZONES)}
    return {"name": name, "real_name": f"Person {name.removeprefix('p')}", **about}
