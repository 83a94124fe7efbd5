"""Under what a name is filed, and under what somebody looks who has slipped."""

import pytest

from storage.glossary.names import start_of
from storage.glossary.slips import BASE, PART, SKELETON, START, far_slips, parts_of, places, skeleton_of, slips_of


@pytest.mark.parametrize("typed", ["dirft", "drfit", "drif", "drrift", "drizt", "drift"])
def test_one_slip_leaves_two_words_something_in_common(typed: str) -> None:
    assert not slips_of("drift").isdisjoint(slips_of(typed))


@pytest.mark.parametrize("typed", ["ovurfiting", "overfittiin", "orvefittung", "ovekrfittingp"])
def test_two_slips_leave_long_words_something_in_common(typed: str) -> None:
    filed = {slip for slip, _ in places("overfitting", "overfitting")}
    assert not filed.isdisjoint(far_slips(skeleton_of(typed)))
    assert filed.isdisjoint(far_slips(skeleton_of("recalling")))


def test_a_name_is_filed_by_its_parts_its_start_and_what_it_puts_something_before() -> None:
    key, name = "unsupervisedlearning", "Unsupervised Learning"
    filed = dict(places(key, name))
    assert {slip for slip, size in filed.items() if size == 2} == {PART + part for part in parts_of(name)}
    assert {BASE + key.removeprefix("un"), START + start_of(name), SKELETON + skeleton_of(key)} <= {*filed}


def test_a_short_key_has_no_skeleton_and_a_name_of_one_word_no_start() -> None:
    assert [slip for slip, _ in places("bias", "bias") if slip[0] in SKELETON + START + BASE] == []


def test_a_word_without_consonants_looks_under_nothing() -> None:
    assert not {*far_slips(skeleton_of("aeiou"))} - {SKELETON}
