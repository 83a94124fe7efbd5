"""Which words a question is about, however it is put."""

import pytest

from handlers.glossary.rules.asking import asks_for_words, words_asked


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("what does drift mean", "drift"),
        ("what's the meaning of ground truth", "ground truth"),
        ("hey, any chance of a definition of epoch ta", "epoch"),
        ("remind me what AUC stands for?", "AUC"),
        ("no idea what a hold-out set is, help?", "hold-out set"),
        ("explain p-value like i'm five", "p-value"),
        ("what exactly is a kernel?", "kernel"),
        ("what on earth is bagging", "bagging"),
        ("I need the definition of proof of concept for a slide", "proof of concept"),
        ("what do you mean by recall here?", "recall"),
        ("what does robust mean to us?", "robust"),
        ("token = what?", "token"),
        ("drift in what sense", "drift"),
        ("zero-shot, what is it", "zero-shot"),
        ('is "telemetry" something we define anywhere?', "telemetry"),
        ("sir what is the full form of ETL", "ETL"),
        ("what's this dimensionality reduction thing", "dimensionality reduction"),
        ("a webhook pls", "webhook"),
        ("the word embedding", "embedding"),
        ("what does :rocket: mean when ben reacts with it", ":rocket:"),
        ("drift in operations", "drift"),
        ("what would an incident even be", "incident"),
        ("a distribution of what, or in which sense?", "distribution"),
        ("leaking what?", "leaking"),
        ("what makes something a microservice rather than a program", "microservice"),
        ("what do you call the master branch nowadays", "master branch"),
        ("waht is a persona", "persona"),
    ],
)
def test_one_word_is_asked_for(question: str, word: str) -> None:
    asked = words_asked(question)
    assert (asked.words, (word,) in asked.readings) == ((word,), True)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("difference between accuracy and precision", ("accuracy", "precision")),
        ("how is an SLA different from an SLO", ("SLA", "SLO")),
        ("is validation the same as evaluation?", ("validation", "evaluation")),
        ("what distinguishes false positives from false negatives", ("false positives", "false negatives")),
        ("staging vs production, what's the diff", ("staging", "production")),
        ("precision vs recall", ("precision", "recall")),
        ("precision vs. recall versus accuracy", ("precision", "recall", "accuracy")),
        ("what do precision, recall and F1 mean?", ("precision", "recall", "F1")),
        ("define bagging. also boosting", ("bagging", "boosting")),
        ("what is SLA and what is SLO?", ("SLA", "SLO")),
        ("arent recall and precision the same thing with other names", ("recall", "precision")),
    ],
)
def test_several_words_are_asked_for(question: str, words: tuple[str, ...]) -> None:
    assert words in words_asked(question).readings


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("what's CI/CD", (("CI/CD",), ("CI", "CD"))),
        ("A/B test", (("A/B test",), ("A", "B test"))),
        ("explainability (XAI)", (("explainability (XAI)",), ("explainability",))),
        ("what is a drift net", (("drift net",),)),
    ],
)
def test_what_may_be_one_name_is_read_as_one_first(text: str, readings: tuple[tuple[str, ...], ...]) -> None:
    assert words_asked(text).readings[: len(readings)] == readings


def test_of_a_sentence_the_word_is_what_it_says() -> None:
    assert ("hallucinated",) in words_asked("what does it mean that the model hallucinated").readings
    assert ("roll back",) in words_asked("what does it mean when ben says we roll back?").readings
    assert ("model",) not in words_asked("what does it mean that the model hallucinated").readings


@pytest.mark.parametrize(
    "sentence",
    [
        "what has taken so long?",
        "what is for lunch",
        "who is Maria?",
        "what time is the train to Leeds",
        "what's the draught of the Maria?",
        "what is the status of the tug data",
        "why did we define drift that way",
        "did we decide anything on retraining?",
        "what did we agree about parking spaces?",
    ],
)
def test_what_asks_for_no_meaning_is_left_to_others(sentence: str) -> None:
    assert asks_for_words(sentence) is None
