"""Where somebody sees what they may do with a data request now, and what is still open."""

from handlers.data_requests.context import Asker
from handlers.data_requests.forms import responding
from handlers.data_requests.rules.wording import people_in
from handlers.slack.replies import Reply
from storage.data_requests.data_requests import DataRequest


async def respond(it: Asker, request: DataRequest, _rest: str) -> Reply:
    names = await it.names_of(people_in(request))
    return Reply(it.shown(responding.responding(request, names, it.roles(request), it.user_id)))


async def show_open_points(it: Asker, request: DataRequest, _rest: str) -> Reply:
    names = await it.names_of(people_in(request))
    return Reply(it.shown(responding.whats_open(request, names, it.roles(request))))
