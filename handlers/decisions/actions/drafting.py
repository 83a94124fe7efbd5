"""Where the form for a decision opens, by a button, a shortcut or a reaction, and where it is saved."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.access.placement import Placed, is_alone, placed, why_outside
from handlers.access.recipients import Destination, Facts, post
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.decisions import forms
from handlers.decisions.context import Asker, asking
from handlers.decisions.forms import ADDS, HERE, POST, REPLACES, WORDS, Origin, read_origin, stands
from handlers.decisions.messages import lists, notices
from handlers.decisions.messages.nearness import Beside
from handlers.decisions.messages.proposing import Offered
from handlers.decisions.rules import parsing
from handlers.decisions.service import changes
from handlers.decisions.service.changes import Entry
from handlers.framework.context import Context
from handlers.slack import blocks, carried, error_messages
from handlers.slack.blocks import Modal
from handlers.slack.interactions import BlockAction, Fields, Shortcut, SlackEvent, ViewSubmission, Wrong
from handlers.slack.message_text import link_to, people_in, readable
from handlers.slack.replies import Answer, Open, Redraw, Refuse, Reply, Say, Write, Wrote
from storage.decisions import votes
from storage.decisions.decisions import NewDecision
from storage.engine.interface import WORKSPACE, Transaction
from storage.responsibilities.responsibilities import Component
from storage.workspaces import preferences

#: By when people answer to what an agent would propose, unless its person says otherwise.
_TO_ANSWER = timedelta(days=7)
_REACTION = "ballot_box_with_check"
_OUTSIDE = "I'm not in that conversation. Invite me with /invite @Common Ground, then save again."
_NOT_IN_CHANNEL = "Somebody you named isn't in this channel. Invite them first."


async def log_by_button(context: Context[BlockAction]) -> Reply:
    """Open the form: anew, for the successor of a decision, or for a message that somebody reacted to."""
    press, it = context.interaction, await asking(context)
    origin, told = Origin(place=press.place.channel_id), Fields({"decider": press.user_id})
    channel, _, ts = press.value.partition(":")
    if ts:
        origin = Origin(link=link_to(context.team_url, channel, ts), place=channel, thread_ts=ts)
    elif press.value:
        old = await context.read(it.seen, press.value)
        if old is None:
            return Reply(NotAllowed(lists.GONE))
        if is_alone(press.place.channel_id) and old.visibility != WORKSPACE:
            origin = replace(origin, place=old.visibility)
        origin, told["title"] = replace(origin, supersedes=old.id), old.title
    if await placed(context.directory, press.team_id, origin.place, press.user_id) is Placed.OUTSIDE:
        why = why_outside(context.directory, press.team_id, origin.place)
        return Reply(Say(blocks.said(why)))
    return Reply(Open(await it.new_form(told, origin)))


async def log_for_agent(context: Context[BlockAction]) -> Reply:
    """Open the form with what somebody's agent would propose; nothing is written before they submit it."""
    press, it, told = context.interaction, await asking(context), carried.read(Offered, context.interaction.value)
    named = {"title": told.title, "why": told.why, "decider": press.user_id, "state": "proposed"}
    entered = Fields({**named, "deadline": (await context.today() + _TO_ANSWER).isoformat()})
    # The whole form: only that says whether it is decided already.
    return Reply(Open(await it.new_form(entered, Origin(place=press.place.channel_id, has_more=True))))


async def log_from_message(context: Context[Shortcut]) -> Reply:
    """Open the form with the message's text, its author and its permalink; the text is kept with the decision."""
    shortcut, it = context.interaction, await asking(context)
    place, quoted = shortcut.place.channel_id, shortcut.quote
    if quoted is None:
        return Reply(Open(await it.new_form(Fields({"decider": it.user_id}), Origin())))
    text = readable(quoted.text, await it.names_of(people_in(quoted.text)))
    title, why = parsing.in_words(text)
    author = quoted.author_id if quoted.author_id.startswith(("U", "W")) else ""
    kept = votes.new_quote(it.team_id, text[:3000], quoted.author_id, it.user_id, context.now)
    link, thread_ts = link_to(context.team_url, place, quoted.ts), quoted.thread_ts or quoted.ts
    origin = Origin(link=link, quote=kept.id, place=place, thread_ts=thread_ts)
    form = await it.new_form(Fields({"title": title, "why": why, "decider": author}), origin, kept.text)
    return Reply(Open(form), lambda transaction, _now: votes.keep_quote(transaction, kept))


async def show_more(context: Context[BlockAction]) -> Reply:
    """Show the other fields; what was entered stays. Choosing the component comes here too."""
    view, it = context.interaction.view, await asking(context)
    origin, entered = (read_origin(view.note), view.fields) if view else (Origin(), Fields())
    return Reply(Redraw(await it.form(entered, replace(origin, has_more=True), await _quoted(it, origin))))


