"""What time asks of the decision log: proposals whose deadline has come, once an hour."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from handlers.decisions import service
from handlers.decisions.rules import moves
from handlers.decisions.rules.moves import Move
from handlers.decisions.service import At
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, Run
from storage.decisions import decisions, votes
from storage.engine.interface import WORKSPACE, Transaction, to_text
from storage.outbox.deliveries import Delivery

_QUOTES_KEPT = timedelta(days=2)


async def plan(context: WorkspaceContext) -> Run:
    """Ask Slack who is in the private channels whose proposals end now."""
    late = await context.store.search(lambda reader: decisions.past_deadline(reader, context.team_id, context.now))
    places = {each.visibility for each in late} - {WORKSPACE}
    members = {each: await context.directory.members(context.team_id, each) for each in sorted(places)}
    return partial(_settle, members)


def _settle(
    members: Mapping[str, frozenset[str]], transaction: Transaction, team_id: str, now: datetime
) -> Sequence[Delivery]:
    """Accept what all agree with, or are silent about where that was chosen; the rest waits for who decides."""
    votes.note_told(transaction, team_id)
    votes.forget_quotes(transaction, now - _QUOTES_KEPT)
    told: list[Delivery] = []
    for decision in decisions.past_deadline(transaction, team_id, now):
        opinions, unreached = (
            votes.opinions(transaction, decision),
            votes.unreached(transaction, decision),
        )
        ended = moves.at_deadline(decision, opinions, unreached)
        if ended.state == "accepted":
            changes = {"state": "accepted", "decided_at": to_text(now)}
            at = At(None if decision.visibility == WORKSPACE else members.get(decision.visibility, frozenset()), now)
            told += service.change(transaction, decision, Move("accept", "", ended.told), changes, at).messages
    return told


JOBS = (Job("decisions", lambda now: f"{now:%Y-%m-%dT%H}", plan),)
