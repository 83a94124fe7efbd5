"""Another version of a contract concerns whoever answers for what its data feeds."""

from bot.trial.run import Trial
from tests.handlers.change_notices.making import a_planner, notices
from tests.handlers.data_requests.playing import one, put
from tests.playing import play
from tests.sent import sent


async def both_agree(trial: Trial) -> None:
    await play(trial, "dev in #data: /data-request DR-1 agree", "ana in #data: /data-request DR-1 agree")


async def test_the_first_version_of_a_contract_concerns_nobody_but_its_sides(running: Trial) -> None:
    planner = await a_planner(running)
    await put(running, component_id=planner.id)
    await both_agree(running)
    assert (one(running).semantic_version, notices(running)) == ("1.0.0", [])


async def test_another_version_is_told_to_who_answers_for_what_the_data_feeds(running: Trial) -> None:
    planner = await a_planner(running)
    await put(running, component_id=planner.id, state="negotiating", semantic_version="1.0.0")
    await both_agree(running)
    version = one(running).semantic_version
    assert version > "1.0.0"
    ((who, text),) = [each for each in sent(running) if "Is what you own affected?" in each[1]]
    assert who == "UELI"
    assert f"The contract of DR-1 {one(running).entity} changed to {version}. By " in text
    (notice,) = notices(running)
    assert (notice.kind, notice.request_id, notice.to_version) == ("contract", one(running).id, version)
    shown = await play(running, "ana in #data: /data-request DR-1")
    assert f"Changed to {version}, today: no answer yet from " in shown
    await play(running, 'eli presses "Fine"')
    assert f"Changed to {version}, today: fine for Eli Berg" in await play(running, "ana in #data: /data-request DR-1")


async def test_data_that_feeds_nothing_in_the_register_concerns_nobody(running: Trial) -> None:
    await put(running, state="negotiating", semantic_version="1.0.0")
    await both_agree(running)
    assert notices(running) == []


async def test_who_needs_work_asks_for_that_data_in_another_request(running: Trial) -> None:
    planner = await a_planner(running)
    await put(running, component_id=planner.id, state="negotiating", semantic_version="1.0.0")
    await both_agree(running)
    entity = one(running).entity
    said = 'eli enters "What has to be done, and by whom?": we need the old columns for a while'
    await play(running, 'eli presses "Needs work"', said, "eli submits")
    seen = await play(running, 'eli presses "Ask for data"')
    assert f"What data do you need?: [{entity}]" in seen
    assert "What is it for?: [we need the old columns for a while]" in seen
    await play(running, 'eli enters "In which channel should I ask?": #data', 'eli enters "Needed by": 2026-01-14')
    # The form is shown again with the request that is there for the same data.
    await play(running, "eli submits", "eli submits")
    shown = await play(running, "ana in #data: /data-request DR-1")
    assert "needs work: Eli Berg (we need the old columns for a while; DR-2)" in shown
