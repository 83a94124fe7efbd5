"""Who makes an interaction about data requests, what they may see of them, and what a form of theirs remembers."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from handlers.access.placement import visibility_at
from handlers.access.recipients import Facts
from handlers.agreements.components import seen
from handlers.data_requests.rules.named import parts_named
from handlers.data_requests.rules.status import Role, roles_of
from handlers.data_requests.rules.wording import finders_of, people_in
from handlers.framework import asker
from handlers.framework.context import Context, GoneError, WorkspaceContext
from handlers.slack import carried
from handlers.slack.blocks import Message, Modal
from handlers.slack.error_messages import NOT_SEEN_THERE
from handlers.slack.interactions import BlockAction, Interaction
from handlers.slack.replies import Answer, Open, Redraw, Say
from storage.change_notices.change_notices import NOTICES
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest
from storage.decisions import decisions
from storage.engine.interface import WORKSPACE, Reader, to_text
from storage.feedback import feedback

#: Slack takes 3000 characters, and the form's place and what it has shown are among them.
_NOTE_LENGTH = 2000
_IN_A_CHANNEL = "Ask for data in a channel that you share with the team."


@dataclass(frozen=True, slots=True)
class FormNote:
    """What a form remembers: which request and terms, how they stood, and where a new request comes from.

    ``seen`` are the marks of the terms, or the version of the request; ``same`` the id of a request for the same data
    where it has shown those, ``known`` what was typed in the field that a file has taken the place of.
    """

    request_id: str
    theme: str = ""
    seen: str = ""
    same: str = ""
    known: str = ""
    place: str = ""
    link: str = ""
    decision_id: str = ""
    component_id: str = ""
    feedback_id: str = ""
    change_id: str = ""

    def as_text(self) -> str:
        return json.dumps({name: value for name, value in asdict(self).items() if value}, ensure_ascii=False)

    def carrying(self, known: str) -> "FormNote":
        """Return it with words, where Slack takes a form with so many; else without."""
        note = replace(self, known=known)
        return note if len(json.dumps(note.as_text(), ensure_ascii=False)) <= _NOTE_LENGTH else replace(note, known="")


def read_note(text: str) -> FormNote:
    return carried.read(FormNote, text)


@dataclass(frozen=True, slots=True)
class Asker(asker.Asker):
    def shows(self, request: DataRequest) -> bool:
        """Tell whether a request is shown: a draft, and what was never sent, to who began it alone."""
        is_own = request.requester == self.user_id and self.is_private
        return request.visibility in self.visible and (is_own or bool(request.thread))

    def seen(self, reader: Reader, request_id: str) -> DataRequest | None:
        request = data_requests.by_id(reader, self.team_id, request_id)
        return request if request is not None and self.shows(request) else None

    def numbered(self, reader: Reader, number: str) -> DataRequest | None:
        request = data_requests.by_number(reader, self.team_id, number, self.visible)
        return request if request is not None and self.shows(request) else None

    def roles(self, request: DataRequest) -> frozenset[Role]:
        return roles_of(request, self.user_id, is_admin=self.actor.is_admin)

    def shown(self, modal: Modal, otherwise: Message | None = None) -> Answer:
        """Open a form, or put it in the place of the one that was pressed in; ``otherwise`` is said after a mention."""
        return Redraw(modal) if self._is_in_form else Open(modal, otherwise)

    def said(self, message: Message) -> Answer:
        """Say what came of a press: in the place of the form that it was made in, if any."""
        return Redraw(Modal("said", "Common Ground", message.blocks)) if self._is_in_form else Say(message)

    @property
    def _is_in_form(self) -> bool:
        pressed = self.context.interaction
        return isinstance(pressed, BlockAction) and pressed.view is not None and pressed.view.is_modal

    async def facts_of(self, request: DataRequest, *named: str) -> Facts:
        """Ask Slack, before a write, who may hear of a request and what the people in it are called."""
        told = (
            request.owner,
            *named,
            *finders_of(request),
            *parts_named(request),
            request.requester,
            *request.followers,
        )
        facts, is_limited = await asyncio.gather(
            self.facts(request.visibility, people_in(request), told),
            is_limited_for(self.context, request),
        )
        return replace(facts, is_limited=is_limited)

    async def misfits(self, facts: Facts, named: Mapping[str, str]) -> dict[str, str]:
        """Say at each field who of the people named there cannot be."""
        found = {field: await self.unfit(person, facts.audience) for field, person in named.items() if person}
        return {field: told for field, told in found.items() if told}

    def not_seen(self, facts: Facts, field: str) -> dict[str, str]:
        """Say at a field that who fills it in is not in the channel: they may have left it since the form opened."""
        return {} if facts.may_hear(self.user_id) else {field: NOT_SEEN_THERE}

    async def begun(self, note: FormNote) -> DataRequest | None:
        """Return the request that a form is about, or the one that it begins; None where they may not change it."""
        known = await self.context.read(data_requests.by_id, self.team_id, note.request_id)
        if known is not None:
            return known if self.shows(known) and "requester" in self.roles(known) else None
        return await self.new_request(note)

    async def new_request(self, note: FormNote) -> DataRequest:
        """Return a request that nobody has filled in yet; its thread opens in the data channel, or where it belongs.

        Raises GoneError for who sees only the channels that they share, and is in none.
        """
        context = self.context
        visibility = await visibility_at(context.directory, self.team_id, note.place, await context.viewpoint())
        if not visibility:
            raise GoneError(_IN_A_CHANNEL)
        here = note.place if note.place.startswith("C") else ""
        at = to_text(context.now)
        return DataRequest(
            id=note.request_id,
            team_id=self.team_id,
            visibility=visibility,
            number="",
            requester=self.user_id,
            channel=(context.workspace.data_channel or here) if visibility == WORKSPACE else visibility,
            source_link=note.link,
            created_at=at,
            changed_at=at,
            **await context.read(_links, note, self.team_id, self.visible),
        )


def _links(reader: Reader, note: FormNote, team_id: str, visible: Sequence[str]) -> dict[str, str]:
    """Return what a form says that its request is about, as far as whoever fills it in may see that."""
    decision = decisions.by_id(reader, team_id, note.decision_id)
    is_decision = decision is not None and decision.visibility in visible
    is_feedback = feedback.by_id(reader, team_id, note.feedback_id, visible) is not None
    is_component = seen(reader, team_id, note.component_id, visible) is not None
    is_change = NOTICES.one(reader, team_id, visible, id=note.change_id) is not None
    return {
        "decision_id": note.decision_id if is_decision else "",
        "feedback_id": note.feedback_id if is_feedback else "",
        "component_id": note.component_id if is_component else "",
        "change_id": note.change_id if is_change else "",
    }


async def is_limited_for(context: WorkspaceContext, request: DataRequest) -> bool:
    """Tell whether guests would read the thread of a request of the workspace's."""
    return bool(request.thread) and await context.is_limited(request.channel, request.visibility)


async def asking(context: Context[Interaction]) -> Asker:
    return await asker.asking(Asker, context)


async def asking_about(context: Context[Interaction], request_id: str) -> tuple[Asker, DataRequest | None]:
    """Return who asks, and the request that they ask about, None where they are not shown it."""
    it = await asking(context)
    return it, await context.read(it.seen, request_id)
