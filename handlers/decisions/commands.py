"""What people ask of the decision log by command and by mention: to log a decision, to read one, and to find some."""

import re
from datetime import datetime

from handlers.access.placement import is_alone
from handlers.access.recipients import Destination, post
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.decisions.context import Asker, asking
from handlers.decisions.forms import Origin, open_form
from handlers.decisions.messages import lists, nearness, notices
from handlers.decisions.rules import health, parsing
from handlers.decisions.service import changes, showing
from handlers.decisions.service.changes import Entry
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import Ask, Fields
from handlers.slack.message_text import link_to, people_in, readable
from handlers.slack.replies import Aside, Open, Reply, Say, Wrote
from storage.data_requests import data_requests
from storage.decisions import decisions
from storage.decisions.decisions import Decision, NewDecision
from storage.engine.interface import Reader, Transaction
from storage.responsibilities import responsibilities
from storage.workspaces import audit, preferences

#: D-34, as people write it: d34, D 34, 34.
_NUMBER = re.compile(r"(?:d[- ]?)?(?P<digits>\d+)|d-(?P<letters>[0-9a-z]+)", re.IGNORECASE)


async def log(context: Context[Ask]) -> Reply:
    """Show the decision of a number; else open the form, with what was typed after the command in it."""
    ask, it = context.interaction, await asking(context)
    if match := _NUMBER.fullmatch(ask.text):
        return await it.read_out(it.numbered, f"D-{match['digits'] or match['letters']}")
    title, why = parsing.in_words(ask.text)
    told = Fields({"title": title, "why": why, "decider": ask.user_id})
    return Reply(Open(await it.new_form(told, Origin(place=ask.place.channel_id)), open_form()))


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
    is_posted, link = ask.is_private and await it.can_post(place, visibility), link_to(context.team_url, place, thread)
    caught = {"place": place if is_posted or thread else "", "thread_ts": thread, "source_link": link}
    told = {"visibility": visibility, "title": title, "why": why, "decider": ask.user_id}
    entry = Entry(ask.team_id, NewDecision.model_validate({**told, **caught}), is_posted=is_posted)
    facts, near = await it.facts(visibility), (await it.look(entry.new, Origin())).near

    def keep(transaction: Transaction, _now: datetime) -> Wrote:
        kept = changes.log(transaction, entry, facts)
        if isinstance(kept, Refused):
            return Wrote(kept)
        if ask.is_private:
            return Wrote(Say(nearness.below(notices.logged(kept.decision), kept.decision, near)), kept.messages)
        told = showing.public(transaction, kept.decision, facts)
        if near is None:
            return Wrote(Say(told), kept.messages)
        # How it stands to another is for who decided it alone to say.
        posted = post(Destination(ask.team_id, place, thread), told, context.now)
        return Wrote(Aside(nearness.offered(kept.decision, near)), [*kept.messages, posted])

    return Reply(write=keep)


async def choose_reaction(context: Context[Ask]) -> Reply:
    """Let admins choose the emoji that catches a decision."""
    name = context.interaction.text.strip(": ")
    if not (await context.actor()).is_admin:
        return Reply(NotAllowed("Only workspace admins can choose the emoji for decisions.", kind="settings"))
    if not re.fullmatch(r"[a-z0-9_+'-]{1,100}", name):
        return Reply(Say(blocks.said("Name one emoji, for example :ballot_box_with_check:")))

    team_id, setting = context.team_id, preferences.DECISION_EMOJI

    def keep(transaction: Transaction, _now: datetime) -> None:
        preferences.choose(transaction, team_id, team_id, setting, name)
        audit.note(transaction, audit.settings_changed(team_id, context.user_id, context.now, setting))

    return Reply(Say(blocks.said(f"Reacting with :{name}: now offers to log a decision.")), keep)


async def find(context: Context[Ask]) -> Reply:
    """Find decisions by words and filters, or by a question."""
    it, text = await asking(context), context.interaction.text
    if not text.strip():
        return await tell_how(context)
    found = await context.store.search(lambda reader: it.found_by(reader, text))
    if isinstance(found, str):
        return Reply(Say(blocks.said(found)))
    if not found:
        return Reply(Say(lists.none(lists.NONE_FOUND)), is_unknown=True)
    return await _listed(it, found, lists.FOUND, await it.shares(lists.SEARCH, text))


async def list_latest(context: Context[Ask]) -> Reply:
    it = await asking(context)
    found = await context.read(decisions.latest, it.team_id, it.visible)
    if not found:
        return Reply(Say(lists.none(lists.NONE_LOGGED)))
    return await _listed(it, found, lists.LATEST, await it.shares(lists.ALL, ""))


async def _listed(it: Asker, found: list[Decision], title: str, share: str) -> Reply:
    """List decisions with a button that shows the list to everybody; nobody is pinged."""
    return Reply(Say(lists.listed(found, title, await it.names_of(lists.people(found)), share)))


async def tell_health(context: Context[Ask]) -> Reply:
    """Say what is left open in the log."""
    it, today = await asking(context), await context.today()

    def look(reader: Reader) -> list[health.Finding]:
        every = decisions.all_decisions(reader, it.team_id, it.visible)
        parts = responsibilities.components(reader, it.team_id, it.visible)
        served = data_requests.decisions_served(reader, it.team_id, it.visible)
        return health.findings(
            every, {each.id: each for each in parts if each.kind in responsibilities.MODELS}, served, today
        )

    return Reply(Say(lists.health(await context.store.search(look))))
