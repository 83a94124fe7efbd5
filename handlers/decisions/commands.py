"""What people ask of the decision log by command and by mention: to log a decision, to read one, and to find some."""

import re
from datetime import datetime

from handlers.access.placement import is_alone
from handlers.checks.outcomes import NotAllowed
from handlers.decisions import service
from handlers.decisions.context import Asker, asking
from handlers.decisions.forms import Origin, open_form
from handlers.decisions.messages import lists
from handlers.decisions.rules import filters, health, parsing
from handlers.decisions.service import Entry
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import Ask, Fields
from handlers.slack.message_text import link_to, people_in, readable
from handlers.slack.replies import Open, Reply, Say, Wrote
from storage.data_requests import data_requests
from storage.decisions import decisions
from storage.decisions import search as decision_search
from storage.decisions.decisions import Decision, NewDecision
from storage.engine.interface import Reader, Transaction
from storage.responsibilities import responsibilities
from storage.workspaces import audit, preferences
from storage.workspaces.people import known_people

#: D-34, as people write it: d34, D 34, 34.
_NUMBER = re.compile(r"(?:d[- ]?)?(?P<digits>\d+)|d-(?P<letters>[0-9a-z]+)", re.IGNORECASE)


async def log(context: Context[Ask]) -> Reply:
    """Show the decision of a number; else open the form, with what was typed after the command in it."""
    ask, it = context.interaction, await asking(context)
    if match := _NUMBER.fullmatch(ask.text):
        return await it.read_out(it.numbered, f"D-{match['digits'] or match['letters']}")
    title, why = parsing.in_words(ask.text)
    told = Fields({"title": title, "why": why, "decider": ask.user_id})
    origin = Origin(place=ask.place.channel_id, is_alone=is_alone(ask.place.channel_id))
    return Reply(Open(await it.form(told, origin), open_form()))


async def tell_how(context: Context[Ask]) -> Reply:
    return Reply(Say(lists.how_to(context.command_prefix)))


async def decide_in_words(context: Context[Ask]) -> Reply:
    """Log what somebody says was decided, where they say it: "decided: … because …"."""
    ask, it, place = context.interaction, await asking(context), context.interaction.place.channel_id
    names = await it.names_of([ask.user_id, *people_in(ask.text)])
    title, why = parsing.in_words(readable(ask.text, names))
    if not any(character.isalnum() for character in title):
        return Reply(Say(lists.how_to_decide()))
    if is_alone(place):
        return await log(context)
    if refused := await it.actor.why_barred():
        return Reply(refused)
    thread, visibility = ask.thread_ts or "", await it.home(place)
    caught = {"place": place, "thread_ts": thread, "source_link": link_to(context.team_url, place, thread)}
    told = {"visibility": visibility, "title": title, "why": why, "decider": ask.user_id}
    entry, facts = Entry(ask.team_id, NewDecision.model_validate({**told, **caught})), await it.facts(visibility)

    def keep(transaction: Transaction, _now: datetime) -> Wrote:
        return it.answer(transaction, service.log(transaction, entry, facts), None if ask.is_private else names)

    return Reply(write=keep)


async def choose_reaction(context: Context[Ask]) -> Reply:
    """Let admins choose the emoji that catches a decision."""
    name = context.interaction.text.strip(": ")
    if not (await context.actor()).is_admin:
        return Reply(NotAllowed("Only admins choose the emoji for decisions.", kind="settings"))
    if not re.fullmatch(r"[a-z0-9_+'-]{1,100}", name):
        return Reply(Say(blocks.said("Name one emoji, such as :ballot_box_with_check:")))

    team_id, setting = context.team_id, preferences.DECISION_EMOJI

    def keep(transaction: Transaction, _now: datetime) -> None:
        preferences.choose(transaction, team_id, team_id, setting, name)
        audit.note(transaction, audit.settings_changed(team_id, context.user_id, context.now, setting))

    return Reply(Say(blocks.said(f"From now on, reacting with :{name}: offers to log a decision.")), keep)


async def find(context: Context[Ask]) -> Reply:
    """Find decisions by words and filters, or by a question."""
    it, text = await asking(context), context.interaction.text
    if not text.strip():
        return await tell_how(context)
    found = await context.store.search(lambda reader: _found(reader, it, text))
    if isinstance(found, str):
        return Reply(Say(blocks.said(found)))
    nothing = "I found no decision with that which you may see here. Log one, so that the next who asks finds it."
    return await _listed(it, found, nothing, "Decisions found")


def _found(reader: Reader, it: Asker, text: str) -> list[Decision] | str:
    """Return what is looked for, or say what of the search cannot be read."""
    parts = responsibilities.components(reader, it.team_id, it.visible)
    people = {each.name.casefold(): each.user_id for each in known_people(reader, it.team_id).values()}
    wanted = filters.wanted(text, it.user_id, parts, people)
    if isinstance(wanted, str):
        return wanted
    return decision_search.find(reader, it.team_id, wanted.words, wanted.filters, it.visible)


async def list_latest(context: Context[Ask]) -> Reply:
    it = await asking(context)
    found = await context.read(decisions.latest, it.team_id, it.visible)
    return await _listed(it, found, "No decision is logged yet that you may see here.", "The latest decisions")


async def _listed(it: Asker, found: list[Decision], nothing: str, title: str) -> Reply:
    """List decisions; nobody is pinged where everybody reads."""
    people = [who for each in found[: lists.LISTED] for who in (each.decider, each.created_by)]
    names = None if it.is_private else await it.names_of(people)
    return Reply(Say(lists.listed(found, nothing, title, names)))


async def tell_health(context: Context[Ask]) -> Reply:
    """Say what is left open in the log."""
    it, today = await asking(context), await context.today()

    def look(reader: Reader) -> list[health.Finding]:
        every = decisions.all_decisions(reader, it.team_id, it.visible)
        parts = responsibilities.components(reader, it.team_id, it.visible)
        served = data_requests.decisions_served(reader, it.team_id, it.visible)
        return health.findings(every, {each.id: each for each in parts if each.kind == "model"}, served, today)

    return Reply(Say(lists.health(await context.store.search(look))))
