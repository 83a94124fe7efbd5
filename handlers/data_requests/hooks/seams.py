"""What data requests promise where data meets what it feeds: the contract, and whether it is kept."""

from collections.abc import Sequence

from handlers.data_requests.messages import buttons
from handlers.data_requests.rules.status import is_followable, is_overdue, named
from handlers.data_requests.rules.wording import title
from handlers.data_requests.service.breaches import standing_breach
from handlers.data_requests.service.joining import source_of
from handlers.hooks.seams import Artefact, Looked, Standing
from handlers.slack import blocks
from storage.data_requests import data_requests
from storage.data_requests.data_requests import STATES, DataRequest
from storage.engine.interface import Reader


def tell(reader: Reader, team_id: str, looked: Looked) -> Sequence[Artefact]:
    """Tell of each request that is for one of the components, and of where its data comes from."""
    wanted = {each.id for each in looked.parts}
    every = data_requests.in_states(reader, team_id, STATES, looked.visible)
    shown = [each for each in every if each.component_id in wanted and each.thread and is_followable(each)]
    return [_artefact(reader, each, looked) for each in shown]


def _artefact(reader: Reader, request: DataRequest, looked: Looked) -> Artefact:
    source = source_of(request, looked.parts)
    standing, told = _stands(reader, request, looked)
    button = blocks.spoken(buttons.opening(request), f"Open {request.number}")
    is_known = source is not None and source.id != request.component_id
    return Artefact(
        seam="data",
        source=source.id if source is not None and is_known else "",
        target=request.component_id,
        standing=standing,
        told=f"{request.number} {told}",
        button=button,
        named="" if is_known else title(request),
        provider=request.owner,
        record=request.id,
        visibility=request.visibility,
    )


def _stands(reader: Reader, request: DataRequest, looked: Looked) -> tuple[Standing, str]:
    """Return how a contract stands: broken where data is late, or a sample failed and no better data was accepted."""
    if is_overdue(request, looked.today):
        return "broken", "overdue"
    failed = standing_breach(reader, request) if request.agreed_at else None
    if failed is not None:
        return "broken", f"sample failed {len(failed.broken)} of {len(failed.judged)} checks"
    is_settled = request.state in ("agreed", "delivered", "accepted")
    return ("good" if is_settled else "open"), named(request.state)
