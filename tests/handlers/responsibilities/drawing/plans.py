"""Maps to draw: a small one with all that a map can have, and one of as many components as a large company has."""

from handlers.hooks.seams import Seam
from handlers.responsibilities.rules.plans import Part, Plan, Point, State, Team
from tests.handlers.responsibilities.making import a_component

PLANNER = a_component("berth planner", kind="product")
_STATES: tuple[State, ...] = ("good", "open", "broken", "nobody")
_SEAMS: tuple[Seam, ...] = ("data", "requirements", "integration")


def a_point(number: int, seam: Seam, state: State, giver: str, taker: str) -> Point:
    told = f"{giver} feeds {taker}", giver, taker, giver, taker, "DR-1 agreed", "Dev Patel"
    return Point(number, seam, state, *told, artefact=None, duty=None, link=None)


SMALL = Plan(
    PLANNER,
    (
        Team("data", "Harbour data", (Part("a", "berth arrivals", "dataset", 0, 6), Part("b", "tugs", "dataset"))),
        Team("dev", "Dev Patel", (Part("c", "weather <feed> & more", "data"),), is_outside=True),
        Team("models", "Models", (Part("d", "model of berths in the northern region", "model", 5, 19),)),
        Team("port", "Port planning", (Part("e", "berth planner", "product", 10, 13),)),
    ),
    (
        a_point(1, "data", "good", "data", "models"),
        a_point(2, "data", "nobody", "dev", "models"),
        a_point(3, "data", "open", "data", "models"),
        a_point(4, "requirements", "broken", "models", "port"),
        a_point(5, "integration", "open", "models", "port"),
    ),
)


def large(components: int = 200, teams: int = 40, layers: int = 5) -> Plan:
    """Return a map in which each team of a layer meets two of the next."""
    of_each, wide = components // teams, teams // layers
    boxes = tuple(
        Team(f"t{team}", f"Team {team}", tuple(Part(f"{team}.{n}", f"part {n}", "model", n, 9) for n in range(of_each)))
        for team in range(teams)
    )
    pairs = [
        (team, team + wide + (step if team % wide + step < wide else 0))
        for team in range(teams - wide)
        for step in (0, 1)
    ]
    points = tuple(
        a_point(number, _SEAMS[number % 3], _STATES[number % 4], f"t{one}", f"t{other}")
        for number, (one, other) in enumerate(dict.fromkeys(pairs), 1)
    )
    return Plan(None, boxes, points)
