"""A thread whose first message never arrives is lost: what belongs into it ends, and holds up nothing else."""

from datetime import timedelta

import pytest

from bot.outbox.rate_limits import RateLimits
from bot.trial.run import Trial
from storage.outbox import deliveries, threads
from storage.outbox.deliveries import Delivery
from tests.bot.outbox.sending import a_post, ended, in_thread, open_thread, replies
from tests.conftest import StartTrial
from tests.writing import write

FAST = RateLimits(burst=10_000)


def behind() -> list[Delivery]:
    file = in_thread("upload", "", filename="a.yaml", content="kind: x", comment="the contract")
    return [in_thread("post", "a reply"), in_thread("update", "DR-1 is agreed"), file, a_post("of another matter")]


def problem(running: Trial) -> str:
    found = threads.thread(running.bot.store.reader, "t1")
    assert found is not None
    return found.problem


@pytest.mark.parametrize(
    ("broken", "why"), [("act = 'shout'", "act"), ("body = '{'", "body"), ("body = '[\"secret\"]'", "body")]
)
async def test_a_first_message_that_cannot_be_read_loses_its_thread_and_holds_up_nothing(
    running: Trial, broken: str, why: str
) -> None:
    opener, rest = await open_thread(running), behind()
    await write(running.bot.store, deliveries.add, [opener, *rest])
    await running.bot.store.write(
        lambda transaction: transaction.run(f"UPDATE outbox SET {broken} WHERE id = :id", id=opener.id)
    )
    await running.bot.idle()
    assert replies(running) == [("of another matter", False)]
    told = f"its row cannot be read: {why}"
    assert problem(running) == told
    assert [ended(running, each) for each in rest] == [*[("failed", told)] * 3, ("sent", "")]


async def test_a_first_message_that_went_wrong_often_loses_its_thread_and_holds_up_nothing(start: StartTrial) -> None:
    async def may_be_sent(delivery: Delivery) -> bool:
        if delivery.body.get("text") == "DR-1 is open":
            raise KeyError("a fault of ours")
        return True

    async with start(rate_limits=FAST) as running:
        running.bot.relay.attempts.may_be_sent = may_be_sent
        opener, rest = await open_thread(running), behind()
        await write(running.bot.store, deliveries.add, [opener, *rest])
        await running.bot.idle()
        assert (replies(running), problem(running)) == ([], "")
        for _ in range(4):
            await running.pass_time(timedelta(minutes=1))
        assert replies(running) == [("of another matter", False)]
        assert problem(running) == "KeyError"
        assert [ended(running, each) for each in (opener, *rest)] == [
            ("uncertain", "KeyError"),
            *[("failed", "KeyError")] * 3,
            ("sent", ""),
        ]


async def test_what_belongs_below_a_first_message_that_was_taken_back_ends_and_holds_up_nothing(
    running: Trial,
) -> None:
    opener, rest = await open_thread(running), behind()
    await write(running.bot.store, deliveries.add, rest)
    await running.bot.idle()
    assert deliveries.delivery(running.bot.store.reader, opener.id) is None
    assert replies(running) == [("of another matter", False)]
    assert problem(running) == "its thread was never opened"
    assert [ended(running, each) for each in rest] == [*[("failed", "its thread was never opened")] * 3, ("sent", "")]
