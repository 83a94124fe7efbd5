"""What is said where nothing comes of what somebody did: an event comes again where that may help."""

from handlers.framework.caught import TOO_MANY, store_away
from handlers.slack import error_messages
from storage.engine.interface import StoreUnavailableError


def test_what_may_work_a_moment_later_is_an_outage_with_a_sentence() -> None:
    away = store_away(StoreUnavailableError("locked"))
    assert (away.sentence, away.outcome, away.is_outage) == (error_messages.STORE_DOWN, "store down", True)
    assert (TOO_MANY.sentence, TOO_MANY.outcome, TOO_MANY.is_outage) == (error_messages.TOO_MANY, "too many", True)
