"""What stays in memory isn't looked through again and again for garbage, and what is garbage goes."""

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest

from bot.interpreter import tune


@pytest.fixture
def tuned() -> Iterator[None]:
    before, turn = gc.get_threshold(), sys.getswitchinterval()
    tune()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)
    sys.setswitchinterval(turn)


@pytest.mark.usefixtures("tuned")
def test_all_that_is_remembered_is_not_looked_through_while_more_of_it_comes() -> None:
    before = [each["collections"] for each in gc.get_stats()]
    kept = [[number] for number in range(200_000)]
    after = [each["collections"] for each in gc.get_stats()]
    assert after[2] == before[2]
    assert sum(after) - sum(before) <= len(kept) // 10_000


class Ring:
    """Something that only a look for garbage takes away."""

    def __init__(self) -> None:
        self.me = self


@pytest.mark.usefixtures("tuned")
def test_garbage_is_taken_away_without_being_asked_for() -> None:
    gone = weakref.ref(Ring())
    kept = [[number] for number in range(100_000)]
    assert gone() is None
    assert kept
