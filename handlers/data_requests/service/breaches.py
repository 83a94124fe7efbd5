"""Which sample broke a contract last, as long as that counts: until data that came after it was accepted."""

from storage.data_requests import checks
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import REQUESTS, DataRequest
from storage.engine.interface import Reader


def standing_breach(reader: Reader, request: DataRequest) -> Check | None:
    """Return the last sample that could be judged if it failed, and no delivery that is newer was accepted."""
    done = checks.of_request(reader, request.team_id, request.id)
    last = next((each for each in done if each.judged), None)
    if last is None or not last.broken or _is_made_good(reader, request, last.at):
        return None
    return last


def _is_made_good(reader: Reader, request: DataRequest, since: str) -> bool:
    if not any(each.at > since for each in request.deliveries):
        return False
    steps = REQUESTS.courses(reader, request.team_id, [request.id]).get((request.id,), ())
    accepted = (then.deliveries for _, then in steps if then.state == "accepted" and then.deliveries)
    return any(delivered[-1].at > since for delivered in accepted)
