"""What is kept in memory of names says no only of what the store does not have either."""

import string
from collections.abc import Iterator

import pytest

from storage.glossary.filed import ALL, FiledNames
from storage.glossary.forms import derived, exact
from storage.glossary.glossary import look_up_key
from storage.glossary.relatives import bases, relatives
from storage.glossary.slips import BASE, PART, far_slips, parts_of, places, skeleton_of, slips_of

NAMES = ("drift", "Feature store", "training-serving skew", "unsupervised learning", "recall", "C++", "ab", "ß-Test")


def made_of(*names: str) -> FiledNames:
    filed = FiledNames(len(names))
    filed.add([(look_up_key(name), name) for name in names])
    return filed


def slipped(key: str) -> Iterator[str]:
    """Give what the key may be typed as: a letter left out, another one in its place, two swapped, one more."""
    for place in range(len(key)):
        yield key[:place] + key[place + 1 :]
        yield f"{key[:place]}q{key[place + 1 :]}"
        yield f"{key[:place]}q{key[place:]}"
        yield key[:place] + key[place + 1 : place + 2] + key[place : place + 1] + key[place + 2 :]


@pytest.mark.parametrize("name", NAMES)
def test_all_is_found_under_which_the_store_files_a_name(name: str) -> None:
    filed, key = made_of(*NAMES), look_up_key(name)
    under = {slip for slip, _ in places(key, name)}
    listed = {BASE + each for each in bases(key)} | {PART + each for each in parts_of(name)}
    assert filed.has(key)
    assert filed.known(sorted(listed)) == sorted(listed) == sorted(under & listed)
    for typed in slipped(key):
        assert slips_of(typed) & under <= set(filed.slips(typed)), typed
        skeleton = skeleton_of(typed)
        assert set(far_slips(skeleton)) & under <= set(filed.far_slips(skeleton)), typed


@pytest.mark.parametrize(
    "typed", ["zrplndscrbd", "rplndzcrbd", "rplndsczbd", "rplndscrb", "plndscrbdk", "rplndscrbdkt"]
)
def test_a_long_name_is_found_wherever_two_letters_of_its_skeleton_are_wrong(typed: str) -> None:
    name = "raplundescrabed"
    under = {slip for slip, _ in places(name, name)}
    assert skeleton_of(name) == "rplndscrbd"
    assert set(far_slips(typed)) & under == set(made_of(name, "Feature store").far_slips(typed)) != set()


@pytest.mark.parametrize("name", ["drift", "annotation", "scalability", "batches", "labelling", "regression", "policy"])
def test_a_word_of_the_family_of_a_name_may_have_kin(name: str) -> None:
    filed = made_of(name)
    assert all(map(filed.may_have_kin, {*exact(name), *derived(name), *relatives(name)}))


@pytest.mark.parametrize("name", ["drift", "annotation", "multicollinearity"])
def test_a_name_may_begin_with_each_of_its_beginnings(name: str) -> None:
    filed = made_of(name)
    assert all(filed.begins(name[:end]) for end in range(len(name) + 1))
    assert not filed.begins("zyxwvu")


def test_hardly_anything_is_taken_for_a_name_that_is_none() -> None:
    words = [first + second + third for first in string.ascii_lowercase for second in "aeiou" for third in "bcdfg"]
    filed = made_of(*(f"qua{word}" for word in words))
    strangers = [f"k{word}zyxw{word}o" for word in words]
    assert all(filed.has(f"qua{word}") for word in words)
    assert sum(map(filed.has, strangers)) + sum(map(filed.may_have_kin, strangers)) < len(words) // 20
    assert sum(len(list(filed.slips(each))) for each in strangers) < len(words) // 20 * 10
    assert filed.size == len(words)


def test_a_hundred_thousand_names_take_a_few_mebibytes() -> None:
    assert FiledNames(100_000).bytes < 5 * 2**20


def test_as_long_as_nothing_is_known_anything_may_be_a_name() -> None:
    assert ALL.has("zyxw")
    assert ALL.may_have_kin("zyxw")
    assert ALL.begins("zyxw")
    assert ALL.known(["b", "a"]) == ["b", "a"]
    assert set(ALL.slips("drift")) == slips_of("drift")
    assert list(ALL.far_slips("drft")) == far_slips("drft")
