"""Which words of a mention ask for what."""

import pytest

from handlers import FEATURES
from handlers.framework.mentions import (
    aside,
    asked_of_another,
    asked_text,
    may_name_records,
    readings,
    understood,
)
from handlers.framework.routing import join

ROUTES = join(FEATURES)


@pytest.mark.parametrize(
    ("text", "command", "asked"),
    [
        ("what does drift mean?", "define", "what does drift mean"),
        ("What does the F1 score mean", "define", "What does the F1 score mean"),
        ("what do epochs mean?", "define", "what do epochs mean"),
        ("define drift", "define", "drift"),
        ("Define a feature store.", "define", "a feature store."),
        ("/define drift", "define", "drift"),
        ("what is a feature store", "define", "what is a feature store"),
        ("what's recall?", "define", "what's recall"),
        ("what’s an epoch?", "define", "what’s an epoch"),
        ("what is meant by ground truth?", "define", "what is meant by ground truth"),
        ("explain overfitting", "define", "explain overfitting"),
        ("meaning of AUC", "define", "meaning of AUC"),
        ("what do you mean by overfitting?", "define", "what do you mean by overfitting"),
        ("define drift in operations", "define", "drift in operations"),
        ("what does drift mean here?", "define", "what does drift mean here"),
        ("drift?", "define", "drift?"),
        ("what needs me?", "summary", ""),
        ("what's waiting for me", "summary", ""),
        ("hi, what do I have to do?", "summary", ""),
        ("Is anything open for me?", "common-ground", "find Is anything open for me"),
        ("thankless task", "define", "thankless task"),
        ("cg-define drift", "define", "drift"),
        ("common-ground status", "common-ground", "status"),
        ("please help me", "common-ground", "help"),
        ("help", "common-ground", "help"),
        ("Help!", "common-ground", "help"),
        ("what can you do?", "common-ground", "help"),
    ],
)
def test_plain_words_ask_for_a_command(text: str, command: str, asked: str) -> None:
    assert [(each.name, words) for each, words in understood(text, ROUTES, "cg-")] == [(command, asked)]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "what's drift? and who watches it on the churn model?",
            [("define", "what's drift"), ("owner", "watches drift on the churn model")],
        ),
        (
            "what did we decide on retraining, and what does retraining mean",
            [("common-ground", "find what did we decide on retraining"), ("define", "what does retraining mean")],
        ),
        ("what is SLA and what is SLO?", [("define", "what is SLA. what is SLO")]),
        ("churn model security - who?", [("owner", "churn model security")]),
        ("hey team, does anyone own retraining on the berth model?", [("owner", "retraining on the berth model")]),
        ("who is the owner of the churn model's API, please", [("owner", "owner of the churn model's API")]),
        ("any decision on the weather feed yet?", [("common-ground", "find any decision on the weather feed")]),
        (
            "is it going to be batch only? was that decided",
            [("common-ground", "find is it going to be batch. was that decided")],
        ),
        (
            "what uptime did we agree for the berth model?",
            [("common-ground", "find what uptime did we agree for the berth model")],
        ),
    ],
)
def test_every_question_of_a_message_is_understood(text: str, asked: list[tuple[str, str]]) -> None:
    assert [(each.name, words) for each, words in understood(text, ROUTES)] == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("who is Maria?", "who is Maria"),
        ("what is for lunch?", "what is for lunch"),
        ("what has taken so long?", "what has taken so long"),
        ("sing a song", "sing a song"),
        ("did anyone report berths that are too short?", "did anyone report berths that are too short"),
    ],
)
def test_what_no_feature_answers_for_sure_is_looked_for_everywhere(text: str, asked: str) -> None:
    assert [(each.name, words) for each, words in understood(text, ROUTES)] == [("common-ground", f"find {asked}")]


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("Tokens: what are they, who pays for them", ["owner", "define", "common-ground"]),
        ("who monitors the churn model", ["owner", "common-ground"]),
        ("what does drift mean", ["define", "common-ground"]),
        ("did we decide on the weather feed", ["common-ground"]),
        ("decided: ship it", ["decision", "common-ground"]),
    ],
)
def test_what_else_a_message_may_ask_for_is_read_after_what_it_asks(text: str, commands: list[str]) -> None:
    read = readings(text, ROUTES, understood(text, ROUTES))
    assert [command.name for each in read for command, _ in each] == commands


@pytest.mark.parametrize(
    ("command", "text", "asked"),
    [
        ("define", "who owns the churn model", ("owner", "churn model")),
        ("define", "did we decide on it, the feed", ("common-ground", "find did we decide on it, the feed")),
        ("define", "owner of the churn model", ("owner", "churn model")),
        ("define", "churn", None),
        ("common-ground", "find who owns the churn model", ("owner", "churn model")),
        ("common-ground", "find what drift means", None),
        ("common-ground", "find did we decide on the feed", None),
        ("common-ground", "status", None),
        ("owner", "who owns the churn model", None),
    ],
)
def test_what_is_typed_after_a_command_may_be_asked_of_another(
    command: str, text: str, asked: tuple[str, str] | None
) -> None:
    other = asked_of_another(ROUTES.commands[command], text, ROUTES)
    assert (other and (other[0].name, other[1])) == asked


@pytest.mark.parametrize(
    ("text", "may"), [("weather feed", True), ("RabbitMQ", True), ("KYC", True), ("Berth", False), ("berthing", False)]
)
def test_one_plain_word_is_not_looked_for_among_the_names_of_records(text: str, *, may: bool) -> None:
    assert may_name_records(text) is may


def test_this_in_a_thread_is_what_its_message_says() -> None:
    above = "The churn model takes 900 ms per call"
    asked = [(each.name, words) for each, words in understood("who handles this?", ROUTES, about=above)]
    assert asked == [("owner", "churn model takes 900 ms per call")]
    asked = [(each.name, words) for each, words in understood("not me, is it? who then?", ROUTES, about=above)]
    assert asked == [("owner", "churn model takes 900 ms per call")]


def test_of_several_names_in_a_row_all_are_meant_by_what_comes_after() -> None:
    asked = [words for _, words in understood("Drift. Recall. Do we need two words?", ROUTES)]
    assert asked == ["Drift, Recall, Do we need two words"]


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
        ("how are you?", "I didn't get that. Try “what does … mean?”, “who owns …?” or help:"),
    ],
)
def test_what_asks_for_nothing_has_one_line_for_an_answer(text: str, told: str) -> None:
    assert understood(text, ROUTES) == []
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
