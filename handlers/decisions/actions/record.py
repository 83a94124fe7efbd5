"""Where a decision is read, agreed with, accepted, amended, replaced, deprecated, and looked at again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from handlers.access.names import names_of
from handlers.access.permissions import Actor
from handlers.access.visibility import Viewpoint, may_hear
from handlers.agreements.pinned_definitions import pinned
from handlers.checks.outcomes import Refused
from handlers.decisions import forms, messages, service
from handlers.decisions.commands.logging import may_change, read
from handlers.decisions.forms import DAY, DONE, NOTE, NUMBER, WORDS
from handlers.decisions.rules import moves
from handlers.decisions.rules.moves import Act, Changes, Move
from handlers.decisions.service import At, Kept
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.blocks import Modal
from handlers.slack.history import history
from handlers.slack.interactions import BlockAction, ViewSubmission
from handlers.slack.replies import Open, Refuse, Reply, Say, Wrote, direct
from storage.decisions import decisions, votes
from storage.decisions.decisions import Decision
from storage.decisions.votes import Opinion, Vote
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.records.versioned import HistoryEntry


@dataclass(frozen=True, slots=True)
class Asked:
    """An interaction about a decision: which one, who makes it, what they see, and who may be told of it."""

    team_id: str
    decision_id: str
    user_id: str
    viewpoint: Viewpoint
    members: frozenset[str] | None = None

    def seen(self, reader: Reader) -> Decision | None:
        decision = decisions.by_id(reader, self.team_id, self.decision_id)
        return decision if decision is not None and decision.visibility in self.viewpoint.visibilities else None


async def _asked(
    interaction: BlockAction | ViewSubmission, viewpoint: Viewpoint, actor: Actor, reader: Reader
) -> Asked:
    """Ask Slack, before the write, who may hear of what becomes of the decision."""
    value = interaction.value.partition(":")[0] if isinstance(interaction, BlockAction) else interaction.note
    decision = decisions.by_id(reader, interaction.team_id, value)
    visibility = decision.visibility if decision else WORKSPACE
    members = await actor.directory.who_may_hear(interaction.team_id, visibility)
    return Asked(interaction.team_id, value, interaction.user_id, viewpoint, members)


async def open_record(context: Context[BlockAction]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    found = Asked(context.team_id, context.interaction.value, context.user_id, viewpoint).seen(context.store.reader)
    return await read(context.store.reader, actor, found, is_private=True)


async def accept(context: Context[BlockAction]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    it = await _asked(context.interaction, viewpoint, actor, context.store.reader)
    return Reply(write=partial(_move, it, Move("accept", context.user_id, is_admin=actor.is_admin)))


async def agree(context: Context[BlockAction]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    return await _voting(context.interaction, viewpoint, actor, context.store.reader, ("agree", ""))


async def object_to(context: Context[ViewSubmission]) -> Reply:
    submission, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    return await _voting(submission, viewpoint, actor, context.store.reader, ("object", submission.fields.text(NOTE)))


async def _voting(
    interaction: BlockAction | ViewSubmission,
    viewpoint: Viewpoint,
    actor: Actor,
    reader: Reader,
    said: tuple[Vote, str],
) -> Reply:
    if unfit := await actor.why_unfit(interaction.user_id):
        return Reply(Say(blocks.said(unfit)))
    it = await _asked(interaction, viewpoint, actor, reader)

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        opinion = Opinion(user_id=it.user_id, vote=said[0], reason=said[1], at=to_text(now))
        return _voted(it, opinion, transaction, now)

    return Reply(write=keep)


def _voted(it: Asked, opinion: Opinion, transaction: Transaction, now: datetime) -> Wrote:
    """Keep an opinion, and tell who decides; what can be taken back needs no deadline once all agree."""
    decision = it.seen(transaction)
    if decision is None:
        return Wrote(Say(messages.gone()))
    if told := moves.may_vote(decision, opinion, votes.opinions(transaction, decision)):
        return Wrote(Say(blocks.said(told)))
    votes.vote(transaction, decision, opinion)
    said = HistoryEntry(at=to_text(now), by=it.user_id, what=f"{opinion.vote}s", note=opinion.reason)
    decision = decisions.change(transaction, decision, {}, said)
    at = At(it.members, now)
    if moves.is_agreed(decision, votes.opinions(transaction, decision)):
        made = Move("accept", "", "Everybody who was asked agrees, and it can be taken back.")
        changes = {"state": "accepted", "decided_at": to_text(now)}
        return _said(transaction, service.change(transaction, decision, made, changes, at), opinion.user_id)
    concerned = {decision.decider, decision.created_by} - {opinion.user_id}
    to = [each for each in sorted(concerned) if may_hear(at.members, each)]
    message = messages.voted(decision, opinion)
    told_to = [direct(decision.team_id, each, message, now) for each in to]
    return Wrote(Say(messages.noted(decision, opinion)), told_to)


async def open_objection(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return _opened(context.interaction, viewpoint, context.store.reader, _FORMS["object"])


async def open_rejection(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return _opened(context.interaction, viewpoint, context.store.reader, _FORMS["reject"])


async def open_deprecation(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return _opened(context.interaction, viewpoint, context.store.reader, _FORMS["deprecate"])


async def open_amendment(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return _opened(context.interaction, viewpoint, context.store.reader, _FORMS["amend"])


async def open_holds(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return _opened(context.interaction, viewpoint, context.store.reader, forms.holds_form)


async def open_extension(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return _opened(context.interaction, viewpoint, context.store.reader, forms.day_form)


async def open_succession(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return _opened(context.interaction, viewpoint, context.store.reader, forms.supersede_form)


async def open_pins(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return _opened(context.interaction, viewpoint, context.store.reader, forms.pin_form)


def _note_form(callback_id: str, label: str, title: str) -> Callable[[Decision], Modal]:
    return lambda decision: forms.note_form(decision, callback_id, label, title)


_FORMS: dict[str, Callable[[Decision], Modal]] = {
    "object": _note_form(messages.OBJECT, "What speaks against it?", "Object"),
    "reject": _note_form(messages.REJECT, "Why not?", "Reject"),
    "deprecate": _note_form(messages.DEPRECATE, "Why does it hold no more?", "Deprecate"),
    "amend": _note_form(messages.AMEND, "What is different now?", "Amend"),
}


def _opened(press: BlockAction, viewpoint: Viewpoint, reader: Reader, form: Callable[[Decision], Modal]) -> Reply:
    decision = Asked(press.team_id, press.value, press.user_id, viewpoint).seen(reader)
    return Reply(Say(messages.gone()) if decision is None else Open(form(decision)))


async def reject(context: Context[ViewSubmission]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    return await _moved(context.interaction, viewpoint, actor, context.store.reader, "reject")


async def deprecate(context: Context[ViewSubmission]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    return await _moved(context.interaction, viewpoint, actor, context.store.reader, "deprecate")


async def amend(context: Context[ViewSubmission]) -> Reply:
    """Write a dated amendment; what was decided stays as it was, and both are read."""
    viewpoint, actor = await context.viewpoint(), await context.actor()
    return await _moved(context.interaction, viewpoint, actor, context.store.reader, "amend")


async def hold(context: Context[ViewSubmission]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    return await _moved(context.interaction, viewpoint, actor, context.store.reader, "still holds")


async def extend(context: Context[ViewSubmission]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    return await _moved(context.interaction, viewpoint, actor, context.store.reader, "extend")


async def _moved(submission: ViewSubmission, viewpoint: Viewpoint, actor: Actor, reader: Reader, act: Act) -> Reply:
    it = await _asked(submission, viewpoint, actor, reader)
    is_done = bool(submission.fields.get(DONE))
    note, day = submission.fields.text(NOTE), submission.fields.text(DAY)
    made = Move(act, submission.user_id, note, day, is_admin=actor.is_admin, is_for_good=is_done)
    return Reply(write=partial(_move, it, made))


def _move(it: Asked, made: Move, transaction: Transaction, now: datetime) -> Wrote | Refuse:
    """Make a move; what is wrong with it is said at the form's field, where it is about one."""
    decision = it.seen(transaction)
    taken = service.take(transaction, decision, made, {}, At(it.members, now)) if decision else None
    if isinstance(taken, Refused) and taken.field:
        return Refuse({taken.field: taken.told})
    return _said(transaction, taken, it.user_id)


