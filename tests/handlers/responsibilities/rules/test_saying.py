"""Which duties a sentence speaks of, in words that aren't their names."""

import pytest

from handlers.responsibilities.rules.saying import said_of_duties, spoken_of
from storage.responsibilities.responsibilities import Kind
from tests.handlers.responsibilities.making import CATALOGUE


def _names(kind: Kind) -> dict[str, tuple[str, ...]]:
    return {each.id: (each.name, *each.synonyms) for each in CATALOGUE if kind in each.kinds}


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("whose eyes are on it in prod?", "monitoring"),
        ("somebody puts new versions of it onto our servers", "deployment"),
        ("it has to be trained again", "retraining"),
        ("who takes it back to the older version", "rollback"),
        ("it falls over at night", "rollback"),
        ("is it fair to the older patients", "fairness"),
        ("who is wiring it into the app", "integration"),
        ("it crawls at peak", "latency"),
        ("it hasn't learned anything since spring", "retraining"),
        ("if we must yank it on a Sunday", "rollback"),
        ("a joker feeds it fake radar", "security"),
        ("is it good enough to ship", "adequacy"),
        ("monitering it", "monitoring"),
        ("has anyone the say on whether it is ok to ship", "adequacy"),
        ("it is off since October, somebody has to teach it again", "retraining"),
        ("it wants training afresh", "retraining"),
        ("putting the old one back if it goes belly up", "rollback"),
        ("who has it, retrainig I mean", "retraining"),
        ("it falls over. I mean who watches it", "monitoring"),
        ("on the hook for deploying it", "deployment"),
    ],
)
def test_a_sentence_speaks_of_the_duty_with_its_rarest_words(text: str, duty: str) -> None:
    assert spoken_of(text, _names("model")) == [duty]


def test_what_is_said_of_one_kind_of_component_may_be_another_duty_of_another() -> None:
    assert spoken_of("who watches it", _names("dataset")) == ["data-monitoring"]
    assert spoken_of("who watches it", _names("service")) == ["monitoring"]


def test_of_equal_ones_all_are_returned_and_of_nothing_none() -> None:
    assert spoken_of("who deploys it and who monitors it", _names("model")) == ["deployment", "monitoring"]
    assert spoken_of("who baked the cake for it", _names("model")) == []
    assert spoken_of("who watches it", {}) == []


def test_a_word_of_five_letters_may_have_a_slip() -> None:
    assert spoken_of("I need in to it, acces is up to", _names("dataset")) == ["data-access"]


def test_whose_a_thing_is_tells_nothing_where_anything_else_does() -> None:
    assert spoken_of("whose is it", _names("dataset")) == ["data-ownership"]
    assert spoken_of("the data budget of it, whose is it", _names("dataset")) == ["data-budget"]


def test_a_catalogue_of_a_team_s_own_is_read_by_its_names_and_by_what_is_said_of_the_duties_that_it_shares() -> None:
    own = {"tasting": ("tasting the soup", "taste"), "monitoring": ("watching the pots",)}
    assert spoken_of("who tastes it", own) == ["tasting"]
    assert spoken_of("who babysits it", own) == ["monitoring"]


def test_what_is_said_is_said_of_duties_of_the_catalogue() -> None:
    assert said_of_duties().keys() == {each.id for each in CATALOGUE}
