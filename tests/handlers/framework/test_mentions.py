"""Which words of a mention ask for what."""

import pytest

from handlers import FEATURES
from handlers.framework.mentions import aside, asked_text, understood
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
        ("help", "common-ground", "help"),
        ("Help!", "common-ground", "help"),
        ("what can you do?", "common-ground", "help"),
    ],
)
def test_plain_words_ask_for_a_command(text: str, command: str, asked: str) -> None:
    meant = understood(text, ROUTES, "cg-")
    assert meant is not None
    assert (meant[0].name, meant[1]) == (command, asked)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("thanks!", "You're welcome."),
        ("Thank you, that helps", "You're welcome."),
        ("ok, thanks a lot", "You're welcome."),
        ("cheers", "You're welcome."),
        ("", "Hi. Try “what does … mean?”, “who owns …?” or help:"),
        ("there!", "Hi. Try “what does … mean?”, “who owns …?” or help:"),
        ("good morning", "Hi. Try “what does … mean?”, “who owns …?” or help:"),
        ("sing a song", "I didn't get that. Try “what does … mean?”, “who owns …?” or help:"),
        ("thankless task", "I didn't get that. Try “what does … mean?”, “who owns …?” or help:"),
    ],
)
def test_what_asks_for_nothing_has_one_line_for_an_answer(text: str, told: str) -> None:
    assert understood(text, ROUTES) is None
    assert aside(text).text == told


@pytest.mark.parametrize(
    "text",
    ["<@U0BOT>, what is drift?", "hi <@U0BOT>: what is drift?", "what is drift?, <@U0BOT>", "Hello, what is drift?"],
)
def test_greetings_and_commas_round_the_name_are_taken_away(text: str) -> None:
    assert asked_text(text, "U0BOT") == "what is drift?"


def test_the_bots_name_and_slacks_escapes_are_taken_away_but_other_names_stay() -> None:
    text = "<@U0BOT>  what does <@UANA> mean by &lt;null&gt; &amp; 0?"
    assert asked_text(text, "U0BOT") == "what does <@UANA> mean by <null> & 0?"
