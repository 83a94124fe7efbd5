"""Where people ask who is responsible for what a message is about, and page through their own duties."""

import asyncio
from collections.abc import Sequence

from handlers.access.recipients import Destination, respond
from handlers.agreements.components import current
from handlers.framework.context import Context
from handlers.responsibilities.catalogue import asked_about
from handlers.responsibilities.context import asking
from handlers.responsibilities.forms.questions import DUTY, WHICH, Note, question_form
from handlers.responsibilities.messages import questions as question_messages
from handlers.responsibilities.messages import register
from handlers.responsibilities.rules.standing import to_ask
from handlers.responsibilities.service import register as service
from handlers.responsibilities.service.steps import Question
from handlers.slack import carried
from handlers.slack.interactions import BlockAction, Shortcut, ViewSubmission
from handlers.slack.replies import Open, Reply, Say
from storage.outbox.deliveries import Delivery


async def list_mine(context: Context[BlockAction]) -> Reply:
    return await (await asking(context)).theirs()


async def ask_from_message(context: Context[Shortcut]) -> Reply:
    """Say who is responsible for what a message is about; where that is not clear, ask what is meant."""
    it, quote = await asking(context), context.interaction.quote
    known, kinds = await context.read(service.known, it.team_id, it.visible)
    if quote is None or not known:
        return await it.nothing_known(question_messages.nothing_yet())
    topic = await asyncio.to_thread(asked_about, quote.text, known, kinds)
    is_clear = not topic.others
    value = f"{topic.component.id}:{topic.duty.id}" if topic.component and topic.duty and is_clear else ""
    about = await context.read(service.seen, it.team_id, value, it.visible)
    if about is not None and about.duty.state != "unowned":
        return Reply(Say(register.answer(about, it.user_id)))
    note = Note(thread_ts=quote.thread_ts or quote.ts, response_url=context.interaction.response_url)
    return Reply(Open(question_form(current(known), kinds, topic, note)))


async def ask_by_form(context: Context[ViewSubmission]) -> Reply:
    """Answer, or open the question where it was raised: in the thread of the message, and to the lead."""
    it, submission, viewpoint = await asking(context), context.interaction, await context.viewpoint_now()
    value = f"{submission.fields.text(WHICH)}:{submission.fields.text(DUTY)}"
    about = await it.duty(value, question_messages.NO_SUCH_DUTY)
    note, team_id = carried.read(Note, submission.note or "{}"), it.team_id
    visibility = about.component.visibility
    if visibility not in viewpoint.shown_to_all or not note.response_url:
        return await it.answered(about)
    if await context.is_limited(submission.place.channel_id, visibility):
        return await it.answered(about)
    names = await it.names_of([it.user_id, *to_ask(about)])
    thread = Destination(team_id, submission.place.channel_id, note.thread_ts)

    def raised(question: Question) -> Sequence[Delivery]:
        told = question_messages.raised(question.about, it.user_id, question.asked, names)
        return [respond(thread, note.response_url, told, context.now)] if question.is_open else []

    return await it.answered(about, raised)
