"""What belongs to one system, and what of it comes before what, also where links go round in a circle. Pure."""

from collections.abc import Iterable, Sequence

from handlers.agreements.links import reached
from storage.responsibilities.links import Link


def in_system(start: str, links: Sequence[Link]) -> set[str]:
    """Return what belongs to the system that a component (its id) stands for: ids.

    That is what goes into it, what it goes into, and who deploys any of these; a deployer has all that it deploys.
    """
    forward = [(each.source_id, each.target_id) for each in links if each.kind != "deployed by"]
    deployed = [(each.source_id, each.target_id) for each in links if each.kind == "deployed by"]
    found = {start, *reached(start, forward), *reached(start, [(after, before) for before, after in forward])}
    return found | {by for what, by in deployed if what in found} | {what for what, by in deployed if by == start}


def in_order(ids: Sequence[str], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return each id's place in the flow; of what goes round in a circle, the first of ``ids`` begins."""
    before: dict[str, set[str]] = {each: set() for each in ids}
    after: dict[str, list[str]] = {each: [] for each in ids}
    for one, other in dict.fromkeys(edges):
        if one in before and other in before and one != other:
            before[other].add(one)
            after[one].append(other)
    found: dict[str, int] = {}
    ready, left = [each for each in ids if not before[each]], dict.fromkeys(ids)
    while left:
        this = ready.pop(0) if ready else next(iter(left))
        del left[this]
        found[this] = len(found)
        for other in after[this]:
            before[other].discard(this)
        ready += [each for each in after[this] if each in left and not before[each] and each not in ready]
    return found