async def react(context: Context[SlackEvent]) -> Reply:
    """Answer who reacted with the agreed emoji, and nobody else, with a button that opens the form."""
    event, team_id, revision = context.interaction.event, context.team_id, context.workspace.preferences_revision
    item, name = event.get("item") or {}, preferences.DECISION_EMOJI
    chosen = await context.read(preferences.chosen, team_id, revision, name)
    is_meant = event.get("reaction") == (chosen.get(team_id) or _REACTION)
    is_of_message = item.get("type") == "message" and bool(item.get("channel") and item.get("ts"))
    if not is_meant or not is_of_message or not context.user_id:
        return Reply()
    link = link_to(context.team_url, item["channel"], item["ts"])
    message = forms.open_form(f"{item['channel']}:{item['ts']}", link)
    said = post(Destination(team_id, context.user_id), message, context.now)
    return Reply(write=lambda _transaction, _now: Wrote(None, [said]))


async def save(context: Context[ViewSubmission]) -> Reply:
    """Write a decision down; everything that it depends on is read again inside the write."""
    fields, it, origin = context.interaction.fields, await asking(context), read_origin(context.interaction.note)
    origin = replace(origin, place=origin.place or context.interaction.place.channel_id)
    new = parsing.written(fields, await _start(it, origin), await context.today())
    if isinstance(new, Wrong):
        return Reply(Refuse(new.errors))
    if await placed(context.directory, it.team_id, origin.place, it.user_id) is Placed.OUTSIDE:
        return Reply(Refuse({"title": _OUTSIDE}))
    new = new.model_copy(update={"visibility": await it.home(origin.place)})
    facts = await it.facts(new.visibility, named=new.consulted, told=[new.decider, *new.asked, *new.informed])
    if not facts.may_hear(it.user_id):
        return Reply(Refuse({"title": error_messages.NOT_SEEN_THERE}))
    if errors := await _unfit(it, new, facts):
        return Reply(Refuse(errors))
    form = Form(fields, origin, await it.parts(), await _quoted(it, origin))
    beside = await it.look(new, origin)
    if not set(beside.names) <= set(origin.shown):
        return Reply(Redraw(form.beside(beside)))
    return Reply(write=await _keeping(it, new, form, beside, facts))


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was submitted, and what it takes to show it again."""

    fields: Fields
    origin: Origin
    parts: Sequence[Component]
    quoted: str

    def beside(self, beside: Beside) -> Modal:
        return forms.decision_form(self.fields, self.origin, self.parts, self.quoted, beside)


async def _keeping(it: Asker, new: NewDecision, form: Form, beside: Beside, facts: Facts) -> Write:
    """Return what logs a decision, and posts it where it is made unless its author chose otherwise.

    One that looks like it and was logged meanwhile is shown before.
    """
    can_post = await it.can_post(new.place, new.visibility)
    is_posted = can_post and form.fields.text(POST) == HERE
    note = "" if can_post or is_alone(new.place) or new.state != "proposed" else notices.NOT_POSTED
    posted = {} if is_posted else {"place": "", "thread_ts": ""}
    entry = await _entry(it, new.model_copy(update=posted), form.fields, form.origin)

    def keep(transaction: Transaction, _now: datetime) -> Answer | Wrote:
        since = it.beside_now(transaction, new, form.origin.supersedes, beside.known)
        if not set(since.names) <= set(form.origin.shown):
            return Redraw(form.beside(since))
        kept = changes.log(transaction, replace(entry, is_posted=is_posted), facts)
        if isinstance(kept, Refused):
            return Wrote(kept)
        return Wrote(Say(notices.logged(kept.decision, note)), kept.messages)

    return keep


async def _entry(it: Asker, new: NewDecision, fields: Fields, origin: Origin) -> Entry:
    """Return what is to be logged, with how it stands to the decision that looks like it."""
    how, other = stands(fields)
    base = await it.context.read(it.seen, other) if how == ADDS else None
    if base is not None and base.visibility in (WORKSPACE, new.visibility):
        new = new.model_copy(update={"adds_to": other})
    supersedes = origin.supersedes or (other if how == REPLACES else "")
    return Entry(it.team_id, new, fields.text(WORDS), supersedes)


async def _quoted(it: Asker, origin: Origin) -> str:
    quoted = await it.context.read(votes.quote, it.team_id, origin.quote, it.user_id)
    return quoted.text if quoted is not None else ""


async def _start(it: Asker, origin: Origin) -> NewDecision:
    """Return what a decision begins with: the message that it was caught from, as far as that is still there."""
    quoted = await it.context.read(votes.quote, it.team_id, origin.quote, it.user_id)
    is_gone = bool(origin.link) and await it.context.directory.is_gone(it.team_id, origin.link)
    return NewDecision(
        title="x",
        decider=it.user_id,
        source_link="" if is_gone else origin.link[:300],
        source_text=quoted.text if quoted else "",
        source_author=quoted.author if quoted else "",
        place=origin.place,
        thread_ts=origin.thread_ts,
    )


async def _unfit(it: Asker, new: NewDecision, facts: Facts) -> dict[str, str]:
    """Say at each field who of the people named there cannot be: no member, or not in the channel."""
    fields = {"decider": (new.decider,), "consulted": new.consulted, "informed": new.informed, "asked": new.asked}
    named = [(field, each) for field, people in fields.items() for each in people]
    told = await asyncio.gather(*(it.actor.why_unfit(each) for _, each in named))
    errors = {field: error for (field, _), error in zip(named, told, strict=True) if error}
    outside = {field: _NOT_IN_CHANNEL for field, each in named if not facts.may_hear(each)}
    return {**outside, **errors}
