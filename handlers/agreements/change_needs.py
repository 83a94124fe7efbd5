"""What a change that needs work led to: a data request, an aspect of a card, somebody who is asked to own a duty."""

from collections.abc import Iterable

from handlers.access.recipients import Facts
from handlers.access.settling import Deed, settle
from handlers.agreements.change_notices import CONSUMING, asked_id
from storage.change_notices import change_notices
from storage.change_notices.change_notices import NOTICES, ChangeNotice
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.records.versioned import HistoryEntry


def by_request(transaction: Transaction, request: DataRequest, facts: Facts) -> list[Delivery]:
    """Note that somebody asks for the data that a change makes them need; its number only where all may know it."""
    notice = NOTICES.one(transaction, request.team_id, facts.visible, id=request.change_id)
    if notice is None:
        return []
    is_known = request.visibility in (WORKSPACE, notice.visibility)
    return _noted(transaction, [notice], request.number if is_known else "data requested", facts)


def by_card(
    transaction: Transaction, team_id: str, component_id: str, aspect: tuple[str, str], facts: Facts
) -> list[Delivery]:
    """Note that somebody says something else of what changed on a card: an aspect, and how people call it."""
    changed, name = aspect
    listed = change_notices.notices_of(transaction, team_id, facts.visible, component_id=component_id, request_id="")
    return _noted(transaction, (each for each in listed if changed in each.aspects), f"{name} changed", facts)


def by_duty(
    transaction: Transaction, team_id: str, component_id: str, duty: tuple[str, str], facts: Facts
) -> list[Delivery]:
    """Note that somebody seeks an owner for what meets changes of a component: a duty, and how people call it."""
    wanted, name = duty
    if wanted not in CONSUMING:
        return []
    asked = [each for each in NOTICES.every(transaction, team_id) if each.asked.get(facts.by) == component_id]
    return _noted(transaction, asked, f"somebody is asked to own {name}", facts)


def needing(reader: Reader, notice: ChangeNotice, person: str) -> bool:
    """Tell whether somebody said that a change needs work, and it stands and has led to nothing yet."""
    current = NOTICES.one(reader, notice.team_id, id=notice.id)
    said = current.answers.get(person) if current is not None and not current.over_at else None
    return said is not None and said.answer == "needs work" and not said.led_to


def _noted(transaction: Transaction, listed: Iterable[ChangeNotice], what: str, facts: Facts) -> list[Delivery]:
    sent: list[Delivery] = []
    for notice in [each for each in listed if needing(transaction, each, facts.by)]:
        said = notice.answers[facts.by].model_copy(update={"led_to": what})
        entry = HistoryEntry(at=to_text(facts.now), by=facts.by, what=f"led to: {what}")
        NOTICES.change(transaction, notice, {"answers": {**notice.answers, facts.by: said}}, entry)
        deed = Deed((asked_id(notice, facts.by),), f" took it on: {what}.")
        sent += settle(transaction, notice.team_id, [deed], facts)
    return sent
