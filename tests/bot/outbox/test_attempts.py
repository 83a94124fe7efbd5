"""How one try at a delivery ends, as the store holds it and as people see it."""

from datetime import timedelta

import pytest

from bot.local_slack.faults import Fault
from bot.outbox.attempts import may_always
from bot.outbox.rate_limits import RateLimits
from bot.outbox.relay import LEASE
from bot.trial.run import Trial
from handlers.access.recipients import Destination, attach
from storage.outbox import deliveries, losses
from storage.outbox.deliveries import Delivery, Outcome
from tests.bot.outbox.sending import DAY, a_post, ended, in_thread, open_thread, replies, said, send
from tests.conftest import START
from tests.writing import write

FAST = RateLimits(burst=10_000)


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


async def test_a_response_goes_to_its_url_once(running: Trial) -> None:
    await running.do("ana in #general: /define bais")
    running.slack.faults.arm("respond", Fault("lost_after"))
    await running.do('ana presses "bias"')
    await running.pass_time(timedelta(seconds=5))
    ephemerals = running.slack.workspace.channels["CGENERAL"].ephemerals.values()
    assert len([each for each in ephemerals if each.text.startswith("bias")]) == 1


@pytest.mark.parametrize("fault", [Fault("server_error"), Fault("lost_before"), Fault("lost_after")])
async def test_a_person_gets_their_message_once_however_the_call_ended(running: Trial, fault: Fault) -> None:
    running.slack.faults.arm("chat.postMessage", fault)
    await send(running, post := a_post("for you", "UANA"))
    assert ended(running, post)[0] == "unsure"
    await running.pass_time(timedelta(seconds=5))
    assert (said(running, "DANA"), ended(running, post)) == (["for you"], ("sent", ""))


async def edit(running: Trial, post: Delivery, text: str) -> Delivery:
    """Say something else in the place of what was said to a person."""
    update = a_post(text, "UANA").model_copy(update={"act": "update", "thread": post.id})
    await send(running, update)
    return update


@pytest.mark.parametrize("fault", [Fault("server_error"), Fault("lost_after")])
async def test_what_a_person_got_after_a_look_can_be_edited(running: Trial, fault: Fault) -> None:
    running.slack.faults.arm("chat.postMessage", fault)
    await send(running, post := a_post("do you agree?", "UANA"))
    await running.pass_time(timedelta(seconds=5))
    update = await edit(running, post, "you agreed")
    assert (said(running, "DANA"), ended(running, update)) == (["you agreed"], ("sent", ""))


async def test_so_can_what_an_earlier_version_sent_and_noted_no_conversation_of(running: Trial) -> None:
    await send(running, post := a_post("do you agree?", "UANA"))
    sent = deliveries.delivery(running.bot.store.reader, post.id)
    assert sent is not None
    await write(
        running.bot.store, deliveries.record_outcomes, [Outcome(**sent.model_dump(include={"id", "state", "slack_ts"}))]
    )
    update = await edit(running, post, "you agreed")
    assert (said(running, "DANA"), ended(running, update)) == (["you agreed"], ("sent", ""))


@pytest.mark.parametrize("error", ["team_added_to_org", "external_channel_migrating", "message_limit_exceeded"])
async def test_what_passes_by_itself_is_waited_for_and_keeps_the_order(running: Trial, error: str) -> None:
    running.slack.faults.arm("chat.postMessage", *[Fault("refused", error=error)] * 9)
    first, second = a_post("first"), a_post("second")
    await send(running, first, second)
    assert ended(running, first) == ("waiting", error)
    for _ in range(12):
        await running.pass_time(timedelta(minutes=5))
    assert said(running) == ["first", "second"]


async def test_an_answer_that_may_not_have_arrived_is_said_again_to_whoever_sees_it_alone(running: Trial) -> None:
    await running.do("ana in #general: /define bias")
    (key,) = running.slack.workspace.response_urls
    url = f"{running.slack.url}/respond/{key}"
    running.slack.faults.arm("respond", Fault("server_error"))
    times = deliveries.due_at_once(START, timedelta(minutes=25))
    body: dict[str, object] = {"response_type": "ephemeral", "replace_original": False, "text": "for you alone"}
    answer = Delivery(act="respond", team_id="T0LOCAL", visibility="UANA", lane=url, body=body, **times)
    await send(running, answer)
    await running.pass_time(timedelta(seconds=5))
    assert ended(running, answer) == ("sent", "")
    ephemerals = running.slack.workspace.channels["CGENERAL"].ephemerals.values()
    assert [each.text for each in ephemerals].count("for you alone") == 1


async def test_an_answer_whose_blocks_are_refused_is_said_as_text(running: Trial) -> None:
    await running.do("ana in #general: /define bias")
    (key,) = running.slack.workspace.response_urls
    wrong = {"response_type": "in_channel", "text": "plain", "blocks": [{"type": "no such block"}]}
    running.bot.relay.respond(f"{running.slack.url}/respond/{key}", wrong)
    await running.bot.relay.idle()
    assert said(running) == ["plain"]


