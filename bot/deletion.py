"""Deletes workspaces from which the app was uninstalled, once they have been kept for as long as the settings say."""

from datetime import datetime, timedelta
from functools import partial

import structlog

from handlers.framework.routing import Ended
from storage.engine.interface import Database, Transaction
from storage.workspaces import deletion
from storage.workspaces.workspaces import hold

_log = structlog.get_logger(__name__)


async def delete_due(store: Database, keep: timedelta, now: datetime) -> Ended:
    """Delete what was uninstalled so long ago, and go on with what was begun. Raises StoreUnavailableError."""
    if await store.search(partial(deletion.due, now=now, keep=keep)):
        await store.write(lambda transaction: _begin_due(transaction, now, keep))
    for team_id in await store.read(deletion.begun):
        await finish(store, team_id)
    return "done"


async def finish(store: Database, team_id: str) -> None:
    """Delete every row of a workspace whose deletion has begun, a few in each write, so that others write between."""
    while await store.write(partial(deletion.delete_some, team_id=team_id)):
        continue
    await store.scrub(is_quiet=True)
    await store.write(partial(deletion.end, team_id=team_id))
    _log.info("a workspace was deleted", team_id=team_id)


def _begin_due(transaction: Transaction, now: datetime, keep: timedelta) -> None:
    """Begin where nobody has let the app in again, or put the workspace on hold, just before."""
    for team_id in deletion.due(transaction, now, keep):
        hold(transaction, team_id)
        if team_id in deletion.due(transaction, now, keep):
            deletion.begin(transaction, team_id, now)
