"""Feedback of a private channel stays there, whatever button, form or number it is tried with."""

import pytest

from bot.local_slack.workspace.state import Channel
from bot.trial.run import Trial
from handlers.feedback.hooks.reminders import open_reminders
from handlers.hooks.reminders import Known
from storage.data_requests import data_requests
from storage.feedback.feedback import Feedback
from tests.handlers.feedback.playing import REPORT, every, lines, reported
from tests.handlers.requirements.playing import TEAM, a_model
from tests.playing import play

GONE = "I can't find that feedback, or you can't see it here."
NO_REQUEST = "No data request here has that number, or you can't see it here."
SECRET = "Falcon lands"


def secret_channel(trial: Trial) -> str:
    return next(each.id for each in trial.slack.workspace.channels.values() if each.name == "secret-launch")


async def a_secret(trial: Trial) -> Feedback:
    """Put feedback on a model of the private channel into the store; Ana and Chloe are its members, Ben is not."""
    model = await a_model(trial, "falcon model", visibility=secret_channel(trial))
    return await reported(trial, model, "UCHLOE", got=SECRET)


async def pry(trial: Trial, who: str, action: str, value: str) -> str:
    """Press a button of an open item, after its value was changed to another: one that somebody copied."""
    await play(trial, f"{who} in #general: /owner feedback FB-1")
    for message in trial.slack.workspace.channels["CGENERAL"].ephemerals.values():
        button = {"type": "button", "text": {"type": "plain_text", "text": "Pry"}, "action_id": action, "value": value}
        message.blocks = [{"type": "actions", "block_id": "b", "elements": [button]}]
    return await play(trial, f'{who} presses "Pry"')


@pytest.mark.parametrize(
    ("action", "before", "shown"),
    [
        ("feedback_open", "", SECRET),
        ("feedback_step:0", "answer:", SECRET),
        ("feedback_step:0", "fly:", GONE),
        ("feedback_step:4", "reopen:", "Only people who reported it can reopen it."),
        ("feedback_join", "", "I'll let you know what happens."),
        ("feedback_history", "", "Chloe Martin, reported it"),
        ("data_request_new", "feedback:", SECRET),
    ],
)
async def test_a_button_with_its_id_shows_it_to_members_alone(
    running: Trial, action: str, before: str, shown: str
) -> None:
    secret = await a_secret(running)
    await reported(running, await a_model(running))
    told = await pry(running, "ben", action, f"{before}{secret.id}")
    assert (NO_REQUEST if action.startswith("data_request") else GONE) in told
    assert "alcon" not in told
    assert [each for each in every(running) if each.id == secret.id] == [secret]
    assert shown in await pry(running, "ana", action, f"{before}{secret.id}")


async def test_its_number_and_lists_show_it_to_members_alone(running: Trial) -> None:
    secret = await a_secret(running)
    for line in (f"/owner feedback {secret.number}", "/owner feedback list", f"@Common Ground {secret.number}"):
        assert "alcon" not in await play(running, f"ben in #general: {line}")
    assert SECRET not in await play(running, f"ana in #general: @Common Ground {secret.number}")
    assert SECRET in await play(running, f"ana in #general: /owner feedback {secret.number}")
    assert "FB-1" not in secret.number


async def test_from_a_private_channel_it_goes_to_its_members_alone(running: Trial) -> None:
    await a_model(running, model_side=("UBEN",))
    form = "chloe in #secret-launch: /owner feedback berth model"
    told = await play(running, form, *lines("chloe", *REPORT, "submits"))
    # Ben, who is the model side, is not in the channel; Chloe, who leads, is.
    assert "Common Ground and Ben Okafor" not in told
    (item,) = every(running)
    assert (item.visibility, item.receiver) == (secret_channel(running), "UCHLOE")
    assert "is reported. It's yours to answer" in told
    # The reminder goes to her too, and never to him.
    (reminder,) = open_reminders(running.bot.store.reader, TEAM, Known(), running.bot.clock.now())
    assert reminder.people == ("UCHLOE",)
    assert "Next: Chloe Martin to answer" in await play(running, "ana in #secret-launch: /owner feedback list")
    await play(running, "chloe closes", "ana in #secret-launch: /owner feedback list")
    assert "a berth of 150 m" not in await play(running, "ben in #general: /owner feedback list")


async def test_what_would_reach_nobody_is_refused_and_not_kept(running: Trial) -> None:
    bot = running.slack.workspace.app.bot_user_id
    running.slack.workspace.add_channel(Channel("GELSE", "elsewhere", "private", {"UANA", bot}))
    await a_model(running, model_side=("UBEN",), lead="UDEV")
    form = "ana in #elsewhere: /owner feedback berth model"
    told = await play(running, form, *lines("ana", *REPORT, "submits"))
    assert "! Nobody who handles its feedback is in this channel." in told
    assert every(running) == []
    await play(running, "dev joins #elsewhere", "wait 11 minutes", "ana submits")
    assert [each.receiver for each in every(running)] == ["UDEV"]


async def test_a_private_model_is_not_offered_in_another_private_channel_or_to_others(running: Trial) -> None:
    await a_model(running)
    await a_secret(running)
    told = await play(running, "ben in #general: /owner feedback falcon model")
    # What he typed is all that stands there of it.
    assert (told.count("falcon"), "What did you get?: [falcon model]" in told) == (1, True)
    assert "What is it about?: [falcon model]" in await play(running, "ana in #general: /owner feedback falcon model")


