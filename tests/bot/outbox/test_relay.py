"""What is sent, when, how often; and how each delivery ends, as the store holds it and as people see it."""

from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from bot.clock import Clock
from bot.local_slack.wire.faults_and_rates import Fault, FaultKind
from bot.local_slack.workspace.state import Channel
from bot.outbox.rate_limits import RateLimits
from bot.outbox.relay import LEASE
from bot.outbox.slack_calls import EVENT_TYPE
from bot.trial.run import Trial, trial
from handlers.access.recipients import Destination, attach
from storage.engine.interface import to_text
from storage.outbox import deliveries, threads
from storage.outbox.deliveries import Delivery, State
from storage.outbox.threads import Thread
from tests.conftest import START, StartTrial
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
    await send(running, running.bot.relay.admit(third), a_post("elsewhere", "CDATA"))
    assert (said(running), said(running, "CDATA")) == ([], ["elsewhere"])
    await running.pass_time(timedelta(seconds=5))
    assert said(running) == ["first", "second", "third"]


async def test_more_channels_than_a_page_holds_all_get_their_messages(running: Trial) -> None:
    places = [Channel(f"CB{number}", f"b{number}", "public", {"U0BOT"}) for number in range(210)]
    running.slack.workspace.channels.update({each.id: each for each in places})
    posts = [a_post(text, each.id) for each in places for text in ("one", "two")]
    await write(running.bot.store, deliveries.add, posts)
    await running.bot.idle()
    assert [said(running, each.id) for each in places] == [["one", "two"]] * 210


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


@pytest.mark.parametrize("fault", [Fault("server_error"), Fault("lost_before"), Fault("garbled")])
async def test_what_slack_does_not_have_is_sent_again(running: Trial, fault: Fault) -> None:
    post = a_post()
    running.slack.faults.arm("chat.postMessage", fault)
    await send(running, post)
    assert ended(running, post)[0] == "unsure"
    await running.pass_time(timedelta(seconds=5))
    assert (said(running), ended(running, post)) == (["hello"], ("sent", ""))


@pytest.mark.parametrize("thread", [True, False])
async def test_what_slack_has_after_all_is_not_sent_again(running: Trial, thread: bool) -> None:  # noqa: FBT001
    await send(running, a_post("first"))
    first = next(iter(running.slack.workspace.channels["CGENERAL"].messages))
    post = a_post(thread_ts=first) if thread else a_post()
    running.slack.faults.arm("chat.postMessage", Fault("lost_after"))
    await send(running, post)
    assert ended(running, post)[0] == "unsure"
    await running.pass_time(timedelta(seconds=5))
    assert (said(running), ended(running, post)) == (["first", "hello"], ("sent", ""))


async def test_it_is_looked_for_among_all_that_was_said_since(running: Trial) -> None:
    post = a_post()
    running.slack.faults.arm("chat.postMessage", Fault("lost_after"))
    await send(running, post)
    ana, general = running.slack.workspace.users["UANA"], running.slack.workspace.channels["CGENERAL"]
    for _ in range(450):
        running.slack.people.say(ana, general, "chatter")
    await running.pass_time(timedelta(seconds=5))
    assert (said(running).count("hello"), ended(running, post)) == (1, ("sent", ""))


async def test_where_the_bot_may_not_look_the_delivery_ends_as_uncertain(running: Trial) -> None:
    running.slack.workspace.app.refused_scopes = {"channels:history"}
    post = a_post()
    running.slack.faults.arm("chat.postMessage", Fault("lost_after"))
    await send(running, post)
    await running.pass_time(timedelta(seconds=5))
    state, reason = ended(running, post)
    assert (state, said(running)) == ("uncertain", ["hello"])
    assert reason.endswith("(missing_scope)")


@pytest.mark.parametrize("fault", [Fault("server_error"), Fault("garbled"), Fault("rate_limited", retry_after=2)])
async def test_looking_that_fails_is_tried_again_before_anything_is_sent(running: Trial, fault: Fault) -> None:
    post = a_post()
    running.slack.faults.arm("chat.postMessage", Fault("lost_after"))
    running.slack.faults.arm("conversations.history", fault)
    await send(running, post)
    await running.pass_time(timedelta(seconds=5))
    assert ended(running, post)[0] == "unsure"
    await running.pass_time(timedelta(seconds=30))
    assert (said(running), ended(running, post)) == (["hello"], ("sent", ""))


