"""Fills in a request and sends it, in one write."""

from dataclasses import replace

from handlers.access.recipients import Facts
from handlers.agreements.change_needs import by_request
from handlers.checks.outcomes import Refused
from handlers.data_requests.rules.moves import Move
from handlers.data_requests.service import requests
from handlers.data_requests.service.drafts import Saved, begun
from storage.data_requests import checks
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Transaction


def ask(
    transaction: Transaction, request: DataRequest, made: Move, sample: Check | None, facts: Facts
) -> Saved | Refused:
    """Send a draft with what was entered; of what was sent already it is a change. A sample waits to be read."""
    current = begun(transaction, request, facts)
    if current.state != "draft":
        asked = {name: value for name, value in made.facts.items() if name != "terms"}
        return requests.fill_in(transaction, current, asked, facts)
    filled = requests.fill_in(transaction, current, made.facts, facts)
    if isinstance(filled, Refused):
        return filled
    sent = requests.take(transaction, filled.request, replace(made, facts={}), facts)
    if sample is not None and isinstance(sent, Saved):
        checks.add(transaction, sample)
    if isinstance(sent, Saved) and sent.request.change_id:
        return replace(sent, messages=[*sent.messages, *by_request(transaction, sent.request, facts)])
    return sent
