"""A contract in a new version concerns those who build on what its data feeds."""

from handlers.access.recipients import Facts
from handlers.agreements.change_notices import Change, announce
from handlers.data_requests.messages import buttons
from handlers.slack import blocks
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Transaction
from storage.outbox.deliveries import Delivery
from storage.responsibilities import responsibilities


def contract_changed(transaction: Transaction, old: DataRequest, new: DataRequest, facts: Facts) -> list[Delivery]:
    """Ask whoever builds on the data once both sides agreed to another version: the first one asks nobody."""
    part = responsibilities.component(transaction, new.team_id, new.component_id) if new.component_id else None
    if not old.semantic_version or part is None:
        return []
    change = Change(
        kind="contract",
        team_id=new.team_id,
        visibility=new.visibility,
        told=f"The contract of {new.number} {new.entity} changed to {new.semantic_version}.",
        opens=blocks.button("Open the request", buttons.OPEN, new.id),
        component=part,
        request_id=new.id,
        to_version=new.semantic_version,
        told_otherwise=frozenset((new.requester, new.owner)),
    )
    return announce(transaction, change, facts)
