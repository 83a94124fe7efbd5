"""What a person reads, and the measures count, where nothing comes of what they did."""

from dataclasses import dataclass

import structlog

from handlers.slack import error_messages
from storage.engine.interface import StoreUnavailableError

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Caught:
    """What escaped, as the sentence that a person gets to read, and in a word; an event is sent again at an outage."""

    sentence: str
    outcome: str
    is_outage: bool = False
    is_slow: bool = False


#: One workspace asks for more than it may at one time.
TOO_MANY = Caught(error_messages.TOO_MANY, "too many", is_outage=True)


def store_away(error: StoreUnavailableError) -> Caught:
    _log.error("the store does not answer", error=error)
    return Caught(error_messages.STORE_DOWN, "store down", is_outage=True)
