"""Other words for a word, as most people use it at work."""

from storage.glossary import thesaurus


def test_words_of_a_group_stand_for_each_other_in_any_form() -> None:
    assert "walkout" in thesaurus.near("strikes")
    assert "strike" in thesaurus.near("walkouts")
    assert "lorry" in thesaurus.same("trucks")


def test_an_irregular_plural_stands_beside_its_word() -> None:
    assert {"child", "children"} <= set(thesaurus.near("kids"))


def test_several_words_may_be_said_as_one() -> None:
    assert "tariff" in thesaurus.near("customs duty")
    assert "sign off" in thesaurus.near("approval")


def test_such_things_are_found_by_what_they_are_and_not_by_one_another() -> None:
    assert {"rabbitmq", "kafka"} <= set(thesaurus.near("message broker"))
    assert "queue" in thesaurus.near("RabbitMQ")
    assert "kafka" not in thesaurus.near("RabbitMQ")


def test_no_word_stands_for_itself() -> None:
    known = thesaurus.thesaurus()

    assert all(key not in map(thesaurus.key_of, others) for key, others in (*known.same.items(), *known.near.items()))
    assert thesaurus.same("zyzzyva") == thesaurus.near("zyzzyva") == ()
