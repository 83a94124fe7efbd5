"""Plays what people do with data requests, and puts requests into the store of a running bot."""

from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.data_requests.rules.moves import Move
from handlers.data_requests.rules.status import settled_terms
from handlers.data_requests.service import drafts, requests, telling
from handlers.data_requests.service.drafts import Saved
from storage.data_requests import data_requests
from storage.data_requests.data_requests import STATES, DataRequest
from storage.engine.interface import Transaction
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery
from storage.records.ids import new_id
from storage.records.versioned import HistoryEntry
from tests.handlers.data_requests.requests import a_request
from tests.playing import play

TEAM = "T0LOCAL"
OWNER = "Who has it?"
CHANNEL = "In which channel should I ask?"
KNOWN = "Anything you know already?"
PAGE = {
    "What data do you need?": "berth arrivals",
    "What is it for?": "To tell pilots when a berth is free",
    "Which model or product?": "berth model",
    "Needed by": "2026-02-02",
}
#: Opens the form where no channel is near.
IN_PRIVATE = ("dev to the bot: I need data about tides", 'dev presses "Ask for data"')
AMOUNT, CONTENT, ACCESS = (
    f"Change {each}"
    for each in (
        "how much and how fresh",
        "what's in it, how good",
        "access and change",
    )
)


def every(trial: Trial) -> list[DataRequest]:
    return data_requests.in_states(trial.bot.store.reader, TEAM, STATES)


def one(trial: Trial, number: str = "DR-1") -> DataRequest:
    return next(each for each in every(trial) if each.number == number)


def outbox(trial: Trial, since: int = 0) -> list[Delivery]:
    """Return all that the bot has had to say, in order, from a place on."""
    rows = trial.bot.store.reader.all("SELECT id FROM outbox ORDER BY id")
    found = [deliveries.delivery(trial.bot.store.reader, row["id"]) for row in rows[since:]]
    return [each for each in found if each is not None]


def fills_in(who: str, fields: dict[str, str]) -> list[str]:
    return [f'{who} enters "{label}": {value}' for label, value in fields.items()]


def responds(who: str, label: str) -> list[str]:
    """Return how somebody does something with a request, from the first message of its thread."""
    return [f'{who} presses "Respond"', f'{who} presses "{label}"']


async def ask(trial: Trial, who: str = "dev", where: str = "#data", owner: str = "") -> str:
    """Fill in the form of a request and send it, from a channel; the owner is left out unless they are named."""
    page = {**PAGE, OWNER: owner} if owner else PAGE
    lines = [*fills_in(who, page), f"{who} submits", f"{who} closes"]
    return await play(trial, f"{who} in {where}: /data-request", *lines)


async def put_draft(trial: Trial, **changes: object) -> DataRequest:
    """Put a draft into the store, such as one that was copied and not sent."""
    start = a_request(**{"terms": {}, **changes, "id": new_id(), "state": "draft", "thread": ""})
    facts = Facts(by=start.requester, now=trial.bot.clock.now(), visible=(start.visibility,))
    return await trial.bot.store.write(lambda transaction: drafts.draft(transaction, start, facts))


async def put(trial: Trial, **changes: object) -> DataRequest:
    """Put a request with every term settled into the store, with its thread open, as if people had come so far."""
    start = a_request(**{**changes, "id": new_id(), "state": "draft", "thread": ""})
    state = changes.get("state", "open")

    def write(transaction: Transaction) -> DataRequest:
        facts = Facts(by=start.requester, now=trial.bot.clock.now(), visible=(start.visibility,))
        drafted = drafts.draft(transaction, start, facts)
        sent = requests.take(transaction, drafted, Move("send", start.requester, frozenset(("requester",))), facts)
        assert isinstance(sent, Saved)
        later = {name: value for name, value in changes.items() if name in ("turn", "question", "agreements", "reason")}
        if state in ("agreed", "delivered", "accepted", "changed"):
            later |= {"agreed_terms": settled_terms(sent.request)}
        later |= {"agreed_at": "2026-01-05T09:00:00.000000+00:00"} if state not in ("open", "negotiating") else {}
        event = HistoryEntry(at=sent.request.changed_at, by="", what="was put here")
        moved = data_requests.change(transaction, sent.request, {"state": state, **later}, event)
        deliveries.add(transaction, [*sent.messages, telling.refreshed(transaction, moved, facts)])
        return moved

    kept = await trial.bot.store.write(write)
    await trial.quiet()
    trial.screen.news()
    return kept
