"""A map as pixels: drawn beside the loop in little time, and left out where it can't be."""

import asyncio
import sys
from struct import unpack

import pytest

from handlers.responsibilities.drawing import picture
from handlers.responsibilities.rules.plans import Plan
from handlers.slack.cache import SlowError, Waiting, waiting
from tests.handlers.responsibilities.drawing.plans import PLANNER, SMALL, large


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn is looked at, and not how soon: that hangs on what else the machine does."""
    monkeypatch.setattr(picture, "_PATIENCE_SECONDS", 600)


def size_of(png: bytes | None) -> tuple[int, int]:
    assert png is not None
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    wide, tall = unpack(">II", png[16:24])
    return wide, tall


@pytest.mark.usefixtures("unhurried")
async def test_a_small_map_is_sharp_on_a_phone() -> None:
    wide, tall = size_of(await picture.in_time(SMALL, "A map"))
    assert 2 * 390 <= wide <= 2 * 480
    assert tall > wide


@pytest.mark.usefixtures("unhurried")
async def test_a_map_of_200_components_has_no_more_pixels_than_slack_shows_quickly() -> None:
    wide, tall = size_of(await picture.in_time(large(), "A map"))
    assert 2_000_000 < wide * tall < 3_100_000


@pytest.mark.usefixtures("unhurried")
async def test_the_loop_goes_on_while_200_components_are_drawn() -> None:
    turns = 0

    async def turning() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    beside = asyncio.create_task(turning())
    assert await picture.in_time(large(), "A map") is not None
    beside.cancel()
    assert turns > 100


async def test_nobody_is_kept_waiting_for_a_picture() -> None:
    with waiting(Waiting(in_all=0.001)):
        assert await picture.in_time(SMALL, "A map") is None


async def test_who_can_be_answered_later_waits_for_it_then() -> None:
    with waiting(Waiting(in_all=0.001, is_last=False)), pytest.raises(SlowError):
        await picture.in_time(SMALL, "A map")


async def test_what_the_worker_cannot_draw_is_no_picture() -> None:
    assert await picture.as_png('<svg width="10" height="10">') is None


def test_the_picture_is_called_after_its_system() -> None:
    named = PLANNER.model_copy(update={"name": "Berth planner / north: 2"})
    assert picture.file_name(Plan(named, (), ())) == "Berth-planner-north-2-map.png"
    assert picture.file_name(Plan(None, (), ())) == "all-map.png"


@pytest.mark.parametrize("missing", ["pygraphviz", "resvg_py", "fontpkg_inter"])
def test_nothing_is_drawn_where_a_tool_is_missing(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    picture.is_there.cache_clear()
    assert picture.is_there()
    picture.is_there.cache_clear()
    monkeypatch.setitem(sys.modules, missing, None)
    assert not picture.is_there()
    picture.is_there.cache_clear()
