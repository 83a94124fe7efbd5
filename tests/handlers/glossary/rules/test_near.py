"""What is offered for a word that has no definition: names a slip of the hand away, and names with a part of it."""

import pytest

from handlers.glossary.rules import near

NAMES = {"precision": "precision", "recall": "recall", "basis": "basis", "drift": "drift", "regression": "regression"}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("percision", ("precision",)),
        ("recal", ("recall",)),
        ("basiss", ("basis",)),
        ("regresed", ("regression",)),
        ("drfited", ("drift",)),
        ("zzzz", ()),
        ("xx", ()),
    ],
)
def test_a_slip_of_the_hand_finds_its_neighbours_nearest_first(typed: str, names: tuple[str, ...]) -> None:
    assert near.nearest(typed, NAMES) == names
    assert set(names) <= set(filter(near.may_be_near(typed), NAMES))


def test_a_very_short_word_is_near_only_to_its_own_letters() -> None:
    names = {"api": "API", "poc": "PoC"}
    assert (near.nearest("KPI", names), near.nearest("AIP", names)) == ((), ("API",))


@pytest.mark.parametrize(
    ("typed", "names", "is_slip"),
    [
        ("confusoin matrix", ["confusion matrix"], True),
        ("regularizaton", ["regularisation"], True),
        ("multicolinearty", ["multicollinearity"], True),
        ("reputation", ["imputation"], False),
        ("label (DS", ["labels"], False),
        ("drift", ["drift"], False),
        ("drift", [], False),
    ],
)
def test_what_stands_in_a_sentence_is_a_slip_where_hardly_anything_else_is_as_near(
    typed: str, names: list[str], *, is_slip: bool
) -> None:
    assert near.is_slip(typed, names) is is_slip


def test_long_words_of_a_text_and_two_in_a_row_may_be_names_with_a_slip() -> None:
    found = near.long_names("chloe keeps showing a confusion matirx in the review, what is a recal")
    assert "confusion matirx" in found
    assert "recal" not in found
    assert not [each for each in found if "review" in each and " " in each]


def test_at_most_five_are_suggested_each_once() -> None:
    names = {f"word{letter}": f"word{letter}" for letter in "abcdefgh"} | {"wordy": "worda"}
    assert near.nearest("wordx", names) == ("worda", "wordb", "wordc", "wordd", "worde")


@pytest.mark.parametrize(
    ("asked", "name"),
    [("universe", "university"), ("organisation", "organ"), ("seedling", "seed"), ("generalisation", "general")],
)
def test_a_word_that_only_has_another_ones_stem_is_no_slip(asked: str, name: str) -> None:
    assert near.nearest(asked, {name: name}) == ()
    assert near.similar(asked, [name]) == ()


def test_similar_names_share_a_word_and_those_that_share_most_come_first() -> None:
    names = ["booking window", "berth", "launch", "window of the berth plan", "the window"]
    assert near.similar("berth window", names) == ("berth", "window of the berth plan", "the window", "booking window")


def test_one_word_is_a_part_of_longer_names_in_any_of_its_forms() -> None:
    names = ["confusion matrix", "matrix", "training-serving skew"]
    assert near.similar("matrices", names) == ("confusion matrix",)
    assert near.similar("skew", names) == ("training-serving skew",)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("classes imbalanced", "class imbalance"),
        ("labeled data", "label"),
        ("viable product", "minimum viable product"),
        ("confusion of matrices", "confusion matrix"),
    ],
)
def test_the_name_with_the_greatest_share_of_the_same_words_comes_first(asked: str, first: str) -> None:
    names = ["class", "data drift", "imbalanced data", "production", first, "data set", "matrix"]
    assert near.similar(asked, names)[0] == first


def test_names_with_the_same_words_in_other_forms_are_offered_once() -> None:
    assert near.similar("labeled data", ["labels", "labelling", "label", "labeling", "label noise"]) == (
        "label",
        "label noise",
    )


def test_what_shares_only_a_word_of_most_names_is_not_offered() -> None:
    assert near.similar("exchange rate", ["learning rate", "true positive rate"]) == ()
    assert near.similar("coffee machine", ["machine learning"]) == ()
    assert near.similar("rate of learning", ["learning rate", "true positive rate"])[:1] == ("learning rate",)


def test_what_has_all_words_stands_before_what_is_a_slip_away_and_that_before_the_others() -> None:
    assert near.together("matrix", ["metric"], ["confusion matrix"]) == ("confusion matrix", "metric")
    assert near.together("matrices", ["metric"], ["confusion matrix"]) == ("confusion matrix", "metric")
    assert near.together("confusion matrx", ["confusion matrix"], ["confusion"]) == ("confusion matrix", "confusion")
    assert near.together("latent", ["latency"], ["latencies of ports", "Latent variable"])[0] == "Latent variable"


def test_a_slip_is_seen_in_either_spelling() -> None:
    assert near.nearest("reguralization", {"regularisation": "regularisation"}) == ("regularisation",)
    assert near.may_be_near("reguralization")("regularisation")


def test_a_slip_of_a_long_word_is_seen_as_it_sounds_and_in_another_form() -> None:
    may_be = near.may_be_slips_at_all(["trashhold", "retraned"])
    assert list(filter(may_be, ["threshold", "retraining", "tanalasar"])) == ["threshold", "retraining"]


def test_what_is_more_than_two_slips_away_is_not_near() -> None:
    assert not near.may_be_near("tunolusir")("tanalasar")


def test_a_name_is_as_near_as_its_words_are_rare_and_many_of_all_of_them() -> None:
    names = ["feature store", "feature flag", "prompt injection", "data set"]
    assert list(near.weights({"featur", "store"}, names, 1)) == ["feature store", "feature flag"]
    assert list(near.weights({"featur", "store"}, names, 2)) == ["feature store"]
    assert near.weights({"data"}, names, 1) == {}
