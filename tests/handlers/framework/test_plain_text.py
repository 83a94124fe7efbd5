"""Messages as they read, without Slack's marks and the usual slips of the hand."""

import pytest

from handlers.framework import plain_text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("what's <http://ML.NET|ML.NET>?", "what's ML.NET?"),
        ("what is *data leakage*?", "what is data leakage?"),
        ("> the pipeline is red\nwhat does pipeline mean?", "what does pipeline mean?"),
        ("~regression~ sorry, rollback", "sorry, rollback"),
        ("<@UANA> said so", "said so"),
        ("precision &amp; recall", "precision & recall"),
        ("> only a quote", "> only a quote"),
    ],
)
def test_slacks_marks_are_no_words(written: str, read: str) -> None:
    assert plain_text.plain(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Waht is teh diffrence betwen them?", "what is the difference between them?"),
        ("o que é um ensemble?", "what is ensemble?"),
        ("co to jest backfill?", "what is backfill?"),
        ("what was ist drift", "what was ist drift"),
        ("cna somone explian drift", "can someone explain drift"),
        ("What's the definition, and the meaning?", "What's the definition, and the meaning?"),
        ("hats for all, a hat trick", "hats for all, a hat trick"),
        ("whts a webhook, can sombody exlain", "whats a webhook, can somebody explain"),
        ("a dose of peas for the men, pleas of the abbot", "a dose of peas for the men, pleas of the abbot"),
    ],
)
def test_the_words_of_asking_are_read_through_slips_of_the_hand(written: str, read: str) -> None:
    assert plain_text.plain(written) == read


def test_what_is_it_mean_asks_as_what_does_it_mean() -> None:
    assert plain_text.plain("what's it mean?") == "what does it mean?"
    assert plain_text.plain("what's the mean?") == "what's the mean?"


def test_what_a_message_quotes_is_a_text_of_its_own() -> None:
    assert plain_text.quoted_lines("> we saw drift\n&gt; in v3\nwhat's this?") == "we saw drift in v3"
    assert plain_text.quoted_lines("what is drift?") == ""
