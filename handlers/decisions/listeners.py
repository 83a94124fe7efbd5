"""Where decisions are caught: by command, from a message, in a thread, by a reaction; and written down."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from handlers import blocks
from handlers.answers import Open, Redraw, Refuse, Reply, Say, Wrote, as_body, direct
from handlers.decisions import form_views, keeping, views, writing_rules
from handlers.decisions.form_views import Note, read_note
from handlers.decisions.rules import Move
from handlers.decisions.writing_rules import Wrong
from handlers.directory import Directory
from handlers.dispatch import Means
from handlers.gestures import Ask, Happening, Place, Press, Shortcut, Submission
from handlers.names import names_of
from handlers.roles import Acting
from handlers.visibility import Viewpoint
from storage import decisions, glossary, preferences, responsibilities
from storage.database import WORKSPACE, Reader, Transaction
from storage.decisions import Decision, NewDecision
from storage.deliveries import Delivery, due_at_once
from storage.workspaces import Workspace

_NUMBER = re.compile(r"d-[0-9a-z]+", re.IGNORECASE)
_REACTION = "ballot_box_with_check"


async def log(ask: Ask, viewpoint: Viewpoint, reader: Reader, acting: Acting) -> Reply:
    """Show the decision of a number; else open the form, with what was typed after the command in it."""
    visible = viewpoint.visibilities if ask.is_private else viewpoint.shown_to_all
    if _NUMBER.fullmatch(ask.text):
        found = decisions.by_number(reader, ask.team_id, ask.text, visible)
        return await read(reader, acting, found, is_private=ask.is_private)
    title, why = writing_rules.in_words(ask.text)
    told = {"title": title, "why": why, "decider": ask.user_id}
    parts = responsibilities.components(reader, ask.team_id, visible)
    return Reply(Open(form_views.decision_form(told, Note(place=_channel(ask)), parts), form_views.open_form()))


def _channel(gesture: Ask | Press | Shortcut) -> str:
    return gesture.place.channel_id if not gesture.place.channel_id.startswith("D") else ""


async def read(reader: Reader, acting: Acting, found: Decision | None, *, is_private: bool) -> Reply:
    """Return a decision in full, with what the person can do about it; nobody is pinged where everybody reads."""
    if found is None:
        return Reply(Say(views.gone()))
    names = None if is_private else await names_of(reader, acting.directory, found.team_id, people_of(found))
    seen = keeping.shown(reader, found, names)
    return Reply(Say(views.record(seen, acting.user_id, may_change=may_change(found, acting))))


def people_of(decision: Decision) -> list[str]:
    return [decision.decider, *decision.consulted, *decision.informed, *decision.asked]


def may_change(decision: Decision, acting: Acting) -> bool:
    return acting.is_admin or acting.user_id in (decision.decider, decision.created_by)


async def tell_how(command_prefix: str) -> Reply:
    return Reply(Say(views.how_to(command_prefix)))


async def decide_in_words(ask: Ask, viewpoint: Viewpoint, reader: Reader, acting: Acting, team_url: str) -> Reply:
    """Log what somebody says was decided, where they say it: "decided: … because …"."""
    title, why = writing_rules.in_words(ask.text)
    if not any(character.isalnum() for character in title):
        return await log(ask, viewpoint, reader, acting)
    if unfit_for_it := await acting.why_unfit(ask.user_id):
        return Reply(Say(blocks.said(unfit_for_it)))
    place = ask.place.channel_id
    thread = ask.thread_ts or ""
    link = f"{team_url}archives/{place}/p{thread.replace('.', '')}" if team_url and thread else ""
    new = NewDecision(
        visibility=await home(acting.directory, ask.team_id, place, viewpoint), title=title, why=why,
        decider=ask.user_id, source_link=link, place=place, thread_ts=thread,
    )  # fmt: skip
    names = None if ask.is_private else await names_of(reader, acting.directory, ask.team_id, [ask.user_id])

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        kept = keeping.add(transaction, ask.team_id, new, ask.user_id, now)
        seen = keeping.shown(transaction, kept.decision, names)
        return Wrote(Say(views.record(seen, ask.user_id, may_change=True)), kept.messages)

    return Reply(write=keep)


async def log_by_button(press: Press, viewpoint: Viewpoint, reader: Reader, team_url: str) -> Reply:
    """Open the form: anew, for the successor of a decision, or for a message that somebody reacted to."""
    parts = responsibilities.components(reader, press.team_id, viewpoint.visibilities)
    note, told = Note(place=_channel(press)), {"decider": press.user_id}
    channel, _, ts = press.value.partition(":")
    if ts:
        link = f"{team_url}archives/{channel}/p{ts.replace('.', '')}" if team_url else ""
        note = Note(link=link, place=channel, thread_ts=ts)
    elif press.value and (old := decisions.by_id(reader, press.team_id, press.value)) is not None:
        if old.visibility not in viewpoint.visibilities:
            return Reply(Say(views.gone()))
        note = Note(supersedes=old.id, place=old.place)
        told |= {"title": old.title, "why": old.why}
    return Reply(Open(form_views.decision_form(told, note, parts)))


async def log_from_message(
    shortcut: Shortcut, viewpoint: Viewpoint, means: Means, team_url: str, command_prefix: str
) -> Reply:
    """Open the form with the message's text, its author and its permalink."""
    place, quote = shortcut.place.channel_id, shortcut.quote
    if quote is None:
        return Reply(Say(views.how_to(command_prefix)))
    described = await means.directory.described(shortcut.team_id, Place(place))
    if described.openness != "public" and not await means.directory.bot_is_in(place):
        return Reply(Say(views.only_where_i_am(command_prefix)))
    link = f"{team_url}archives/{place}/p{quote.ts.replace('.', '')}" if team_url else ""
    title, why = writing_rules.in_words(quote.text)
    told = {"title": title, "why": why, "decider": quote.author_id if quote.author_id.startswith(("U", "W")) else ""}
    note = Note(
        link,
        quote.author_id,
        form_views.fitting(quote.text),
        place=_channel(shortcut),
        thread_ts=quote.thread_ts or quote.ts,
    )
    parts = responsibilities.components(means.store.reader, shortcut.team_id, viewpoint.visibilities)
    return Reply(Open(form_views.decision_form(told, note, parts)))


