"""How often a report is expected, and when one that didn't come is missed. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import to_text

#: How long each is waited for: the next report may be later than the last by a quarter more.
SPANS: Mapping[str, timedelta] = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=31),
}
_MORE = 4


def due_at(every: str, now: datetime) -> str:
    """Return when the next report is missed (ISO 8601 UTC text); empty where none is expected."""
    span = SPANS.get(every)
    return "" if span is None else to_text(now + span + span / _MORE)


def agreed_cadence(request: DataRequest) -> str:
    """Return how often fresh data was agreed on; empty where that is nothing that can be waited for."""
    offer = request.agreed_terms.get("freshness")
    cadence = offer.values.get("cadence", "") if offer is not None else ""
    return cadence if cadence in SPANS else ""
