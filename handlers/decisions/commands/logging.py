"""Where decisions are caught: by command, from a message, in a thread, by a reaction."""

import re
from dataclasses import replace
from datetime import datetime

from handlers.access.names import names_of
from handlers.access.permissions import Actor
from handlers.access.placement import Placed, placed, visibility_at
from handlers.decisions import forms, messages, service
from handlers.decisions.forms import Note, read_note
from handlers.decisions.rules import parsing
from handlers.decisions.service import By
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import Ask, BlockAction, Shortcut, SlackEvent
from handlers.slack.message_text import link_to, people_in, readable
from handlers.slack.replies import Open, Redraw, Reply, Say, Wrote, direct
from storage.decisions import decisions, votes
from storage.decisions.decisions import Decision, NewDecision
from storage.engine.interface import WORKSPACE, Reader, Transaction
from storage.responsibilities import responsibilities
from storage.workspaces import preferences

#: D-34, as people write it: d34, D 34, 34.
_NUMBER = re.compile(r"(?:d[- ]?)?(?P<digits>\d+)|d-(?P<letters>[0-9a-z]+)", re.IGNORECASE)
_REACTION = "ballot_box_with_check"


async def log(context: Context[Ask]) -> Reply:
    """Show the decision of a number; else open the form, with what was typed after the command in it."""
    ask, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    visible = viewpoint.visibilities if ask.is_private else viewpoint.shown_to_all
    if match := _NUMBER.fullmatch(ask.text):
        number = f"D-{match['digits'] or match['letters']}"
        found = decisions.by_number(context.store.reader, ask.team_id, number, visible)
        return await read(context.store.reader, actor, found, is_private=ask.is_private)
    place = await placed(actor.directory, ask.team_id, ask.place.channel_id, ask.user_id)
    if place is Placed.OUTSIDE:
        return Reply(Say(messages.only_where_i_am()))
    title, why = parsing.in_words(ask.text)
    told = {"title": title, "why": why, "decider": ask.user_id}
    parts = responsibilities.components(context.store.reader, ask.team_id, visible)
    note = Note(place=ask.place.channel_id, is_alone=place is Placed.ALONE)
    return Reply(Open(forms.decision_form(told, note, parts), forms.open_form()))


async def read(reader: Reader, actor: Actor, found: Decision | None, *, is_private: bool) -> Reply:
    """Return a decision in full, with what the person can do about it; nobody is pinged where everybody reads."""
    if found is None:
        return Reply(Say(messages.gone()))
    voters = [each.user_id for each in votes.opinions(reader, found)]
    people = [*people_of(found), *voters]
    names = None if is_private else await names_of(reader, actor.directory, found.team_id, people)
    seen = service.shown(reader, found, names)
    return Reply(Say(messages.record(seen, actor.user_id, may_change=may_change(found, actor))))


def people_of(decision: Decision) -> list[str]:
    return [decision.decider, *decision.consulted, *decision.informed, *decision.asked]


def may_change(decision: Decision, actor: Actor) -> bool:
    return actor.is_admin or actor.user_id in (decision.decider, decision.created_by)


async def tell_how(context: Context[Ask]) -> Reply:
    return Reply(Say(messages.how_to(context.command_prefix)))


async def decide_in_words(context: Context[Ask]) -> Reply:
    """Log what somebody says was decided, where they say it: "decided: … because …"."""
    ask, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    directory, place = actor.directory, ask.place.channel_id
    names = await names_of(context.store.reader, directory, ask.team_id, [ask.user_id, *people_in(ask.text)])
    title, why = parsing.in_words(readable(ask.text, names))
    where = await placed(directory, ask.team_id, place, ask.user_id)
    if not any(character.isalnum() for character in title):
        return Reply(Say(messages.how_to_decide()))
    if where is not Placed.HERE:
        return await log(context)
    if unfit := await actor.why_unfit(ask.user_id):
        return Reply(Say(blocks.said(unfit)))
    visibility = await visibility_at(directory, ask.team_id, place, viewpoint)
    thread = ask.thread_ts or ""
    new = NewDecision(
        visibility=visibility, title=title, why=why, decider=ask.user_id, place=place, thread_ts=thread,
        source_link=link_to(context.team_url, place, thread),
    )  # fmt: skip
    by = By(await directory.who_may_hear(ask.team_id, visibility), ask.team_id, ask.user_id)
    shown_names = None if ask.is_private else names

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        kept = service.add(transaction, new, by, now)
        seen = service.shown(transaction, kept.decision, shown_names)
        return Wrote(Say(messages.record(seen, ask.user_id, may_change=True)), kept.messages)

    return Reply(write=keep)


