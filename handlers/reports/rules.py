"""How often a report is expected where nobody said so of its web hook. Pure."""

from handlers.checks.cadence import SPANS
from storage.data_requests.data_requests import DataRequest


def agreed_cadence(request: DataRequest) -> str:
    """Return how often fresh data was agreed on; empty where that is nothing that can be waited for."""
    offer = request.agreed_terms.get("freshness")
    cadence = offer.values.get("cadence", "") if offer is not None else ""
    return cadence if cadence in SPANS else ""
