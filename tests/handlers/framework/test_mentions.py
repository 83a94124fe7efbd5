"""Which words of a mention ask for what."""

import pytest

from handlers import FEATURES
from handlers.framework.mentions import asked_text, understood
from handlers.framework.routing import join

ROUTES = join(FEATURES)


@pytest.mark.parametrize(
    ("text", "command", "asked"),
    [
        ("what does drift mean?", "define", "drift"),
        ("What does the F1 score mean", "define", "F1 score"),
        ("what do epochs mean?", "define", "epochs"),
        ("define drift", "define", "drift"),
        ("Define a feature store.", "define", "feature store"),
        ("/define drift", "define", "drift"),
        ("what is a feature store", "define", "feature store"),
        ("what's recall?", "define", "recall"),
        ("what’s an epoch?", "define", "epoch"),
        ("what is meant by ground truth?", "define", "ground truth"),
        ("explain overfitting", "define", "overfitting"),
        ("meaning of AUC", "define", "AUC"),
        ("what do you mean by overfitting?", "define", "overfitting"),
        ("define drift in operations", "define", "drift"),
        ("what does drift mean here?", "define", "drift"),
        ("cg-define drift", "define", "drift"),
        ("common-ground status", "common-ground", "status"),
        ("please help me", "common-ground", "help"),
        ("", "common-ground", "help"),
    ],
)
def test_plain_words_ask_for_a_command(text: str, command: str, asked: str) -> None:
    found, words = understood(text, ROUTES, "cg-")
    assert (found.name, words) == (command, asked)


@pytest.mark.parametrize(
    "text",
    ["<@U0BOT>, what is drift?", "hi <@U0BOT>: what is drift?", "what is drift?, <@U0BOT>", "Hello, what is drift?"],
)
def test_greetings_and_commas_round_the_name_are_taken_away(text: str) -> None:
    assert asked_text(text, "U0BOT") == "what is drift?"


def test_the_bots_name_and_slacks_escapes_are_taken_away_but_other_names_stay() -> None:
    text = "<@U0BOT>  what does <@UANA> mean by &lt;null&gt; &amp; 0?"
    assert asked_text(text, "U0BOT") == "what does <@UANA> mean by <null> & 0?"
