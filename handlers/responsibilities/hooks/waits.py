"""How long duties are unclear: from when they have no owner, or more than one, until somebody has accepted."""

from collections.abc import Iterator, Sequence

from handlers.hooks.digest import Span
from handlers.hooks.waits import Wait
from storage.engine.interface import Reader
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import DUTIES, Component, Duty, DutyEntry

_CLEAR = ("accepted", "not needed")


def waits(reader: Reader, team_id: str, span: Span) -> Sequence[Wait]:
    """Return when the duties of components that may be seen were unclear."""
    seen = {each.id: each for each in responsibilities.components(reader, team_id, span.visible)}
    steps = DUTIES.courses(reader, team_id, list(seen))
    return [
        wait
        for each in responsibilities.duties_of(reader, team_id, list(seen))
        for wait in _unclear(seen[each.component_id], steps.get((each.component_id, each.duty), ()))
    ]


def _unclear(component: Component, steps: Sequence[tuple[DutyEntry, Duty]]) -> Iterator[Wait]:
    begin = component.created_at
    for entry, then in steps:
        is_clear = then.state in _CLEAR
        if begin and is_clear:
            yield Wait("unclear", component.id, begin, entry.at)
            begin = ""
        elif not begin and not is_clear:
            begin = entry.at
    if begin:
        yield Wait("unclear", component.id, begin, component.retired_at)