async def test_a_shared_answer_that_may_have_arrived_is_not_shared_again(running: Trial) -> None:
    await running.do("ana in #random: /define bias")
    running.slack.faults.arm("respond", Fault("lost_after"))
    await running.do('ana presses "Share"')
    await running.pass_time(timedelta(seconds=5))
    (left,) = losses.ended_badly(running.bot.store.reader, "T0LOCAL")
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


async def test_a_file_without_its_scope_is_said_to_be_missing_and_for_nobody_it_is_refused(running: Trial) -> None:
    running.slack.workspace.app.refused_scopes = {"files:write"}
    await send(running, file := a_file())
    assert ended(running, file) == ("sent", "")
    assert said(running, "DANA") == [
        "Here it is.\n_glossary.csv isn’t attached: the app lacks the permission `files:write` in Slack._"
    ]
    await send(running, nobody := a_file("UNOBODY"))
    assert ended(running, nobody)[0] == "failed"


async def test_blocks_that_slack_refuses_are_said_as_text(running: Trial) -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 2000}] * 6]}
    sent = a_post("CGENERAL")
    body = {**sent.body, "blocks": [table], "otherwise": "Duty | Who"}
    await send(running, plain := sent.model_copy(update={"body": body}))
    assert ended(running, plain)[0] == "sent"
    (message,) = running.slack.workspace.channels["CGENERAL"].messages.values()
    assert (message.text, message.blocks) == ("Duty | Who", [])


@pytest.mark.parametrize("kind", ["server_error", "lost_after", "lost_before"])
async def test_an_update_of_which_nothing_is_known_is_made_again(running: Trial, kind: str) -> None:
    await send(running, await open_thread(running))
    running.slack.faults.arm("chat.update", Fault(kind))
    await send(running, in_thread("update", "DR-1 is agreed"))
    await running.pass_time(timedelta(minutes=1))
    assert replies(running) == [("DR-1 is agreed", False)]


@pytest.mark.parametrize("kind", ["server_error", "lost_after", "lost_before"])
async def test_what_one_person_alone_sees_is_said_again_where_nothing_is_known_of_it(running: Trial, kind: str) -> None:
    running.slack.faults.arm("chat.postEphemeral", Fault(kind))
    body: dict[str, object] = {"channel": "CGENERAL", "user": "UANA", "text": "for you"}
    await send(running, a_post().model_copy(update={"act": "whisper", "lane": "UANA", "body": body}))
    await running.pass_time(timedelta(minutes=1))
    seen = running.slack.workspace.channels["CGENERAL"].ephemerals.values()
    assert {(each.to, each.text) for each in seen} == {("UANA", "for you")}


async def test_a_workspace_that_slack_asks_to_wait_keeps_no_other_waiting(running: Trial) -> None:
    held, other = a_post("held"), a_post("other", lane="CDATA").model_copy(update={"team_id": "T0QUAY"})
    running.slack.faults.arm("chat.postMessage", Fault("rate_limited", retry_after=30))
    await send(running, held)
    await send(running, other, a_post("held too", lane="CCHURNMODEL"))
    assert (said(running, "CDATA"), said(running, "CCHURNMODEL"), ended(running, held)[0]) == (["other"], [], "waiting")
    await running.pass_time(timedelta(seconds=31))
    assert (said(running), said(running, "CCHURNMODEL")) == (["held"], ["held too"])


async def test_what_is_to_be_said_where_the_app_is_not_waits_until_it_is(running: Trial) -> None:
    async def nowhere(_team_id: str) -> None:
        return None

    post, attempts = a_post(), running.bot.relay.attempts
    everywhere, attempts.client_of = attempts.client_of, nowhere
    await send(running, post)
    assert (said(running), ended(running, post)) == ([], ("waiting", "the app isn't in its workspace"))
    attempts.client_of = everywhere
    await running.pass_time(timedelta(seconds=5))
    assert (said(running), ended(running, post)) == (["hello"], ("sent", ""))


async def test_what_another_took_while_this_one_stood_still_is_not_sent_by_both(running: Trial) -> None:
    post, relay, clock = a_post(), running.bot.relay, running.bot.clock

    async def stand_still(delivery: Delivery) -> bool:
        relay.attempts.may_be_sent = may_always
        clock.move(LEASE)
        taken = deliveries.delivery(running.bot.store.reader, delivery.id)
        assert taken is not None
        assert await write(running.bot.store, deliveries.take, taken, clock.now(), LEASE)
        return True

    relay.attempts.may_be_sent = stand_still
    await send(running, post)
    assert (said(running), ended(running, post)[0]) == ([], "sending")
    await running.pass_time(LEASE)
    assert (said(running), ended(running, post)) == (["hello"], ("sent", ""))


async def test_what_nobody_took_while_this_one_stood_still_is_sent_at_once(running: Trial) -> None:
    post, relay = a_post(), running.bot.relay

    async def stand_still(_: Delivery) -> bool:
        relay.attempts.may_be_sent = may_always
        running.bot.clock.move(LEASE)
        return True

    relay.attempts.may_be_sent = stand_still
    await send(running, post)
    kept = deliveries.delivery(running.bot.store.reader, post.id)
    assert kept is not None
    assert (said(running), kept.state, kept.tries) == (["hello"], "sent", 2)
