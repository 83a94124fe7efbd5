"""A file arrives once, whatever Slack left unsaid and whenever the bot was killed; what was redacted doesn't stay."""

from datetime import timedelta

import pytest

from bot.local_slack.faults import Fault
from bot.local_slack.workspace.state import File
from bot.outbox.relay import LEASE
from bot.trial.run import Trial
from handlers.access.recipients import Destination, Picture, attach, attach_picture, edit
from handlers.slack.blocks import Message
from storage.engine.interface import to_text
from storage.engine.statements import alter
from storage.outbox import deliveries, losses
from storage.outbox.deliveries import Delivery
from storage.outbox.uploads import FILE
from tests.bot.outbox.sending import THREAD, ended, open_thread, replies, send
from tests.conftest import START
from tests.handlers.data_requests.playing import outbox
from tests.playing import play
from tests.writing import write

SHOWING = "files.completeUploadExternal"


def a_file(to: str = "UANA", thread: str = "") -> Delivery:
    return attach(Destination("T0LOCAL", to, thread=thread), ("glossary.csv", "word\ndrift\n"), "Here it is.", START)


def shown(running: Trial, channel: str = "DANA") -> list[tuple[str, list[bytes]]]:
    """Return what stands in a conversation: the text of each message, and what is in its files."""
    files = running.slack.workspace.files
    messages = running.slack.workspace.channels[channel].messages.values()
    return [(each.text, [files[file].content for file in each.files]) for each in messages]


IT = ("Here it is.", [b"word\ndrift\n"])


def half_sent(file_id: str, to: str = "UANA") -> Delivery:
    """Return what a process leaves that is killed while it gives Slack a file: the id is kept before it is shown."""
    file = a_file(to)
    times = {"state": "sending", "tries": 1, "not_before": to_text(START + LEASE)}
    return file.model_copy(update={**times, "body": {**file.body, FILE: file_id}})


@pytest.mark.parametrize("kind", ["lost_after", "timeout_after", "lost_before", "timeout_before", "server_error_json"])
async def test_a_file_arrives_once_also_where_slack_did_not_say_so(running: Trial, kind: str) -> None:
    running.slack.faults.arm(SHOWING, Fault(kind, seconds=0))
    await send(running, file := a_file())
    assert ended(running, file)[0] == "unsure"
    await running.pass_time(timedelta(seconds=10))
    assert (ended(running, file), shown(running)) == (("sent", ""), [IT])


async def test_a_file_in_a_thread_arrives_there_once(running: Trial) -> None:
    await send(running, await open_thread(running))
    running.slack.faults.arm(SHOWING, Fault("lost_after"))
    await send(running, file := a_file("CGENERAL", THREAD.id))
    await running.pass_time(timedelta(seconds=10))
    assert ended(running, file) == ("sent", "")
    assert replies(running) == [("DR-1 is open", False), ("Here it is.", True)]


@pytest.mark.parametrize("fault", [Fault("server_error"), Fault("garbled"), Fault("rate_limited", retry_after=2)])
@pytest.mark.parametrize("method", ["files.info", "files.delete"])
async def test_it_is_looked_for_again_where_slack_does_not_say(running: Trial, method: str, fault: Fault) -> None:
    running.slack.faults.arm(SHOWING, Fault("lost_after" if method == "files.info" else "lost_before"))
    running.slack.faults.arm(method, fault)
    await send(running, file := a_file())
    await running.pass_time(timedelta(seconds=5))
    assert ended(running, file)[0] == "unsure"
    await running.pass_time(timedelta(seconds=30))
    assert (ended(running, file), shown(running)) == (("sent", ""), [IT])


async def test_where_the_bot_may_not_look_a_file_ends_as_uncertain(running: Trial) -> None:
    running.slack.workspace.app.refused_scopes = {"files:read"}
    running.slack.faults.arm(SHOWING, Fault("lost_after"))
    await send(running, file := a_file())
    await running.pass_time(timedelta(seconds=10))
    assert (ended(running, file)[0], shown(running)) == ("uncertain", [IT])


async def test_a_bot_that_is_killed_before_a_file_is_shown_shows_it_later(running: Trial) -> None:
    bot = running.slack.workspace.app.bot_user_id
    running.slack.workspace.files["FHALF"] = File("FHALF", "glossary.csv", bot, b"word\n")
    files = [half_sent(""), half_sent("FHALF", "UBEN")]
    await write(running.bot.store, deliveries.add, files)
    await running.pass_time(LEASE + timedelta(seconds=5))
    assert [ended(running, each) for each in files] == [("sent", "")] * 2
    assert (shown(running), shown(running, "DBEN")) == ([IT], [IT])
    # What was begun is shown by no call that comes late.
    assert running.slack.workspace.files["FHALF"].is_deleted


async def test_a_bot_that_is_killed_after_a_file_is_shown_does_not_show_it_again(running: Trial) -> None:
    await send(running, first := a_file())
    kept = deliveries.delivery(running.bot.store.reader, first.id)
    assert kept is not None
    await write(running.bot.store, deliveries.add, [again := half_sent(str(kept.body[FILE]))])
    await running.pass_time(LEASE + timedelta(seconds=5))
    assert (ended(running, again), shown(running)) == (("sent", ""), [IT])


async def test_what_an_older_version_was_sending_when_it_was_killed_is_not_known(running: Trial) -> None:
    file = half_sent("")
    older = file.model_copy(update={"body": {name: each for name, each in file.body.items() if name != FILE}})
    await write(running.bot.store, deliveries.add, [older])
    await running.pass_time(LEASE)
    why = "the bot stopped before Slack answered (a response or a file cannot be looked up)"
    assert ended(running, older) == ("uncertain", why)


