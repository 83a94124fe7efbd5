"""Which sentences clearly ask about words, and which names in them are meant."""

import pytest

from handlers.glossary.rules import spoken
from handlers.glossary.rules.spoken import are_all, asks, asks_which, asks_who_does, is_at_home, sure, wonders
from handlers.glossary.rules.stretches import anywhere, apart, inside, stretches


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
    ("text", "is_asked"),
    [
        ("who monitors the baby while you are on calls", True),
        ("who's fixing the ramp", True),
        ("who boosted the speakers", True),
        ("who uses the word drift", False),
        ("who says the model drifted", False),
        ("who can help", False),
    ],
)
def test_who_does_something_is_asked_for_and_not_who_says_a_word(text: str, *, is_asked: bool) -> None:
    assert asks_who_does(text) is is_asked


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("they keep writing feature store in the tickets", {"feature store"}, ["feature store"]),
        ("where is the train to Leeds", {"train"}, []),
        ("my boss wants an SLO", {"SLO"}, ["SLO"]),
        ('what goes into the box "target"', {"target"}, ["target"]),
        ("the newer locomotive overfits. overfits?", {"overfits"}, ["overfits"]),
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


def test_which_meaning_is_asked_for_without_the_word() -> None:
    assert asks_which("The train is late, which sense")
    assert asks_which("in what sense?")
    assert not asks_which("in which sense of drift")


@pytest.mark.parametrize(
    ("text", "is_wondering"),
    [
        ("why do people say the canteen is noisy", False),
        ("they asked me for an SLA, and I nodded", True),
        ("people keep saying runbook", True),
        ("I am no programmer. webhook?", True),
        ("Backfill, is that like catching up", True),
        ("I came across threshold in a deck", True),
        ("a crash course on drift", True),
        ("I can't get my head around recall", True),
        ("an embedding is a list of numbers, correct?", True),
        ("the class is in room 4, that is right", False),
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


def test_nothing_but_names_stands_in_a_text_that_only_names_words() -> None:
    text = "precision recall difference pls"
    assert are_all(text, [each for each in anywhere(text) if each.text in ("precision", "recall")])
    assert not are_all(text, [each for each in anywhere(text) if each.text == "recall"])
    assert not are_all(text, [])


def test_what_stands_in_quotes_is_asked_for_and_not_what_stands_beside() -> None:
    text = 'what is a "store", in the telemetry'
    known = [each for each in stretches(text) if each.text == "telemetry"]
    assert spoken.quotes_others(text, known)
    assert not spoken.quotes_others(text.replace("store", "telemetry"), known)


def test_a_name_beside_what_is_asked_for_in_quotes_is_not_asked_for() -> None:
    text = 'what do they mean by "boundary" for a classifier'
    known = [each for each in stretches(text) if each.text == "classifier"]
    assert spoken.asks_in_quotes(text, known)
    assert not spoken.asks_in_quotes(text.replace("boundary", "so"), known)
    assert not spoken.asks_in_quotes("is a classifier the same as what we call 'sorter'", known)


def test_each_of_several_words_is_asked_for() -> None:
    assert spoken.asks_for_each("I understand neither word")
    assert not spoken.asks_for_each("I understand the word")


def test_what_a_thing_is_for_is_not_asked_for_also_where_more_is_said_behind() -> None:
    text = "registry for models, what would one of them be"
    known = [each for each in stretches(text) if each.text == "models"]
    assert spoken.is_of_another(text, known)
    assert not spoken.is_of_another(
        "models, what would one of them be", [each._replace(start=0, end=1) for each in known]
    )
