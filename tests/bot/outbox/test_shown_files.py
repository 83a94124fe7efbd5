"""A file that arrived counts as sent, though Slack did not say so; one that nobody finds is not said to have come."""

from datetime import timedelta

import pytest

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from handlers.access.recipients import Destination, attach
from storage.outbox.deliveries import Delivery
from tests.bot.outbox.sending import THREAD, ended, open_thread, replies, send
from tests.conftest import START


def a_file(to: str, thread: str = "") -> Delivery:
    return attach(Destination("T0LOCAL", to, thread=thread), ("glossary.csv", "word\ndrift\n"), "Here it is.", START)


@pytest.mark.parametrize("kind", ["lost_after", "timeout_after"])
async def test_a_file_that_arrived_is_sent_once_and_known_to_be(running: Trial, kind: str) -> None:
    running.slack.faults.arm("files.completeUploadExternal", Fault(kind, seconds=0))
    await send(running, file := a_file("UANA"))
    await running.pass_time(timedelta(seconds=10))
    assert ended(running, file) == ("sent", "")
    assert len(running.slack.workspace.channels["DANA"].messages) == 1


async def test_a_file_in_a_thread_is_looked_for_there(running: Trial) -> None:
    await send(running, await open_thread(running))
    running.slack.faults.arm("files.completeUploadExternal", Fault("lost_after"))
    await send(running, file := a_file("CGENERAL", THREAD.id))
    assert ended(running, file) == ("sent", "")
    assert replies(running) == [("DR-1 is open", False), ("Here it is.", True)]


async def test_a_file_that_is_not_there_is_not_said_to_have_come(running: Trial) -> None:
    running.slack.faults.arm("files.completeUploadExternal", Fault("timeout_before", seconds=0))
    await send(running, file := a_file("UANA"))
    await running.pass_time(timedelta(seconds=10))
    assert ended(running, file)[0] == "uncertain"
    assert running.slack.workspace.channels["DANA"].messages == {}
