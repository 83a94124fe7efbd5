"""What time asks of the decision log: proposals whose deadline has come, once a day."""

from collections.abc import Sequence
from datetime import datetime

from handlers.decisions import keeping, rules
from handlers.decisions.rules import Move
from handlers.dispatch import Job, at_once
from storage import decisions, deliveries
from storage.database import Transaction, to_text
from storage.deliveries import Delivery


def _settle(transaction: Transaction, team_id: str, now: datetime) -> Sequence[Delivery]:
    """Accept what all agree with, or are silent about where that was chosen; the rest waits for who decides."""
    told: list[Delivery] = []
    for decision in decisions.past_deadline(transaction, team_id, now):
        unreached = deliveries.unreached(transaction, decision.team_id, decision.asked)
        ended = rules.at_deadline(decision, decisions.opinions(transaction, decision), unreached)
        if ended.state == "accepted":
            changes = {"state": "accepted", "decided_at": to_text(now)}
            made = Move("accept", "", ended.told)
            told += keeping.change(transaction, decision, made, changes, now).messages
    return told


JOBS = (Job("decisions", lambda now: f"{now:%Y-%m-%dT%H}", at_once(_settle)),)
