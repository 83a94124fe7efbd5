"""Which words a question is about, however it is put."""

import pytest

from handlers.glossary.rules.asking import asks_for_words, words_asked
from storage.glossary.glossary import look_up_key


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
        ("nobody ever told me what on-call involves and now I'm on it", "on-call"),
        ("latency, what unit and what is it", "latency"),
        ("an outlier, is it, by the book?", "outlier"),
        ("why does everybody say the assistant hallucinates", "hallucinates"),
        ("why do people say that the model overfits", "overfits"),
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
        ('they say "the pipeline is red because a test fails", what pipeline do they mean?', "pipeline"),
        ("is this calibration as in lab instruments?", "calibration"),
        ("what does normalised mean when she says it", "normalised"),
        ("the word embedding", "embedding"),
        ("what does :rocket: mean when ben reacts with it", ":rocket:"),
        ("drift in operations", "drift"),
        ("what would an incident even be", "incident"),
        ("a distribution of what, or in which sense?", "distribution"),
        ("leaking what?", "leaking"),
        ("what makes something a microservice rather than a program", "microservice"),
        ("what do you call the master branch nowadays", "master branch"),
        ("waht is a persona", "persona"),
        ("For the devs, null is what?", "null"),
        ("environment from a data science point of view", "environment"),
        ("inference, but the programming one", "inference"),
        ("what is drift called in German", "drift"),
        ("is drift a bug or what", "drift"),
        ("i am having a doubt in imputation, kindly clear", "imputation"),
        ("my boss asked about drift, what do I say", "drift"),
        ("we talked about drift and I did not follow", "drift"),
        ("speaking of drift, what is it?", "drift"),
        ("Sorry for the basic doubt, one hot encoding is meant for what only?", "one hot encoding"),
        ("explain idempotancy, i have to write it in the API docs", "idempotancy"),
        ("recall but not the product recall kind", "recall"),
        ("what does monitoring a model actually involve", "monitoring a model"),
        ("who counts as a stakeholder", "stakeholder"),
        ("something 'skew'?", "skew"),
        ("they said 'use a webhook'. webhook??", "webhook"),
        ("help me understand inference in two sentences", "inference"),
        ("latency as product folk use it, please", "latency"),
        ("In the software sense: kernel", "kernel"),
        ("what does it mean to regularise a model", "regularise"),
        ("canary release. What's that when it's at home?", "canary release"),
        ("is there an agreed meaning for data quality round here?", "data quality"),
        ("the 'registry' thing for models", "registry"),
        ("what is meant if we say the model generalises", "generalises"),
        ("is LLM the degree or something else in this channel", "LLM"),
        ("pipeline as the sales desk says it (deals)", "pipeline"),
        ("kernel, but for an operating system", "kernel"),
        ("token - the secret kind", "token"),
        ("is wastage the right word to use in the report?", "wastage"),
        ("which batch is this, in which sense", "batch"),
        ("please clarify on drift", "drift"),
        ("p-value 0.03, is that good? what is it", "p-value"),
        ("that term with …-injection in it, which one was it", "injection"),
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
        (
            "what makes supervised learning supervised, compared with unsupervised learning?",
            ("supervised learning", "unsupervised learning"),
        ),
        ("parameter... hyperparameter... I give up", ("parameter", "hyperparameter")),
        ("precision vs recall", ("precision", "recall")),
        ("is that a PoC or an MVP", ("PoC", "MVP")),
        ("precision vs. recall versus accuracy", ("precision", "recall", "accuracy")),
        ("what do precision, recall and F1 mean?", ("precision", "recall", "F1")),
        ("define bagging. also boosting", ("bagging", "boosting")),
        ("what is SLA and what is SLO?", ("SLA", "SLO")),
        ("how does monitoring relate to observability", ("monitoring", "observability")),
        ("accuracy != precision right? how do they differ", ("accuracy", "precision")),
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


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("what's it mean if something gets rolled back?", "rolled back"),
        ("what's backfilled data, please?", "backfilled"),
        ("pls revert with the meaning of feature flag, same is needed for the deck", "feature flag"),
        ("wdym the preds are badly calibrated", "calibrated"),
        ("They want a rollback. Should I be worried? What's that", "rollback"),
        ("The board wants an explainable model. What is that?", "explainable"),
    ],
)
def test_a_word_may_be_what_is_said_of_another_thing(question: str, word: str) -> None:
    assert (word,) in words_asked(question).readings


def test_what_describes_a_word_is_told_from_what_names_it() -> None:
    assert words_asked("what do you call it when two versions are shown at random").described
    assert not words_asked("what does drift mean").described


def test_of_a_clause_the_beginning_is_not_meant() -> None:
    readings = words_asked("wdym our loss is regularised").readings
    assert ("regularised",) in readings
    assert ("loss",) not in readings


def test_what_stands_above_is_asked_for_with_all_its_words() -> None:
    asked = words_asked("Numbers on the holdout are lower, smells like overfitting. explain the words above")
    assert asked.readings == (("Numbers on the holdout are lower, smells like overfitting",),)


def test_a_sentence_with_a_comma_is_no_list() -> None:
    asked = words_asked("Both of them can't stay in, the multicollinearity is off the charts. What is that")
    assert len(asked.words) == 1


def test_of_a_sentence_the_word_is_what_it_says() -> None:
    assert ("hallucinated",) in words_asked("what does it mean that the model hallucinated").readings
    assert ("roll back",) in words_asked("what does it mean when ben says we roll back?").readings
    assert ("model",) not in words_asked("what does it mean that the model hallucinated").readings


@pytest.mark.parametrize(
    "sentence",
    [
        "what has taken so long?",
        "is that a train from Berlin or from Hamburg?",
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


@pytest.mark.parametrize("nothing", ["it", "---", "\u200b", "\u3164"])
def test_what_shows_no_word_is_not_asked_for_beside_one(nothing: str) -> None:
    assert words_asked(f'what is "{nothing}" and "drift"?').words == ("drift",)


@pytest.mark.parametrize("text", ["<@UBEN>", "“”", "\u200b", " "])
def test_what_shows_nothing_asks_for_no_word(text: str) -> None:
    assert not any(map(look_up_key, words_asked(text).words))


def test_what_stands_before_a_clause_is_asked_for_as_a_whole_first() -> None:
    readings = words_asked("define learning from human feedback, it has a short name").readings
    whole, cut = ("learning from human feedback",), ("learning",)
    assert readings.index(whole) < readings.index(cut)


def test_two_words_in_quotes_may_each_be_asked_for() -> None:
    asked = words_asked('Eli asks what "deployed to staging" is. Could you?')
    assert asked.readings[:3] == (("deployed to staging",), ("deployed", "staging"), ("deployed",))


def test_why_everybody_says_something_asks_for_a_word_and_why_somebody_did_it_does_not() -> None:
    assert asks_for_words("why does everyone keep saying that the model drifts")
    assert not asks_for_words("why does the model drift")
    assert not asks_for_words("why do people say the canteen is noisy")
