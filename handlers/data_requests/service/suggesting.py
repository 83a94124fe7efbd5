"""Whom else to ask for data that was declined: who has similar data, and who leads what it is for."""

from collections.abc import Iterator

from handlers.access.recipients import Facts
from handlers.agreements.components import current
from handlers.data_requests.messages.thread import Suggested
from handlers.data_requests.rules.parsing import data_key
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest, State
from storage.engine.interface import WORKSPACE, Reader
from storage.responsibilities import responsibilities
from storage.workspaces.people import gone_people

_OWNERSHIP = "data-ownership"
_HAD: tuple[State, ...] = ("agreed", "delivered", "accepted", "changed")
_MOST = 3


def others_to_ask(reader: Reader, request: DataRequest, facts: Facts) -> list[Suggested]:
    """Return who may be asked instead, the likeliest first, of what all who see the request may know."""
    gone = gone_people(reader, request.team_id) | facts.left | {request.owner, request.requester, ""}
    found: dict[str, Suggested] = {}
    for each in _candidates(reader, request):
        if each.user_id not in gone and facts.may_hear(each.user_id):
            found.setdefault(each.user_id, each)
    return list(found.values())[:_MOST]


def _candidates(reader: Reader, request: DataRequest) -> Iterator[Suggested]:
    team_id, visible = request.team_id, (WORKSPACE, request.visibility)
    parts = current(responsibilities.components(reader, team_id, visible))
    owned = responsibilities.duties_named(reader, team_id, _OWNERSHIP)
    for part in parts:
        duty = owned.get(part.id)
        if part.kind == "dataset" and _is_alike(request, data_key(part.name)) and duty is not None:
            yield Suggested(duty.owner, f"owns {part.name}")
    for other in reversed(data_requests.in_states(reader, team_id, _HAD, visible)):
        if other.id != request.id and other.thread and _is_alike(request, other.data_key):
            yield Suggested(other.owner, f"has {other.entity}")
    yield from (Suggested(each.lead, f"leads {each.name}") for each in parts if each.id == request.component_id)


def _is_alike(request: DataRequest, key: str) -> bool:
    """Tell whether data has a word of its name in common with what is requested."""
    return bool(set(request.data_key.split()) & set(key.split()))
