"""Where the form for a decision opens, by a button, a shortcut or a reaction, and where it is saved."""

import asyncio
from dataclasses import replace
from datetime import datetime

from handlers.access.placement import Placed, is_alone, placed
from handlers.access.recipients import Destination, Facts, post
from handlers.checks.outcomes import NotAllowed
from handlers.decisions import forms, service
from handlers.decisions.context import Asker, asking
from handlers.decisions.forms import WORDS, Origin, read_origin
from handlers.decisions.messages import lists, record
from handlers.decisions.rules import parsing
from handlers.decisions.service import Entry
from handlers.framework.context import Context
from handlers.slack import blocks, error_messages
from handlers.slack.interactions import BlockAction, Fields, Shortcut, SlackEvent, ViewSubmission, Wrong
from handlers.slack.message_text import link_to, people_in, readable
from handlers.slack.replies import Open, Redraw, Refuse, Reply, Say, Wrote
from storage.decisions import votes
from storage.decisions.decisions import NewDecision
from storage.engine.interface import WORKSPACE, Transaction
from storage.workspaces import preferences

_REACTION = "ballot_box_with_check"
_ELSEWHERE = "You are not in the channel that this belongs to any more, so it cannot be kept there."
_OUTSIDE = "I am not in that conversation. Invite me with /invite @Common Ground, and save once more."
_NOT_IN_CHANNEL = "Somebody there is not in this channel. Invite them first."


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
            origin = replace(origin, place=old.place)
        origin, told["title"] = replace(origin, supersedes=old.id), old.title
    if await placed(context.directory, press.team_id, origin.place, press.user_id) is Placed.OUTSIDE:
        return Reply(Say(blocks.said(error_messages.NOT_IN_IT)))
    return Reply(Open(await it.form(told, replace(origin, is_alone=is_alone(origin.place)))))


async def log_from_message(context: Context[Shortcut]) -> Reply:
    """Open the form with the message's text, its author and its permalink; the text is kept with the decision."""
    shortcut, it = context.interaction, await asking(context)
    place, quoted = shortcut.place.channel_id, shortcut.quote
    if quoted is None:
        return Reply(Say(lists.how_to(context.command_prefix)))
    text = readable(quoted.text, await it.names_of(people_in(quoted.text)))
    title, why = parsing.in_words(text)
    author = quoted.author_id if quoted.author_id.startswith(("U", "W")) else ""
    kept = votes.new_quote(it.team_id, text[:3000], quoted.author_id, it.user_id, context.now)
    link, thread_ts = link_to(context.team_url, place, quoted.ts), quoted.thread_ts or quoted.ts
    origin = Origin(link=link, quote=kept.id, place=place, thread_ts=thread_ts, is_alone=is_alone(place))
    form = await it.form(Fields({"title": title, "why": why, "decider": author}), origin, kept.text)
    return Reply(Open(form), lambda transaction, _now: votes.keep_quote(transaction, kept))


async def show_more(context: Context[BlockAction]) -> Reply:
    """Show the other fields; what was entered stays. Choosing the component comes here too."""
    view, it = context.interaction.view, await asking(context)
    origin, entered = (read_origin(view.note), view.fields) if view else (Origin(), Fields())
    quoted = await context.read(votes.quote, it.team_id, origin.quote, it.user_id)
    return Reply(Redraw(await it.form(entered, replace(origin, has_more=True), quoted.text if quoted else "")))


async def react(context: Context[SlackEvent]) -> Reply:
    """Answer who reacted with the agreed emoji, and nobody else, with a button that opens the form."""
    event, team_id, revision = context.interaction.event, context.team_id, context.workspace.preferences_revision
    item, name = event.get("item", {}), preferences.DECISION_EMOJI
    chosen = await context.read(preferences.chosen, team_id, revision, name)
    is_meant = event.get("reaction") == (chosen.get(team_id) or _REACTION)
    if not is_meant or item.get("type") != "message" or not context.user_id:
        return Reply()
    link = link_to(context.team_url, item["channel"], item["ts"])
    message = forms.open_form(f"{item['channel']}:{item['ts']}", link)
    said = post(Destination(team_id, context.user_id), message, context.now)
    return Reply(write=lambda _transaction, _now: Wrote(None, [said]))


async def save(context: Context[ViewSubmission]) -> Reply:
    """Write a decision down; everything that it depends on is read again inside the write."""
    submission, it, origin = context.interaction, await asking(context), read_origin(context.interaction.note)
    place = origin.place or submission.place.channel_id
    start = await _start(it, replace(origin, place=place))
    new = parsing.written(submission.fields, start, await context.today())
    if isinstance(new, Wrong):
        return Reply(Refuse(new.errors))
    if await placed(context.directory, it.team_id, place, it.user_id) is Placed.OUTSIDE:
        return Reply(Refuse({"title": _OUTSIDE}))
    new = new.model_copy(update={"visibility": await it.home(place)})
    facts = await it.facts(new.visibility, told=[new.decider, *new.asked, *new.informed])
    if not facts.may_hear(it.user_id):
        return Reply(Refuse({"title": _ELSEWHERE}))
    if errors := await _unfit(it, new, facts):
        return Reply(Refuse(errors))
    is_channel = new.state == "proposed" and not is_alone(place)
    is_in = is_channel and await context.directory.bot_is_in(place)
    is_posted = is_in and not await context.is_limited(place, new.visibility)
    note = "" if is_posted or not is_channel else record.NOT_FOR_GUESTS if is_in else record.NOT_POSTED
    entry = Entry(it.team_id, new, submission.fields.text(WORDS), origin.supersedes, is_posted)

    def keep(transaction: Transaction, _now: datetime) -> Wrote:
        return it.answer(transaction, service.log(transaction, entry, facts), note=note)

    return Reply(write=keep)


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