@pytest.mark.parametrize(
    ("post", "reason"),
    [
        (a_post(lane="CNOWHERE"), "channel_not_found"),
        (a_post(lane="CRANDOM"), "not_in_channel"),
        (a_post(text=""), "no_text"),
        (a_post(thread_ts="1.1"), "thread_not_found"),
    ],
)
async def test_what_slack_will_never_take_ends_with_its_reason(running: Trial, post: Delivery, reason: str) -> None:
    await send(running, post)
    assert ended(running, post) == ("failed", reason)


async def test_a_token_that_slack_does_not_take_is_waited_for(running: Trial) -> None:
    app = running.slack.workspace.app
    post, token = a_post(), app.bot_token
    app.bot_token = "xoxb-other"
    await send(running, post)
    assert ended(running, post) == ("waiting", "invalid_auth")
    app.bot_token = token
    await running.pass_time(timedelta(seconds=5))
    assert said(running) == ["hello"]


async def test_a_slack_that_is_not_there_is_tried_again(running: Trial) -> None:
    slack = running.bot.boundary.services.slack
    post, url = a_post(), slack.base_url
    slack.base_url = "http://127.0.0.1:1/api/"
    await send(running, post)
    assert ended(running, post)[0] == "waiting"
    slack.base_url = url
    await running.pass_time(timedelta(seconds=5))
    assert said(running) == ["hello"]


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
        assert deliveries.ended_badly(running.bot.store.reader, "T0LOCAL") == []


async def test_what_waits_for_its_turn_at_a_stop_is_left_for_the_next_start(tmp_path: Path) -> None:
    clock = Clock(START)
    async with trial(clock, tmp_path / "bot.db", use_http=False, rate_limits=RateLimits(burst=1)) as running:
        await send(running, a_post("0"), a_post("1"))
        await running.bot.relay.stop(patience=0)
    async with trial(clock, tmp_path / "bot.db", use_http=False, rate_limits=RateLimits(burst=1)) as running:
        await running.quiet()
        assert said(running) == ["1"]


async def test_a_response_goes_to_its_url_once(running: Trial) -> None:
    await running.do("ana in #general: /define bais")
    running.slack.faults.arm("respond", Fault("lost_after"))
    await running.do('ana presses "bias"')
    await running.pass_time(timedelta(seconds=5))
    ephemerals = running.slack.workspace.channels["CGENERAL"].ephemerals.values()
    assert len([each for each in ephemerals if each.text.startswith("bias")]) == 1


async def test_a_shared_answer_that_may_have_arrived_is_not_shared_again(running: Trial) -> None:
    await running.do("ana in #random: /define bias")
    running.slack.faults.arm("respond", Fault("lost_after"))
    await running.do('ana presses "Share"')
    await running.pass_time(timedelta(seconds=5))
    (left,) = deliveries.ended_badly(running.bot.store.reader, "T0LOCAL")
    assert (left.state, left.act) == ("uncertain", "respond")
    assert len(said(running, "CRANDOM")) == 1


@pytest.mark.parametrize(
    ("fault", "state"), [(Fault("rate_limited", retry_after=2), "sent"), (Fault("server_error"), "uncertain")]
)
async def test_a_response_that_slack_does_not_take_at_once(running: Trial, fault: Fault, state: str) -> None:
    await running.do("ana in #random: /define bias")
    running.slack.faults.arm("respond", fault)
    await running.do('ana presses "Share"')
    await running.pass_time(timedelta(seconds=5))
    rows = running.bot.store.reader.all("SELECT state FROM outbox")
    assert [row["state"] for row in rows] == [state]


async def test_a_response_after_half_an_hour_is_refused(running: Trial) -> None:
    await running.do("ana in #general: /define bias")
    (key,) = running.slack.workspace.response_urls
    url = f"{running.slack.url}/respond/{key}"
    in_channel = {"response_type": "in_channel"}
    running.bot.relay.respond(url, {**in_channel, "text": "in time"})
    await running.bot.relay.idle()
    assert said(running) == ["in time"]
    running.slack.workspace.response_urls.clear()
    lost = Delivery(
        act="respond",
        team_id="T0LOCAL",
        visibility="CGENERAL",
        lane=url,
        body={**in_channel, "text": "late"},
        **deliveries.due_at_once(START, DAY),
    )
    await send(running, lost)
    assert ended(running, lost) == ("failed", "no_such_url")
    running.bot.relay.respond(url, {**in_channel, "text": "not kept"})
    running.bot.relay.respond("http://127.0.0.1:1/respond", {**in_channel, "text": "nobody there"})
    await running.bot.relay.idle()
    assert said(running) == ["in time"]


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


