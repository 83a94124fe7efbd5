"""What time asks of the decision log: proposals whose deadline has come, once an hour."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from handlers.access.recipients import Audience, Facts, audience_of
from handlers.checks import dates
from handlers.decisions.service import changes
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, Run
from handlers.framework.services import Services
from storage.decisions import decisions, votes
from storage.decisions.decisions import Decision
from storage.engine.interface import Reader, Transaction
from storage.outbox.deliveries import Delivery

_QUOTES_KEPT = timedelta(days=2)


async def plan(context: WorkspaceContext) -> Run:
    """Ask Slack for whom the proposals' last day has passed, and who may hear of them."""
    late = await context.store.search(lambda reader: decisions.past_deadline(reader, context.team_id, context.now))
    ended = [each for each in late if await _is_past(context, each)]
    audiences = {each.id: await audience_of(context.directory, each.team_id, each.visibility) for each in ended}
    return partial(_settle, audiences)


async def _is_past(context: WorkspaceContext, late: Decision) -> bool:
    """Tell whether the last day has passed where its author is; a day after UTC's it has passed everywhere."""
    if dates.is_past(late.deadline, context.now.date() - timedelta(days=1)):
        return True
    author = await context.directory.person(context.team_id, late.created_by)
    return dates.is_past(late.deadline, dates.today(context.now, author.tz if author is not None else "UTC"))


def _settle(
    audiences: Mapping[str, Audience], transaction: Transaction, team_id: str, now: datetime
) -> Sequence[Delivery]:
    """Accept what all agree with, or are silent about where that was chosen; the rest waits for who decides."""
    votes.note_told(transaction, team_id)
    votes.forget_quotes(transaction, team_id, now - _QUOTES_KEPT)
    told: list[Delivery] = []
    for late in decisions.past_deadline(transaction, team_id, now):
        if late.id in audiences:
            saved = changes.settle(transaction, late, Facts("", now, audiences[late.id]))
            told += saved.messages if saved is not None else []
    return told


def _where(reader: Reader, services: Services) -> set[str]:
    now = services.now()
    past, quotes = decisions.where_past(reader, now), votes.where_quotes(reader, now - _QUOTES_KEPT)
    return past | quotes | votes.where_arrived(reader)


JOBS = (Job("decisions", lambda now: f"{now:%Y-%m-%dT%H}", plan, _where),)
