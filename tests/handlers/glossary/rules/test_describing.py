"""Which meanings fit a description, and which of them is told in full."""

import pytest

from handlers.glossary.rules import describing
from handlers.glossary.starter import starter_senses
from storage.glossary.glossary import Sense, look_up_key

_KEPT = {"team_id": "T1", "version": 1, "updated_at": ""}


def _starter() -> list[Sense]:
    told = [{**_KEPT, **each.model_dump(), "look_up_key": look_up_key(each.word)} for each in starter_senses()]
    return [Sense.model_validate({**each, "id": str(number)}) for number, each in enumerate(told)]


@pytest.mark.parametrize(
    ("description", "word"),
    [
        # In the words of its gloss, in others for them, by its names, and by the kind of thing that is asked for.
        ("a model whose reasons nobody can follow", "black box"),
        ("a model that nobody can look into", "black box"),
        ("gaps in a column are filled by a rule", "imputation"),
        ("objectives, service ones", "SLO"),
        ("live data no longer looks like training data", "data drift"),
        ("the person who looks after what some data means", "data steward"),
        ("percentage of real cases that were found", "recall"),
        ("somebody who is paged when something breaks at night", "on-call"),
    ],
)
def test_a_description_brings_its_word_among_few(description: str, word: str) -> None:
    assert word in [each.word for each in describing.ranked(description, _starter())[: describing.SHOWN]]


def test_a_description_may_begin_with_a_name_that_it_explains() -> None:
    assert describing.explained("the tag, that thing on the windscreen") == "tag"
    assert describing.explained("night order book, the one on the bridge") == "night order book"
    assert describing.explained("when users leave, quietly") == ""
    assert describing.explained("a model that nobody can look into") == ""


def test_a_word_stands_once_with_the_meaning_that_fits_best() -> None:
    found = describing.ranked("code that is changed again and again", _starter())

    assert (found[0].word, found[0].discipline) == ("churn", "software engineering")
    assert [each.word for each in found].count("churn") == 1


def test_what_has_nothing_of_a_description_is_none_of_its_words() -> None:
    assert describing.ranked("xylophones quack zestfully", _starter()) == []


@pytest.mark.parametrize(
    ("description", "word", "is_told"),
    [
        ("a model just learns the noise of its training data", "overfitting", True),
        ("where data came from and what was done to it", "data lineage", True),
        ("the store for features", "feature store", True),
        ("the shop that keeps features for training", "feature store", False),
        ("the store for features that we bought from them last year", "feature store", False),
        ("noise in the training data of a model", "overfitting", False),
    ],
)
def test_a_gloss_or_a_name_that_is_said_in_full_is_no_guess(description: str, word: str, *, is_told: bool) -> None:
    told = [each for each in _starter() if each.word == word]

    assert any(describing.is_told_in_full(description, each) for each in told) is is_told


def test_meanings_are_looked_for_by_other_words_too_each_once() -> None:
    sought = describing.words("the fridge of the ship, the boat")

    assert sought[:3] == ["fridge", "ship", "boat"]
    assert {"refrigerator", "vessel"} <= set(sought)
    assert len(sought) == len(set(sought))


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("remove one part of the model, see how much it matters, repeat. That study?", {"ablation"}),
        ("column of 0 or 1 for each category. forgot!!", {"one-hot encoding"}),
        ("running a job for the past days it missed: we have a name for this?", {"backfill"}),
        ("no pattern here, and our model is too big", set[str]()),
        ("a service that nobody tested", set[str]()),
        ("see how much it costs", set[str]()),
        ("we keep going back to the old version", set[str]()),
        ("diff between those two? precision/recall I mean", set[str]()),
    ],
)
def test_what_has_most_of_a_gloss_gives_that_meaning_whatever_it_asks(text: str, given: set[str]) -> None:
    assert {each.word for each in _starter() if describing.is_given(text, each)} == given


def test_to_be_sure_of_a_meaning_its_own_words_stand_there() -> None:
    told = "Reading the paper I stumble on transformer, embedding and encoder, care to help?"
    (refusal,) = (each for each in _starter() if each.word == "refusal" and describing.is_given(told, each))

    assert not describing.is_given(told, refusal, is_sure=True)
    assert describing.is_given("what users read when the assistant won't help", refusal, is_sure=True)
