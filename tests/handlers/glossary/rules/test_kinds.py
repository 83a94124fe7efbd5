"""A word with what tells which of its senses is meant is read as that word, however it is put."""

import pytest

from handlers.glossary.rules import kinds


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("recall, the unsafe toaster kind", "recall"),
        ("kernel, as in popcorn?", "kernel"),
        ("token - the secret kind for the api, not the llm kind", "token"),
        ("Precision. The one of gauges, not the one of alarms", "Precision"),
        ("recal (the metric, no the product one)", "recal"),
        ("featuers?? data people mean something else than product people", "featuers"),
        ("which sense: sample, the tissue kind", "sample"),
        ("churn, product sense", "churn"),
        ("hi, what does recall mean, the product one please", "recall"),
        ("what's the ops sense of log", "log"),
        ("drift, as the infra folks mean it (terraform and that)", "drift"),
        ("do weights have to do with kilos", "weights"),
        ("seed (nothing to do with gardening I guess)", "seed"),
        ("what container? the box on the quay or docker", "container"),
        ("does drift in this message mean the config stuff?", "drift"),
        ("is it a bias against people or the maths kind?", "bias"),
        ("environments - no, not nature, the places code runs in", "environments"),
        ("my question is about tests - the ones with users", "tests"),
        ("to us recall means the goods come back. And to you?", "recall"),
        ("so in engineering a contract isn't a signed thing?", "contract"),
        ("is test meant as in unit test there?", "test"),
        ("so a canary isn't a bird here", "canary"),
        ("the operations reading of metric please", "metric"),
        ("distribution, I'm thinking of linux, am I right?", "distribution"),
        ('could "policy" be something technical here?', "policy"),
        ('hm, "experiment" - is that science or a quick hack', "experiment"),
    ],
)
def test_the_name_is_told_from_what_tells_its_kind(text: str, name: str) -> None:
    found = kinds.told(text)
    assert found is not None
    assert found.name == name
    assert kinds.asks(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "drift",
        "what does drift mean?",
        "berth planner, the new version",
        "decision D-4, the one on batch",
        "can you book the room, the big one",
        "who ships new versions of the basket recommender?",
        "explain for a non techie?",
        "I left my keys, the big ones, in the office",
        "the train is late, not the bus",
        "monitoring of the churn model",
        "train, the 8:15 one, is it late?",
        "epoch, in which sense?",
        "does my class have to do with yours?",
        "does the class mean a lot to you",
        "is that a train from Berlin or from Hamburg?",
        "in Berlin the train is late again",
        "in my street noise is normal, you would hate it",
        "to me the class is boring. And to you?",
        "retraining the overdue model. how often did we say, four times a yr?",
    ],
)
def test_what_tells_no_kind_is_left_to_others(text: str) -> None:
    assert kinds.told(text) is None
    assert kinds.asks(text) is None


def test_a_thing_of_another_kind_may_belong_to_the_name() -> None:
    found = kinds.told("not the mesh on the fence. The data one")
    assert found is not None
    assert (found.name, found.longer) == ("mesh", "data mesh")


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [("calibration of an instrument", True), ("weights of traffic", False), ("embedding of charts in a page", False)],
)
def test_what_only_stands_beside_a_name_may_belong_to_it(text: str, *, is_asked: bool) -> None:
    found = kinds.told(text)
    assert found is not None
    assert (found.is_bare, found.is_asked) == (True, is_asked)
    assert bool(kinds.asks(text)) is is_asked


def test_a_kind_may_stand_at_the_end_of_any_question() -> None:
    assert kinds.kind_in("so which bias are we on about - the people one?") == "the people one?"
    assert kinds.kind_in("recall, the toaster kind") == "the toaster kind"
    assert kinds.kind_in("which bias is it, the new one?") == ""


@pytest.mark.parametrize(
    ("text", "meant", "other"),
    [
        ("token, the secret kind, not the llm kind", "token, the secret kind", "the llm kind"),
        ("cluster of machines, not customers", "cluster of machines", "customers"),
        ("drift rather than loss", "drift", "loss"),
        ("not the release of ops but the marketing one", "but the marketing one", "the release of ops"),
        ("the sort where it does not work", "the sort where it does not work", ""),
    ],
)
def test_what_is_not_meant_is_told_from_what_is(text: str, meant: str, other: str) -> None:
    assert tuple(each.strip() for each in kinds.sides(text)) == (meant, other)


def test_a_very_long_text_is_not_looked_through() -> None:
    assert kinds.told("recall, the unsafe toaster kind " + "of many things " * 20) is None
