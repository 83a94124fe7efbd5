"""What befalls the machine, and the workspace, in a week, planned from the seed alone."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "kill",
    "kill in the middle",
    "restart",
    "set back",
    "set ahead",
    "put right",
    "disk full",
    "restore",
    "refresh",
    "revoke the token",
    "archive",
    "remove the bot",
    "invite the bot",
    "deactivate",
    "delete a message",
    "refuse the token",
    "kill the server",
    "move the store",
]
_EACH: tuple[tuple[Kind, int], ...] = (
    ("kill in the middle", 4),
    ("kill", 1),
    ("restart", 1),
    ("disk full", 1),
    ("restore", 1),
    ("refresh", 1),
    ("refuse the token", 1),
    ("archive", 1),
    ("deactivate", 2),
    ("delete a message", 2),
    ("revoke the token", 1),
)
#: What befalls a store that a server keeps, in the place of what befalls a file.
_SERVED: Mapping[Kind, Kind] = {"disk full": "kill the server", "restore": "move the store"}
#: So many turns the machine's clock is wrong for, and in so many ways it is.
_WRONG_FOR, _WAYS = 3, 2
#: So many turns the bot is out of a channel for.
_OUT_FOR = 3
#: In a week of fewer turns each of it happens once.
_LONG = 15


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens in one turn; where it happens in the middle, after so many changes in Slack."""

    kind: Kind
    after: int = 0


def troubles(seed: int, turns: int, *, is_served: bool = False) -> Mapping[int, list[Trouble]]:
    """Return what happens in which of the turns of a week, but in the first."""
    dice = random.Random(f"troubles {seed}")  # noqa: S311 - a seed is to be replayed
    planned: dict[int, list[Trouble]] = {}
    kinds = [kind for kind, times in _EACH for _ in range(times)]
    for kind in kinds if turns >= _LONG else dict.fromkeys(kinds):
        turn = dice.randrange(1, max(turns, 2))
        met = _SERVED.get(kind, kind) if is_served else kind
        planned.setdefault(turn, []).append(Trouble(met, dice.randint(1, 25)))
    wrong = dice.randrange(1, max(turns - _WRONG_FOR, 2))
    way: Kind = "set back" if seed // _WAYS % _WAYS else "set ahead"
    planned.setdefault(wrong, []).insert(0, Trouble(way))
    planned.setdefault(wrong + _WRONG_FOR, []).append(Trouble("put right"))
    out = dice.randrange(1, max(turns - _OUT_FOR, 2))
    planned.setdefault(out, []).append(Trouble("remove the bot", dice.randint(1, 25)))
    planned.setdefault(out + _OUT_FOR, []).append(Trouble("invite the bot"))
    return planned
