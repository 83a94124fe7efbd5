"""Names are found by a slip of the hand and by their parts, as far as they may be seen, and are filed no longer."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from string import ascii_lowercase

import pytest

from storage import open_store
from storage.engine.interface import WORKSPACE, Database
from storage.engine.statements import alter
from storage.glossary import changes, importing, near
from storage.glossary.changes import Change
from storage.glossary.filed import FiledNames
from storage.glossary.glossary import NewSense, look_up_key
from storage.glossary.near import Place
from storage.glossary.relatives import relatives
from storage.glossary.slips import parts_of
from storage.workspaces import workspaces
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
ALL, CLOSED = Place(team_id="T1", visibilities=(WORKSPACE,)), Place(team_id="T1", visibilities=("CSECRET",))


@pytest.fixture(autouse=True)
async def workspace(store: Database) -> None:
    for team_id in ("T1", "T2"):
        await write(store, workspaces.connect_workspace, team_id, "Harbour", "U0BOT", NOW)


def sense(word: str, visibility: str = WORKSPACE, misspelling: str = "") -> NewSense:
    hidden = (misspelling,) if misspelling else ()
    return NewSense(word=word, discipline="product", gloss="g", visibility=visibility, misspellings=hidden)


def close_to(store: Database, place: Place, typed: str) -> dict[str, str]:
    return near.around(store.reader, place, near.Sought([typed])).close


def with_part(store: Database, place: Place, part: str) -> list[str]:
    return near.around(store.reader, place, near.Sought([], parts=[part])).with_part


def distant_from(store: Database, typed: str) -> dict[str, str]:
    return near.distant_names(store.reader, ALL, [typed], lambda _key: True)


async def file_all(store: Database, team_id: str = "T1") -> None:
    while (some := near.unfiled(store.reader, team_id)) is not None:
        await write(store, near.file_some, some)


def filed(store: Database, team_id: str = "T1") -> int:
    return len(store.reader.all("SELECT slip FROM near_names WHERE team_id = :team_id", team_id=team_id))


@pytest.mark.parametrize("typed", ["dirft", "drfit", "rdift", "drif", "drrift", "drizt", "drift"])
async def test_one_slip_finds_a_word_at_once_when_it_is_added(store: Database, typed: str) -> None:
    await write(store, changes.add_senses, "T1", [sense("drift"), sense("recall")], NOW)
    assert close_to(store, ALL, typed) == {"drift": "drift"}
    assert close_to(store, Place(team_id="T2", visibilities=(WORKSPACE,)), typed) == {}


async def test_a_related_name_is_found_among_any_number_that_are_a_letter_longer(store: Database) -> None:
    longer = ["zzyzx"[:at] + letter + "zzyzx"[at:] for at in range(5) for letter in ascii_lowercase]
    await write(store, changes.add_senses, "T1", [sense(each) for each in dict.fromkeys([*longer, "zzyzx"])], NOW)
    assert near.around(store.reader, ALL, near.Sought(["quartz"], related=["zzyzx"])).close == {"zzyzx": "zzyzx"}


@pytest.mark.parametrize("typed", ["ovurfiting", "overfittng", "ovrefitteng", "ovefittnig", "overfittiin"])
async def test_two_slips_find_a_longer_word(store: Database, typed: str) -> None:
    await write(store, changes.add_senses, "T1", [sense("overfitting"), sense("recall")], NOW)
    assert distant_from(store, typed) == {"overfitting": "overfitting"}


async def test_a_word_of_nothing_but_vowels_is_two_slips_away_from_none(store: Database) -> None:
    await write(store, changes.add_senses, "T1", [sense("overfitting"), sense("iou")], NOW)
    assert distant_from(store, "aeiou") == {}


async def test_only_what_may_be_seen_is_near_and_no_hidden_misspelling(store: Database) -> None:
    added = [sense("falcon", "CSECRET"), sense("berth", misspelling="falkon")]
    await write(store, changes.add_senses, "T1", added, NOW)
    for typed in ("falcn", "flacon", "falkn"):
        assert close_to(store, ALL, typed) == distant_from(store, typed) == {}
    assert close_to(store, CLOSED, "flacon") == {"falcon": "falcon"}
    assert with_part(store, ALL, "falcon") == []
    assert with_part(store, CLOSED, "falcon") == ["falcon"]


@pytest.mark.parametrize(
    ("same", "known"),
    [
        ("falcon", [False, True, False]),
        ("birth", [True, False, False]),
        ("hawk", [True, False, False]),
        ("hawc", [False, False, False]),
    ],
)
async def test_a_key_is_known_to_those_who_may_see_what_it_names_also_wrongly_spelt(
    store: Database, same: str, known: list[bool]
) -> None:
    added = [sense("falcon", "CSECRET"), sense("berth", misspelling="birth"), sense("hawk")]
    await write(store, changes.add_senses, "T1", added, NOW)
    sought = near.Sought(["hawc"], same=["zzz", same])
    everywhere = [near.around(store.reader, place, sought) for place in (ALL, CLOSED, Place("T2", (WORKSPACE,)))]
    assert [each.is_known for each in everywhere] == known
    assert [each.close for each in everywhere] == [{"hawk": "hawk"}, {}, {}]


async def test_a_part_finds_the_names_with_it_those_of_fewer_words_first(store: Database) -> None:
    named = ["confusion matrix of a ship", "confusion matrix", "training-serving skew"]
    await write(store, changes.add_senses, "T1", [sense(each) for each in named], NOW)
    (part,) = parts_of("matrices")
    assert with_part(store, ALL, part) == ["confusion matrix", "confusion matrix of a ship"]
    assert with_part(store, ALL, "skew") == ["training-serving skew"]


async def test_a_long_word_finds_what_puts_something_before_it(store: Database) -> None:
    await write(store, changes.add_senses, "T1", [sense("unsupervised"), sense("import")], NOW)
    assert close_to(store, ALL, "supervised") == {"unsupervised": "unsupervised"}
    assert close_to(store, ALL, "mport") == {"import": "import"}
    assert close_to(store, ALL, "port") == {}


async def test_an_older_store_finds_what_puts_something_before_a_word(tmp_path: Path) -> None:
    older = open_store(url := f"sqlite:///{tmp_path / 'store.db'}")
    await write(older, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)
    added = [sense("unsupervised"), sense("import"), sense("berth", misspelling="subordinates")]
    await write(older, changes.add_senses, "T1", added, NOW)
    now = filed(older)
    await older.write(lambda each: each.run("DELETE FROM near_names WHERE slip LIKE '-%'"))
    await older.write(lambda each: each.run("DELETE FROM _sqlite_migrations WHERE name = '0064_near_bases'"))
    assert close_to(older, ALL, "supervised") == {}
    await older.close()
    store = open_store(url)
    assert (close_to(store, ALL, "supervised"), filed(store)) == ({"unsupervised": "unsupervised"}, now)
    await store.close()


async def test_what_is_near_is_the_same_whatever_is_kept_in_memory_and_whatever_nobody_sees(store: Database) -> None:
    names = ["significant sing", "Reverted", "revert", "unsupervised", "drift", "annotation", "batch size"]
    await write(store, changes.add_senses, "T1", map(sense, names), NOW)
    hidden = [sense("significanting", visibility="CSECRET"), sense("reverteds", visibility="CSECRET")]
    await write(store, changes.add_senses, "T1", hidden, NOW)
    filed_all, filed_seen = FiledNames(9), FiledNames(9)
    filed_seen.add([(look_up_key(each), each) for each in names])
    filed_all.add([(look_up_key(each), each) for each in (*names, *(each.word for each in hidden))])
    typed = ["significantize", "revertal", "supervised", "annotator", "drfit", "drifts", "batch", "reverting", "revrt"]
    asked = [near.Sought([look_up_key(each)], relatives(each), parts_of(each)) for each in typed]
    without, seen, all_ = (
        [near.around(store.reader, replace(ALL, filed=filed), each) for each in asked]
        for filed in (None, filed_seen, filed_all)
    )
    assert without == seen == all_
    assert [list(without[place].close) for place in (1, 2, 4)] == [["revert"], ["unsupervised"], ["drift"]]


async def test_a_name_that_is_no_more_leaves_nothing_behind(store: Database) -> None:
    (added,) = await write(store, changes.add_senses, "T1", [sense("Untariffed table")], NOW)
    change = Change(what="changed", by="UANA", at="2026-01-05T09:00:00+00:00")
    await write(store, changes.change_sense, added, {"word": "berth"}, change)
    assert close_to(store, ALL, "untariffedtabl") == {}
    assert with_part(store, ALL, "untarif") == []
    rows = store.reader.all("SELECT look_up_key FROM near_names WHERE look_up_key <> 'berth'")
    assert rows == []


async def test_a_name_stays_filed_while_another_meaning_has_it(store: Database) -> None:
    other = NewSense(word="berth", discipline="data science", gloss="g")
    first, _ = await write(store, changes.add_senses, "T1", [sense("berth"), other], NOW)
    change = Change(what="changed", by="UANA", at="2026-01-05T09:00:00+00:00")
    await write(store, changes.change_sense, first, {"word": "quay"}, change)
    assert close_to(store, ALL, "berh") == {"berth": "berth"}


async def test_what_is_imported_is_filed_later_some_at_a_time(store: Database) -> None:
    words = [f"word{chr(97 + one)}{chr(97 + two)}" for one in range(20) for two in range(20)]
    await write(store, importing.begin, "T1", "B1", NOW)
    await write(store, importing.stage, "T1", "B1", [sense(each) for each in words], NOW)
    assert near.unfiled(store.reader, "T1") is None
    await write(store, importing.switch_over, "T1", "B1", NOW)
    assert filed(store) == 0
    some = near.unfiled(store.reader, "T1")
    assert some is not None
    await write(store, near.file_some, some)
    assert "wordaa" in close_to(store, ALL, "wordaaa")
    assert close_to(store, ALL, "wordttt") == {}
    await file_all(store)
    assert "wordtt" in close_to(store, ALL, "wordttt")
    assert near.unfiled(store.reader, "T1") is None


async def test_what_was_imported_before_any_workspace_is_filed_for_the_one_that_takes_it(store: Database) -> None:
    await write(store, importing.begin, importing.UNCLAIMED, "B1", NOW)
    await write(store, importing.stage, importing.UNCLAIMED, "B1", [sense("berth")], NOW)
    await write(store, importing.switch_over, importing.UNCLAIMED, "B1", NOW)
    await write(store, importing.claim_unclaimed, "T1")
    await file_all(store)
    assert close_to(store, ALL, "brth") == {"berth": "berth"}


async def test_names_that_became_others_are_filed_anew(store: Database) -> None:
    await write(store, changes.add_senses, "T1", [sense("the index of uana")], NOW)
    new = {"look_up_key": "theindexofu1", "name": "the index of u1"}
    await store.write(lambda each: alter(each, "sense_names", {"team_id": "T1"}, **new))
    await write(store, near.file_anew, "T1")
    assert filed(store) == 0
    await file_all(store)
    assert with_part(store, ALL, "uana") == []
    assert with_part(store, ALL, "u1") == ["the index of u1"]


async def test_a_small_glossary_of_before_is_filed_at_once_and_a_large_one_in_part(store: Database) -> None:
    words = ["word" + "".join(letters) for letters in product("ab", ascii_lowercase, ascii_lowercase)]
    await write(store, changes.add_senses, "T1", [sense(each) for each in words], NOW)
    await write(store, changes.add_senses, "T2", [sense("berth")], NOW)
    for team_id in ("T1", "T2"):
        await write(store, near.file_anew, team_id)
        await write(store, near.file_first, team_id)
    there = Place(team_id="T2", visibilities=(WORKSPACE,))
    assert (near.unfiled(store.reader, "T2"), close_to(store, there, "brth")) == (
        None,
        {"berth": "berth"},
    )
    assert near.unfiled(store.reader, "T1") is not None
    assert "wordaaa" in close_to(store, ALL, "wordaa")
