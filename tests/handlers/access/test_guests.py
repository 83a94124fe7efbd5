"""Where a guest reads, a mention is answered in the open with definitions; records go to who asks, who may share them.

Gus, a guest, is in #churn-model; the records belong to the workspace.
"""

from datetime import timedelta

import pytest

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from handlers.access.guests import has_guests
from tests.conftest import StartTrial
from tests.handlers.data_requests.playing import put
from tests.handlers.feedback.playing import reported
from tests.handlers.requirements.playing import TEAM, a_model
from tests.handlers.slack.test_directory import asking
from tests.playing import play

CHANNEL = "CCHURNMODEL"
SHARE = "Share in thread"
#: What a member asks in a mention, and what of a record the answer has.
RECORDS = (
    ("what did we decide about batches?", "Batches only"),
    ("D-1", "Batches only"),
    ("decision list", "Batches only"),
    ("who owns the berth model?", "berth model"),
    ("owner map", "berth model"),
    ("DR-1", "berth arrivals"),
    ("data-request list", "berth arrivals"),
    ("card of the berth model", "berth model"),
    ("FB-1", "a berth of 150 m"),
    ("owner feedback list", "berth model"),
    ("summary", "Batches only"),
    ("common-ground status", "Disciplines"),
    ("glossary unanswered", "quay crane"),
)


async def with_records(trial: Trial) -> None:
    """Let the workspace have a record of every kind."""
    await play(trial, "wait 1 minute", "ana in #general: /decision Batches only", "ana submits", "ana closes")
    await reported(trial, await a_model(trial, "berth model"))
    await put(trial)
    await play(trial, "ben in #general: /define quay crane", 'ben presses "Ask the team"')


def in_the_open(trial: Trial, channel: str = CHANNEL) -> str:
    """Return all that the bot has said to everybody in a channel, as a rule the guest's."""
    messages = trial.slack.workspace.channels[channel].messages.values()
    return "\n".join(f"{each.text} {each.blocks}" for each in messages if each.bot_id)


def whispered(trial: Trial, to: str = "UANA") -> list[str]:
    """Return what the bot has said to one person alone there."""
    found = trial.slack.workspace.channels[CHANNEL].ephemerals.values()
    return [f"{each.text} {each.blocks}" for each in found if each.to == to]


@pytest.mark.parametrize(("asked", "shown"), RECORDS)
async def test_records_go_to_the_asker_alone(start: StartTrial, asked: str, shown: str) -> None:
    async with start(use_http=True) as trial:
        await with_records(trial)
        await play(trial, f"ana in #churn-model: @Common Ground {asked}")
        (told,) = whispered(trial)
        assert shown in told
        assert SHARE in told
        assert in_the_open(trial) == ""
        assert trial.slack.workspace.warnings == []
        # Where no guest reads, everybody sees the answer.
        assert shown in await play(trial, f"ana in #general: @Common Ground {asked}")
        assert "(only visible to" not in await play(trial, f"ana in #general: @Common Ground {asked}")


async def test_what_is_said_to_the_asker_alone_is_seen_though_there_is_no_thread_yet(running: Trial) -> None:
    await with_records(running)
    await play(running, "ana in #churn-model: @Common Ground D-1", "ana in thread: @Common Ground decision list")
    first, reply = running.slack.workspace.channels[CHANNEL].ephemerals.values()
    asked = next(iter(running.slack.workspace.channels[CHANNEL].messages))
    assert (first.thread_ts, reply.thread_ts) == (None, asked)


async def test_definitions_are_for_all(running: Trial) -> None:
    await play(running, "ana in #churn-model: @Common Ground what does drift mean?")
    assert "grows worse" in in_the_open(running)
    assert whispered(running) == []


async def test_what_a_member_logs_there_is_shown_to_them_alone(running: Trial) -> None:
    await play(running, "ana in #churn-model: @Common Ground decided: drop the feed because it is late")
    (told,) = whispered(running)
    assert ("D-1" in told, in_the_open(running)) == (True, "")
    assert "Drop the feed" in await play(running, "ben in #general: /decision list")


