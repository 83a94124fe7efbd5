"""Who is named in a request besides its two sides: asked once, and what they say."""

from handlers.access.recipients import Facts, notify
from handlers.access.settling import Deed, say_anew, settle
from handlers.checks.outcomes import Refused
from handlers.data_requests.messages import notices, thread
from handlers.data_requests.rules.named import Part, parts_named
from handlers.data_requests.rules.status import ENDED
from handlers.data_requests.service import telling
from handlers.data_requests.service.drafts import GONE, Saved, announced, event_of, read_again
from handlers.data_requests.service.showing import names_in
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest, Named
from storage.engine.interface import Transaction, to_text
from storage.outbox.deliveries import Delivery


def asked(transaction: Transaction, request: DataRequest, facts: Facts) -> Saved:
    """Ask everybody who is named now and was not asked; take back what was asked of who is named no longer."""
    wanted = parts_named(request)
    kept = {who: each for who, each in request.named.items() if who in wanted}
    gone = [who for who, each in request.named.items() if who not in wanted and not each.answer]
    said: list[Delivery] = []
    for who, parts in wanted.items():
        if new := _asked(transaction, request, who, parts, facts):
            kept[who], said = new[0], [*said, *new[1]]
    did = "closed the request" if request.state in ENDED else "named somebody else"
    deeds = [Deed((notices.ask_id(request, who),), f" {did}. Nothing to do for you.") for who in gone]
    said = [*settle(transaction, request.team_id, deeds, facts), *said]
    if kept == request.named:
        return Saved(request, said)
    event = event_of(facts, "asked who is named in it")
    return Saved(data_requests.change(transaction, request, {"named": kept}, event), said)


def _asked(
    transaction: Transaction, request: DataRequest, who: str, parts: tuple[Part, ...], facts: Facts
) -> tuple[Named, list[Delivery]] | None:
    """Ask somebody for what they are named for and were not asked; one message holds all that has no answer yet."""
    before = request.named.get(who)
    new = tuple(each for each in parts if before is None or each not in before.parts)
    if not new:
        return None
    told = notices.for_named(request, who, parts if before is None or not before.answer else new, facts.by)
    if before is not None and not before.answer:
        edits = say_anew(transaction, before.message, told, facts)
        if edits is not None:
            return before.model_copy(update={"parts": parts}), edits
    said = notify(transaction, request.team_id, {who: told}, facts)
    if not said:
        return None
    return Named(parts=parts, message=said[0].id, at=to_text(facts.now)), said


def answer(transaction: Transaction, request: DataRequest, reason: str, facts: Facts) -> Saved | Refused:
    """Keep what somebody says to what they are named for, yes without a reason; both sides see it in the thread."""
    current = read_again(transaction, request, facts)
    named = current.named.get(facts.by) if current is not None else None
    if current is None or named is None or facts.by not in parts_named(current):
        return GONE
    if named.answer:
        return Refused(f"You've already answered: {named.answer}.")
    said = {"answer": "no" if reason else "yes", "reason": reason, "at": to_text(facts.now)}
    changes = {"named": {**current.named, facts.by: named.model_copy(update=said)}, "sitting": None}
    did = thread.said_when_named(current, named.parts, reason)
    new = data_requests.change(transaction, current, changes, event_of(facts, did, reason))
    deeds = [Deed((notices.ask_id(new, facts.by),), f" {did}.")]
    reply = thread.named_answered(new, did, reason, facts.by, names_in(transaction, new, facts.names))
    edits = settle(transaction, new.team_id, [*deeds, Deed((new.thread,), "")], facts)
    header = [] if facts.is_limited else [telling.refreshed(transaction, new, facts)]
    return Saved(new, [*edits, *announced(transaction, new, reply, facts), *header])