async def show_more(press: Press, viewpoint: Viewpoint, reader: Reader) -> Reply:
    """Show the other fields; what was entered stays. Choosing the part comes here too: it asks who was consulted."""
    note = read_note(press.view.note) if press.view else Note()
    entered: dict[str, object] = dict(press.view.fields) if press.view else {}
    parts = responsibilities.components(reader, press.team_id, viewpoint.visibilities)
    return Reply(Redraw(form_views.decision_form(entered, replace(note, has_more=True), parts)))


async def save(
    submission: Submission, viewpoint: Viewpoint, workspace: Workspace, acting: Acting, means: Means
) -> Reply:
    """Write a decision down; everything that it depends on is read again inside the write."""
    note = read_note(submission.note)
    place = note.place or submission.place.channel_id
    start = NewDecision.model_construct(
        **NewDecision(title="x", decider=submission.user_id, source_link=note.link[:300]).model_dump()
        | {"source_author": note.author, "source_text": note.text, "place": place, "thread_ts": note.thread_ts}
    )
    new = writing_rules.written(submission.fields, start, means.now)
    if isinstance(new, Wrong):
        return Reply(Refuse(new.errors))
    if errors := await unfit(acting, new):
        return Reply(Refuse(errors))
    visibility = await home(acting.directory, workspace.team_id, place, viewpoint)
    is_here = visibility in (WORKSPACE, submission.place.channel_id)
    if not is_here and not await acting.directory.is_in(workspace.team_id, submission.user_id, visibility):
        return Reply(Say(views.gone()))
    pins = pinned(means.store.reader, workspace.team_id, submission.fields, (WORKSPACE, visibility))
    if isinstance(pins, Wrong):
        return Reply(Refuse(pins.errors))
    new = new.model_copy(update={"visibility": visibility, "senses": pins})
    is_heard = new.state == "proposed" and place.startswith("C") and await acting.directory.bot_is_in(place)

    def keep(transaction: Transaction, at: datetime) -> Wrote | Refuse:
        old = decisions.by_id(transaction, workspace.team_id, note.supersedes) if note.supersedes else None
        made = Move("supersede", submission.user_id, is_admin=acting.is_admin)
        if note.supersedes and (told := keeping.not_to_supersede(old, new.visibility, made, at)):
            return Refuse({"title": told})
        kept = keeping.add(transaction, workspace.team_id, new, submission.user_id, at)
        if old is not None:
            keeping.supersede(transaction, old, kept.decision, made, at)
        written = decisions.by_id(transaction, workspace.team_id, kept.decision.id) or kept.decision
        seen = keeping.shown(transaction, written, None)
        posted = [_proposal(kept.decision, at)] if is_heard else []
        return Wrote(Say(views.record(seen, submission.user_id, may_change=True)), [*kept.messages, *posted])

    return Reply(write=keep)


