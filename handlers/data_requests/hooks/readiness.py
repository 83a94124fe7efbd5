"""Whether the data that a component needs is agreed on, and kept as agreed."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from handlers.data_requests.rules.status import ENDED
from handlers.data_requests.rules.wording import title
from handlers.data_requests.service.breaches import standing_breach
from handlers.hooks.readiness import Point
from storage.data_requests import data_requests
from storage.data_requests.data_requests import STATES, DataRequest
from storage.engine.interface import Reader
from storage.responsibilities.responsibilities import Component

_SETTLED = ("agreed", "delivered", "accepted")


def points(reader: Reader, component: Component, visible: Sequence[str], _now: datetime) -> Sequence[Point]:
    """Return how each data request for a component stands, of those that may be seen."""
    every = data_requests.in_states(reader, component.team_id, STATES, visible)
    theirs = [each for each in every if each.component_id == component.id and each.state not in ("draft", *ENDED)]
    return [point for each in theirs for point in _points(reader, each)]


def _points(reader: Reader, request: DataRequest) -> Iterator[Point]:
    told = f"{request.number} {title(request)}"
    if request.state not in _SETTLED:
        yield Point("not agreed", told)
    failed = standing_breach(reader, request)
    if failed is not None:
        yield Point("breached", f"{told}: {len(failed.broken)} of {len(failed.judged)} checks failed")
    elif request.state in _SETTLED:
        yield Point("met", told)
