"""Where a decision is read, voted on, accepted, amended, replaced, deprecated, pinned to, and looked at again."""

from datetime import datetime

from handlers.access.settling import is_shown
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.decisions.context import Asker, asking, in_place
from handlers.decisions.forms import DAY, DONE, FORMS, NOTE, NUMBER, WORDS
from handlers.decisions.messages import lists, notices, record
from handlers.decisions.rules import moves
from handlers.decisions.rules.moves import Act, Move
from handlers.decisions.service import changes, showing
from handlers.decisions.service.changes import Saved
from handlers.framework.context import Context, GoneError, Handler
from handlers.slack import carried
from handlers.slack.history import history
from handlers.slack.interactions import BlockAction, Fields, ViewSubmission
from handlers.slack.replies import Done, Reply, Say, Wrote
from storage.decisions import decisions
from storage.decisions.decisions import Decision
from storage.decisions.votes import Opinion, Vote
from storage.engine.interface import Reader, Transaction, to_text
from storage.records.versioned import HistoryEntry

Step = BlockAction | ViewSubmission


async def open_record(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    return await it.read_out(it.seen, context.interaction.value, is_full=True)


def opens(act: Act) -> Handler[BlockAction]:
    """Return what opens the form for an act, for those who may do it as the decision stands."""

    async def open_form(context: Context[BlockAction]) -> Reply:
        it = await asking(context)
        decision = await context.read(it.seen, context.interaction.value)
        if decision is None:
            raise GoneError(lists.GONE)
        if act == "object" and moves.is_to_decide(decision, it.user_id):
            return await it.read_out(it.seen, decision.id, is_full=True)
        is_gone = await context.read(showing.is_decider_gone, decision)
        names = await it.names_of([decision.decider, decision.created_by])
        made = Move(act, it.user_id, is_admin=it.actor.is_admin, is_decider_gone=is_gone, names=names)
        refused = moves.refusal(decision, made)
        return Reply(in_place(context.interaction, FORMS[act](decision)) if refused is None else refused)

    return open_form


def takes(act: Act) -> Handler[Step]:
    """Return what makes a move, by a button or a form."""

    async def take(context: Context[Step]) -> Reply:
        it, fields, today = await asking(context), _fields(context.interaction), await context.today()
        facts = await it.facts_of(_named(context.interaction))
        is_done, is_admin = bool(fields.ids(DONE)), it.actor.is_admin
        made = Move(act, it.user_id, fields.text(NOTE), fields.text(DAY), is_admin=is_admin, is_for_good=is_done)

        def move(transaction: Transaction, _now: datetime) -> Wrote:
            decision = it.seen(transaction, _named(context.interaction))
            outcome = changes.take(transaction, decision, made, facts, today) if decision else None
            return _answer(context.interaction, outcome, made)

        return Reply(write=move)

    return take


def votes_for(vote: Vote) -> Handler[Step]:
    """Return what keeps an opinion, by a button or a form."""

    async def say(context: Context[Step]) -> Reply:
        it, reason = await asking(context), _fields(context.interaction).text(NOTE)
        if refused := await it.actor.why_barred():
            return Reply(refused)
        there = await context.read(it.seen, _named(context.interaction))
        if isinstance(context.interaction, BlockAction) and there is not None and moves.is_to_decide(there, it.user_id):
            return await it.read_out(it.seen, there.id, is_full=True)
        facts = await it.facts_of(_named(context.interaction))
        opinion = Opinion(user_id=it.user_id, vote=vote, reason=reason, at=to_text(context.now))

        def keep(transaction: Transaction, _now: datetime) -> Wrote:
            decision = it.seen(transaction, _named(context.interaction))
            outcome = changes.vote(transaction, decision, opinion, facts) if decision else None
            if not isinstance(outcome, Saved):
                return Wrote(outcome or NotAllowed(lists.GONE))
            is_told = moves.is_told(outcome.decision, opinion)
            noted = notices.noted(outcome.decision, opinion, is_told=is_told)
            return Wrote(in_place(context.interaction, noted), outcome.messages)

        return Reply(write=keep)

    return say


async def supersede(context: Context[ViewSubmission]) -> Reply:
    it, submission = await asking(context), context.interaction
    facts = await it.facts_of(submission.note)

    def settle(transaction: Transaction, _now: datetime) -> Wrote:
        old, new = it.seen(transaction, submission.note), it.numbered(transaction, submission.fields.text(NUMBER))
        made = Move("supersede", it.user_id, new.number if new is not None else "")
        return _answer(submission, changes.supersede(transaction, old, new, facts) if old else None, made)

    return Reply(write=settle)


async def pin_words(context: Context[ViewSubmission]) -> Reply:
    """Pin the definitions of words as they are today."""
    it, submission = await asking(context), context.interaction
    facts = await it.facts_of(submission.note)

    def settle(transaction: Transaction, _now: datetime) -> Wrote:
        decision, words = it.seen(transaction, submission.note), submission.fields.text(WORDS)
        outcome = changes.pin(transaction, decision, words, facts) if decision else None
        return _answer(submission, outcome, Move("pin", it.user_id, words))

    return Reply(write=settle)


async def read_history(context: Context[BlockAction]) -> Reply:
    it, (decision_id, _, begin) = await asking(context), context.interaction.value.partition(":")
    found = await context.read(_with_history, it, decision_id)
    if found is None:
        raise GoneError(lists.GONE)
    decision, events = found
    names = await it.names_of(each.by for each in events)
    door = (record.HISTORY, decision.id)
    return Reply(Say(history(f"History of {decision.number}", events, names, door, carried.number(begin))))


def _with_history(reader: Reader, it: Asker, decision_id: str) -> tuple[Decision, list[HistoryEntry]] | None:
    decision = it.seen(reader, decision_id)
    return None if decision is None else (decision, decisions.history(reader, it.team_id, decision.id))


def _answer(interaction: Step, outcome: Saved | Refused | None, made: Move) -> Wrote:
    """Say the step that was taken, or why nothing changed: at the form's field, where it is about one."""
    if isinstance(outcome, Saved):
        at = (
            (interaction.place.channel_id, interaction.message_ts) if isinstance(interaction, BlockAction) else ("", "")
        )
        if is_shown(outcome.messages, *at):
            return Wrote(Done(), outcome.messages)
        return Wrote(in_place(interaction, notices.done(outcome.decision, made)), outcome.messages)
    return Wrote(outcome or NotAllowed(lists.GONE))


def _named(interaction: Step) -> str:
    return interaction.value if isinstance(interaction, BlockAction) else interaction.note


def _fields(interaction: Step) -> Fields:
    return interaction.fields if isinstance(interaction, ViewSubmission) else Fields()
