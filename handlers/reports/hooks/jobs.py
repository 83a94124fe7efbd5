"""What time asks of reports: one that is missed is told, and what waits for somebody's day once that begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from handlers.access.recipients import Facts
from handlers.access.working import known_at_work
from handlers.agreements.reported import target_of
from handlers.framework.context import WorkspaceContext
from handlers.framework.report_kinds import facts_about
from handlers.framework.routing import Job, Run
from handlers.framework.services import Services
from handlers.hooks.reports import Target, Tells
from handlers.reports import service
from storage.engine.interface import Reader, Transaction
from storage.outbox.deliveries import Delivery
from storage.workspaces import webhooks
from storage.workspaces.webhooks import Webhook


@dataclass(frozen=True, slots=True)
class _Due:
    """The web hooks of which something is to be told, by their ids, and what Slack was asked about their targets."""

    found: Mapping[str, tuple[Webhook, Target]]
    tells: Mapping[str, Tells]
    facts: Mapping[str, Facts] = field(default_factory=dict)

    def tell(self, transaction: Transaction, team_id: str, now: datetime) -> Sequence[Delivery]:
        told: list[Delivery] = []
        for each in webhooks.late(transaction, team_id, now):
            if each.id in self.facts:
                told += service.tell_late(transaction, each, self.found[each.id][1], self.facts[each.id])
        waiting = webhooks.notices(transaction, team_id)
        there = known_at_work(transaction, team_id, {each.person for each in waiting}, now)
        for notice in waiting:
            current = webhooks.by_id(transaction, team_id, notice.webhook_id)
            if notice.person in there and current is not None and current.id in self.facts:
                about = (current, self.found[current.id][1])
                told += service.tell_noticed(transaction, notice, about, self.tells, self.facts[current.id])
        return told


async def _plan(context: WorkspaceContext) -> Run | None:
    found = await context.store.search(partial(_found, team_id=context.team_id, now=context.now))
    if not found:
        return None
    facts = {each.id: await facts_about(context, target) for each, target in found.values()}
    return _Due(found, context.hooks.tells, facts).tell


def _found(reader: Reader, team_id: str, now: datetime) -> dict[str, tuple[Webhook, Target]]:
    """Return what is late, or of which somebody is to be told who is at work now."""
    waiting = webhooks.notices(reader, team_id)
    there = known_at_work(reader, team_id, {each.person for each in waiting}, now) if waiting else set()
    noticed = (webhooks.by_id(reader, team_id, each.webhook_id) for each in waiting if each.person in there)
    due = [*webhooks.late(reader, team_id, now), *(each for each in noticed if each is not None)]
    with_targets = ((each, target_of(reader, each)) for each in due)
    return {each.id: (each, target) for each, target in with_targets if target is not None}


def _where(reader: Reader, services: Services) -> set[str]:
    return webhooks.where_late(reader, services.now()) | webhooks.where_notices(reader)


JOBS = (Job("reports", lambda now: f"{now:%Y-%m-%dT%H:%M}", _plan, _where),)