async def supersede(context: Context[ViewSubmission]) -> Reply:
    submission, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await _asked(submission, viewpoint, actor, context.store.reader)
    made = Move("supersede", submission.user_id, is_admin=actor.is_admin)
    number = submission.fields.text(NUMBER)

    def settle(transaction: Transaction, now: datetime) -> Wrote | Refuse:
        old = it.seen(transaction)
        if old is None:
            return Wrote(Say(messages.gone()))
        new = decisions.by_number(transaction, it.team_id, number, viewpoint.visibilities)
        taken = service.supersede(transaction, old, new, made, At(it.members, now))
        if isinstance(taken, Refused):
            return Refuse({NUMBER: taken.told})
        return _said(transaction, taken, it.user_id)

    return Reply(write=settle)


async def pin_words(context: Context[ViewSubmission]) -> Reply:
    """Pin the meanings of words as they are today."""
    submission, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await _asked(submission, viewpoint, actor, context.store.reader)
    decision, words = it.seen(context.store.reader), submission.fields.text(WORDS)
    if decision is None or not may_change(decision, actor):
        return Reply(Say(messages.gone()))
    pins = pinned(context.store.reader, submission.team_id, words, (WORKSPACE, decision.visibility))
    if isinstance(pins, str):
        return Reply(Refuse({WORDS: pins}))

    def settle(transaction: Transaction, now: datetime) -> Wrote:
        current = it.seen(transaction)
        if current is None:
            return Wrote(Say(messages.gone()))
        changes: Changes = {"senses": tuple(dict.fromkeys([*current.senses, *pins]))}
        pinning = HistoryEntry(at=to_text(now), by=it.user_id, what="pins", note=words)
        new = decisions.change(transaction, current, changes, pinning)
        return _said(transaction, Kept(new), it.user_id)

    return Reply(write=settle)


async def read_history(context: Context[BlockAction]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    decision_id, _, begin = context.interaction.value.partition(":")
    decision = Asked(context.team_id, decision_id, context.user_id, viewpoint).seen(context.store.reader)
    if decision is None:
        return Reply(Say(messages.gone()))
    events = decisions.history(context.store.reader, context.team_id, decision.id)
    names = await names_of(context.store.reader, actor.directory, context.team_id, [each.by for each in events])
    title, door = f"History of {decision.number}", (messages.HISTORY, decision.id)
    return Reply(Say(history(title, events, names, door, int(begin or 0))))


def _said(transaction: Transaction, taken: Kept | Refused | None, user_id: str) -> Wrote:
    """Show the decision as it is now, or say why nothing changed."""
    if taken is None:
        return Wrote(Say(messages.gone()))
    if isinstance(taken, Refused):
        return Wrote(Say(blocks.said(taken.told)))
    seen = service.shown(transaction, taken.decision, None)
    is_theirs = user_id in (taken.decision.decider, taken.decision.created_by)
    return Wrote(Say(messages.record(seen, user_id, may_change=is_theirs)), taken.messages)
