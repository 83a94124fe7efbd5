"""Data requests that nobody works on any more, and notes on data."""

from handlers.data_requests.rules.status import ENDED
from handlers.hooks.retention import Retained
from storage.data_requests.data_requests import REQUESTS
from storage.records.retention import Ended, ended

_CHECKS = "data_checks.request_id"
RETAINS = (
    Retained(
        "data_requests",
        "Data requests that were declined, withdrawn or expired",
        ended(REQUESTS, ENDED, _CHECKS),
    ),
    Retained(
        "data_accepted",
        "Data requests that were accepted, with their contracts",
        ended(REQUESTS, ("accepted",), _CHECKS),
    ),
    Retained("data_notes", "Notes on data", Ended("data_notes", "1 = 1", "at")),
)
