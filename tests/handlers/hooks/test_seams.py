"""What features promise where components meet: a contract and a card as they stand, of what may be seen and no more."""

from collections.abc import Sequence
from datetime import date

import pytest

from bot.trial.run import Trial
from handlers import FEATURES
from handlers.framework.routing import join
from handlers.hooks.seams import Artefact, Looked
from storage.data_requests import checks, data_requests
from storage.data_requests.checks import Check, Finding
from storage.data_requests.data_requests import Delivered
from storage.engine.interface import WORKSPACE
from storage.records.offers import Offer
from storage.records.versioned import HistoryEntry
from storage.responsibilities.responsibilities import Component
from tests.handlers.data_requests.playing import TEAM, every, put
from tests.handlers.data_requests.requests import AT
from tests.handlers.requirements.playing import BAR, LATENCY, a_model, agree, measure, say
from tests.writing import write

TODAY = date(2026, 1, 5)


def told(
    trial: Trial, *parts: Component, visible: tuple[str, ...] = (WORKSPACE,), today: date = TODAY
) -> list[Artefact]:
    looked = Looked(parts, visible, today)
    found = [each for tell in join(FEATURES).hooks.seams for each in tell(trial.bot.store.reader, TEAM, looked)]
    return sorted(found, key=lambda each: each.seam)


def stands(listed: Sequence[Artefact]) -> list[tuple[str, str, str]]:
    return [(each.seam, each.standing, each.told) for each in listed]


async def test_data_that_the_register_has_is_joined_by_its_request_and_other_data_is_named(running: Trial) -> None:
    model, data = await a_model(running), await a_model(running, "Arrivals (berth)", kind="dataset")
    await put(running, component_id=model.id)
    found = told(running, model, data)[0]
    assert (found.source, found.target, found.named, found.provider) == (data.id, model.id, "", "UANA")
    assert found.record == every(running)[0].id
    assert found.button["value"] == found.record
    alone = told(running, model)[0]
    assert (alone.source, alone.named) == ("", "berth arrivals")
    assert [each.seam for each in told(running, data)] == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("data", "open", "DR-1 open")),
        ({"state": "agreed", "agreed_at": AT}, ("data", "good", "DR-1 agreed")),
        ({"state": "accepted", "agreed_at": AT}, ("data", "good", "DR-1 accepted")),
        ({"state": "changed"}, ("data", "open", "DR-1 changed")),
    ],
)
async def test_a_contract_is_kept_talked_about_or_broken(
    running: Trial, changes: dict[str, str], expected: tuple[str, str, str]
) -> None:
    model = await a_model(running)
    await put(running, component_id=model.id, **changes)
    assert stands(told(running, model))[0] == expected


async def test_data_that_is_late_breaks_its_contract(running: Trial) -> None:
    model = await a_model(running)
    await put(running, component_id=model.id, state="agreed", needed_by="2026-01-08")
    assert stands(told(running, model, today=date(2026, 1, 8)))[0] == ("data", "good", "DR-1 agreed")
    assert stands(told(running, model, today=date(2026, 1, 9)))[0] == ("data", "broken", "DR-1 overdue")


async def test_a_sample_that_failed_breaks_an_agreed_contract(running: Trial) -> None:
    model = await a_model(running)
    await put(running, component_id=model.id, state="agreed", agreed_at=AT)
    findings = (Finding(expected="x", found="y", is_kept=False), Finding(expected="x", found="x", is_kept=True))
    about = {"team_id": TEAM, "request_id": every(running)[0].id, "file_id": "F1", "file_name": "a.csv", "by": "UANA"}
    check = Check.model_validate({"id": "c1", "at": AT, "state": "done", "findings": findings, **about})
    await write(running.bot.store, checks.add, check)
    assert stands(told(running, model))[0] == ("data", "broken", "DR-1 sample failed 1 of 2 checks")
    better = Delivered(link="https://data.example/2", by="UANA", at="2026-01-05T10:00:00.000000+00:00")
    event = HistoryEntry(at=better.at, by="UDEV", what="accepted")
    accepted = {"state": "accepted", "deliveries": (better,)}
    await write(running.bot.store, data_requests.change, every(running)[0], accepted, event)
    assert stands(told(running, model))[0] == ("data", "good", "DR-1 accepted")


async def test_requests_that_ended_or_are_drafts_or_cannot_be_seen_are_no_promises(running: Trial) -> None:
    model = await a_model(running)
    await put(running, component_id=model.id, state="withdrawn")
    await put(running, component_id=model.id, state="draft", thread="")
    await put(running, component_id=model.id, visibility="CSECRET")
    assert [each.seam for each in told(running, model)] == ["requirements"]
    seen = told(running, model, visible=(WORKSPACE, "CSECRET"))
    assert [(each.seam, each.visibility) for each in seen] == [("data", "CSECRET"), ("requirements", WORKSPACE)]


async def test_a_card_is_agreed_still_open_or_missed(running: Trial) -> None:
    model = await a_model(running)
    assert stands(told(running, model)) == [("requirements", "open", "no requirements yet")]
    await say(running, model, "latency", Offer(parts=LATENCY))
    assert stands(told(running, model)) == [("requirements", "open", "0 of 11 requirements agreed")]
    await say(running, model, "adequacy", Offer(parts=BAR))
    await agree(running, model)
    assert stands(told(running, model)) == [("requirements", "good", "2 of 11 requirements agreed")]
    await measure(running, model, {"latency": "420 ms", "adequacy": "80 %"})
    assert stands(told(running, model)) == [("requirements", "broken", "adequacy bar, latency missed")]
    found = told(running, model)[0]
    assert (found.source, found.target) == (model.id, "")
    assert found.button["value"] == f"{model.id}:{found.record}:requirements"


async def test_an_interface_that_somebody_described_is_agreed_or_still_open(running: Trial) -> None:
    service = await a_model(running, "prediction service", kind="service")
    assert stands(told(running, service)) == []
    await say(running, service, "endpoint", Offer(parts={"place": "https://harbour.example/v2"}))
    (found,) = told(running, service)
    assert (found.seam, found.source, found.standing) == ("integration", service.id, "open")
    assert found.told.startswith("0 of ")
    assert found.told.endswith(" points of its interface agreed")
    assert found.button["value"] == f"{service.id}:{found.record}:interface"
    await agree(running, service)
    assert [(each.standing, each.told.partition(" of ")[0]) for each in told(running, service)] == [("good", "1")]


async def test_a_language_model_has_requirements_too(running: Trial) -> None:
    model = await a_model(running, "berth assistant", kind="language model")
    assert stands(told(running, model)) == [("requirements", "open", "no requirements yet")]
