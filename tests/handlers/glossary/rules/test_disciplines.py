"""By which words a discipline is known."""

from handlers.glossary.rules.disciplines import is_everyday, is_jargon, is_named, is_of_work, names_any


def test_a_discipline_is_named_by_its_people_and_by_no_word_that_only_looks_like_them() -> None:
    assert is_named("operations", "as our SREs say")
    assert is_named("software engineering", "for the devs")
    assert not is_named("product", "at 3 pm")
    assert not is_named("software engineering", "the data engineers say so")
    assert is_named("harbour", "in the harbour")
    assert is_named("product", "says the support desk")
    assert names_any("as our SREs say")
    assert not names_any("in Berlin")
    assert not is_named("product", "the infra folks and the whole team at my desk")


def test_words_of_nothing_but_our_work_are_known_in_any_form() -> None:
    assert is_jargon("embeddings")
    assert is_jargon("overfitted")
    # Who has a fever hallucinates, too.
    assert not is_jargon("hallucinated")
    assert not is_jargon("recall")
    assert not is_jargon("release")


def test_what_everybody_says_every_day_is_told_from_words_of_our_work() -> None:
    assert is_everyday("trains")
    assert not is_everyday("imputation")
    assert is_of_work("spreadsheet")
    assert is_of_work("queries")
    assert not is_of_work("motorbike")
    assert not is_of_work("harbour")
