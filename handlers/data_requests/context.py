"""Who makes an interaction about data requests, what they may see of them, and what Slack is asked before a write."""

import asyncio
from dataclasses import dataclass

from handlers.access.names import names_of
from handlers.data_requests.rules.status import Role, roles_of
from handlers.data_requests.rules.wording import people_in
from handlers.data_requests.service import At
from handlers.framework import asker
from handlers.framework.context import Context
from handlers.slack.interactions import Interaction
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Reader
from storage.workspaces.people import gone_people

#: Slack is asked about so many people before something is said to them; of others the store knows.
_ASKED_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Asker(asker.Asker):
    """A person at an interaction about data requests."""

    def shows(self, request: DataRequest) -> bool:
        """Tell whether a request is shown: a draft, and what was never sent, to who began it alone."""
        is_own = request.requester == self.user_id and self.is_private
        return request.visibility in self.visible and (is_own or bool(request.thread))

    def seen(self, reader: Reader, request_id: str) -> DataRequest | None:
        request = data_requests.by_id(reader, self.context.team_id, request_id)
        return request if request is not None and self.shows(request) else None

    def numbered(self, number: str) -> DataRequest | None:
        request = data_requests.by_number(self.reader, self.context.team_id, number, self.visible)
        return request if request is not None and self.shows(request) else None

    def roles(self, request: DataRequest) -> frozenset[Role]:
        return roles_of(request, self.user_id, is_admin=self.actor.is_admin)

    async def at(self, request: DataRequest, *more: str) -> At:
        """Ask Slack, before a write, who may hear of a request and what the people in it are called."""
        team_id, directory = self.context.team_id, self.context.directory
        members = await directory.who_may_hear(team_id, request.visibility)
        people = [*people_in(request), self.user_id, *more]
        names = await names_of(self.reader, directory, team_id, people)
        told = [each for each in (request.owner, *request.followers, *more) if each][:_ASKED_AT_ONCE]
        left = await asyncio.gather(*(self.actor.has_left(each) for each in told))
        gone = {each for each, has_left in zip(told, left, strict=True) if has_left}
        return At(members, self.context.now, names, self.context.team_url, gone_people(self.reader, team_id) | gone)


async def asking(context: Context[Interaction]) -> Asker:
    return await asker.asking(Asker, context)
