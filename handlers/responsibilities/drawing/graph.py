"""A map as a graph for Graphviz, and where Graphviz puts its boxes and arrows. Pure."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.hooks.seams import Seam
from handlers.responsibilities.rules.plans import Part, Plan, Point, Team

#: In points, which an SVG shows as pixels: a box, its lines, and the badge of a number. Two boxes fit a phone.
WIDTH, HEAD, PADDING, LINE, ROW_GAP, BADGE = 178, 30, 8, 15, 6, 26
#: So many characters fit into a line of a box, in bold and in small print.
_BOLD, _SMALL = 23, 29
_BADGES_ACROSS = 3
#: So many links inside a team stand below a component.
_INSIDE = 3
_INCH = 72
#: Up to so many boxes stand in two columns; more make the map as wide as it is tall.
_OF_A_PHONE = 12


@dataclass(frozen=True, slots=True)
class Arrow:
    """What leads from one team to another at one kind of seam, with its points."""

    giver: str
    taker: str
    seam: Seam
    points: tuple[Point, ...]

    @property
    def badges(self) -> tuple[int, int]:
        """Return how many badges stand side by side, and in how many rows."""
        across = min(len(self.points), _BADGES_ACROSS)
        return across, math.ceil(len(self.points) / across)


@dataclass(frozen=True, slots=True)
class Placed:
    """A map as it is drawn: its size, the middle of each team's box, each arrow's way, and the middle of its badges."""

    width: float
    height: float
    boxes: dict[str, tuple[float, float]]
    ways: tuple[tuple[Arrow, tuple[tuple[float, float], ...], tuple[float, float]], ...]


def lines_of(part: Part) -> list[str]:
    """Return the name of a component in one line or two."""
    return wrapped(part.name, _BOLD)


def small_print_of(part: Part) -> list[str]:
    """Return what stands below the name, in one line or two."""
    return wrapped(f"{'! ' if part.is_unowned else ''}{part.told}", _SMALL)


def wrapped(text: str, width: int, most: int = 2) -> list[str]:
    """Return a text in lines of a width in letters, the last one cut; a letter of East Asian scripts takes two."""
    lines, left = list[str](), text
    while left and len(lines) < most:
        fits = _fitting(left, width)
        at = len(left) if fits == len(left) else (left.rfind(" ", 0, fits + 1) if " " in left[: fits + 1] else fits)
        lines.append(left[:at].rstrip())
        left = left[at:].lstrip()
    return [*lines[:-1], f"{lines[-1][: width - 1]}…"] if left else lines


def _fitting(text: str, width: int) -> int:
    taken = 0
    for place, letter in enumerate(text):
        taken += 2 if ord(letter) > _WIDE else 1
        if taken > width:
            return max(place, 1)
    return len(text)


#: From here on Unicode has mostly letters that are as wide as two.
_WIDE = 0x2E7F


def height_of(team: Team) -> int:
    title = HEAD + LINE * (len(wrapped(team.name, _BOLD)) - 1)
    return title + PADDING + sum(part_height(each) + ROW_GAP for each in team.parts) + PADDING - ROW_GAP


def inside_of(part: Part) -> list[str]:
    """Return how a component is linked to others of its team, a line each, as many as a box has room for."""
    shown, left = part.inside[:_INSIDE], len(part.inside) - _INSIDE
    return [wrapped(f"↳ {each}", _SMALL, 1)[0] for each in shown] + ([f"↳ {left} more"] if left > 0 else [])


def part_height(part: Part) -> int:
    return LINE * (len(lines_of(part)) + len(small_print_of(part)) + len(inside_of(part))) + PADDING


def arrows(plan: Plan) -> list[Arrow]:
    found: dict[tuple[str, str, Seam], list[Point]] = {}
    for each in plan.points:
        found.setdefault((each.giver, each.taker, each.seam), []).append(each)
    return [Arrow(*key, tuple(points)) for key, points in found.items()]


def across(plan: Plan) -> int:
    """Return how many boxes stand side by side at most."""
    return 2 if len(plan.teams) <= _OF_A_PHONE else math.ceil(math.sqrt(len(plan.teams)))


def as_dot(plan: Plan) -> str:
    """Return the map in Graphviz's language: boxes and labels of a fixed size, whose text is none of its business."""
    names = {each.key: f"t{number}" for number, each in enumerate(plan.teams)}
    boxes = [
        f"{names[each.key]} [width={WIDTH / _INCH:.3f} height={height_of(each) / _INCH:.3f}];" for each in plan.teams
    ]
    ways = [_way(number, each, names) for number, each in enumerate(arrows(plan))]
    head = "rankdir=TB nodesep=0.3 ranksep=0.25 splines=true"
    shape = 'node [shape=box fixedsize=true label=""]; edge [arrowhead=none];'
    return "\n".join((f"digraph {{ graph [{head}]; {shape}", *boxes, *ways, "}"))


def _way(number: int, arrow: Arrow, names: dict[str, str]) -> str:
    side, rows = arrow.badges
    size = f'width="{side * BADGE}" height="{rows * BADGE}"'
    label = f'<<table border="0" fixedsize="true" {size}><tr><td></td></tr></table>>'
    return f'{names[arrow.giver]} -> {names[arrow.taker]} [key="{number}" id="{number}" label={label}];'


def placed(plan: Plan, layout: str) -> Placed:
    """Return where Graphviz has put what, with the origin at the top."""
    told = json.loads(layout)
    _, _, width, height = (float(each) for each in told["bb"].split(","))
    listed, by_name = arrows(plan), {each["name"]: each for each in told.get("objects", ())}
    boxes = {each.key: _at(by_name[f"t{number}"]["pos"], height) for number, each in enumerate(plan.teams)}
    drawn = [each for each in told.get("edges", ()) if each.get("style") != "invis"]
    ways = [
        (listed[int(each["id"])], tuple(_at(one, height) for one in each["pos"].split()), _at(each["lp"], height))
        for each in drawn
    ]
    return Placed(width, height, boxes, tuple(ways))


def _at(told: str, height: float) -> tuple[float, float]:
    x, y = (float(each) for each in told.split(","))
    return x, height - y


def by_seam(listed: Sequence[Arrow]) -> list[Seam]:
    """Return the kinds of seams that a map has, in the order in which a team meets them."""
    order: tuple[Seam, ...] = ("requirements", "data", "integration")
    return [each for each in order if any(arrow.seam == each for arrow in listed)]