async def test_a_member_shares_an_answer_once(start: StartTrial) -> None:
    async with start(use_http=True) as trial:
        await with_records(trial)
        await play(trial, "ana in #churn-model: @Common Ground D-1")
        told = await play(trial, f'ana presses "{SHARE}"')
        assert "Common Ground (in thread):" in told
        assert "Batches only" in in_the_open(trial)
        assert SHARE not in in_the_open(trial)
        assert "You've already shared that." in await play(trial, f'ana presses "{SHARE}"')
        assert len([each for each in trial.slack.workspace.channels[CHANNEL].messages.values() if each.bot_id]) == 1


NOT_TO_SHARE = "I can't share that here any more."


async def test_nobody_shares_anothers_answer(running: Trial) -> None:
    await with_records(running)
    await play(running, "ana in #churn-model: @Common Ground D-1", "ben in #churn-model: @Common Ground DR-1")
    hers, his = running.slack.workspace.channels[CHANNEL].ephemerals.values()
    # Ben presses a button that he has copied.
    hers.blocks[-1]["elements"][0]["value"], his.blocks[-1]["elements"][0]["value"] = (
        his.blocks[-1]["elements"][0]["value"],
        hers.blocks[-1]["elements"][0]["value"],
    )
    assert NOT_TO_SHARE in await play(running, f'ben presses "{SHARE}"')
    assert in_the_open(running) == ""


async def test_what_was_redacted_meanwhile_is_not_shared(running: Trial) -> None:
    await with_records(running)
    await play(running, "ana in #churn-model: @Common Ground D-1")
    await play(running, "ana in #general: /common-ground redact D-1", 'ana presses "Redact D-1"', "ana submits")
    await play(running, "ana closes")
    await play(running, f'ana presses "{SHARE}"')
    assert "Batches" not in in_the_open(running)


async def test_who_has_left_the_channel_or_reads_beside_others_shares_nothing(running: Trial) -> None:
    await with_records(running)
    await play(running, "ana in #churn-model: @Common Ground D-1", "ben in #churn-model: @Common Ground D-1")
    await play(running, "ana leaves #churn-model", "wait 11 minutes")
    assert NOT_TO_SHARE in await play(running, f'ana presses "{SHARE}"')
    running.slack.workspace.channels[CHANNEL].is_shared = True
    await play(running, "wait 11 minutes")
    assert NOT_TO_SHARE in await play(running, f'ben presses "{SHARE}"')
    assert in_the_open(running) == ""


async def test_where_slack_does_not_say_who_reads_the_answer_is_for_the_asker(running: Trial) -> None:
    await with_records(running)
    running.slack.faults.arm("conversations.members", Fault("server_error"))
    await play(running, "ana in #data: @Common Ground D-1")
    assert "Batches only" not in in_the_open(running, "CDATA")
    await play(running, "ana in #data: @Common Ground D-1")
    assert "Batches only" in in_the_open(running, "CDATA")


async def test_whether_guests_read_is_asked_once_for_many_posts(running: Trial) -> None:
    async with asking(running) as (directory, asked):
        for _ in range(50):
            assert await has_guests(directory, TEAM, CHANNEL) is True
            assert await has_guests(directory, TEAM, "CGENERAL") is False
    assert asked == {"conversations.members": 2, "conversations.info": 2, "users.list": 1}


async def test_who_was_a_guest_and_has_left_the_workspace_reads_nothing(running: Trial) -> None:
    running.slack.people.change(running.slack.workspace.users["UGUS"], deleted=True)
    await play(running, "ana in #churn-model: @Common Ground common-ground help")
    assert "/define" in in_the_open(running)


async def test_a_guests_own_question_is_answered_in_the_open_with_what_is_the_channels(running: Trial) -> None:
    await with_records(running)
    await play(running, "gus in #churn-model: @Common Ground decision list")
    assert "No decisions here yet." in in_the_open(running)
    assert whispered(running, "UGUS") == []


async def test_where_nobody_is_a_guest_slack_is_not_asked_who_is_in_a_channel(running: Trial) -> None:
    for each in running.slack.workspace.users.values():
        each.is_guest = False
    running.slack.faults.arm("conversations.members", Fault("server_error"))
    directory = running.bot.boundary.services.directory
    assert await has_guests(directory, TEAM, "CGENERAL") is False
    running.slack.workspace.channels["CGENERAL"].is_shared = True
    running.bot.clock.move(timedelta(minutes=3))
    assert await has_guests(directory, TEAM, "CGENERAL") is True
