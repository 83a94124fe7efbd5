"""What time asks of a workspace: a daily tidying of what is no longer needed, and files without what was deleted."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, PutOff, Run, as_far_as, at_once
from handlers.workspace.hooks.alert import ALERT
from handlers.workspace.hooks.retention import RETENTION, where_turn_has_come
from storage.engine.interface import Transaction, to_text
from storage.outbox import claims
from storage.outbox.deliveries import Delivery, forget_ended
from storage.outbox.naming import keep_where_named
from storage.outbox.redactions import keep_where_said, scrubbed, unscrubbed, where_unscrubbed
from storage.workspaces import audit, heard, homes, tokens
from storage.workspaces.nudges import forget_settled
from storage.workspaces.workspaces import forget_old_periods

_ENDED_KEPT = timedelta(days=30)
_SETTLED_KEPT = timedelta(days=400)
_PERIODS_KEPT = timedelta(days=60)
_AUDIT_KEPT = timedelta(days=400)
_HEARD_KEPT = timedelta(days=1)
#: In this hour (UTC) a large store is written anew, which keeps writes waiting.
_QUIET_HOUR = 3


def _tidy(transaction: Transaction, team_id: str, now: datetime) -> Sequence[Delivery]:
    claims.forget_old(transaction, team_id, now)
    keep_where_said(transaction, team_id, to_text(now - _ENDED_KEPT))
    keep_where_named(transaction, team_id, to_text(now - _ENDED_KEPT))
    forget_ended(transaction, team_id, now - _ENDED_KEPT)
    forget_settled(transaction, team_id, now - _SETTLED_KEPT)
    forget_old_periods(transaction, team_id, now - _PERIODS_KEPT)
    audit.forget(transaction, team_id, now - _AUDIT_KEPT)
    heard.forget(transaction, team_id, now - _HEARD_KEPT)
    tokens.forget_ended(transaction, team_id, now)
    return ()


async def _scrub(context: WorkspaceContext) -> Run | PutOff | None:
    """Take what was deleted for good out of the files, and out of the Homes; what ends half way is done again."""
    is_quiet = context.now.hour == _QUIET_HOUR
    noted = await context.read(unscrubbed, context.team_id, is_quiet=is_quiet)
    if not noted:
        return None
    is_all = await context.store.scrub(is_quiet=is_quiet)

    def done(transaction: Transaction, team_id: str, now: datetime) -> Sequence[Delivery]:
        scrubbed(transaction, noted, is_all=is_all)
        homes.look_again(transaction, team_id, now)
        return ()

    return as_far_as(done, is_all=is_all)


JOBS = (
    Job("tidy", lambda now: now.date().isoformat(), at_once(_tidy), where_turn_has_come),
    RETENTION,
    ALERT,
    Job("scrub", lambda now: f"{now:%Y-%m-%dT%H:%M}", _scrub, lambda reader, _services: where_unscrubbed(reader)),
)
