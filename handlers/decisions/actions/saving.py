"""Where a decision that was written in the form is checked and kept."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from handlers.access.permissions import Actor
from handlers.access.placement import Placed, placed, visibility_at
from handlers.agreements.pinned_definitions import pinned
from handlers.decisions import messages as views
from handlers.decisions import service
from handlers.decisions.forms import WORDS, Note, read_note
from handlers.decisions.rules import parsing
from handlers.decisions.rules.moves import Move
from handlers.decisions.service import At, By
from handlers.framework.context import Context, WorkspaceContext
from handlers.slack.interactions import ViewSubmission, Wrong
from handlers.slack.replies import Refuse, Reply, Say, Wrote, as_body
from storage.decisions import decisions, votes
from storage.decisions.decisions import Decision, NewDecision
from storage.engine.interface import WORKSPACE, Transaction
from storage.outbox.deliveries import Delivery, due_at_once

_ELSEWHERE = "You are not in the channel that this belongs to any more, so it cannot be kept there."
_OUTSIDE = "I am not in that conversation. Invite me with /invite @Common Ground, and save once more."
_ONLY_DECIDED = "Only what is decided can take its place. Choose “It is decided”, or supersede it later."


@dataclass(frozen=True, slots=True)
class Written:
    """A decision that somebody wrote, ready for the store; ``is_heard``: it is put to its conversation too."""

    new: NewDecision
    note: Note
    by: By
    is_admin: bool
    is_heard: bool


async def save(context: Context[ViewSubmission]) -> Reply:
    """Write a decision down; everything that it depends on is read again inside the write."""
    submission, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    note = read_note(submission.note)
    place = note.place or submission.place.channel_id
    new = parsing.written(submission.fields, await _start(submission, context, note, place), context.now)
    if isinstance(new, Wrong):
        return Reply(Refuse(new.errors))
    if await placed(context.directory, context.team_id, place, submission.user_id) is Placed.OUTSIDE:
        return Reply(Refuse({"title": _OUTSIDE}))
    visibility = await visibility_at(context.directory, context.team_id, place, viewpoint)
    members = await context.directory.who_may_hear(context.team_id, visibility)
    if members is not None and submission.user_id not in members:
        return Reply(Refuse({"title": _ELSEWHERE}))
    if errors := await _unfit(actor, new, members):
        return Reply(Refuse(errors))
    pins = pinned(context.store.reader, context.team_id, submission.fields.text(WORDS), (WORKSPACE, visibility))
    if isinstance(pins, str):
        return Reply(Refuse({WORDS: pins}))
    new = new.model_copy(update={"visibility": visibility, "senses": pins})
    by = By(members, context.team_id, submission.user_id)
    is_channel = new.state == "proposed" and not place.startswith("D") and bool(place)
    is_heard = is_channel and await context.directory.bot_is_in(place)
    return Reply(write=partial(_keep, Written(new, note, by, actor.is_admin, is_heard)))


async def _start(submission: ViewSubmission, context: WorkspaceContext, note: Note, place: str) -> NewDecision:
    """Return what a decision begins with: the message that it was caught from, as far as that is still there."""
    quoted = votes.quote(context.store.reader, context.team_id, note.quote) if note.quote else None
    is_gone = bool(note.link) and await context.directory.is_gone(context.team_id, note.link)
    return NewDecision(
        title="x", decider=submission.user_id, source_link="" if is_gone else note.link[:300],
        source_text=quoted.text if quoted else "", source_author=quoted.author if quoted else "", place=place,
        thread_ts=note.thread_ts,
    )  # fmt: skip


def _keep(written: Written, transaction: Transaction, now: datetime) -> Wrote | Refuse:
    new, note, by = written.new, written.note, written.by
    old = decisions.by_id(transaction, by.team_id, note.supersedes) if note.supersedes else None
    made = Move("supersede", by.user_id, is_admin=written.is_admin)
    if note.supersedes and new.state != "accepted":
        return Refuse({"state": _ONLY_DECIDED})
    if note.supersedes and (told := service.not_to_supersede(old, new.visibility, made, now)):
        return Refuse({"title": told})
    kept = service.add(transaction, new, by, now)
    messages = list(kept.messages)
    if old is not None:
        service.supersede(transaction, old, kept.decision, made, At(by.members, now))
    decision = decisions.by_id(transaction, by.team_id, kept.decision.id) or kept.decision
    seen = service.shown(transaction, decision, None)
    if written.is_heard:
        messages.append(_proposal(decision, now))
    is_unheard = new.state == "proposed" and not written.is_heard and not new.place.startswith("D")
    said = views.record(seen, by.user_id, may_change=True, note=views.NOT_POSTED if is_unheard else "")
    return Wrote(Say(said), messages)


async def _unfit(actor: Actor, new: NewDecision, members: frozenset[str] | None) -> dict[str, str]:
    """Say at each field who of the people named there cannot be: no member, or not in the channel."""
    named: dict[str, tuple[str, ...]] = {
        "decider": (new.decider,), "consulted": new.consulted, "informed": new.informed, "asked": new.asked,
    }  # fmt: skip
    asked = [(block_id, each) for block_id, people in named.items() for each in people]
    told = await asyncio.gather(*(actor.why_unfit(each) for _, each in asked))
    errors = {block_id: error for (block_id, _), error in zip(asked, told, strict=True) if error}
    outside = {block_id for block_id, each in asked if members is not None and each not in members}
    return {**dict.fromkeys(outside, "Somebody there is not in this channel. Invite them first."), **errors}


def _proposal(decision: Decision, now: datetime) -> Delivery:
    """Put a proposal where everybody in the conversation can agree or object."""
    said = service.proposal(decision)
    thread = {"thread_ts": decision.thread_ts} if decision.thread_ts else {}
    return Delivery(
        act="post", team_id=decision.team_id, visibility=decision.place, lane=decision.place,
        body={"channel": decision.place, **thread, **as_body(said)}, **due_at_once(now, service.POSTS_KEPT),
    )  # fmt: skip