async def log_by_button(context: Context[BlockAction]) -> Reply:
    """Open the form: anew, for the successor of a decision, or for a message that somebody reacted to."""
    press, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    parts = responsibilities.components(context.store.reader, press.team_id, viewpoint.visibilities)
    note, told = Note(place=press.place.channel_id), {"decider": press.user_id}
    channel, _, ts = press.value.partition(":")
    if ts:
        note = Note(link=link_to(context.team_url, channel, ts), place=channel, thread_ts=ts)
    elif press.value:
        old = decisions.by_id(context.store.reader, press.team_id, press.value)
        if old is None or old.visibility not in viewpoint.visibilities:
            return Reply(Say(messages.gone()))
        is_alone = press.place.channel_id.startswith("D") or not press.place.channel_id
        place = old.place if is_alone and old.visibility != WORKSPACE else press.place.channel_id
        note = Note(supersedes=old.id, place=place)
        told["title"] = old.title
    where = await placed(actor.directory, press.team_id, note.place, press.user_id)
    if where is Placed.OUTSIDE:
        return Reply(Say(messages.only_where_i_am()))
    return Reply(Open(forms.decision_form(told, replace(note, is_alone=where is Placed.ALONE), parts)))


async def log_from_message(context: Context[Shortcut]) -> Reply:
    """Open the form with the message's text, its author and its permalink; the text is kept with the decision."""
    shortcut, viewpoint = context.interaction, await context.viewpoint()
    place, quoted = shortcut.place.channel_id, shortcut.quote
    if quoted is None:
        return Reply(Say(messages.how_to(context.command_prefix)))
    where = await placed(context.directory, shortcut.team_id, place, shortcut.user_id)
    if where is Placed.OUTSIDE:
        return Reply(Say(messages.only_where_i_am()))
    reader, people = context.store.reader, people_in(quoted.text)
    names = await names_of(reader, context.directory, shortcut.team_id, people)
    text = readable(quoted.text, names)
    title, why = parsing.in_words(text)
    author = quoted.author_id if quoted.author_id.startswith(("U", "W")) else ""
    kept = votes.new_quote(shortcut.team_id, text[:3000], quoted.author_id, context.now)
    note = Note(
        link=link_to(context.team_url, place, quoted.ts), quote=kept.id, place=place,
        thread_ts=quoted.thread_ts or quoted.ts, is_alone=where is Placed.ALONE,
    )  # fmt: skip
    parts = responsibilities.components(reader, shortcut.team_id, viewpoint.visibilities)
    told = {"title": title, "why": why, "decider": author}
    return Reply(
        Open(forms.decision_form(told, note, parts, kept.text)),
        lambda transaction, _now: votes.keep_quote(transaction, kept),
    )


async def show_more(context: Context[BlockAction]) -> Reply:
    """Show the other fields; what was entered stays. Choosing the component comes here too."""
    press, viewpoint = context.interaction, await context.viewpoint()
    note = read_note(press.view.note) if press.view else Note()
    entered: dict[str, object] = dict(press.view.fields) if press.view else {}
    parts = responsibilities.components(context.store.reader, press.team_id, viewpoint.visibilities)
    quoted = votes.quote(context.store.reader, press.team_id, note.quote) if note.quote else None
    text = quoted.text if quoted else ""
    return Reply(Redraw(forms.decision_form(entered, replace(note, has_more=True), parts, text)))


async def react(context: Context[SlackEvent]) -> Reply:
    """Answer who reacted with the agreed emoji, and nobody else, with a button that opens the form."""
    event = context.interaction.event
    chosen = preferences.chosen(
        context.store.reader,
        context.workspace.team_id,
        context.workspace.preferences_revision,
        preferences.DECISION_EMOJI,
    )
    wanted = chosen.get(context.workspace.team_id) or _REACTION
    item = event.get("item", {})
    if event.get("reaction") != wanted or item.get("type") != "message" or not context.user_id:
        return Reply()
    link = link_to(context.team_url, item["channel"], item["ts"])
    message = forms.open_form(f"{item['channel']}:{item['ts']}", link)

    def tell(_transaction: Transaction, now: datetime) -> Wrote:
        return Wrote(None, [direct(context.team_id, context.user_id, message, now)])

    return Reply(write=tell)


async def choose_reaction(context: Context[Ask]) -> Reply:
    """Let admins choose the emoji that catches a decision."""
    name = context.interaction.text.strip(": ")
    if not (await context.actor()).is_admin:
        return Reply(Say(blocks.said("Only admins choose the emoji for decisions.")))
    if not re.fullmatch(r"[a-z0-9_+'-]{1,100}", name):
        return Reply(Say(blocks.said("Name one emoji, such as :ballot_box_with_check:")))

    def keep(transaction: Transaction, _now: datetime) -> None:
        preferences.choose(transaction, context.team_id, context.workspace.team_id, preferences.DECISION_EMOJI, name)

    return Reply(Say(blocks.said(f"From now on, reacting with :{name}: offers to log a decision.")), keep)
