"""Menus of more choices than Slack takes in one list."""

from typing import Any

import pytest

from bot.trial.run import Trial
from handlers.slack import blocks, menus
from storage.engine.statements import alter
from storage.responsibilities import responsibilities
from tests.handlers.requirements.playing import TEAM, a_model
from tests.playing import play
from tests.writing import write

MANY = [(f"model {number:03}", f"m{number}") for number in range(menus.MOST + 50)]
LAST = MANY[-1]


def groups_of(menu: blocks.Block) -> list[dict[str, Any]]:
    found = menu["option_groups"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("number", [1, 100])
def test_what_fits_stands_in_one_list(number: int) -> None:
    menu = blocks.choice(MANY[:number], MANY[0][1])
    assert menu["options"] == [blocks.option(*each) for each in MANY[:number]]
    assert menu["initial_option"] == blocks.option(*MANY[0])
    assert "option_groups" not in menu


def test_more_stand_in_groups_that_are_called_by_their_first_and_last() -> None:
    menu = blocks.choice(MANY[:201], MANY[150][1])
    labels = [each["label"]["text"] for each in groups_of(menu)]
    assert labels == ["model 000 to model 099", "model 100 to model 199", "model 200"]
    assert [each for group in groups_of(menu) for each in group["options"]] == [
        blocks.option(*each) for each in MANY[:201]
    ]
    assert menu["initial_option"] == blocks.option(*MANY[150])
    assert "options" not in menu


def test_of_very_many_what_is_chosen_already_is_offered_wherever_it_stands() -> None:
    menu = blocks.choice(MANY, LAST[1])
    offered = [each for group in groups_of(menu) for each in group["options"]]
    assert len(offered) == menus.MOST
    assert offered[-1] == menu["initial_option"] == blocks.option(*LAST)
    assert len(groups_of(blocks.choice(MANY))[-1]["options"]) == menus.IN_A_LIST


async def test_where_there_are_many_components_a_form_keeps_the_one_that_it_had(running: Trial) -> None:
    model = await a_model(running)
    others = [await a_model(running, f"model {number:03}") for number in range(130)]
    changes = {"retires_on": "2026-02-01", "replaced_by": others[-1].id}
    await write(running.bot.store, alter, "components", {"id": model.id}, **changes)
    seen = await play(running, "chloe in #general: /owner retire berth model")
    assert "What takes its place?: [model 129]" in seen
    seen = await play(running, 'chloe enters "Last day": 2026-02-03', "chloe submits", "chloe closes")
    assert "berth model retires Feb 3, 2026. model 129 takes its place." in seen.replace("*", "")
    lines = ('enters "Component": model 128', 'enters "What does it do?": feeds', 'enters "Other component": model 001')
    await play(running, "chloe in #general: /owner link", *(f"chloe {each}" for each in (*lines, "submits")))
    kept = responsibilities.component(running.bot.store.reader, TEAM, model.id)
    assert kept is not None
    assert (kept.retires_on, kept.replaced_by) == ("2026-02-03", others[-1].id)
    (link,) = running.bot.store.reader.all("SELECT source_id, target_id FROM component_links")
    assert tuple(link.values()) == (others[128].id, others[1].id)
