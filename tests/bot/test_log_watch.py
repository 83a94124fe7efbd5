"""Whoever runs the bot is warned, once, where the store's log grows without end."""

from structlog.testing import capture_logs

from bot.log_watch import LARGE, LogWatch
from tests.conftest import START


async def warnings(*sizes: int) -> list[int]:
    """Return what is warned of at looks that find these sizes."""
    found = iter(sizes)
    watch = LogWatch(lambda: next(found))
    with capture_logs() as lines:
        for _ in sizes:
            await watch.look(START)
    return [each["bytes"] for each in lines]


async def test_a_log_that_stays_large_is_warned_of_once() -> None:
    assert await warnings(LARGE + 1, LARGE + 2, LARGE + 3, LARGE + 4) == [LARGE + 2]


async def test_it_is_warned_of_again_once_it_was_small() -> None:
    assert await warnings(LARGE + 1, LARGE + 2, LARGE, LARGE + 3, LARGE + 4) == [LARGE + 2, LARGE + 4]


async def test_a_moment_at_which_the_store_is_written_anew_is_no_reason() -> None:
    assert await warnings(LARGE, LARGE + 1, 0, LARGE + 1, 0) == []
