"""Deletes, once a day, the records whose time is over, in small writes between those of others."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, Run
from handlers.framework.services import Services
from handlers.hooks.retention import Retained
from handlers.workspace.rules import turns
from handlers.workspace.rules.retention import ended_before
from handlers.workspace.service import retention as service
from storage.engine.interface import Reader, Transaction
from storage.outbox.deliveries import Delivery
from storage.records import retention
from storage.workspaces import holds
from storage.workspaces.workspaces import held, team_ids

_AT_ONCE = 100


async def _delete(context: WorkspaceContext) -> Run | None:
    """Delete what is past; while there is a legal hold the day is not done, so that it goes on once that is lifted."""
    kinds, team_id = context.hooks.retains, context.team_id
    if await context.read(holds.hold, team_id) is not None:
        return None
    before = ended_before(await context.read(service.chosen, kinds, team_id), context.now)
    for each in kinds:
        if each.kind in before:
            await _delete_kind(context, each, before[each.kind])
    return _done


async def _delete_kind(context: WorkspaceContext, kind: Retained, before: str) -> None:
    store, team_id = context.store, context.team_id
    look = partial(retention.past, which=kind.ended, team_id=team_id, before=before, most=_AT_ONCE)
    while keys := await store.search(look):
        forget = partial(service.forget, team_id=team_id, kind=kind, before=before, keys=keys)
        if not await store.write(held(team_id, forget)):
            return


def where_turn_has_come(reader: Reader, services: Services) -> set[str]:
    """Return the workspaces in which it is time for what is done once a day."""
    now = services.now()
    return {each for each in team_ids(reader) if turns.has_come(each, now)}


def _done(_transaction: Transaction, _team_id: str, _now: datetime) -> Sequence[Delivery]:
    return ()


RETENTION = Job("retention", lambda now: now.date().isoformat(), _delete, where_turn_has_come)
