"""Tokens are opened by any key that is still listed, and by nobody without one."""

from datetime import timedelta

import pytest

from bot.sealing import Seal, SealError, Tokens, keys_in, new_key
from tests.conftest import START

TOKENS = Tokens(bot="xoxb-quay", refresh="xoxe-quay")
LIFE = timedelta(minutes=10)


def test_what_was_sealed_is_opened_by_the_same_key_and_tells_nothing() -> None:
    seal = Seal([new_key()])
    sealed = seal.seal(TOKENS)
    assert seal.open(sealed) == TOKENS
    assert "xox" not in sealed + repr(TOKENS) + str(TOKENS.model_copy())
    assert seal.keys[0] not in seal.name


def test_an_older_key_still_opens_and_the_newest_seals() -> None:
    old, new = new_key(), new_key()
    both = Seal([new, old])
    assert both.open(Seal([old]).seal(TOKENS)) == TOKENS
    assert Seal([new]).open(both.seal(TOKENS)) == TOKENS
    assert both.name == Seal([new]).name != Seal([old]).name


@pytest.mark.parametrize("sealed", ["", "sealed", "€", Seal([new_key()]).seal(TOKENS)])
def test_what_no_key_opens_is_refused(sealed: str) -> None:
    with pytest.raises(SealError):
        Seal([new_key()]).open(sealed)


def test_a_state_is_of_one_browser_for_ten_minutes() -> None:
    seal = Seal([new_key()])
    state = seal.state("mine", START)
    tried = [(state, "mine", 600), (state, "mine", 601), (state, "yours", 0), ("", "mine", 0), (state[1:], "mine", 0)]
    found = [seal.is_state_of(it, who, START + timedelta(seconds=later), LIFE) for it, who, later in tried]
    assert found == [True, False, False, False, False]
    assert not seal.is_state_of(seal.seal(TOKENS), "mine", START, LIFE)


def test_a_setting_lists_keys_newest_first() -> None:
    old, new = new_key(), new_key()
    assert keys_in(f"{new}, {old}") == [new, old]
    with pytest.raises(ValueError, match="key"):
        keys_in(f"{new} short")
