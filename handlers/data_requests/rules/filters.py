"""Which data requests a list shows. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from handlers.data_requests.rules.status import ENDED, is_followable, is_overdue, settled_terms
from storage.data_requests.data_requests import DataRequest

CHOICES = "Say which: mine, waiting, open or overdue, as in /data-request list overdue"


@dataclass(frozen=True, slots=True)
class Wanted:
    heading: str
    nothing: str
    keeps: Callable[[DataRequest, str, date], bool]


def _is_mine(request: DataRequest, user_id: str, _today: date) -> bool:
    is_part = user_id in (request.requester, request.owner, *request.followers)
    return is_part and request.state not in ENDED


def _waits(request: DataRequest, user_id: str, _today: date) -> bool:
    turn = {"requester": request.requester, "owner": request.owner}.get(request.turn, "")
    finders = {said.finder for said in settled_terms(request).values() if said.stance == "unknown"}
    return turn == user_id != "" or (is_followable(request) and user_id in finders)


def _is_open(request: DataRequest, _user_id: str, _today: date) -> bool:
    return request.state not in (*ENDED, "draft", "accepted")


def _is_late(request: DataRequest, _user_id: str, today: date) -> bool:
    return is_overdue(request, today)


_LISTS: Mapping[str, Wanted] = {
    "mine": Wanted("Your data requests", "You have no data requests.", _is_mine),
    "waiting": Wanted("Data requests that need you", "No data request needs you.", _waits),
    "open": Wanted("Open data requests", "No data request is open here.", _is_open),
    "overdue": Wanted("Overdue data requests", "No data request is overdue.", _is_late),
}


def wanted(text: str) -> Wanted | None:
    """Return the list that words ask for, one's own where they ask for none; None where there is no such list."""
    name = text.strip().casefold()
    return _LISTS.get({"": "mine", "all": "open"}.get(name, name))
