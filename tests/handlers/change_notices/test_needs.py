"""Who says that a change needs work gets what they need opened, and the record says what came of it."""

from bot.trial.run import Trial
from storage.data_requests.data_requests import REQUESTS
from storage.engine.interface import WORKSPACE
from tests.handlers.agreements.test_change_notices import own
from tests.handlers.change_notices.making import FIELDS, a_planner, changed, joined, notices, served
from tests.handlers.requirements.playing import TEAM, a_model, agree, say
from tests.playing import play
from tests.sent import sent

SAID = (
    'eli presses "Needs work"',
    'eli enters "What has to be done, and by whom?": we map the new field',
    'eli enters "By when?": 2026-01-14',
    "eli submits",
)
NEXT = "What you need next:\n    "


async def retiring_data(trial: Trial) -> None:
    """Have a dataset retire on which a product of Eli's builds."""
    data = await a_planner(trial, "arrivals", kind="dataset", lead="UDEV")
    await joined(trial, data, await a_planner(trial, "quay planner"))
    await play(trial, "dev in #general: /owner retire arrivals", 'dev enters "Last day": 2026-01-20', "dev submits")


async def test_a_duty_that_meets_the_change_and_has_no_owner_is_opened_and_the_record_shows_it(running: Trial) -> None:
    await served(running)
    await changed(running)
    assert f"{NEXT}[Find an owner]" in await play(running, *SAID)
    seen = await play(running, 'eli presses "Find an owner"')
    assert "Integration into the product of planner" in seen
    await play(running, 'eli enters "Who could own it?": dev', "eli submits")
    assert notices(running)[0].answers["UELI"].led_to == "somebody is asked to own integration"
    record = "needs work: Eli Berg (we map the new field; somebody is asked to own integration)"
    lines = ("ana in #general: /owner card berth model interface", 'ana presses "Open the card"')
    assert record in await play(running, *lines)
    preview = await play(running, "wait 1 minute", "chloe in #general: /summary preview")
    assert "we map the new field; somebody is asked to own integration" in preview


async def test_who_speaks_for_a_side_gets_the_point_that_changed_and_the_record_shows_what_they_say(
    running: Trial,
) -> None:
    model = await a_model(running, product_side=("UBEN", "UELI"))
    await say(running, model, "inputs", FIELDS)
    await agree(running, model)
    await changed(running)
    assert f"{NEXT}[Change the interface]" in await play(running, *SAID)
    seen = await play(running, 'eli presses "Change the interface"')
    assert "Fields it takes: [length | number required]" in seen
    await play(running, 'eli enters "Fields it takes": width | number', "eli submits")
    assert notices(running)[0].answers["UELI"].led_to == "inputs changed"


async def test_data_that_goes_is_asked_for_with_what_was_said_and_its_number_stands_on_the_record(
    running: Trial,
) -> None:
    await retiring_data(running)
    seen = await play(running, *SAID)
    assert f"{NEXT}[Ask for data]" in seen
    seen = await play(running, 'eli presses "Ask for data"')
    for line in (
        "What data do you need?: [arrivals]",
        "What is it for?: [we map the new field]",
        "Needed by: [2026-01-14]",
    ):
        assert line in seen
    seen = await play(running, 'eli enters "In which channel should I ask?": #data', "eli submits")
    assert "You took it on: DR-1." in seen
    assert "[Ask for data]" not in seen.partition("You took it on")[2].partition("Common Ground and")[0]
    (request,) = REQUESTS.every(running.bot.store.reader, TEAM)
    (notice,) = notices(running)
    told = (request.component_id, request.change_id, request.visibility)
    assert told == (notice.asked["UELI"], notice.id, WORKSPACE)
    record = "needs work: Eli Berg (we map the new field; DR-1)"
    assert record in await play(running, "ana in #general: /owner arrivals")


async def test_where_everything_has_an_owner_the_work_is_written_down_and_nothing_is_opened(running: Trial) -> None:
    await served(running)
    planner = await a_planner(running, "quay planner")
    await own(running, planner, "integration", "UELI")
    await joined(running, await a_planner(running, "lights", kind="service", lead="UDEV"), planner)
    await play(running, "dev in #general: /owner retire lights", 'dev enters "Last day": 2026-01-20', "dev submits")
    seen = await play(running, *SAID)
    assert "You said that this needs work." in seen
    assert NEXT not in seen


async def test_nobody_else_can_ask_in_the_words_of_who_was_asked(running: Trial) -> None:
    await retiring_data(running)
    await play(running, *SAID)
    (notice,) = notices(running)
    await play(running, "ben in #general: /owner arrivals")
    for message in running.slack.workspace.channels["CGENERAL"].ephemerals.values():
        value = f"change:{notice.id}:UELI"
        pry = {"type": "button", "text": {"type": "plain_text", "text": "Pry"}, "action_id": "data_request_new"}
        message.blocks = [{"type": "actions", "block_id": "b", "elements": [{**pry, "value": value}]}]
    seen = await play(running, 'ben presses "Pry"')
    assert "we map" not in seen
    assert "[Send]" not in seen
    assert not any("DR-" in text for _, text in sent(running))
