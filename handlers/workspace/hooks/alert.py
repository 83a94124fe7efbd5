"""Tells the admins what needs somebody, once a day at most, and of each message that was lost once."""

from collections.abc import Sequence
from datetime import datetime

from handlers.access.recipients import Facts, notify
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, Run
from handlers.workspace.messages import condition
from storage.engine.interface import Transaction
from storage.outbox import losses
from storage.outbox.deliveries import Delivery


async def _look(context: WorkspaceContext) -> Run | None:
    found = await context.store.search(
        lambda reader: losses.lost(reader, context.team_id, context.now - condition.LOST_FOR)
    )
    lost = [each for each in found if not each.is_told]
    needs = condition.needs(context.services.health(), lost)
    if not needs:
        return None
    admins = await context.directory.admins(context.team_id) | context.admins
    message = condition.alert(needs, context.services.command_prefix)

    def tell(transaction: Transaction, team_id: str, now: datetime) -> Sequence[Delivery]:
        told = notify(transaction, team_id, dict.fromkeys(sorted(admins), message), Facts("", now))
        # Where an alert itself is lost, another one would be as well.
        noted = [*(each.id for each in lost), *(each.id for each in told)]
        losses.note_told(transaction, team_id, noted, now)
        return told

    return tell


ALERT = Job("alert", lambda now: now.date().isoformat(), _look)
