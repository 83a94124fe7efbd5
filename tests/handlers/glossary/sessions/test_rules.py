"""What a session on words is about."""

from handlers.glossary.sessions import rules
from handlers.glossary.sessions.rules import Against, Confused
from storage.glossary.glossary import Sense


def a_sense(discipline: str, word: str = "drift", **changes: object) -> Sense:
    told = {"id": f"{word}-{discipline}", "team_id": "T1", "word": word, "discipline": discipline, "gloss": "It moves"}
    told |= {"visibility": "workspace", "look_up_key": word, "origin": "people", "status": "approved"}
    return Sense.model_validate({**told, "updated_at": "2026-01-05", **changes})


DATA, CODE, PRODUCT = a_sense("data science"), a_sense("software engineering"), a_sense("product")


def confused(word: str, pair: tuple[str, str], **counts: int) -> Confused:
    return Confused(word, word, (), pair, **counts)


def test_a_word_stands_between_those_who_objected_and_those_whose_meaning_it_is() -> None:
    against = [
        Against(CODE, "product", is_dispute=False),
        Against(CODE, "product", is_dispute=True),
        Against(DATA, "product", is_dispute=True),
    ]
    found = rules.confused((DATA, CODE, PRODUCT), 4, against)
    assert found is not None
    assert found.pair == ("product", "software engineering")
    assert (found.disputed, found.unclear, found.asked) == (2, 1, 4)


def test_without_a_known_objector_the_first_two_disciplines_count() -> None:
    found = rules.confused((DATA, CODE, PRODUCT), 4, [Against(CODE, "", is_dispute=True)])
    assert found is not None
    assert found.pair == ("data science", "software engineering")


def test_one_meaning_to_which_nobody_objects_and_what_is_no_longer_used_are_not_misread() -> None:
    old = a_sense("product", status="deprecated")
    assert rules.confused((DATA, old), 40, []) is None
    assert rules.confused((old,), 40, [Against(old, "data science", is_dispute=True)]) is None
    alone = rules.confused((DATA,), 0, [Against(DATA, "data science", is_dispute=False)])
    assert alone is not None
    assert alone.pair == ("data science", "data science")


def test_what_is_disputed_comes_before_what_is_asked_for_and_six_words_fit() -> None:
    words = [confused(f"word{each}", ("a", "b"), asked=each) for each in range(7)]
    words.append(confused("fought", ("b", "c"), disputed=3))
    told = rules.agenda(words)
    assert list(told) == [("b", "c"), ("a", "b")]
    assert [each.word for each in told["a", "b"]] == ["word6", "word5", "word4", "word3", "word2"]
    assert [each.word for each in told["b", "c"]] == ["fought"]
