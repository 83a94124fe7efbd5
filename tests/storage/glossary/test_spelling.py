"""Both spellings of a word are found, also where its end alone tells whether it has two."""

import pytest

from storage.glossary.spelling import american, british, spellings

_STARTS = ("behavi", "col", "anal", "cat", "cen", "kilome", "fi", "cali", "lic", "def", "label", "lab", "real", "anali")
_BOTH = ("our", "or", "ogue", "og", "tre", "ter", "bre", "ber", "ence", "ense", "l", "ll", "ys", "yz", "is", "iz", "")
_ENDS = ("", "s", "d", "e", "ed", "es", "ing", "ings", "al", "able", "er", "ers", "ation", "ations", "ational")


def made() -> list[str]:
    words = ["artefact", "greyed", "practising", "focussed", "programs", "sceptic", "skeptics", "cosier", "moulds"]
    return [*words, *(f"{start}{middle}{end}" for start in _STARTS for middle in _BOTH for end in _ENDS)]


def test_each_way_to_write_a_word_is_given_once_and_the_word_itself_first() -> None:
    found = {word: spellings(word) for word in made()}
    assert found == {word: tuple(dict.fromkeys((word, british(word), american(word)))) for word in found}
    assert sum(len(each) > 1 for each in found.values()) > 500


@pytest.mark.parametrize(
    ("british_one", "american_one"),
    [
        ("normalisational", "normalizational"),
        ("behaviours", "behaviors"),
        ("catalogues", "catalogs"),
        ("catalogued", "cataloged"),
        ("centred", "centered"),
        ("labellings", "labelings"),
        ("analysed", "analyzed"),
        ("moulds", "molds"),
    ],
)
def test_a_british_word_has_its_american_spelling_and_the_other_way_round(british_one: str, american_one: str) -> None:
    assert spellings(british_one) == (british_one, american_one)
    assert spellings(american_one) == (american_one, british_one)


@pytest.mark.parametrize("word", ["model", "raise", "supervised", "prize", "k8s", "naïve"])
def test_a_word_with_one_spelling_has_no_other(word: str) -> None:
    assert spellings(word) == (word,)