def a_file(user: str = "UANA") -> Delivery:
    return attach(Destination("T0LOCAL", user), ("glossary.csv", "word\ndrift\n"), "Here it is.", START)


@pytest.mark.parametrize("method", [None, "conversations.open", "files.getUploadURLExternal"])
@pytest.mark.parametrize("fault", [Fault("server_error"), Fault("lost_before")])
async def test_a_file_reaches_its_person_once(running: Trial, method: str | None, fault: Fault) -> None:
    if method:
        running.slack.faults.arm(method, fault)
    await send(running, file := a_file())
    await running.pass_time(timedelta(seconds=10))
    assert ended(running, file) == ("sent", "")
    (message,) = running.slack.workspace.channels["DANA"].messages.values()
    assert (message.text, running.slack.workspace.files[message.files[0]].content) == ("Here it is.", b"word\ndrift\n")


async def test_a_file_of_which_nobody_knows_whether_it_arrived_ends_as_uncertain(running: Trial) -> None:
    running.slack.faults.arm("files.completeUploadExternal", Fault("lost_after"))
    await send(running, file := a_file())
    await running.pass_time(timedelta(seconds=10))
    assert ended(running, file)[0] == "uncertain"
    assert len(running.slack.workspace.channels["DANA"].messages) == 1


async def test_a_file_without_its_scope_waits_and_for_nobody_is_refused(running: Trial) -> None:
    running.slack.workspace.app.refused_scopes = {"files:write"}
    await send(running, file := a_file())
    assert ended(running, file) == ("waiting", "missing_scope")
    await send(running, nobody := a_file("UNOBODY"))
    assert ended(running, nobody) == ("failed", "user_not_found")


async def test_blocks_that_slack_refuses_are_said_as_text(running: Trial) -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 2000}] * 6]}
    sent = a_post("CGENERAL")
    body = {**sent.body, "blocks": [table], "otherwise": "Duty | Who"}
    await send(running, plain := sent.model_copy(update={"body": body}))
    assert ended(running, plain)[0] == "sent"
    (message,) = running.slack.workspace.channels["CGENERAL"].messages.values()
    assert (message.text, message.blocks) == ("Duty | Who", [])


THREAD = Thread(id="t1", team_id="T0LOCAL", channel="CGENERAL", opener="")


def in_thread(act: Literal["post", "update", "upload"], text: str, **body: str) -> Delivery:
    told = {"channel": "CGENERAL", "text": text, **body}
    times = deliveries.due_at_once(START, DAY)
    return Delivery(
        act=act, team_id="T0LOCAL", visibility="CGENERAL", lane="CGENERAL", thread="t1", body={**told}, **times
    )  # fmt: skip


async def open_thread(running: Trial) -> Delivery:
    opener = in_thread("post", "DR-1 is open")
    await write(running.bot.store, threads.add, THREAD.model_copy(update={"opener": opener.id}))
    return opener


def replies(running: Trial) -> list[tuple[str, bool]]:
    return [
        (each.text, each.thread_ts is not None)
        for each in running.slack.workspace.channels["CGENERAL"].messages.values()
    ]


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


@pytest.mark.parametrize("kind", ["server_error", "lost_after", "lost_before"])
async def test_an_update_of_which_nothing_is_known_is_made_again(running: Trial, kind: FaultKind) -> None:
    await send(running, await open_thread(running))
    running.slack.faults.arm("chat.update", Fault(kind))
    await send(running, in_thread("update", "DR-1 is agreed"))
    await running.pass_time(timedelta(minutes=1))
    assert replies(running) == [("DR-1 is agreed", False)]


@pytest.mark.parametrize("kind", ["server_error", "lost_after", "lost_before"])
async def test_what_one_person_alone_sees_is_said_again_where_nothing_is_known_of_it(
    running: Trial, kind: FaultKind
) -> None:
    running.slack.faults.arm("chat.postEphemeral", Fault(kind))
    body: dict[str, object] = {"channel": "CGENERAL", "user": "UANA", "text": "for you"}
    await send(running, a_post().model_copy(update={"act": "whisper", "lane": "UANA", "body": body}))
    await running.pass_time(timedelta(minutes=1))
    seen = running.slack.workspace.channels["CGENERAL"].ephemerals.values()
    assert {(each.to, each.text) for each in seen} == {("UANA", "for you")}


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
