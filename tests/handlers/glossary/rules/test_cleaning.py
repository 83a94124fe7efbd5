"""What stands round a word is taken off."""

from handlers.glossary.rules.cleaning import clean, edges


def test_articles_and_what_people_say_around_a_word_are_taken_off() -> None:
    assert clean("the word “drift” here exactly") == "drift"
    assert clean("this drift thing") == "drift"
    assert clean("that") == ""


def test_only_marks_are_taken_off_the_edges() -> None:
    assert edges("“the drift”?") == "the drift"
    assert edges("(drift)") == "drift"
