"""How components of the register are joined, as every feature knows it: by what is agreed on, and who is downstream."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.records.ids import new_id
from storage.records.versioned import HistoryEntry
from storage.responsibilities import links, responsibilities
from storage.responsibilities.links import LINKS, Joint, Link
from storage.responsibilities.responsibilities import Component

End = Literal["source", "target"]
#: Along these a change goes on from one component to the next; who deploys a component uses nothing of it.
_GOES_ON: tuple[Joint, ...] = ("feeds", "serves", "part of")
#: The duties whose owner knows best whether a link is so, by its kind, at either end; else its lead is asked.
_KNOWING: Mapping[tuple[Joint, End], tuple[str, ...]] = {
    ("feeds", "source"): ("data-ownership", "data-documentation", "data-monitoring", "interface"),
    ("feeds", "target"): ("retraining", "reproducibility", "integration"),
    ("serves", "source"): ("interface", "deployment", "requirements"),
    ("serves", "target"): ("integration", "requirements"),
    ("part of", "source"): ("integration", "interface"),
    ("part of", "target"): ("integration", "system-testing"),
    ("deployed by", "source"): ("deployment", "reproducibility"),
    ("deployed by", "target"): ("deployment", "rollback"),
}


@dataclass(frozen=True, slots=True)
class Joining:
    """That one component feeds (serves, …) another, as a person, a file or a record says.

    ``origin`` is the record's number, and ``visibility`` who may see that; ``versions`` is a range, or empty.
    """

    source: Component
    kind: Joint
    target: Component
    versions: str = ""
    origin: str = ""
    visibility: str = WORKSPACE

    def end(self, which: End) -> Component:
        return self.source if which == "source" else self.target


def home_of(joining: Joining) -> str | None:
    """Return who may see a link: who sees both ends and what it came from; None where that would be nobody."""
    told = {joining.source.visibility, joining.target.visibility, joining.visibility} - {WORKSPACE}
    return WORKSPACE if not told else told.pop() if len(told) == 1 else None


def join(
    transaction: Transaction, joining: Joining, confirmed: Mapping[End, str], by: str, now: datetime
) -> Link | None:
    """Write that two components are joined, as far as the two sides confirm it: the user id of who does for each.

    A link that is there gets what is new; one that somebody refused begins anew once somebody confirms it, and an
    import changes nothing of it. None where the two can't be joined: they are one, or nobody could see both.
    """
    visibility = home_of(joining)
    if visibility is None or joining.source.id == joining.target.id:
        return None
    at = to_text(now)
    new = Link(
        id=new_id(),
        team_id=joining.source.team_id,
        created_at=at,
        changed_at=at,
        visibility=visibility,
        source_id=joining.source.id,
        kind=joining.kind,
        target_id=joining.target.id,
        proposed_by=by,
    )
    old = links.between(transaction, new)
    if old is not None and old.state == "refused" and not confirmed:
        return old
    start = old if old is not None and old.state != "refused" else new
    told = {"versions": joining.versions or start.versions, "origin": joining.origin or start.origin}
    changes = {**told, "proposed_by": start.proposed_by, **_sides(start, confirmed)}
    entry = HistoryEntry(at=at, by=by, what=str(changes["state"]), note=joining.origin)
    if old is None:
        made = new.model_copy(update=changes)
        LINKS.add(transaction, made, entry)
        return made
    is_same = all(getattr(old, name) == value for name, value in changes.items())
    return old if is_same else LINKS.change(transaction, old, changes, entry)


def _sides(start: Link, confirmed: Mapping[End, str]) -> dict[str, str]:
    """Return who has confirmed a link for each side by now, and the state that this makes."""
    source, target = start.source_by or confirmed.get("source", ""), start.target_by or confirmed.get("target", "")
    return {"source_by": source, "target_by": target, "state": "confirmed" if source and target else "proposed"}


def confirm_served(transaction: Transaction, model: Component, by: str, now: datetime) -> list[Link]:
    """Confirm, for the ends for which somebody speaks, what a model is said to serve: they agreed to its card.

    Returns the links that both sides have confirmed by that.
    """
    there = {each.id: each for each in responsibilities.all_components(transaction, model.team_id)}
    proposed = [
        each
        for each in links.links(transaction, model.team_id)
        if (each.source_id, each.kind, each.state) == (model.id, "serves", "proposed")
    ]
    found = []
    for each in proposed:
        joining = Joining(model, "serves", there[each.target_id], visibility=each.visibility)
        ends: tuple[End, ...] = ("source", "target")
        spoken_for = {end: by for end in ends if by in speakers(transaction, joining.end(end))}
        made = join(transaction, joining, spoken_for, by, now) if spoken_for else None
        found += [made] if made is not None and made.state == "confirmed" else []
    return found


def speakers(reader: Reader, component: Component) -> frozenset[str]:
    """Return who can say for a component to what it is joined: its lead, its two sides, and who owns a duty of it."""
    people = (component.lead, component.created_by, *component.model_side, *component.product_side)
    duties = responsibilities.duties_of(reader, component.team_id, [component.id])
    return frozenset(each for each in (*people, *(each.owner for each in duties)) if each)


def who_knows(reader: Reader, joining: Joining, which: End) -> list[str]:
    """Return who can be asked whether a link is so at one end, the best first: the duty's owner, else who leads it."""
    component = joining.end(which)
    duties = {each.duty: each for each in responsibilities.duties_of(reader, component.team_id, [component.id])}
    owners = [duties[each].owner for each in _KNOWING[joining.kind, which] if each in duties]
    people = [*owners, component.lead, component.created_by, *component.product_side, *component.model_side]
    return list(dict.fromkeys(each for each in people if each))


def downstream(reader: Reader, component: Component, visible: Sequence[str] | None = None) -> list[Component]:
    """Return the components that a change of one concerns, the nearest first, by what both sides confirmed.

    Those that it feeds, serves or is a part of, and what these feed, serve or are a part of; who deploys it, and what
    it deploys. ``visible`` are the visibilities of whoever reads the list: what is hidden from them joins nothing
    either. None sees all, for who is told. What has retired hears of nothing.
    """
    team_id = component.team_id
    there = {
        each.id: each
        for each in responsibilities.all_components(reader, team_id)
        if (visible is None or each.visibility in visible) and not each.is_retired
    }
    joined = [each for each in links.links(reader, team_id, visible) if each.state == "confirmed"]
    forward = [(each.source_id, each.target_id) for each in joined if each.kind in _GOES_ON]
    deploying = [(each.source_id, each.target_id) for each in joined if each.kind == "deployed by"]
    beside = [one if other == component.id else other for one, other in deploying if component.id in (one, other)]
    found = [*reached(component.id, [(a, b) for a, b in forward if a in there and b in there]), *beside]
    return [there[each] for each in dict.fromkeys(found) if each in there]


def reached(start: str, steps: Iterable[tuple[str, str]]) -> list[str]:
    """Return what is reached from something step by step, the nearest first; each once, however they turn round."""
    following: dict[str, list[str]] = {}
    for before, after in steps:
        following.setdefault(before, []).append(after)
    found, left = dict.fromkeys([start]), [start]
    for each in left:
        new = [after for after in following.get(each, ()) if after not in found]
        found.update(dict.fromkeys(new))
        left += dict.fromkeys(new)
    return [each for each in found if each != start]
