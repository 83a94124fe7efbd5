"""What was taken back is answered no more, by no form and no button that is still there."""

from bot.trial.run import Trial
from handlers.slack.action_ids import CHANGE_FINE, CHANGE_NEEDS_WORK
from tests.handlers.change_notices.making import notices, served
from tests.handlers.requirements.test_privacy import pry
from tests.handlers.responsibilities.actions.test_retirement import LAST_DAY, OPENED
from tests.playing import play
from tests.sent import sent

REFUSED = "This was taken back, or said anew: it needs no answer any more."
STAYS = (OPENED, 'ana enters "berth model": It stays', "ana submits")


async def test_a_form_that_was_open_when_a_retirement_was_taken_back_tells_nobody_that_it_needs_work(
    running: Trial,
) -> None:
    await served(running)
    answer = 'eli enters "What has to be done, and by whom?": we move the planner'
    await play(running, *LAST_DAY, 'eli presses "Needs work"', answer, *STAYS)
    before = len(sent(running))
    assert REFUSED in await play(running, "eli submits")
    assert sent(running)[before:] == []
    assert notices(running)[0].answers == {}


async def test_no_button_of_what_was_taken_back_does_anything(running: Trial) -> None:
    await served(running)
    await play(running, *LAST_DAY, *STAYS)
    before, value = len(sent(running)), f"{notices(running)[0].id}:UELI"
    for action in (CHANGE_FINE, CHANGE_NEEDS_WORK):
        assert REFUSED in await pry(running, "eli", action, value)
    assert [text for _, text in sent(running)[before:] if REFUSED not in text] == []
    assert notices(running)[0].answers == {}


async def test_what_somebody_does_later_is_not_noted_with_what_was_taken_back(running: Trial) -> None:
    await served(running)
    answer = 'eli enters "What has to be done, and by whom?": we move the planner'
    await play(running, *LAST_DAY, 'eli presses "Needs work"', answer, "eli submits", "eli closes", *STAYS)
    before = len(sent(running))
    await play(running, "eli in #general: /owner planner integration", 'eli presses "Suggest someone"')
    await play(running, 'eli enters "Who could own it?": dev', "eli submits")
    assert [text for _, text in sent(running)[before:] if "took it on" in text] == []
    assert notices(running)[0].answers["UELI"].led_to == ""
