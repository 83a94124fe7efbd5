"""Data requests that nobody works on any more, and notes on data."""

from handlers.data_requests.rules.status import ENDED
from handlers.hooks.retention import Retained
from storage.data_requests.data_requests import REQUESTS
from storage.records.retention import Ended, ended

_CHECKS = "data_checks.request_id"
RETAINS = (
    Retained(
        "data_requests",
        "declined, withdrawn or expired data requests",
        ended(REQUESTS, ENDED, _CHECKS),
    ),
    Retained(
        "data_accepted",
        "accepted data requests and their contracts",
        ended(REQUESTS, ("accepted",), _CHECKS),
    ),
    Retained("data_notes", "notes on data", Ended("data_notes", "1 = 1", "at", beside={"findable": ("id",)})),
)
