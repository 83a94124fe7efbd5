"""How often something is expected, and when one that didn't come is missed. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from storage.engine.interface import to_text

#: How long each is waited for: the next may be later than the last by a quarter more.
SPANS: Mapping[str, timedelta] = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=31),
}
_MORE = 4


def due_at(every: str, last: datetime) -> str:
    """Return when the next is missed (ISO 8601 UTC text); empty where none is expected."""
    span = SPANS.get(every)
    return "" if span is None else to_text(last + span + span / _MORE)