async def unfit(acting: Acting, new: NewDecision) -> dict[str, str]:
    """Say at each field who of the people named there cannot be."""
    named: Mapping[str, tuple[str, ...]] = {
        "decider": (new.decider,), "consulted": new.consulted, "informed": new.informed, "asked": new.asked,
    }  # fmt: skip
    return {
        block_id: error
        for block_id, people in named.items()
        for each in people
        if (error := await acting.why_unfit(each))
    }


async def home(directory: Directory, team_id: str, place: str, viewpoint: Viewpoint) -> str:
    """Return who sees a decision: the workspace where it was made in the open, else the channel alone."""
    if viewpoint.is_limited:
        return place
    if place.startswith("D"):
        return WORKSPACE
    described = await directory.described(team_id, Place(place))
    return WORKSPACE if described.openness == "public" and not described.is_shared else place


def pinned(
    reader: Reader, team_id: str, fields: Mapping[str, str | list[str]], visible: tuple[str, ...]
) -> tuple[str, ...] | Wrong:
    """Return pins of every meaning of the words that somebody named: sense id and version."""
    pins: list[str] = []
    for word in writing_rules.words_pinned(fields):
        senses = glossary.senses_named(reader, team_id, glossary.look_up_key(word), visible)
        if not senses:
            return Wrong({form_views.WORDS: f"“{word}” is not in the glossary. Leave it out, or add it first."})
        pins += [f"{each.id}:{each.version}" for each in senses if each.status != "deprecated"]
    return tuple(pins)


def _proposal(decision: Decision, now: datetime) -> Delivery:
    """Put a proposal where everybody in the conversation can agree or object."""
    said = keeping.proposal(decision)
    thread = {"thread_ts": decision.thread_ts} if decision.thread_ts else {}
    return Delivery(
        act="post", team_id=decision.team_id, visibility=decision.place, lane=decision.place,
        body={"channel": decision.place, **thread, **as_body(said)}, **due_at_once(now, keeping.POSTS_KEPT),
    )  # fmt: skip


async def react(happening: Happening, workspace: Workspace, reader: Reader) -> Reply:
    """Answer who reacted with the agreed emoji, and nobody else, with a button that opens the form."""
    event = happening.event
    chosen = preferences.chosen(reader, workspace.team_id, workspace.preferences_revision, preferences.DECISION_EMOJI)
    wanted = chosen.get(workspace.team_id) or _REACTION
    item = event.get("item", {})
    if event.get("reaction") != wanted or item.get("type") != "message" or not happening.user_id:
        return Reply()
    value = f"{item['channel']}:{item['ts']}"
    message = form_views.open_form(value)

    def tell(_transaction: Transaction, now: datetime) -> Wrote:
        return Wrote(None, [direct(happening.team_id, happening.user_id, message, now)])

    return Reply(write=tell)


async def choose_reaction(ask: Ask, workspace: Workspace, is_admin: bool) -> Reply:  # noqa: FBT001 - given by name
    """Let admins choose the emoji that catches a decision."""
    name = ask.text.strip(": ")
    if not is_admin:
        return Reply(Say(blocks.said("Only admins choose the emoji for decisions.")))
    if not re.fullmatch(r"[a-z0-9_+'-]{1,100}", name):
        return Reply(Say(blocks.said("Name one emoji, such as :ballot_box_with_check:")))

    def keep(transaction: Transaction, _now: datetime) -> None:
        preferences.choose(transaction, ask.team_id, workspace.team_id, preferences.DECISION_EMOJI, name)

    return Reply(Say(blocks.said(f"From now on, reacting with :{name}: offers to log a decision.")), keep)
