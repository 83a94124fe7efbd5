"""What an agreement says of the register: that the data feeds the component that it is for."""

from collections.abc import Sequence
from datetime import datetime

from handlers.agreements.links import Joining, join
from handlers.data_requests.rules.parsing import data_key
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE, Transaction
from storage.responsibilities import responsibilities
from storage.responsibilities.links import Link
from storage.responsibilities.responsibilities import Component


def source_of(request: DataRequest, parts: Sequence[Component]) -> Component | None:
    """Return the component that the requested data is, by its name; None where the register doesn't have it."""
    return next((each for each in parts if data_key(each.name) == request.data_key), None)


def join_by_contract(transaction: Transaction, request: DataRequest, now: datetime) -> Link | None:
    """Write that the data feeds what it is for, as both sides agreed; None where either isn't in the register."""
    there = responsibilities.components(transaction, request.team_id, [WORKSPACE, request.visibility])
    source, target = source_of(request, there), next((each for each in there if each.id == request.component_id), None)
    if source is None or target is None:
        return None
    joining = Joining(source, "feeds", target, origin=request.number, visibility=request.visibility)
    return join(transaction, joining, {"source": request.owner, "target": request.requester}, "", now)
