"""Decisions, as the log holds them: numbered, seen where they belong, in the order in which they were made."""

from datetime import UTC, datetime

import pytest

from storage.decisions import decisions
from storage.decisions.decisions import DECISIONS, Decision, NewDecision
from storage.engine.interface import WORKSPACE, Database, to_text
from storage.workspaces import workspaces
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
async def workspace(store: Database) -> None:
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)


async def log(store: Database, title: str = "Retrain monthly", **more: object) -> Decision:
    new = NewDecision.model_validate({"title": title, "decider": "UANA", **more})
    return await write(store, decisions.write_down, "T1", new, "UBEN", to_text(NOW))


async def test_a_decision_gets_a_number_a_day_and_a_first_step(store: Database) -> None:
    made = await log(store, why="It\r\nis cheaper", attributes=("cost",), asked=("UDEV",))
    assert (made.number, made.decided_at, made.created_by, made.why) == ("D-1", to_text(NOW), "UBEN", "It\nis cheaper")
    assert decisions.by_id(store.reader, "T1", made.id) == made
    assert decisions.by_number(store.reader, "T1", "d-1", [WORKSPACE]) == made
    (step,) = decisions.history(store.reader, "T1", made.id)
    assert (step.what, step.by, step.version) == ("logged", "UBEN", 1)


async def test_a_proposal_is_decided_on_no_day_yet_and_waits_for_its_deadline(store: Database) -> None:
    made = await log(store, state="proposed", deadline="2026-01-04")
    later = await log(store, "Later", state="proposed", deadline="2026-01-05")
    assert (made.decided_at, decisions.history(store.reader, "T1", made.id)[0].what) == ("", "proposed")
    assert decisions.past_deadline(store.reader, "T1", NOW) == [made]
    assert decisions.open_ones(store.reader, "T1", NOW) == [made, later]


async def test_what_is_to_be_looked_at_again_is_open_on_its_day(store: Database) -> None:
    review = await log(store, review_on="2026-01-05")
    expected = await log(store, "Expect", expected="less", expected_by="2026-01-04")
    await log(store, "Known", expected="less", expected_by="2026-02-04")
    assert decisions.open_ones(store.reader, "T1", NOW) == [review, expected]
    assert len(decisions.open_ones(store.reader, "T1", None)) == 3


async def test_what_belongs_to_a_channel_is_seen_there_alone(store: Database) -> None:
    secret, shown = await log(store, "Falcon", visibility="CSECRET"), await log(store)
    assert shown.number == "D-1"
    assert workspaces.known_workspace(store.reader, "T1").places == ("CSECRET",)
    assert decisions.by_number(store.reader, "T1", secret.number, [WORKSPACE]) is None
    assert decisions.all_decisions(store.reader, "T1", [WORKSPACE]) == [shown]
    assert decisions.all_decisions(store.reader, "T1") == [secret, shown]
    assert decisions.latest(store.reader, "T1", [WORKSPACE, "CSECRET"]) == [shown, secret]
    assert decisions.latest(store.reader, "T1", [WORKSPACE, "CSECRET"], 1) == [shown]


async def test_one_decision_takes_the_place_of_another_with_links_both_ways(store: Database) -> None:
    old, new = await log(store, component_id="1"), await log(store, "Retrain weekly", component_id="1")
    await write(store, decisions.put_in_place_of, old, new, "UANA", to_text(NOW))
    then, now = decisions.all_decisions(store.reader, "T1")
    assert (then.state, then.superseded_by, now.supersedes) == ("superseded", new.id, old.id)
    assert decisions.of_component(store.reader, "T1", "1", [WORKSPACE]) == [now]
    assert DECISIONS.versions(store.reader, "T1", old.id) == [old, then]
    assert [each.note for each in decisions.history(store.reader, "T1", new.id)] == ["D-1", ""]
