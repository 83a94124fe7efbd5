"""What time asks of the decision log: proposals whose deadline has come, once an hour."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from handlers.access.recipients import Audience, Facts, audience_of
from handlers.checks import dates
from handlers.decisions import service
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, Run
from storage.decisions import decisions, votes
from storage.engine.interface import Transaction
from storage.outbox.deliveries import Delivery
from storage.workspaces.people import known_people

_QUOTES_KEPT = timedelta(days=2)


async def plan(context: WorkspaceContext) -> Run:
    """Ask Slack who may hear of the proposals that end now."""
    late = await context.store.search(lambda reader: decisions.past_deadline(reader, context.team_id, context.now))
    places = sorted({each.visibility for each in late})
    audiences = {each: await audience_of(context.directory, context.team_id, each) for each in places}
    return partial(_settle, audiences)


def _settle(
    audiences: Mapping[str, Audience], transaction: Transaction, team_id: str, now: datetime
) -> Sequence[Delivery]:
    """Settle the proposals whose last day has passed for who wrote them down; UTC's counts where that is not known."""
    votes.note_told(transaction, team_id)
    votes.forget_quotes(transaction, now - _QUOTES_KEPT)
    told: list[Delivery] = []
    for late in decisions.past_deadline(transaction, team_id, now):
        author = known_people(transaction, team_id).get(late.created_by)
        is_past = dates.is_past(late.deadline, dates.today(now, author.tz if author is not None else "UTC"))
        if is_past and late.visibility in audiences:
            saved = service.settle(transaction, late, Facts("", now, audiences[late.visibility]))
            told += saved.messages if saved is not None else []
    return told


JOBS = (Job("decisions", lambda now: f"{now:%Y-%m-%dT%H}", plan),)
