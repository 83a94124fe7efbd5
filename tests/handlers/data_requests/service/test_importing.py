"""What a contract proposes for a request is told where the request is, and to nobody else."""

from bot.trial.run import Trial
from handlers.access.recipients import Facts, Members
from handlers.data_requests.formats.odcs import odcs
from handlers.data_requests.formats.reading import Read, read
from handlers.data_requests.service import importing
from handlers.data_requests.service.drafts import Saved
from handlers.data_requests.service.showing import contract_of
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Transaction
from storage.outbox import deliveries
from storage.records.offers import Offer
from storage.workspaces.people import note_names
from tests.handlers.data_requests.playing import TEAM, one
from tests.handlers.data_requests.requests import PARTS
from tests.handlers.data_requests.test_privacy import a_secret
from tests.sent import sent


def as_read(trial: Trial, request: DataRequest) -> Read:
    told = read(odcs(contract_of(trial.bot.store.reader, request, {})))
    assert isinstance(told, Read)
    return told


async def test_of_a_private_request_only_its_own_thread_hears(running: Trial) -> None:
    request = await a_secret(running, followers=("UBEN",), state="agreed")
    before = sent(running)
    told = as_read(running, request)
    changed = {**told.offers, "labels": Offer(parts={"method": "by Falcon"})}
    facts = Facts(
        by="",
        now=running.bot.clock.now(),
        visible=(request.visibility,),
        audience=Members(frozenset(), request.visibility),
    )

    def write(transaction: Transaction) -> None:
        plan = importing.changes_of(transaction, request, Read(told.facts, told.people, changed))
        saved = importing.propose(transaction, plan, "falcon.yaml", facts)
        assert isinstance(saved, Saved)
        deliveries.add(transaction, saved.messages)

    await running.bot.store.write(write)
    news = [each for each in sent(running) if each not in before]
    # What others were told before loses its buttons, and says nothing new.
    old = [text for _, text in before]
    assert all(any(each.startswith(text) for each in old) for to, text in news if to != request.visibility)
    assert {to for to, text in news if "falcon.yaml" in text or "labels" in text} == {request.visibility}
    assert [text for _, text in news if "Proposed to both sides, from falcon.yaml: labels." in text]
    assert one(running, request.number).terms["labels"].offered == Offer(
        parts={"method": "by Falcon"}, source="falcon.yaml"
    )


async def test_who_is_not_known_here_is_left_out_and_said(running: Trial) -> None:
    told = as_read(running, await a_secret(running))
    facts = Facts(by="", now=running.bot.clock.now())

    def plan(transaction: Transaction) -> importing.Plan:
        return importing.new_request(transaction, TEAM, told, "UDEV", facts)

    unknown = await running.bot.store.write(plan)
    assert {"owner UANA: is nobody known here", "expert: UANA is nobody known here"} <= set(unknown.lost)
    assert (unknown.request.owner, unknown.offers["expert"].parts) == ("", {"hours": PARTS["expert"]["hours"]})
    people = {"UANA": "Ana Ruiz", "UCHLOE": "Chloe Martin"}
    await running.bot.store.write(lambda transaction: note_names(transaction, TEAM, people))
    known = await running.bot.store.write(plan)
    assert (known.request.owner, known.offers["expert"].parts["person"]) == ("UANA", "UANA")
    assert (known.request.visibility, known.request.requester, known.request.state) == ("workspace", "UDEV", "draft")
