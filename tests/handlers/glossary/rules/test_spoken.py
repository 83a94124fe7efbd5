"""What sentences speak of, and which clearly ask about words."""

import pytest

from handlers.glossary.rules.spoken import (
    apart,
    asks,
    asks_which,
    inside,
    is_at_home,
    jargon,
    stretches,
    sure,
    unusual,
    verbs,
    wonders,
)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("could anybody put overfitting into words my mum would understand", "meaning"),
        ("a plain english version of drift", "meaning"),
        ("i keep confusing precision with recall", "difference"),
        ("PoC and MVP: difference?", "difference"),
        ("can you explain why the model was late", ""),
        ("who explains the model", "meaning"),
        ("who owns the meaning of labels", ""),
        ("the explainability of the churn model", ""),
        ("the confusion is complete", ""),
        ("where can I park my bike", ""),
    ],
)
def test_a_sentence_clearly_asks_about_words(text: str, what: str) -> None:
    assert asks(text) == what


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("confusing precision with recall", {"precision", "recall"}),
        ("what does the model railway club mean", {"model railway club"}),
        ("are we on call, or not", {"on call"}),
        ("label != target", {"label", "target"}),
        ("what is it", set[str]()),
    ],
)
def test_a_name_stands_between_words_that_tell_nothing(text: str, names: set[str]) -> None:
    assert {each.text for each in stretches(text)} >= names
    assert names or not stretches(text)


def test_of_names_that_share_words_the_longest_is_kept_and_all_stand_in_their_order() -> None:
    told = stretches("recall, for people, or on call")

    assert [each.text for each in apart(told)] == ["recall", "people", "on call"]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("they keep writing feature store in the tickets", {"feature store"}, ["feature store"]),
        ("where is the train to Leeds", {"train"}, []),
        ("my boss wants an SLO", {"SLO"}, ["SLO"]),
        ('what goes into the box "target"', {"target"}, ["target"]),
        ("the newer version overfits. overfits?", {"overfits"}, ["overfits"]),
        (
            "recall/precision, not the train for the pilots in Leeds",
            {"recall", "precision", "train"},
            ["recall", "precision"],
        ),
        ("where does drift end and bias begin", {"drift", "bias"}, ["drift", "bias"]),
        ("they sent a token, and what now", {"token"}, ["token"]),
        ("they sent a token for the laundry", {"token"}, []),
    ],
)
def test_a_known_name_is_sure_where_it_hardly_stands_by_chance(text: str, names: set[str], expected: list[str]) -> None:
    known = apart(each for each in stretches(text) if each.text in names)
    assert [each.text for each in sure(text, known)] == expected


def test_what_hardly_stands_there_by_chance_may_stand_beside_other_words() -> None:
    assert {"early stopping", "why use early stopping"} & {each.text for each in inside("why use early stopping")}
    assert "embeddings" in {each.text for each in inside("the vendor keeps selling embeddings")}
    assert "recall" not in {each.text for each in inside("please recall the email")}


def test_what_is_said_of_a_thing_stands_behind_it() -> None:
    assert [each.text for each in verbs("so my model overfits")] == ["overfits"]
    assert verbs("overfits") == ()


def test_which_meaning_is_asked_for_without_the_word() -> None:
    assert asks_which("The train is late, which sense")
    assert asks_which("in what sense?")
    assert not asks_which("in which sense of drift")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the overfitting again", {"overfitting"}),
        ("cadence of overfitting", set[str]()),
        ("overfitting of models", {"overfitting"}),
    ],
)
def test_what_something_is_of_is_not_what_is_asked_for(text: str, names: set[str]) -> None:
    assert {each.text for each in jargon(text)} == names


@pytest.mark.parametrize(
    ("text", "is_wondering"),
    [
        ("they asked me for an SLA, and I nodded", True),
        ("people keep saying runbook", True),
        ("I am no programmer. webhook?", True),
        ("Backfill, is that like catching up", True),
        ("did anyone watch the F1 on Sunday", False),
        ("his motorbike has a sidecar now", False),
    ],
)
def test_people_show_that_they_do_not_know_a_word(text: str, *, is_wondering: bool) -> None:
    assert wonders(text) is is_wondering


@pytest.mark.parametrize(
    ("text", "name", "is_there"),
    [
        ("the sidecar of the service restarts the container", "sidecar", True),
        ("his motorbike has a sidecar", "sidecar", False),
        ("the F1 of this classifier", "F1", True),
        ("the ablation of his heart went well", "ablation", False),
    ],
)
def test_a_name_is_at_home_among_words_of_our_work(text: str, name: str, *, is_there: bool) -> None:
    named = [each for each in (*stretches(text), *inside(text)) if each.text == name]
    assert is_at_home(text, named) is is_there


def test_words_of_every_day_are_no_unusual_names() -> None:
    assert "boosting" in {each.text for each in unusual("boosting, in the review")}
    assert "train" not in {each.text for each in unusual("train, to the office")}
