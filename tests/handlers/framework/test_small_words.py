"""Which words of a sentence tell nothing of what it is about."""

from handlers.framework.small_words import is_function, is_of_records, is_of_scene, is_of_talk, is_of_words


def test_what_holds_a_sentence_together_is_known_with_its_marks() -> None:
    assert is_function("The")
    assert is_function("who’s")
    assert is_function("of,")
    assert not is_function("model")


def test_words_of_asking_and_of_records_tell_apart_from_what_is_asked_for() -> None:
    assert is_of_words("Meaning?")
    assert is_of_words("begins")
    assert is_of_records("decided")
    assert not any(each("drift") for each in (is_of_words, is_of_records))


def test_words_of_talk_and_where_words_are_heard_are_known() -> None:
    assert is_of_talk("y’all")
    assert is_of_talk("today's")
    assert is_of_scene("Stand-up")
    assert not any(each("drift") for each in (is_of_talk, is_of_scene))
    # What is known of them is no matter of records.
    assert not is_of_words("yesterday")
