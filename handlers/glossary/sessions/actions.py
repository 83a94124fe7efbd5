"""A session on words: its agenda by command, planned in one form, and what was clarified in it saved in another."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.checks.dates import wrong_ahead
from handlers.checks.outcomes import Refused
from handlers.framework.context import Context
from handlers.glossary.context import asking, people_concerned
from handlers.glossary.sessions import forms, messages, service
from handlers.glossary.sessions.forms import DAY, OWNER
from handlers.glossary.sessions.rules import Agenda
from handlers.slack import carried
from handlers.slack.interactions import Ask, BlockAction, ViewSubmission
from handlers.slack.replies import Answer, Open, Refuse, Reply, Say, Wrote
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.glossary import glossary, sessions
from storage.glossary.sessions import Session

_DAYS, _MOST_DAYS = 90, 3650


async def show_agenda(context: Context[Ask]) -> Reply:
    """Show which words were misread in the last days, between whom, and how the team uses them."""
    text = context.interaction.text.strip().removesuffix("days").strip()
    if text and not (text.isdecimal() and 0 < int(text) <= _MOST_DAYS):
        return Reply(Refused(messages.WHICH_DAYS))
    days = int(text) if text else _DAYS
    if WORKSPACE not in (await context.viewpoint()).visibilities:
        return Reply(messages.NOT_HERE)
    told, ahead = await _agenda(context, days), await context.read(sessions.to_hold, context.team_id)
    names = await context.names_of([each.owner for each in ahead])
    shown = messages.proposed(told, days, ahead, names) if told.words else messages.nothing(days, ahead, names)
    return Reply(Say(shown))


async def open_plan(context: Context[BlockAction]) -> Reply:
    if refused := await (await asking(context)).actor.why_barred():
        return Reply(refused)
    days = carried.number(context.interaction.value)
    return Reply(Open(forms.planning_form(context.user_id, days)))


async def plan(context: Context[ViewSubmission]) -> Reply:
    """Plan a session on the words that are misread most now."""
    it, fields = await asking(context), context.interaction.fields
    owner, held_on = fields.text(OWNER), fields.text(DAY)
    if wrong := wrong_ahead(held_on, await context.today()):
        return Reply(Refuse({DAY: wrong}))
    if not owner or (unfit := await it.actor.why_unfit(owner)):
        return Reply(Refuse({OWNER: unfit if owner else "Choose a person."}))
    if refused := await it.actor.why_barred():
        return Reply(refused)
    told = await _agenda(context, carried.number(context.interaction.note))
    wanted = owner, held_on, [each.key for each in told.every]
    facts = await it.facts(WORKSPACE, named=[owner], told=[owner])

    def write(transaction: Transaction, _now: datetime) -> Wrote:
        done = service.plan(transaction, context.team_id, wanted, facts)
        said = messages.saved(done.session, facts.names, is_own=owner == context.user_id)
        return Wrote(Say(said), done.messages)

    return Reply(write=write)


async def open_agenda(context: Context[BlockAction]) -> Reply:
    found = await _seen(context, context.interaction.value)
    if found is None:
        return Reply(messages.GONE)
    if found.clarified_at:
        return Reply(Say(messages.HELD))
    told = await _of_session(context, found)
    return Reply(Say(messages.planned(told, found, await context.names_of([found.owner]))))


async def open_clarifying(context: Context[BlockAction]) -> Reply:
    found = await _seen(context, context.interaction.value)
    if found is None:
        return Reply(messages.GONE)
    if found.clarified_at:
        return Reply(Say(messages.HELD))
    return Reply(Open(forms.clarifying_form(found, await _of_session(context, found))))


async def clarify(context: Context[ViewSubmission]) -> Reply:
    """Settle what was ticked, as far as whoever ticked it may."""
    it = await asking(context)
    found = await _seen(context, context.interaction.note)
    if found is None:
        return Reply(messages.GONE)
    ticked = forms.ticked(context.interaction.fields, context.team_id, found.words)
    concerned = await context.read(_concerned, context.team_id, [each.sense_id for each in ticked])
    facts = await it.facts(WORKSPACE, told=concerned)

    def write(transaction: Transaction, _now: datetime) -> Answer | Wrote:
        outcome = service.clarify(transaction, found, ticked, facts)
        if isinstance(outcome, Refused):
            return replace(outcome, field=forms.first_in(context.interaction.fields, found.words))
        return Wrote(Say(messages.clarified(outcome.settled, outcome.left)), outcome.messages)

    return Reply(write=write)


async def _seen(context: Context[BlockAction] | Context[ViewSubmission], session_id: str) -> Session | None:
    """Return a session, as far as it may be seen here: its words are those that everybody of the workspace may see."""
    found = await context.read(sessions.session, context.team_id, session_id)
    visible = (await context.viewpoint()).visibilities
    return found if found is not None and found.visibility in visible else None


async def _agenda(context: Context[Ask] | Context[ViewSubmission], days: int) -> Agenda:
    visible, begin = (await context.viewpoint()).visibilities, to_text(context.now - timedelta(days=days))
    return await context.store.search(lambda reader: service.agenda(reader, context.workspace, visible, begin))


async def _of_session(context: Context[BlockAction], held: Session) -> Agenda:
    visible = (await context.viewpoint()).visibilities
    return await context.store.search(lambda reader: service.of_session(reader, context.workspace, visible, held))


def _concerned(reader: Reader, team_id: str, sense_ids: Sequence[str]) -> list[str]:
    """Return whom the steps on some meanings may concern."""
    senses = glossary.senses_by_id(reader, team_id, sense_ids).values()
    return [who for each in senses for who in (each.created_by, *people_concerned(reader, team_id, each, each.id))]