@pytest.mark.parametrize(
    ("method", "fault", "how"),
    [
        ("files.getUploadURLExternal", Fault("refused", error="fatal_error"), ("waiting", "fatal_error")),
        ("files.getUploadURLExternal", Fault("rate_limited", retry_after=3), ("waiting", "Slack asked to wait")),
        (SHOWING, Fault("rate_limited", retry_after=3), ("waiting", "Slack asked to wait")),
        (SHOWING, Fault("refused", error="fatal_error"), ("unsure", "fatal_error")),
        (SHOWING, Fault("refused", error="is_archived"), ("failed", "is_archived")),
    ],
)
async def test_only_the_last_call_may_have_shown_a_file(
    running: Trial, method: str, fault: Fault, how: tuple[str, str]
) -> None:
    running.slack.faults.arm(method, fault)
    await send(running, file := a_file())
    assert (ended(running, file), shown(running)) == (how, [])


SECRET = "Hunter2000"


@pytest.mark.parametrize(
    ("method", "kind", "is_shown"),
    [
        ("files.getUploadURLExternal", "slow", False),
        (SHOWING, "slow", True),
        (SHOWING, "timeout_before", False),
        (SHOWING, "timeout_after", True),
    ],
)
async def test_a_file_whose_text_is_redacted_while_it_is_on_its_way_does_not_stay(
    running: Trial, method: str, kind: str, *, is_shown: bool
) -> None:
    async def redact(_seconds: float) -> None:
        for line in ("in #random: /common-ground redact D-1", 'presses "Redact D-1"', "submits"):
            await running.script.act(f"ben {line}")

    await play(running, f"ben in #general: @Common Ground decided: {SECRET} it is")
    running.slack.faults.arm(method, Fault(kind))
    running.slack.faults.wait = redact
    await play(running, "ben in #general: /common-ground my-data")
    for _ in range(3):
        await running.pass_time(timedelta(seconds=30))
    said = shown(running, "DBEN")
    assert SECRET not in str(said)
    # Where it was shown, its message says why it is gone.
    assert [text for text, _ in said] == ["Redacted by Ben Okafor, Mon 5 Jan."] * is_shown
    assert not losses.lost(running.bot.store.reader, "T0LOCAL", START - timedelta(days=1))


async def test_an_app_that_may_not_read_files_takes_its_own_back_too(running: Trial) -> None:
    await send(running, file := a_file())
    kept = deliveries.delivery(running.bot.store.reader, file.id)
    assert kept is not None
    running.slack.workspace.app.refused_scopes = {"files:read"}
    change = edit(Destination("T0LOCAL", "UANA"), Message("Redacted."), START).model_copy(update={"thread": file.id})
    await send(running, change)
    assert (ended(running, change), shown(running)) == (("sent", ""), [("Here it is.", [b""])])


@pytest.mark.parametrize("fault", [Fault("server_error"), Fault("lost_after"), Fault("rate_limited", retry_after=2)])
@pytest.mark.parametrize("method", ["files.info", "files.delete", "chat.update"])
async def test_a_file_is_taken_back_also_where_slack_fails_meanwhile(running: Trial, method: str, fault: Fault) -> None:
    await send(running, file := a_file())
    running.slack.faults.arm(method, fault)
    change = edit(Destination("T0LOCAL", "UANA"), Message("Redacted."), START).model_copy(update={"thread": file.id})
    await send(running, change)
    await running.pass_time(timedelta(seconds=30))
    assert ended(running, change) == ("sent", "")
    assert shown(running)[0][1] == [b""]


async def test_a_file_that_is_redacted_and_was_never_shown_is_left_out(running: Trial) -> None:
    running.slack.faults.arm(SHOWING, Fault("lost_before"))
    await play(running, f"ben in #general: @Common Ground decided: {SECRET} it is")
    await play(running, "ben in #general: /common-ground my-data")
    for line in ("in #random: /common-ground redact D-1", 'presses "Redact D-1"', "submits"):
        await play(running, f"ben {line}")
    await running.pass_time(timedelta(seconds=30))
    await running.pass_time(timedelta(seconds=30))
    assert SECRET not in str(shown(running, "DBEN"))
    (file,) = [each for each in outbox(running) if each.act == "upload"]
    assert ended(running, file) == ("failed", deliveries.TAKEN_OUT)


async def test_a_picture_arrives_byte_for_byte_with_what_it_shows_in_words(running: Trial) -> None:
    picture = Picture("map.png", b"\x89PNG\r\n\x1a\n\xff\x00", "Two teams")
    await send(running, attach_picture(Destination("T0LOCAL", "UANA"), picture, "The map", START))
    *_, message = running.slack.workspace.channels["DANA"].messages.values()
    (file,) = (running.slack.workspace.files[each] for each in message.files)
    assert (message.text, file.content, file.alt) == ("The map", picture.png, "Two teams")


@pytest.mark.parametrize("state", ["unsure", "sending"])
async def test_what_is_said_in_the_place_of_a_file_comes_once_where_slack_did_not_say_that_it_has_it(
    running: Trial, state: str
) -> None:
    for _ in range(2):
        running.slack.faults.arm("files.getUploadURLExternal", Fault("refused", error="missing_scope"))
    running.slack.faults.arm("chat.postMessage", Fault("lost_after"))
    await send(running, file := a_file())
    assert ended(running, file)[0] == "unsure"
    # A process that is killed leaves it as it was before Slack answered.
    await write(running.bot.store, alter, "outbox", {"id": file.id}, state=state)
    await running.pass_time(timedelta(seconds=10))
    assert ended(running, file)[0] == "sent"
    assert [text.split("\n")[0] for text, _ in shown(running)] == ["Here it is."]
