"""What is checked of data, noted of it, and said of threads that are lost: written and told, whoever asks for it."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.access.recipients import Facts, notify
from handlers.agreements.versions import Version
from handlers.checks.outcomes import Refused
from handlers.data_requests.messages import notices
from handlers.data_requests.messages import samples as messages
from handlers.data_requests.rules.besides import why_no_contract, why_not_check
from handlers.data_requests.service import requests
from handlers.data_requests.service.drafts import GONE, Said, Saved, announced, event_of, read_again
from storage.data_requests import checks, data_requests, notes
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import DataRequest
from storage.data_requests.notes import Note
from storage.engine.interface import Transaction
from storage.outbox.deliveries import Delivery
from storage.outbox.threads import Thread
from storage.records.offers import Offer
from storage.workspaces.people import known_names, note_names


def give_sample(transaction: Transaction, request: DataRequest, check: Check, facts: Facts) -> Saved | Refused:
    """Take a sample that is to be read; the thread hears of it once it is."""
    current = read_again(transaction, request, facts)
    if current is None:
        return GONE
    if told := why_not_check(current):
        return Refused(told)
    checks.add(transaction, check)
    note_names(transaction, current.team_id, facts.names)
    return Saved(current)


def record_check(transaction: Transaction, request: DataRequest, check: Check, facts: Facts) -> Saved | Refused:
    """Keep what was found in a sample, and say it in the thread.

    What was given in Slack is ended once, whoever is faster; what never was in Slack, without a ``file_id``, is new.
    """
    current = read_again(transaction, request, facts)
    if not check.file_id and current is not None:
        if told := why_no_contract(current):
            return Refused(told)
        checks.add(transaction, check)
    elif not checks.end(transaction, check) or current is None:
        return GONE
    event = event_of(facts, f"checked {check.file_name}", check.problem or messages.summary(check)).model_copy(
        update={"by": check.by}
    )
    new = data_requests.change(transaction, current, {"sitting": None}, event)
    name = known_names(transaction, new.team_id, [check.by]).get(check.by, "") if check.by else ""
    said = messages.reported(new, check) if check.is_reported else messages.checked(new, check, name)
    return Saved(new, announced(transaction, new, said, facts))


def tell_version(transaction: Transaction, request: DataRequest, version: Version, facts: Facts) -> list[Delivery]:
    """Say in the thread of a request that its data has a new version."""
    return announced(transaction, request, messages.new_version(version), facts)


def propose(
    transaction: Transaction, request: DataRequest, check: Check, proposed: Mapping[str, Offer], facts: Facts
) -> Saved | Refused:
    """Fill in what a sample proposes, for the side that gave it, where neither has said anything; once."""
    current = read_again(transaction, request, facts)
    if not checks.take(transaction, check) or current is None:
        return GONE
    said = [Said(each, offer) for each, offer in proposed.items() if each not in current.terms]
    if not said:
        return Saved(current, announced(transaction, current, messages.adds_nothing(check), facts))
    saved = requests.say(transaction, current, said, replace(facts, by=check.by))
    return saved if isinstance(saved, Saved | Refused) else GONE


def keep_note(transaction: Transaction, request: DataRequest, note: Note, facts: Facts) -> Note | Refused:
    """Keep an answer about the data of a request, for the next who asks for it."""
    current = read_again(transaction, request, facts)
    if current is None:
        return GONE
    about = note.model_copy(update={"visibility": current.visibility, "data_key": current.data_key})
    return about if notes.keep(transaction, about) else Refused("That is already kept as a note.")


def tell_lost(transaction: Transaction, lost: Thread, facts: Facts) -> list[Delivery] | None:
    """Tell who asks that a thread takes no more, unless another took its place; None where they cannot hear it now."""
    request = data_requests.by_id(transaction, lost.team_id, lost.about)
    if request is None or request.thread != lost.id:
        return []
    if not facts.may_hear(request.requester):
        return None
    told = {request.requester: notices.lost(request, lost.problem)}
    return notify(transaction, request.team_id, told, facts)
