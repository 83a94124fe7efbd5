"""What an agent offers to report stands in the form that its person is shown."""

from bot.trial.run import Trial
from handlers.framework.agents import Agents, Caller
from storage.feedback.feedback import ITEMS
from tests.handlers.feedback.playing import REPORT, lines
from tests.handlers.requirements.playing import TEAM, a_model
from tests.playing import play


async def test_what_is_offered_is_sent_as_the_persons_own(running: Trial) -> None:
    await a_model(running, "berth model")
    agents = Agents(running.bot.boundary, running.bot.routes.tools)
    offer = {"about": "berth model", "got": "a berth of 150 m"}
    await agents.call(Caller(TEAM, "UDEV"), "report_feedback", offer)
    await running.quiet()
    await play(
        running, 'dev presses "Look at it"', *lines("dev", *(each for each in REPORT if "get?" not in each), "submits")
    )
    (item,) = ITEMS.some(running.bot.store.reader, TEAM)
    assert (item.reporter, item.got) == ("UDEV", "a berth of 150 m")
