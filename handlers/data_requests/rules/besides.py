"""What may be done with a data request besides its steps. Pure."""

from handlers.checks.outcomes import Refused
from handlers.data_requests.rules import status
from handlers.data_requests.rules.moves import ANY_PART, not_theirs, standing
from handlers.data_requests.rules.status import TALKING, Role
from storage.data_requests.data_requests import DataRequest


def why_no_contract(request: DataRequest) -> str:
    """Say why no data can be checked against what was agreed; empty where it can."""
    if request.agreed_terms and request.state in ("agreed", "delivered", "accepted", "changed"):
        return ""
    return f"{request.number} isn't agreed yet, so there is no contract to check a sample against."


def why_not_check(request: DataRequest) -> str:
    """Say why a sample is of no use; empty where it is: to propose terms, and later to be checked against them."""
    return "" if request.state in TALKING else why_no_contract(request)


def why_not_repost(request: DataRequest, roles: frozenset[Role]) -> Refused | None:
    """Say why a request gets no new thread, or not by this person; None where it may."""
    if not roles & ANY_PART[0]:
        return not_theirs(request, ANY_PART[1])
    told = f"{standing(request)}, so it needs no thread."
    return None if status.is_followable(request) else Refused(told)
