"""Texts in which words of the glossary stand: with a slip of the hand, in other forms, in pieces, right in a row."""

from pathlib import Path
from typing import Any

import pytest

from bot.trial.run import Trial
from tests.playing import play
from tests.questions.report import report

_ASKED: dict[str, dict[str, Any]] = {
    # A name with a slip is offered beside what else is found, and before what only sounds like the text.
    "there's a line about observabilty in the contract, what does it refer to": {"word": "observability"},
    "I nodded through observabilty in the meeting, now explain please": {"word": "observability"},
    "what do data scientists mean when they say observabilty": {"word": "observability"},
    # The words of a name in other forms, another order, or with others between them.
    "what are imbalanced classes": {"word": "class imbalance"},
    "that skew thing between training and serving": {"word": "training-serving skew"},
    "the judge thing with LLMs, what is it": {"word": "LLM as a judge"},
    # Nothing but names, with nothing between them.
    "precision recall difference pls": {"words": ["precision", "recall"]},
    "is causal inference just correlation with extra steps": {"words": ["causal inference", "correlation"]},
    "supervised vs unsupervised": {"words": ["supervised learning", "unsupervised learning"]},
    # Where what is asked for is no name, a word elsewhere in the text is meant.
    "for the record, what do we take threshold to mean": {"word": "threshold"},
    # A word of every day is answered where a text shows that somebody doesn't know it, or begins with it.
    "recall keeps being quoted at me, someone decode it?": {"word": "recall"},
    "heard kernel thrice today. three times none the wiser": {"word": "kernel"},
    "labels - plain words please, I read X-rays for a living": {"word": "label"},
    "the vendor keeps saying noise. Translation?": {"word": "noise"},
    "they claim it generalises, I'd like to know what is claimed by that word": {"word": "generalisation"},
    "I keep mixing up validation and test, to me both are the same": {"words": ["validation", "test"]},
    "Model is now quantised (int8). what is this": {"word": "quantisation"},
    # What somebody does, has or is in is no word, and a job is who somebody is.
    "I recall he said Tuesday": {"nothing": True},
    "his weight is none of my business": {"nothing": True},
    "my new boss is a former software engineer, nice chap": {"nothing": True},
    # Who speaks of a thing of every day is at most offered its word.
    "he came across the key for the container": {"nothing": True},
    "she met the train": {"nothing": True},
    "the lawyer found an error in my contract for the flat": {"nothing": True},
    "she came across threshold": {"word": "threshold"},
    # A name that hardly anybody says of anything else is what a text is about, unless another world stands beside it.
    "do SLO have to do with kilos": {"word": "SLO"},
    "what am I signing up for if I go kernel?": {"word": "kernel"},
    "my cousin trains clustering dogs": {"nothing": True},
    "which bar makes a proper sidecar around here": {"nothing": True},
    "ETL, is that a football club?": {"nothing": True},
    "who or what is the kernel": {"word": "kernel"},
    # Each of several is asked for, and politeness of any place belongs to no name.
    "Ola says it's idempotent, Priya says it's the webhook. I understand neither": {
        "words": ["idempotency", "webhook"]
    },
    "pls explain confusion matrix lah": {"word": "confusion matrix"},
    # The words that describe another are not asked for: told in full it is found, and in part, or by a part, offered.
    "the store for features, what is it called": {"word": "feature store"},
    "how do we call the person who looks after the meaning and quality of some data?": {"word": "data steward"},
    "is there a word for a model that nobody can look into?": {"offer": "black box"},
    # Whatever it asks, and whatever other words stand in it, a text that gives a meaning gets its word offered.
    "Training ends once validation no longer improves. Whatsit": {"offer": "early stopping"},
    "spreads requests over several machines, ring a bell?": {"offer": "load balancer"},
    "is that regression, something that worked before and no longer does after a change?": {"word": "regression"},
    "what kind of mesh is it that Gus draws": {"offer": "data mesh"},
    "imbalance, we have it apparently": {"offer": "class imbalance"},
}
#: What is asked in a thread, and the message that it is asked of.
_ASKED_OF = {
    "huh": ("Do a rollback", {"word": "rollback"}),
    "sorry, in what mode?": ("It runs in shadow mode for two quarters", {"word": "shadow deployment"}),
    "who or what is the judge": ("the LLM judge gave it 4/5", {"word": "LLM as a judge"}),
    "no clue about either of the two": (
        "Next I do the imputation and then one-hot encoding",
        {"words": ["imputation", "one-hot encoding"]},
    ),
    "idem-what?": ("Make the consumer idempotent first.", {"word": "idempotency"}),
    "sry what container? the box on the quay or docker": (
        "Container 7 was opened for inspection at the quay",
        {"word": "container"},
    ),
    "what she just said, in human": ("the model overfits", {"word": "overfitting"}),
    "is lunch at twelve?": ("We do a rollback and then lunch at noon", {"nothing": True}),
}


@pytest.mark.xdist_group("questions")
async def test_a_question_in_a_thread_takes_up_a_word_of_its_message(tmp_path: Path) -> None:
    asked = [
        {"ask": text, "how": "thread", "before": before, "want": want, "kind": "text"}
        for text, (before, want) in _ASKED_OF.items()
    ]
    found = await report(asked, tmp_path)
    assert found.misses == []


@pytest.mark.xdist_group("questions")
async def test_a_text_is_answered_with_the_words_that_it_means(tmp_path: Path) -> None:
    asked = [
        {
            "ask": text,
            "how": "mention",
            "want": want,
            "kind": "text",
            "either": "observabilty" in text,
            "offer_ok": True,
        }
        for text, want in _ASKED.items()
    ]
    found = await report(asked, tmp_path)
    assert found.misses == []


@pytest.mark.xdist_group("questions")
async def test_a_word_is_found_by_its_second_name_which_a_description_explains(tmp_path: Path) -> None:
    sender = {
        "kind": "definition",
        "word": "transponder",
        "discipline": "domain",
        "gloss": "The small sender in the car by which a passage is charged",
        "aliases": ["tag"],
    }
    text = "the tag, that thing on the windscreen, what's the proper word for it"
    asked = {"ask": text, "how": "mention", "want": {"word": "transponder"}, "kind": "text", "made": True}
    found = await report([{**asked, "made_as": [sender]}], tmp_path)
    assert found.misses == []


@pytest.mark.parametrize("door", ["/define", "@Common Ground", "/common-ground find"])
async def test_the_longest_name_in_a_text_is_meant(running: Trial, door: str) -> None:
    asked = "Reinforcement learning from human feedback, it has a short name, no?"
    told = await play(running, f"ben in #general: {door} {asked}")
    assert "*RLHF*" in told
    assert "*reinforcement learning*" not in told


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("weightage", "weight"),
        ("bounded by decision", "decision boundary"),
        ("that term with injection in it, which one was it", "prompt injection"),
        ("the injection thing", "prompt injection"),
    ],
)
async def test_a_part_of_a_name_offers_it_whatever_stands_beside_it(running: Trial, asked: str, name: str) -> None:
    told = await play(running, f"ben in #general: @Common Ground {asked}")
    assert f"[{name}]" in told
