"""Sentences that ask who does something."""

import pytest

from handlers.responsibilities.rules.asking import asks_who


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("who owns the churn model?", "churn model"),
        ("I am looking for the person that deploys the churn model", "am looking for deploys the churn model"),
        ("who's responsible for retraining the churn model", "retraining the churn model"),
        ("who should I ask about drift monitoring?", "drift monitoring"),
        ("who's on call for the berth planner", "on call for the berth planner"),
        ("does anyone own retraining on the berth model", "retraining on the berth model"),
        ("is someone in charge of the glossary", "glossary"),
        ("churn model security, who", "churn model security"),
        ("berth planner usability, whose is it", "berth planner usability"),
        ("whose job is it to roll back", "roll back"),
        ("who runs the A/B tests for churn?", "A/B tests for churn"),
        ("which person keeps an eye on drift for the churn model", "keeps an eye on drift for the churn model"),
        ("the churn model is down, who gets paged?", "churn model is down gets paged"),
        ("has anyone taken on fairness of the churn model?", "taken on fairness of the churn model"),
        ("name of the person who tests the planner", "tests the planner"),
        ("who pays, did we agree on that", None),
        ("who did ask for customs declarations, and for what purpose", None),
        ("no earthly idea what people are on about when they say 'canary'", None),
        ("who exactly counts as a stakeholder", None),
        ("point me to whoever labels the berth arrivals", "point me to labels the berth arrivals"),
        ("is the rollback of the berth model assigned to anyone?", "rollback of the berth model"),
        ("churn model deployment owner?", "churn model deployment owner"),
        ("does security of the berth model sit with anybody", "security of the berth model"),
        ("fairness of the berth model: is that nobody's", "fairness of the berth model"),
        ("is explainability of the berth model on somebody's plate", "explainability of the berth model"),
        ("I need a name for the audit: security of the churn model", "security of the churn model"),
        ("churn model monitoring → name", "churn model monitoring"),
        ("the churn model has three names", None),
        ("API docs for the churn model - name of a person", "API docs for the churn model"),
        ("who or what is a steward", None),
        ("berth arrivals data: who asked for it and from whom", None),
        ("churn in batch, whose proposal was that", None),
        ("berth planner: glossary steward?", "berth planner: glossary steward"),
        ("the model ages, whose call is that and whose work?", "model ages, whose call is that and work"),
        ("who decided to drop the weather feed?", None),
        ("what does product owner mean", None),
        ("who is Maria?", None),
        ("what is drift", None),
        ("one line on drift for people who never heard of it", None),
        ("who can tell me what drift is", None),
        ("recall, precision, F1: who is who", None),
        ("whose call was it to drop the weather feed", None),
        ("who can tell us", "tell us"),
        ("who knows what drift means", None),
        ("who knows what the fields in berth arrivals mean", "knows what the fields in berth arrivals mean"),
        (
            "add two terms to it, whose job is the glossary of the berth planner",
            "glossary of the berth planner add two terms to it",
        ),
        ("did anyone report short berths", None),
    ],
)
def test_a_sentence_asks_who_does_something(sentence: str, asked: str | None) -> None:
    assert asks_who(sentence) == asked
