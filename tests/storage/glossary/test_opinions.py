"""What people think of a meaning: one opinion each of the present version, disputes until they are settled, uses."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.engine.interface import WORKSPACE, Database, to_text
from storage.glossary import changes, opinions
from storage.glossary.changes import Change
from storage.glossary.glossary import NewSense, Sense
from storage.glossary.opinions import Given, Heard, Opinion
from storage.workspaces import workspaces
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
async def drift(store: Database) -> Sense:
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)
    new = NewSense(word="drift", discipline="product", gloss="Plans change")
    (sense,) = await write(store, changes.add_senses, "T1", [new], NOW, "UANA")
    return sense


async def give(store: Database, sense: Sense, by: str, opinion: Opinion, reason: str = "") -> None:
    await write(store, opinions.give_opinion, sense, Given(opinion=opinion, by=by, reason=reason), NOW)


async def test_the_last_opinion_of_each_counts_for_the_version_they_read(store: Database, drift: Sense) -> None:
    await give(store, drift, "UANA", "helpful")
    await give(store, drift, "UBEN", "helpful")
    await give(store, drift, "UBEN", "not clear", "Whose plans?")
    assert opinions.heard(store.reader, drift) == Heard(helpful=1, not_clear=1)
    assert opinions.reasons_not_clear(store.reader, drift) == ("Whose plans?",)
    assert opinions.not_clear_to(store.reader, "T1", 1) == {drift.id: 1}
    assert opinions.not_clear_to(store.reader, "T1", 2) == {}
    change = Change(what="changed", by="UANA", at=to_text(NOW))
    new = await write(store, changes.change_sense, drift, {"gloss": "Plans of a team change"}, change)
    assert opinions.heard(store.reader, new) == Heard()
    assert opinions.not_clear_to(store.reader, "T1", 1) == {}


async def test_whom_a_meaning_helped_is_known_as_soon_as_they_say_so(store: Database, drift: Sense) -> None:
    def helped() -> list[tuple[str, str]]:
        workspace = workspaces.known_workspace(store.reader, "T1")
        return opinions.helped(store.reader, workspace, [drift.id])

    assert helped() == []
    await give(store, drift, "UBEN", "helpful")
    assert helped() == [(drift.id, "UBEN")]
    await give(store, drift, "UBEN", "not clear")
    assert helped() == []


async def test_disputes_are_open_until_they_are_settled_together(store: Database, drift: Sense) -> None:
    later = NOW + timedelta(hours=1)
    first = await write(store, opinions.dispute, drift, "UBEN", "We mean data", NOW)
    second = await write(store, opinions.dispute, drift, "UDEV", "So do we", later)
    assert opinions.open_disputes(store.reader, "T1", drift.id) == [first, second]
    assert await write(store, opinions.settle_disputes, "T1", drift.id, later) == [first, second]
    assert opinions.open_disputes(store.reader, "T1", drift.id) == []


async def test_reasons_are_forgotten_and_that_they_were_given_stays(store: Database, drift: Sense) -> None:
    await give(store, drift, "UBEN", "not clear", "A secret")
    await write(store, opinions.dispute, drift, "UDEV", "A secret", NOW)
    await write(store, changes.forget_reasons, "T1", drift.id)
    assert opinions.reasons_not_clear(store.reader, drift) == ()
    assert [each.reason for each in opinions.open_disputes(store.reader, "T1", drift.id)] == [""]
    assert opinions.heard(store.reader, drift).not_clear == 1


async def test_words_are_counted_and_the_most_asked_come_first(store: Database, drift: Sense) -> None:
    recall = NewSense(word="recall", discipline="product", gloss="Found", visibility="CSECRET")
    (secret,) = await write(store, changes.add_senses, "T1", [recall], NOW, "UANA")
    for times in (2, 3):
        await write(store, opinions.add_uses, {("T1", "drift"): times, ("T1", "recall"): 1}, NOW)
    assert opinions.often_asked(store.reader, "T1", 5, [WORKSPACE]) == [(drift.id, 5)]
    assert opinions.often_asked(store.reader, "T1", 6, [WORKSPACE]) == []
    both = [WORKSPACE, "CSECRET"]
    assert opinions.often_asked(store.reader, "T1", 1, both) == [(drift.id, 5), (secret.id, 2)]
    assert opinions.asked_between(store.reader, "T1", both, to_text(NOW), 5) == [("drift", 5, 1), ("recall", 2, 1)]
    assert opinions.asked_between(store.reader, "T1", [WORKSPACE], to_text(NOW), 5) == [("drift", 5, 1)]
    await write(store, opinions.forget_uses, "T1", "drift")
    assert opinions.asked_between(store.reader, "T1", [WORKSPACE], to_text(NOW), 5) == []
