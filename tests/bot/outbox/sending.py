"""What the tests of the outbox share: a post, sending it, how it ended, and what stands in a conversation then."""

from datetime import timedelta
from typing import Literal

from bot.trial.run import Trial
from storage.outbox import deliveries, threads
from storage.outbox.deliveries import Delivery, State
from storage.outbox.threads import Thread
from tests.conftest import START
from tests.writing import write

DAY = timedelta(days=1)


def a_post(text: str = "hello", lane: str = "CGENERAL", keep: timedelta = DAY, **body: str) -> Delivery:
    return Delivery(
        act="post",
        team_id="T0LOCAL",
        visibility=lane,
        lane=lane,
        body={"channel": lane, "text": text, **body},
        **deliveries.due_at_once(START, keep),
    )


async def send(running: Trial, *posts: Delivery) -> None:
    await write(running.bot.store, deliveries.add, posts)
    for post in posts:
        running.bot.relay.announce(post)
    await running.bot.relay.idle()


def ended(running: Trial, post: Delivery) -> tuple[State, str]:
    found = deliveries.delivery(running.bot.store.reader, post.id)
    assert found is not None
    return found.state, found.reason


def said(running: Trial, channel: str = "CGENERAL") -> list[str]:
    return [message.text for message in running.slack.workspace.channels[channel].messages.values()]


THREAD = Thread(id="t1", team_id="T0LOCAL", channel="CGENERAL", opener="")


def in_thread(act: Literal["post", "update", "upload"], text: str, **body: str) -> Delivery:
    told = {"channel": "CGENERAL", "text": text, **body}
    times = deliveries.due_at_once(START, DAY)
    return Delivery(
        act=act, team_id="T0LOCAL", visibility="CGENERAL", lane="CGENERAL", thread="t1", body={**told}, **times
    )


async def open_thread(running: Trial) -> Delivery:
    opener = in_thread("post", "DR-1 is open")
    await write(running.bot.store, threads.add, THREAD.model_copy(update={"opener": opener.id}))
    return opener


def replies(running: Trial) -> list[tuple[str, bool]]:
    return [
        (each.text, each.thread_ts is not None)
        for each in running.slack.workspace.channels["CGENERAL"].messages.values()
    ]
