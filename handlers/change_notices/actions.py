"""Where somebody answers a change: at once that it is fine, or in a form what it asks of them."""

from dataclasses import dataclass, replace

from handlers.access.recipients import Facts
from handlers.access.settling import is_shown
from handlers.change_notices import forms, messages, service
from handlers.change_notices.messages import About
from handlers.checks.outcomes import Refused
from handlers.framework import asker
from handlers.framework.context import Context, GoneError
from handlers.slack.interactions import BlockAction, Interaction, ViewSubmission, Wrong
from handlers.slack.replies import Answer as Shown
from handlers.slack.replies import Done, Open, Refuse, Reply, Say, Wrote
from storage.change_notices.change_notices import ANSWERS, Answer, Answered
from storage.engine.interface import Reader, Transaction, to_text


@dataclass(frozen=True, slots=True)
class Asker(asker.Asker):
    """A person at an interaction about a change."""

    async def change(self, notice_id: str) -> About:
        """Return a change by the id of its notice. Raises GoneError where it is gone, or may not be seen."""
        return await self.wanted(_seen, notice_id, messages.GONE)

    async def facts_about(self, change: About) -> Facts:
        lead = change.component.lead if change.component is not None else ""
        return await self.facts(change.notice.visibility, told=[change.notice.by, lead])


def _seen(reader: Reader, team_id: str, notice_id: str, visible: tuple[str, ...]) -> About | None:
    notice = service.seen(reader, team_id, notice_id, visible)
    return service.about(reader, notice) if notice is not None else None


async def _asking(context: Context[Interaction]) -> Asker:
    return await asker.asking(Asker, context)


async def fine(context: Context[BlockAction]) -> Reply:
    it, press = await _asking(context), context.interaction
    change = await it.change(press.value.partition(":")[0])
    said, facts = Answered(answer="fine", at=to_text(context.now)), await it.facts_about(change)

    def keep(transaction: Transaction, _now: object) -> Wrote:
        saved = service.answer(transaction, change.notice.id, said, facts, it.team_id)
        if isinstance(saved, Refused):
            return Wrote(saved)
        shown = is_shown(saved.messages, press.place.channel_id, press.message_ts)
        return Wrote(Done() if shown else Say(messages.ANSWERED), saved.messages)

    return Reply(write=keep)


async def needs_work(context: Context[BlockAction]) -> Reply:
    return await _opened(context, "needs work")


async def blocked(context: Context[BlockAction]) -> Reply:
    return await _opened(context, "blocked")


async def _opened(context: Context[BlockAction], answer: Answer) -> Reply:
    it = await _asking(context)
    change = await it.change(context.interaction.value.partition(":")[0])
    if it.user_id not in change.notice.asked:
        return Reply(messages.NOT_ASKED)
    if change.notice.over_at:
        return Reply(messages.OVER)
    return Reply(Open(forms.answer_form(change, answer)))


async def save(context: Context[ViewSubmission]) -> Reply:
    """Keep what somebody says of a change, and tell whoever made it."""
    it, view = await _asking(context), context.interaction
    notice_id, _, named = view.note.partition(":")
    change, answer = await it.change(notice_id), next((each for each in ANSWERS if each == named), None)
    if answer is None:
        raise GoneError(messages.GONE)
    said = forms.answered_in(view.fields, answer, to_text(context.now), await context.today())
    if isinstance(said, Wrong):
        return Reply(Refuse(said.errors))
    facts = await it.facts_about(change)

    def keep(transaction: Transaction, _now: object) -> Shown | Wrote:
        saved = service.answer(transaction, notice_id, said, facts, it.team_id)
        if isinstance(saved, Refused):
            return replace(saved, field=forms.NOTE)
        return Wrote(Done() if saved.opens is None else Say(messages.needs(saved.opens)), saved.messages)

    return Reply(write=keep)
