"""Words and meanings, as the store holds them and as each visibility sees them."""

from datetime import UTC, datetime

import pytest

from storage.engine.interface import WORKSPACE, Database
from storage.glossary import changes, glossary, misses, questions, search
from storage.glossary.glossary import NewSense, look_up_key
from storage.workspaces import workspaces
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
async def workspace(store: Database) -> None:
    for team_id in ("T1", "T2"):
        await write(store, workspaces.connect_workspace, team_id, "Harbour", "U0BOT", NOW)


async def add(store: Database, *senses: NewSense, team_id: str = "T1") -> int:
    return len(await write(store, changes.add_senses, team_id, senses, NOW))


def drift(discipline: str = "data science", visibility: str = WORKSPACE) -> NewSense:
    return NewSense(
        word="drift",
        discipline=discipline,
        gloss=f"as {discipline} means it",
        visibility=visibility,
        aliases=("shift",),
    )


@pytest.mark.parametrize("written", ["Feature Store", "feature-store", "FEATURESTORE", "feature_store"])
def test_case_spaces_and_hyphens_do_not_matter(written: str) -> None:
    assert look_up_key(written) == "featurestore"


def test_the_key_keeps_what_tells_words_apart() -> None:
    assert [look_up_key(word) for word in ("C", "C++", "C#", "ﬁt", "…")] == ["c", "c++", "c#", "fit", ""]


@pytest.mark.parametrize("unseen", ["\u115f", "\u1160", "\u3164", "\uffa0", "\u2800", "\u200b", "\ufffc", "\ufffd"])
def test_what_shows_nothing_is_no_word_and_hides_none(unseen: str) -> None:
    assert (look_up_key(unseen), look_up_key(f"dri{unseen}ft")) == ("", "drift")


@pytest.mark.parametrize("written", [":rocket:", "rocket", "\U0001f680", "\U0001f680\ufe0f", " Rocket! "])
def test_a_picture_is_its_name_as_slack_says_it(written: str) -> None:
    assert look_up_key(written) == "rocket"


async def test_one_meaning_a_discipline_and_the_second_is_not_added(store: Database) -> None:
    assert await add(store, drift(), drift("operations")) == 2
    assert await add(store, drift()) == 0
    found = glossary.senses_named(store.reader, "T1", "drift", [WORKSPACE])
    assert {sense.discipline for sense in found} == {"data science", "operations"}


async def test_a_meaning_is_found_by_its_alias_and_in_its_own_workspace_only(store: Database) -> None:
    await add(store, drift())
    assert [each.word for each in glossary.senses_named(store.reader, "T1", "shift", [WORKSPACE])] == ["drift"]
    assert glossary.senses_named(store.reader, "T2", "shift", [WORKSPACE]) == []


async def test_a_private_meaning_is_seen_in_its_channel_only(store: Database) -> None:
    await add(store, drift("product", "CSECRET"), drift())
    seen = glossary.senses_named(store.reader, "T1", "drift", [WORKSPACE])
    assert [sense.discipline for sense in seen] == ["data science"]
    assert glossary.count_senses(store.reader, "T1", [WORKSPACE]) == (1, 1)
    assert glossary.count_senses(store.reader, "T1", [WORKSPACE, "CSECRET"]) == (1, 2)
    assert search.names_in(store.reader, "T1", ["CSECRET"]) == {"drift": "drift", "shift": "shift"}


async def test_words_asked_for_in_vain_are_counted_by_visibility(store: Database) -> None:
    for word, visibility in (("Kappa", WORKSPACE), ("kappa", WORKSPACE), ("zeta", WORKSPACE), ("falcon", "CSECRET")):
        await write(store, misses.count_miss, "T1", visibility, word, NOW)
    seen = [(miss.word, miss.times) for miss in questions.unanswered(store.reader, "T1", [WORKSPACE])]
    assert seen == [("Kappa", 2), ("zeta", 1)]
    assert [miss.word for miss in questions.unanswered(store.reader, "T1", ["CSECRET"])] == ["falcon"]
    assert questions.unanswered(store.reader, "T2", [WORKSPACE]) == []


async def test_a_gloss_of_more_than_140_characters_is_no_gloss() -> None:
    with pytest.raises(ValueError, match="at most 140 characters"):
        NewSense(word="drift", discipline="product", gloss="x" * 141)
