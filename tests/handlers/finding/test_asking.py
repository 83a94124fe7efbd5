"""Sentences that ask for something on record."""

import pytest

from handlers.finding.asking import asks_for_records


@pytest.mark.parametrize(
    "sentence",
    [
        "did we decide anything on retraining",
        "what did the data team agree to about labels",
        "who decided to drop the weather feed",
        "any decision on the weather feed",
        "ben proposed something about serving churn",
        "why are there no fishing vessels in the data",
        "has it been settled whether we serve in batch",
        "was there some call on neural networks",
        "merchant payouts - what was the call",
        "why do people say the canteen is noisy",
        "whose call was it to drop the weather feed",
        "has this been ruled on before, the weather feed",
        "which vendor did we go with",
        "whats the call on the dashboard",
        "users are saying the classifier is wrong",
        "how often did we say we'd retrain the berth model",
        "I thought we'd agreed not to merge before Christmas",
        "haven't we settled that for the churn model",
        "did people tell us about the berth model",
        "the pilots told us something about the forecast",
        "merchant payouts, what was the call",
        "what about the request for truck routes",
        "what is on the table regarding batch for churn",
        "read-only of a sunday, is that logged anywhere",
        "retry count for the loom api, what did we land on",
        "no cars over 3t on deck two, is that official",
        "the brake test results from Eli, where is this written",
        "retraining the overdue model. how often did we say, four times a yr",
    ],
)
def test_what_was_decided_or_agreed_is_on_record(sentence: str) -> None:
    assert asks_for_records(sentence) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "what is a decision tree",
        "what does agreement mean",
        "what did we decide",
        "why is it called ground truth",
        "why does everybody say the assistant hallucinates",
        "what is drift",
        "decision boundary",
        "where is that written",
    ],
)
def test_a_word_or_nothing_in_particular_is_not(sentence: str) -> None:
    assert asks_for_records(sentence) is None
