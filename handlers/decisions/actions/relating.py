"""Where somebody says how a decision that they logged in passing stands to one that it looks like."""

from datetime import datetime

from handlers.checks.outcomes import NotAllowed, Refused
from handlers.decisions.context import Asker, asking
from handlers.decisions.messages import lists, nearness, notices
from handlers.decisions.rules.moves import Move
from handlers.decisions.service import changes
from handlers.framework.context import Context
from handlers.slack.interactions import BlockAction
from handlers.slack.replies import Replace, Reply, Wrote
from storage.decisions.decisions import Decision
from storage.engine.interface import Reader, Transaction


async def replace_near(context: Context[BlockAction]) -> Reply:
    """Put the decision that was logged in the place of the one that it looks like."""
    it, value = await asking(context), context.interaction.value
    facts = await it.facts_of(value.partition(":")[2])

    def settle(transaction: Transaction, _now: datetime) -> Wrote:
        new, old = _both(it, transaction, value)
        if new is None or old is None:
            return Wrote(NotAllowed(lists.GONE))
        outcome = changes.supersede(transaction, old, new, facts)
        if isinstance(outcome, Refused):
            return Wrote(outcome)
        told = notices.done(outcome.decision, Move("supersede", it.user_id, new.number))
        return Wrote(Replace(told), outcome.messages)

    return Reply(write=settle)


async def add_to_near(context: Context[BlockAction]) -> Reply:
    """Note that the decision that was logged adds to the one that it looks like."""
    it, value = await asking(context), context.interaction.value
    facts = await it.facts_of(value.partition(":")[0])

    def settle(transaction: Transaction, _now: datetime) -> Wrote:
        new, old = _both(it, transaction, value)
        if new is None or old is None:
            return Wrote(NotAllowed(lists.GONE))
        outcome = changes.add_to(transaction, new, old, facts)
        if isinstance(outcome, Refused):
            return Wrote(outcome)
        return Wrote(Replace(nearness.added(outcome.decision, old)), outcome.messages)

    return Reply(write=settle)


def _both(it: Asker, reader: Reader, value: str) -> tuple[Decision | None, Decision | None]:
    """Return the new decision and the one that it looks like, as far as they may be seen."""
    new, _, old = value.partition(":")
    return it.seen(reader, new), it.seen(reader, old)
