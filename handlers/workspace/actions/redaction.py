"""Where a text that should not have been written is taken out for good."""

from datetime import datetime

from handlers.checks.outcomes import Refused
from handlers.framework.asker import Asker, asking
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import BlockAction, ViewSubmission
from handlers.slack.replies import Open, Reply, Say, Wrote
from handlers.workspace.forms.redaction import redaction
from handlers.workspace.messages import answers
from handlers.workspace.rules.redaction import may_redact, not_theirs
from handlers.workspace.rules.retention import held
from handlers.workspace.service import redaction as service
from storage.engine.interface import WORKSPACE, Transaction
from storage.workspaces import holds


async def ask_whether(context: Context[BlockAction]) -> Reply:
    """Ask once more, since it cannot be undone; whoever may not is told who may."""
    it, value = await asking(Asker, context), context.interaction.value
    if (hold := await context.read(holds.hold, it.team_id)) is not None:
        return Reply(Say(blocks.said(held(hold, await it.names_of([hold.by])))))
    record = await context.store.search(
        lambda reader: service.named(reader, context.hooks, it.team_id, value, it.visible)
    )
    if record is None:
        return Reply(Say(blocks.said("It's gone, or you can't see it here.")))
    if not may_redact(record, it.user_id, is_admin=it.actor.is_admin):
        return Reply(not_theirs(record))
    return Reply(Open(redaction(record, value)))


async def redact(context: Context[ViewSubmission]) -> Reply:
    """Take the text out of a record, its history, and the messages that tell of it."""
    it, value = await asking(Asker, context), context.interaction.note
    hold = await context.read(holds.hold, it.team_id)
    facts = await it.facts(WORKSPACE, [hold.by] if hold is not None else ())

    def take_out(transaction: Transaction, _now: datetime) -> Wrote:
        outcome = service.redact(transaction, context.hooks, it.team_id, value, facts)
        if isinstance(outcome, Refused):
            return Wrote(outcome)
        return Wrote(Say(answers.redacted(outcome.record.told, len(outcome.edits))), outcome.edits)

    return Reply(write=take_out)
