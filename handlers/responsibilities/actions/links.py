"""Where components are linked by a form, and links confirmed, refused and looked at."""

from collections.abc import Mapping

from handlers.access.settling import is_shown
from handlers.agreements.components import current
from handlers.checks.outcomes import Refused
from handlers.framework.context import Context, Handler
from handlers.responsibilities.context import Asker, asking
from handlers.responsibilities.forms.links import NO, YES, link_form, review_form
from handlers.responsibilities.messages import links as messages
from handlers.responsibilities.messages.register import GONE
from handlers.responsibilities.rules import links as rules
from handlers.responsibilities.service import links as service
from handlers.responsibilities.service.links import Answered
from handlers.slack import carried
from handlers.slack.history import history
from handlers.slack.interactions import BlockAction, ViewSubmission, Wrong
from handlers.slack.replies import Done, Open, Refuse, Replace, Reply, Say, Wrote
from storage.engine.interface import Transaction
from storage.responsibilities import links

_ENOUGH = 2


async def open_form(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    known = current(await it.known())
    if len(known) < _ENOUGH:
        return Reply(Say(messages.too_few(f"/{context.command_prefix}owner")))
    return Reply(Open(link_form(known, context.interaction.value)))


async def save(context: Context[ViewSubmission]) -> Reply:
    it = await asking(context)
    if refused := await it.actor.why_barred():
        return Reply(refused)
    joining = rules.entered(context.interaction.fields, await it.known())
    return Reply(Refuse(joining.errors)) if isinstance(joining, Wrong) else await it.linked(joining)


async def open_link(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    about = await it.wanted(service.seen, context.interaction.value, GONE)
    speaking = await context.read(service.speaking, about.joining)
    sides = rules.sides_of(speaking, it.user_id)
    names = await it.names_of((about.link.source_by, about.link.target_by))
    is_waiting = any(each in rules.waits_for(about.link) for each in sides or rules.waits_for(about.link))
    return Reply(Say(messages.shown(about, names, may_answer=bool(sides) or it.actor.is_admin, is_waiting=is_waiting)))


def answering(*, is_so: bool) -> Handler[BlockAction]:
    """Return what confirms a link, or refuses it."""

    async def answer(context: Context[BlockAction]) -> Reply:
        it = await asking(context)
        return await _answered(it, {context.interaction.value: is_so})

    return answer


async def review(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    found = [
        await context.read(service.seen, it.team_id, each, it.visible) for each in context.interaction.value.split()
    ]
    left = [each for each in found if each is not None and each.link.state == "proposed"]
    return Reply(Open(review_form(left))) if left else Reply(Say(messages.nothing_left()))


async def save_review(context: Context[ViewSubmission]) -> Reply:
    told = {name: context.interaction.fields.text(name) for name in context.interaction.fields}
    answers = {name: said == YES for name, said in told.items() if said in (YES, NO)}
    it = await asking(context)
    found = [await context.read(service.seen, it.team_id, each, it.visible) for each in answers]
    # Who hears of it is asked once, so all that is answered together is seen by the same people.
    there = [each.link for each in found if each is not None]
    alike = [each for each in there if each.visibility == there[0].visibility]
    return await _answered(it, {each.id: answers[each.id] for each in alike}) if alike else Reply(Done())


async def read_history(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    link_id, _, begin = context.interaction.value.partition(":")
    about = await it.wanted(service.seen, link_id, GONE)
    entries = await context.read(links.history, it.team_id, link_id)
    names = await it.names_of(each.by for each in entries)
    door = (messages.LINK_HISTORY, link_id)
    return Reply(Say(history(f"History of: {about.told}", entries, names, door, carried.number(begin))))


async def _answered(it: Asker, answers: Mapping[str, bool]) -> Reply:
    if refused := await it.actor.why_barred():
        return Reply(refused)
    first = await it.wanted(service.seen, next(iter(answers)), GONE)
    facts, press = await it.facts_of_link(first.joining, first.link.visibility), it.context.interaction

    def settle(transaction: Transaction, _now: object) -> Wrote:
        ended = service.answer(transaction, it.team_id, answers, facts)
        done = [each for each in ended if isinstance(each, Answered)]
        left = [each for each in ended if isinstance(each, Refused)]
        if not done:
            return Wrote(left[0])
        sent = [message for each in done for message in each.messages]
        if not isinstance(press, BlockAction):
            return Wrote(Say(messages.partly([each.told for each in left])) if left else Done(), sent)
        if is_shown(sent, press.place.channel_id, press.message_ts):
            return Wrote(Done(), sent)
        told = messages.answered(done[0].about)
        return Wrote(Replace(told) if press.is_private and press.response_url else Say(told), sent)

    return Reply(write=settle)
