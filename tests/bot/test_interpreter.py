"""What stays in memory isn't looked through again and again for garbage, and what is garbage goes."""

import gc
import subprocess
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


#: glibc says of each heap what is in it.
_THREADS = """
import ctypes, threading
from bot.interpreter import share_heap
share_heap()
threads = [threading.Thread(target=lambda: kept.append(bytes(10_000))) for _ in range(8)]
kept = []
for each in threads:
    each.start()
for each in threads:
    each.join()
ctypes.CDLL(None).malloc_stats()
"""


def _heaps(program: str) -> int:
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return told.stderr.count("Arena ")


def test_threads_take_memory_from_one_heap() -> None:
    assert _heaps(_THREADS.replace("share_heap()\n", "", 1)) > 1
    assert _heaps(_THREADS) == 1


#: The last of what was taken stays, and keeps the end of the heap.
_GIVING = """
from pathlib import Path
from bot.interpreter import give_back, share_heap

def own():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(each.split()[1]) for each in lines if each.startswith("Anonymous"))

share_heap()
taken = [bytes(100_000) for _ in range(300)]
last, taken = taken[-1], None
before = own()
give_back()
print(before - own())
"""


def test_what_lies_unused_between_what_is_used_is_given_back() -> None:
    given = int(subprocess.run([sys.executable, "-c", _GIVING], check=True, capture_output=True, text=True).stdout)
    assert given > 20_000


#: Ten thousand objects are much less than the numbers of one language take.
_NUMBERS = """
import sys
from bot.interpreter import tune
from handlers.checks import quantities
tune()
before = sys.getallocatedblocks()
found = [quantities.amount_in(each) for each in ("2,000 rows", "2.000 rows", "2 000 rows")]
print(found, sys.getallocatedblocks() - before < 10_000)
"""


def test_how_numbers_are_written_is_loaded_before_somebody_types_one() -> None:
    told = subprocess.run([sys.executable, "-c", _NUMBERS], check=True, capture_output=True, text=True).stdout
    assert told == f"{[(2000.0, 'rows')] * 3} True\n"


_ENGLISH = """
import sys
from bot.interpreter import tune
from handlers.checks import english
tune()
opened = []
sys.addaudithook(lambda event, told: opened.append(told) if event == "open" else None)
print(english.is_english("model"), english.is_english("zqxv"), opened)
"""


def test_the_english_words_are_read_before_anybody_asks() -> None:
    told = subprocess.run([sys.executable, "-c", _ENGLISH], check=True, capture_output=True, text=True).stdout
    assert told == "True False []\n"
