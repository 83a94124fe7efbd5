"""What is sent, when, how often; and how each delivery ends, as the store holds it and as people see it."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.local_slack.workspace.state import Channel
from bot.outbox.pace import AT_ONCE, GAP
from bot.outbox.rate_limits import RateLimits
from bot.outbox.relay import LEASE
from bot.outbox.slack_calls import EVENT_TYPE
from bot.trial.run import Trial, trial
from handlers.framework.commits import AlreadyHandled, Asked, commit
from handlers.slack.interactions import Ask, Place
from handlers.slack.placing import Placed
from handlers.slack.replies import Reply
from storage.engine.interface import to_text
from storage.engine.sqlite_connection import sqlite3
from storage.outbox import deliveries, losses, threads
from storage.outbox.deliveries import Delivery
from tests.bot.outbox.sending import a_post, ended, in_thread, open_thread, replies, said, send
from tests.conftest import START, StartTrial
from tests.playing import play
from tests.writing import write

FAST = RateLimits(burst=10_000)


async def test_a_message_carries_the_id_of_its_delivery(running: Trial) -> None:
    post = a_post()
    await send(running, post)
    (message,) = running.slack.workspace.channels["CGENERAL"].messages.values()
    assert message.metadata == {"event_type": EVENT_TYPE, "event_payload": {"id": post.id}}
    kept = deliveries.delivery(running.bot.store.reader, post.id)
    assert kept is not None
    assert (kept.state, kept.slack_ts, kept.tries) == ("sent", message.ts, 1)


async def test_messages_of_one_channel_keep_their_order(running: Trial) -> None:
    posts = [a_post(f"{number}") for number in range(20)]
    await send(running, *posts)
    assert said(running) == [f"{number}" for number in range(20)]


async def test_what_slack_does_not_take_yet_is_not_overtaken_in_its_channel(running: Trial) -> None:
    running.slack.faults.arm("chat.postMessage", Fault("server_error"))
    first, second, third = (a_post(each) for each in ("first", "second", "third"))
    await send(running, first, second)
    assert (said(running), ended(running, second)) == ([], ("waiting", ""))
    await send(running, await running.bot.relay.admit(third), a_post("elsewhere", "CDATA"))
    assert (said(running), said(running, "CDATA")) == ([], ["elsewhere"])
    await running.pass_time(timedelta(seconds=5))
    assert said(running) == ["first", "second", "third"]


async def test_what_waits_in_a_channel_holds_up_no_channel_of_its_name_in_another_workspace(tmp_path: Path) -> None:
    async with trial(Clock(START), tmp_path / "bot.db", use_http=False, rate_limits=RateLimits(burst=1)) as running:
        running.slack.faults.arm("chat.postMessage", Fault("rate_limited", retry_after=30))
        first, second, third, fourth = (a_post(each) for each in ("first", "second", "third", "fourth"))
        third, fourth = (each.model_copy(update={"team_id": "T0QUAY"}) for each in (third, fourth))
        await send(running, first, second)
        assert (await running.bot.relay.admit(third)).state == "sending"
        await send(running, third, fourth)
        assert said(running) == ["third"]
        await running.pass_time(timedelta(seconds=1))
        assert said(running) == ["third", "fourth"]
        await running.pass_time(timedelta(seconds=30))
        await running.pass_time(timedelta(seconds=1))
        assert said(running) == ["third", "fourth", "first", "second"]


async def test_an_answer_does_not_overtake_what_came_into_its_channel_before_it_was_committed(running: Trial) -> None:
    store, relay = running.bot.store, running.bot.relay
    notice, ask = a_post("notice"), Ask("T0LOCAL", "UANA", Place("CGENERAL"), "drift", ("trigger:1",))
    admitted = await relay.admit(a_post("answer"))
    await write(store, deliveries.add, [notice])
    wrote = await write(store, commit, Asked(ask, "", START), Reply(), Placed(delivery=admitted))
    assert not isinstance(wrote, AlreadyHandled)
    for each in (notice, *wrote[1]):
        relay.announce(each, is_answer=each is wrote[0].delivery)
    await relay.idle()
    assert said(running) == ["notice", "answer"]
    await send(running, again := await relay.admit(a_post("next")))
    assert (said(running)[2:], again.state) == (["next"], "sending")


async def test_of_many_channels_that_have_something_to_say_one_at_a_time_goes_on(running: Trial) -> None:
    tried = 0

    async def may_be_sent(_: Delivery) -> bool:
        nonlocal tried
        tried += 1
        return True

    running.bot.relay.attempts.may_be_sent = may_be_sent
    places = [Channel(f"CB{number}", f"b{number}", "public", {"U0BOT"}) for number in range(50)]
    running.slack.workspace.channels.update({each.id: each for each in places})
    await write(running.bot.store, deliveries.add, [a_post("hello", each.id) for each in places])
    sending, seen = asyncio.create_task(running.bot.idle()), [0]
    while not sending.done():
        await asyncio.sleep(0)
        seen.append(tried)
    assert max(after - before for before, after in pairwise(seen)) == 1
    assert [said(running, each.id) for each in places] == [["hello"]] * 50


async def test_what_is_still_being_written_is_not_overtaken_in_its_channel(running: Trial) -> None:
    relay, (first, second, third) = running.bot.relay, [a_post(each) for each in ("first", "second", "third")]
    relay.announce(a_post("nothing that is written"))
    first = await relay.admit(first)
    await relay.idle()
    second, third = await relay.admit(second), await relay.admit(third)
    ask = Ask("T0LOCAL", "UANA", Place("CGENERAL"), "drift", ())
    written: list[Delivery] = []
    for number, each in enumerate((first, second, third)):
        asked = Asked(replace(ask, claims=(f"trigger:{number}",)), "", START)
        wrote = await write(running.bot.store, commit, asked, Reply(), Placed(delivery=each))
        assert not isinstance(wrote, AlreadyHandled)
        written += wrote[1]
    assert [each.state for each in written] == ["waiting"] * 3
    for each in written:
        relay.announce(each)
    await relay.idle()
    assert said(running) == ["first", "second", "third"]
    assert (await relay.admit(a_post("fourth"))).state == "sending"


async def test_more_channels_than_a_page_holds_all_get_their_messages(running: Trial) -> None:
    places = [Channel(f"CB{number}", f"b{number}", "public", {"U0BOT"}) for number in range(210)]
    running.slack.workspace.channels.update({each.id: each for each in places})
    posts = [a_post(text, each.id) for each in places for text in ("one", "two")]
    await write(running.bot.store, deliveries.add, posts)
    await running.bot.idle()
    assert [said(running, each.id) for each in places] == [["one", "two"]] * 210


async def test_what_nobody_waits_for_lets_a_request_in_hand_be_answered_first(running: Trial) -> None:
    with running.bot.in_flight:
        assert running.bot.relay.rounds.is_busy()
    assert not running.bot.relay.rounds.is_busy()


async def test_when_slack_asks_to_wait_nothing_is_sent_before(running: Trial) -> None:
    post, other = a_post("late"), a_post("also late", "CDATA")
    running.slack.faults.arm("chat.postMessage", Fault("rate_limited", retry_after=30))
    await send(running, post)
    assert ended(running, post) == ("waiting", "Slack asked to wait")
    await send(running, other)
    await running.pass_time(timedelta(seconds=29))
    assert said(running) == said(running, "CDATA") == []
    await running.pass_time(timedelta(seconds=1))
    assert (said(running), said(running, "CDATA")) == (["late"], ["also late"])


@pytest.mark.parametrize("fault", [Fault("server_error"), Fault("rate_limited", retry_after=5)])
async def test_a_clock_that_was_set_back_holds_nothing_up_and_changes_no_order(tmp_path: Path, fault: Fault) -> None:
    limits = RateLimits(burst=1, gap=timedelta(seconds=10))
    async with trial(Clock(frozen_at=START), tmp_path / "bot.db", use_http=False, rate_limits=limits) as running:
        await send(running, a_post("first"))
        running.slack.faults.arm("chat.postMessage", fault)
        await running.pass_time(timedelta(seconds=10))
        await send(running, a_post("second"))
        running.bot.clock.correct(-timedelta(hours=3))
        await send(running, a_post("third"))
        await running.pass_time(timedelta(seconds=10))
        await running.pass_time(timedelta(seconds=10))
        await running.pass_time(timedelta(seconds=10))
        assert said(running) == ["first", "second", "third"]


async def test_what_is_too_late_is_given_up_with_its_last_reason(running: Trial) -> None:
    post = a_post(keep=timedelta(seconds=3))
    running.slack.faults.arm("chat.postMessage", Fault("server_error"))
    await send(running, post)
    await running.pass_time(timedelta(seconds=5))
    state, reason = ended(running, post)
    assert (state, said(running)) == ("uncertain", [])
    assert reason.startswith("given up: ")


async def test_what_was_never_tried_in_time_is_lost_and_says_so(running: Trial) -> None:
    post = a_post(keep=timedelta())
    await send(running, post)
    assert ended(running, post) == ("failed", "given up: its time was over")


async def test_what_was_committed_before_a_crash_is_sent_at_the_next_start(start: StartTrial) -> None:
    post = a_post().model_copy(update={"not_before": to_text(START + timedelta(minutes=1))})
    async with start() as first:
        await write(first.bot.store, deliveries.add, [post])
    async with start() as second:
        await second.pass_time(timedelta(minutes=1))
        assert said(second) == ["hello"]


async def test_what_is_announced_after_the_stop_is_left_for_the_next_start(running: Trial) -> None:
    before, after = a_post("before"), a_post("after")
    await send(running, before)
    await running.bot.relay.stop(patience=1)
    await send(running, after)
    assert (said(running), ended(running, after)) == (["before"], ("waiting", ""))


async def test_what_was_being_sent_at_a_crash_is_looked_for_before_it_is_sent(running: Trial) -> None:
    arrived, lost = a_post("arrived"), a_post("lost")
    await send(running, arrived)
    await write(running.bot.store, deliveries.add, [lost])
    for post in (arrived, lost):
        undone = deliveries.Outcome(id=post.id, state="waiting", not_before=post.not_before)
        await write(running.bot.store, deliveries.record_outcomes, [undone])
        await write(running.bot.store, deliveries.take, post, START, LEASE)
    await running.quiet()
    assert said(running) == ["arrived"]
    await running.pass_time(LEASE)
    assert said(running) == ["arrived", "lost"]
    assert ended(running, arrived) == ended(running, lost) == ("sent", "")


async def test_an_answer_does_not_wait_behind_what_nobody_waits_for(running: Trial) -> None:
    places = [Channel(f"CB{number:03}", f"b{number}", "public", {"U0BOT"}) for number in range(200)]
    running.slack.workspace.channels.update({each.id: each for each in places})
    let_go = asyncio.Event()
    running.slack.faults.arm("chat.postMessage", *[Fault("slow", until=let_go)] * 64)
    await write(running.bot.store, deliveries.add, [a_post("summary", each.id) for each in places])
    await running.bot.relay.look_for_all_due()
    answer = a_post("the answer", "CDATA")
    await write(running.bot.store, deliveries.add, [answer])
    running.bot.relay.announce(answer, is_answer=True)
    let_go.set()
    await running.bot.idle()
    said_after = [each for place in places for each in running.slack.workspace.channels[place.id].messages.values()]
    (told,) = running.slack.workspace.channels["CDATA"].messages.values()
    assert len(said_after) == 200
    assert len([each for each in said_after if each.ts < told.ts]) < 130


@pytest.mark.parametrize("fault", [Fault("rate_limited", retry_after=30), Fault("server_error")])
async def test_an_answer_that_slack_puts_off_goes_before_hundreds_of_notices_once_it_may(
    tmp_path: Path, fault: Fault
) -> None:
    async with trial(Clock(START), tmp_path / "bot.db", use_http=False, rate_limits=RateLimits(burst=3)) as running:
        channels = [Channel(f"CB{number:03}", f"b{number}", "public", {"U0BOT"}) for number in range(300)]
        running.slack.workspace.channels.update({each.id: each for each in channels})
        await write(running.bot.store, deliveries.add, [answer := a_post("the answer", "CDATA")])
        running.slack.faults.arm("chat.postMessage", fault)
        running.bot.relay.announce(answer, is_answer=True)
        await running.bot.relay.idle()
        assert ended(running, answer)[0] in ("waiting", "unsure")
        await send(running, *(a_post("a notice", each.id) for each in channels))
        await running.pass_time(timedelta(seconds=30))
        assert said(running, "CDATA") == ["the answer"]
        # Most of the others wait for their turn then, for a minute.
        assert sum(len(each.messages) for each in channels) < len(channels) / 2


async def test_a_delivery_announced_twice_is_sent_once(running: Trial) -> None:
    post = a_post()
    await write(running.bot.store, deliveries.add, [post])
    running.bot.relay.announce(post)
    running.bot.relay.announce(post)
    await running.bot.relay.idle()
    running.bot.relay.announce(post)
    await running.bot.relay.idle()
    assert said(running) == ["hello"]


async def test_a_busy_channel_gets_a_burst_and_then_one_message_a_second(tmp_path: Path) -> None:
    async with trial(Clock(START), tmp_path / "bot.db", use_http=False, rate_limits=RateLimits(burst=3)) as running:
        await send(running, *(a_post(f"{number}") for number in range(5)), a_post("elsewhere", "CDATA"))
        assert (said(running), said(running, "CDATA")) == (["0", "1", "2"], ["elsewhere"])
        await running.pass_time(timedelta(seconds=1))
        assert said(running) == ["0", "1", "2", "3"]
        await running.pass_time(timedelta(seconds=1))
        assert said(running) == ["0", "1", "2", "3", "4"]


async def test_all_channels_together_get_what_slack_takes_in_a_minute_and_answers_go_first(tmp_path: Path) -> None:
    async with trial(Clock(START), tmp_path / "bot.db", use_http=False, rate_limits=RateLimits(burst=3)) as running:
        channels = [Channel(f"CB{number:03}", f"b{number}", "public", {"UANA", "U0BOT"}) for number in range(100)]
        for each in channels:
            running.slack.workspace.add_channel(each)
        await write(running.bot.store, deliveries.add, [a_post(lane=each.id) for each in channels])
        await running.bot.idle()
        at_once = AT_ONCE - AT_ONCE // 3
        assert sum(len(each.messages) for each in channels) == at_once
        assert "Systematic error" in await play(running, "ana in #general: @Common Ground define bias")
        await running.pass_time(GAP)
        assert sum(len(each.messages) for each in channels) == at_once
        await running.pass_time(GAP)
        assert sum(len(each.messages) for each in channels) == at_once + 1
        for _ in range(3):
            await running.pass_time(GAP * 20)
        assert [len(each.messages) for each in channels] == [1] * 100


async def test_answers_that_wait_long_for_their_turn_need_no_look_into_the_channel(tmp_path: Path) -> None:
    async with trial(Clock(START), tmp_path / "bot.db", use_http=False, rate_limits=RateLimits(burst=1)) as running:
        running.slack.workspace.app.refused_scopes = {"channels:history"}
        ana, general = running.slack.workspace.users["UANA"], running.slack.workspace.channels["CGENERAL"]
        for _ in range(3):
            running.slack.people.say(ana, general, "@Common Ground define recall")
        await running.quiet()
        for _ in range(3):
            await running.pass_time(timedelta(seconds=20))
        answers = [message for message in general.messages.values() if message.bot_id]
        assert len(answers) == 3
        assert losses.ended_badly(running.bot.store.reader, "T0LOCAL") == []


async def test_what_waits_for_its_turn_at_a_stop_is_left_for_the_next_start(tmp_path: Path) -> None:
    clock = Clock(START)
    async with trial(clock, tmp_path / "bot.db", use_http=False, rate_limits=RateLimits(burst=1)) as running:
        await send(running, a_post("0"), a_post("1"))
        await running.bot.relay.stop(patience=0)
    async with trial(clock, tmp_path / "bot.db", use_http=False, rate_limits=RateLimits(burst=1)) as running:
        await running.quiet()
        assert said(running) == ["1"]


async def test_a_row_that_makes_no_sense_is_set_aside_and_the_next_goes(running: Trial) -> None:
    bad, good = a_post("bad"), a_post("good")
    await write(running.bot.store, deliveries.add, [bad, good])
    await running.bot.store.write(
        lambda transaction: transaction.run("UPDATE outbox SET act = 'shout' WHERE id = :id", id=bad.id)
    )
    await running.bot.idle()
    assert said(running) == ["good"]
    (left,) = running.bot.store.reader.all("SELECT state, reason FROM outbox WHERE id = :id", id=bad.id)
    assert (left["state"], left["reason"]) == ("failed", "its row cannot be read: act")


async def test_what_goes_wrong_with_one_delivery_is_tried_thrice_and_then_set_aside(tmp_path: Path) -> None:
    tried: list[str] = []

    async def may_be_sent(delivery: Delivery) -> bool:
        tried.append(str(delivery.body["text"]))
        if delivery.body["text"] == "bad":
            raise KeyError("a fault of ours")
        return True

    async with trial(Clock(frozen_at=START), tmp_path / "bot.db", use_http=False, rate_limits=FAST) as running:
        running.bot.relay.attempts.may_be_sent = may_be_sent
        bad, good = a_post("bad"), a_post("good")
        await send(running, bad, good)
        assert said(running) == []
        for _ in range(4):
            await running.pass_time(timedelta(minutes=1))
        assert said(running) == ["good"]
        assert [each for each in tried if each in ("bad", "good")] == ["bad", "bad", "bad", "good"]
        assert ended(running, bad) == ("uncertain", "KeyError")


async def test_the_relay_goes_on_after_a_look_that_failed(running: Trial) -> None:
    run = running.bot.store.write
    await run(lambda transaction: transaction.run("ALTER TABLE outbox RENAME TO elsewhere"))
    with pytest.raises(sqlite3.OperationalError):
        await running.bot.relay.look_for_due()
    await run(lambda transaction: transaction.run("ALTER TABLE elsewhere RENAME TO outbox"))
    await write(running.bot.store, deliveries.add, [a_post()])
    await running.slack.until(lambda: said(running) == ["hello"])


async def test_a_store_that_fails_for_a_while_delays_and_loses_nothing(running: Trial, tmp_path: Path) -> None:
    import sqlite_utils  # noqa: PLC0415

    post = a_post()
    await write(running.bot.store, deliveries.add, [post])
    other = sqlite_utils.Database(tmp_path / "bot.db").conn
    other.execute("BEGIN IMMEDIATE")
    running.bot.relay.announce(post)
    await running.bot.relay.idle()
    assert said(running) == []
    other.execute("COMMIT")
    other.close()
    await running.quiet()
    assert said(running) == ["hello"]


async def test_the_relay_looks_for_what_is_due_by_itself(running: Trial) -> None:
    post = a_post()
    await write(running.bot.store, deliveries.add, [post])
    await running.slack.until(lambda: said(running) == ["hello"])


async def test_what_belongs_to_a_thread_goes_into_it_and_its_first_message_is_edited_in_place(running: Trial) -> None:
    opener, reply, edit = (
        await open_thread(running),
        in_thread("post", "a reply"),
        in_thread("update", "DR-1 is agreed"),
    )
    file = in_thread("upload", "", filename="a.yaml", content="kind: x", comment="the contract")
    await send(running, opener, reply, edit, file)
    assert replies(running) == [("DR-1 is agreed", False), ("a reply", True), ("the contract", True)]
    kept = threads.thread(running.bot.store.reader, "t1")
    assert kept is not None
    assert threads.at(running.bot.store.reader, "T0LOCAL", "CGENERAL", kept.ts) == kept


async def test_a_newer_update_takes_the_place_of_one_that_is_not_sent_yet(running: Trial) -> None:
    opener = await open_thread(running)
    await send(running, opener)
    first, second = in_thread("update", "first"), in_thread("update", "second")
    await write(running.bot.store, deliveries.add, [first])
    await send(running, second)
    assert replies(running) == [("second", False)]
    assert deliveries.delivery(running.bot.store.reader, first.id) is None


async def test_what_comes_before_its_thread_is_open_waits_for_it(running: Trial) -> None:
    running.slack.faults.arm("chat.postMessage", Fault("rate_limited", 5))
    opener = await open_thread(running)
    await send(running, opener, in_thread("post", "a reply"))
    assert replies(running) == []
    await running.pass_time(timedelta(seconds=10))
    await running.pass_time(timedelta(seconds=10))
    assert replies(running) == [("DR-1 is open", False), ("a reply", True)]


async def test_a_thread_that_never_opened_or_is_gone_says_why(running: Trial) -> None:
    running.slack.people.archive(running.slack.workspace.channels["CGENERAL"], running.slack.workspace.users["UCHLOE"])
    opener, reply = await open_thread(running), in_thread("post", "a reply")
    await send(running, opener, reply)
    assert [ended(running, each) for each in (opener, reply)] == [("failed", "is_archived")] * 2
    (broken,) = threads.broken(running.bot.store.reader, "T0LOCAL")
    assert broken.problem == "is_archived"
    await write(running.bot.store, threads.note_told, [broken])
    assert threads.broken(running.bot.store.reader, "T0LOCAL") == []


async def test_an_edit_that_a_newer_one_overtook_is_not_made(running: Trial) -> None:
    await send(running, await open_thread(running))
    running.slack.faults.arm("chat.update", Fault("server_error"))
    older = in_thread("update", "older")
    await send(running, older)
    await send(running, in_thread("update", "newer"))
    await running.pass_time(timedelta(minutes=1))
    assert replies(running) == [("newer", False)]


async def test_an_edit_that_was_being_sent_at_a_crash_does_not_undo_a_newer_one(running: Trial) -> None:
    await send(running, await open_thread(running))
    lost = {"state": "sending", "tries": 1, "not_before": to_text(START + LEASE)}
    older = in_thread("update", "older").model_copy(update=lost)
    await write(running.bot.store, deliveries.add, [older])
    await send(running, in_thread("update", "newer"))
    await running.pass_time(LEASE)
    assert (replies(running), ended(running, older)) == ([("newer", False)], ("sent", ""))


async def test_a_thread_that_takes_messages_again_is_no_longer_lost(running: Trial) -> None:
    await send(running, await open_thread(running))
    running.slack.workspace.channels["CGENERAL"].members.discard("U0BOT")
    await send(running, in_thread("post", "lost"))
    assert [each.problem for each in threads.broken(running.bot.store.reader, "T0LOCAL")] == ["not_in_channel"]
    running.slack.workspace.channels["CGENERAL"].members.add("U0BOT")
    await send(running, in_thread("post", "back"))
    assert threads.broken(running.bot.store.reader, "T0LOCAL") == []


async def test_only_a_look_that_works_counts_as_one(running: Trial) -> None:
    turned, rename = asyncio.Event(), "ALTER TABLE {} RENAME TO {}"
    await running.bot.store.write(lambda each: each.run(rename.format("outbox", "elsewhere")))
    looking = asyncio.create_task(running.bot.relay.run(turned.set))
    with pytest.raises(sqlite3.OperationalError):
        await running.bot.relay.look_for_due()
    for _ in range(5):
        await asyncio.sleep(0)
    assert not turned.is_set()
    looking.cancel()
    await running.bot.store.write(lambda each: each.run(rename.format("elsewhere", "outbox")))
    looking = asyncio.create_task(running.bot.relay.run(turned.set))
    await turned.wait()
    looking.cancel()


async def test_nothing_is_looked_for_while_slack_asks_to_wait_with_that_however_long(running: Trial) -> None:
    running.slack.faults.arm("chat.postMessage", Fault("lost_after"))
    running.slack.faults.arm("conversations.history", Fault("rate_limited", retry_after=1800))
    await send(running, post := a_post("first"))
    await running.pass_time(timedelta(seconds=5))
    await running.pass_time(timedelta(minutes=25))
    assert ended(running, post) == ("unsure", "Slack asked to wait")
    await running.pass_time(timedelta(minutes=5))
    assert (ended(running, post), said(running)) == (("sent", ""), ["first"])
