"""A name that is said short is offered, by its initials or the beginnings of its words."""

import pytest

from bot.trial.run import Trial
from storage.glossary.glossary import NewSense
from tests.handlers.glossary.test_commands import add
from tests.playing import play


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("/define HITL", "human in the loop"),
        ("/define multicol", "multicollinearity"),
        ("/define stat. signif.", "statistical significance"),
        ("@Common Ground HITL, pls? vendor slides are full of it", "human in the loop"),
        ("@Common Ground HIL, DL?", "human in the loop"),
        ("@Common Ground multi-collin", "multicollinearity"),
        ("@Common Ground ft. store", "feature store"),
        ("@Common Ground what's stat. sig.?", "statistical significance"),
        ("@Common Ground conc. drift", "concept drift"),
    ],
)
async def test_a_short_form_offers_its_name(running: Trial, asked: str, name: str) -> None:
    told = await play(running, f"ben in #general: {asked}")
    assert f"[{name}]" in told
    assert f"*{name}*" not in told


async def test_what_others_keep_to_themselves_has_no_short_form(running: Trial) -> None:
    await add(running, NewSense(word="zonal quay xray", discipline="product", gloss="g", visibility="CSECRET"))
    assert "zonal" not in await play(running, "ben in #general: /define ZQX")


async def test_a_name_is_short_for_no_other(running: Trial) -> None:
    told = await play(running, "ben in #general: @Common Ground is an edge case just rare or is there more to it")
    assert "*edge case*" in told
