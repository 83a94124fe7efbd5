"""How long duties are unclear, until somebody has accepted, and links of components wait until both sides have said."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.hooks.digest import Span
from handlers.hooks.waits import Wait
from storage.engine.interface import Reader
from storage.responsibilities import responsibilities
from storage.responsibilities.links import LINKS
from storage.responsibilities.responsibilities import DUTIES, Component, Duty, DutyEntry
from storage.workspaces.people import gone_since

_CLEAR = ("accepted", "not needed")


def waits(reader: Reader, team_id: str, span: Span) -> Sequence[Wait]:
    """Return when the duties of components that may be seen were unclear, and how long their links waited."""
    seen = {each.id: each for each in responsibilities.components(reader, team_id, span.visible)}
    steps, left = DUTIES.courses(reader, team_id, list(seen)), gone_since(reader, team_id)
    unclear = [
        wait
        for each in responsibilities.duties_of(reader, team_id, list(seen))
        for wait in _unclear(seen[each.component_id], steps.get((each.component_id, each.duty), ()), left)
    ]
    return [*unclear, *_unconfirmed(reader, team_id, seen, span)]


def _unconfirmed(reader: Reader, team_id: str, seen: Mapping[str, Component], span: Span) -> Iterator[Wait]:
    """Yield how long each link waited, as what it goes into had to; what retired waits no longer."""
    every = [each for each in LINKS.every(reader, team_id) if each.visibility in span.visible]
    steps = LINKS.courses(reader, team_id, [each.id for each in every])
    for link in every:
        if link.source_id not in seen or link.target_id not in seen:
            continue
        then = [(entry.at, after.state) for entry, after in steps.get((link.id,), ())]
        begin = next((at for at, state in then if state == "proposed"), "")
        ends = [at for at, state in then if state != "proposed" and at >= begin]
        retired = filter(None, (seen[link.source_id].retired_at, seen[link.target_id].retired_at))
        if begin:
            yield Wait("link", link.target_id, begin, min([*ends, *retired], default=""))


def _unclear(component: Component, steps: Sequence[tuple[DutyEntry, Duty]], left: Mapping[str, str]) -> Iterator[Wait]:
    """Yield when nobody had accepted a duty, or who had has ``left``: since when each person has, by user id."""
    begin, leaves = component.created_at, ""
    for entry, then in steps:
        if not begin and leaves and leaves <= entry.at:
            begin = leaves
        leaves = left.get(then.owner, "") if then.state == "accepted" else ""
        is_clear = then.state in _CLEAR and not (leaves and leaves <= entry.at)
        if begin and is_clear:
            yield Wait("unclear", component.id, begin, entry.at)
            begin = ""
        elif not begin and not is_clear:
            begin = entry.at
    begin = begin or leaves
    if begin and not (component.retired_at and component.retired_at < begin):
        yield Wait("unclear", component.id, begin, component.retired_at)