async def test_who_has_left_the_channel_changes_nothing(running: Trial) -> None:
    secret = await a_secret(running)
    await play(running, f"ana in #secret-launch: /owner feedback {secret.number}", 'ana presses "Answer"')
    await play(running, "ana leaves #secret-launch", "wait 11 minutes")
    told = await play(running, *lines("ana", 'enters "Your answer": No', "submits"))
    assert GONE in told
    assert every(running) == [secret]


async def test_a_request_for_its_data_belongs_to_the_channel(running: Trial) -> None:
    secret = await a_secret(running)
    needs = ('presses "Needs data"', 'enters "What data is missing?": Falcon heights', "submits")
    await play(running, f"ana in #general: /owner feedback {secret.number}", *lines("ana", *needs))
    told = await play(running, 'ana presses "Ask for data"')
    assert "Only members of this channel will see it." in told
    await play(running, *lines("ana", 'enters "Needed by": 2026-02-02', "submits"))
    (request,) = data_requests.in_states(running.bot.store.reader, TEAM, data_requests.STATES)
    assert request.visibility == secret.visibility


async def test_its_reminders_summary_and_home_are_for_members(running: Trial) -> None:
    secret = await a_secret(running)
    found = open_reminders(running.bot.store.reader, TEAM, Known(), running.bot.clock.now())
    assert {each.visibility for each in found} == {secret.visibility}
    open_one = await a_model(running)
    await reported(running, open_one, "UCHLOE", got=SECRET, visibility=secret.visibility)
    shown = await play(running, "ben in #general: /summary preview", "ben opens the Home", "ben in #general: /summary")
    assert "alcon" not in shown
    told = await play(running, "wait 2 days")
    assert "alcon" in told.partition("Common Ground and Ana Ruiz")[2].partition("Common Ground and Ben")[0]
    assert "alcon" not in told.partition("Common Ground and Ben")[2]
    assert SECRET in await play(running, "ana in #secret-launch: /summary preview")


async def test_a_guest_reports_nothing_of_the_workspaces(running: Trial) -> None:
    await a_model(running)
    told = await play(running, "gus in #churn-model: /owner feedback berth model")
    assert "I don't know any model or product that you can see here." in told


async def test_where_i_am_not_nothing_is_reported(running: Trial) -> None:
    await a_model(running)
    workspace = running.slack.workspace
    workspace.add_channel(Channel("GELSE", "elsewhere", "private", {"UANA"}))
    told = "I'm not in this conversation, so I can't save anything from it."
    assert told in await play(running, "ana in #elsewhere: /owner feedback berth model")
    await play(running, "ana in #elsewhere: The berth model is slow")
    assert told in await play(running, 'ana uses "Send to the model team" on "The berth model is slow"')
    assert every(running) == []
    workspace.channel_named("elsewhere").members.update((workspace.app.bot_user_id, "UCHLOE"))
    form = "ana in #elsewhere: /owner feedback berth model"
    await play(running, "wait 11 minutes", form, *lines("ana", *REPORT, "submits"))
    assert len(every(running)) == 1


async def test_who_has_left_the_channel_neither_joins_nor_reports(running: Trial) -> None:
    secret = await a_secret(running)
    other = await a_model(running, "hawk model", visibility=secret.visibility, model_side=("UCHLOE",), lead="UCHLOE")
    item = await reported(running, other, "UCHLOE")
    await play(running, f"ana in #secret-launch: /owner feedback {item.number}")
    await play(running, "chloe in #secret-launch: /owner feedback falcon model", *lines("chloe", *REPORT))
    await play(running, "ana leaves #secret-launch", "chloe leaves #secret-launch", "wait 11 minutes")
    assert GONE in await play(running, 'ana presses "I see this too"')
    assert "! It's gone" in await play(running, "chloe submits")
    assert every(running) == [secret, item]


async def test_a_guest_sees_feedback_of_their_channel_and_takes_no_part(running: Trial) -> None:
    channel = next(each.id for each in running.slack.workspace.channels.values() if each.name == "churn-model")
    model = await a_model(running, "churn model", visibility=channel)
    item = await reported(running, model, "UANA")
    told = await play(running, f"gus in #churn-model: /owner feedback {item.number}", 'gus presses "I see this too"')
    assert "a berth of 150 m" in told
    assert "Only members of this workspace can do that, not guests." in told
    told = await play(running, "gus in #churn-model: /owner feedback churn model", *lines("gus", *REPORT, "submits"))
    assert "! Only members of this workspace can do that, not guests." in told
    assert every(running) == [item]


async def test_from_another_private_channel_a_private_model_and_its_reports_are_not_offered(running: Trial) -> None:
    secret = await a_secret(running)
    bot = running.slack.workspace.app.bot_user_id
    running.slack.workspace.add_channel(Channel("GELSE", "elsewhere", "private", {"UANA", bot}))
    await a_model(running)
    told = await play(running, "ana in #elsewhere: /owner feedback falcon model")
    assert (told.count("alcon"), secret.number in told) == (1, False)
    assert "What is it about?: [berth model]" in told
