"""Replicas that are killed with -9 in the middle of their work: the others go on, and nothing is said twice."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from bot.local_slack.wire.server import LocalSlack
from storage import open_store
from storage.outbox import deliveries
from tests.bot.outbox.sending import DAY, a_post
from tests.replicas.fleet import fleet
from tests.test_crash import Asker
from tests.writing import write

#: What hangs ends; what works ends long before, however busy the machine is.
_PATIENCE_SECONDS = 600
_QUESTIONS, _ANSWERS_BEFORE_THE_KILL = 80, 40
_SAID = 8

pytestmark = pytest.mark.xdist_group("replicas")


def is_connected(slack: LocalSlack, count: int) -> bool:
    """Tell whether so many replicas are: one that the machine has kept waiting may be at connecting anew."""
    return sum(each.is_open for each in slack.wire.sockets) == count


def has_answered(asker: Asker, enough: int) -> bool:
    return min(asker.answers().total(), len(asker.acknowledged)) >= enough


async def test_every_acknowledged_mention_is_answered_once_by_three_of_which_two_are_killed(
    url: str, tmp_path: Path
) -> None:
    async with fleet(url, tmp_path, 3) as three:
        slack, asker = three.slack, Asker(three.slack)
        await slack.until(partial(is_connected, slack, 3))
        for round_ in (1, 2):
            asker.ask(_QUESTIONS)
            enough = round_ * _ANSWERS_BEFORE_THE_KILL
            await slack.until(partial(has_answered, asker, enough))
            await three.kill()
        await slack.wire.idle()
        acknowledged = set(slack.wire.acknowledged)
        await three.let_leases_end()
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await slack.until(lambda: acknowledged <= asker.answers().keys())
        answers = asker.answers()
    assert len(acknowledged) >= 2 * _ANSWERS_BEFORE_THE_KILL
    assert {ts: count for ts, count in answers.items() if count != 1} == {}


async def test_a_channels_messages_keep_their_order_whichever_replica_is_killed_while_it_sends(
    url: str, tmp_path: Path
) -> None:
    async with fleet(url, tmp_path, 2) as two:
        slack, channel = two.slack, two.slack.workspace.channels["CGENERAL"]

        def said() -> list[str]:
            return [each.text for each in channel.messages.values() if each.text.startswith("number")]

        def has_said(enough: int) -> bool:
            return len(said()) >= enough

        store, times = open_store(url), deliveries.due_at_once(datetime.now(UTC), DAY)
        posts = [a_post(f"number {each}").model_copy(update=times) for each in range(_SAID)]
        await write(store, deliveries.add, posts)
        for enough in (2, 5):
            # Slack has the message, and who sent it doesn't know yet.
            await slack.until(partial(has_said, enough))
            await two.kill()
            await two.let_leases_end()
            await two.start()
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await slack.until(lambda: len(said()) >= _SAID)
        await store.close()
        assert said() == [f"number {each}" for each in range(_SAID)]
