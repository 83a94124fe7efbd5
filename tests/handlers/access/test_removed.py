"""Who is taken out of a private channel, or of the workspace, sees nothing of it any more: at once, by any door."""

import json
from datetime import timedelta

import pytest

from bot.local_slack.faults import Fault
from bot.local_slack.wire.events import tell
from bot.trial.run import Trial
from storage.engine.interface import Reader
from tests.bot.transport.test_http import send
from tests.conftest import StartTrial
from tests.handlers.access.secrets import DOORS, SECRET, TEAM, home_of, remove, remove_unheard, seeded, shown
from tests.handlers.decisions.playing import log
from tests.playing import play
from tests.sent import told


@pytest.fixture
async def secret(running: Trial) -> Trial:
    return await seeded(running)


async def test_who_is_taken_out_sees_nothing_more_at_once(start: StartTrial, door: str) -> None:
    async with start(use_http=door == "http") as running:
        secret = await seeded(running)
        assert await shown(secret, "ana") == [*DOORS]
        await remove(secret, "ana")
        # The Home was published anew before Ana opens it again.
        assert "alcon" not in home_of(secret, "UANA")
        assert await shown(secret, "ana") == []
        assert await shown(secret, "chloe") == [*DOORS]


async def test_where_slacks_event_is_lost_two_minutes_later_nothing_is_shown(secret: Trial) -> None:
    assert await shown(secret, "ana") == [*DOORS]
    remove_unheard(secret, "UANA")
    await secret.pass_time(timedelta(minutes=2))
    assert await shown(secret, "ana") == []
    assert await shown(secret, "chloe") == [*DOORS]


async def test_who_comes_in_sees_it_at_once(secret: Trial) -> None:
    assert await shown(secret, "dev") == []
    secret.slack.people.join(secret.slack.workspace.channels[SECRET], secret.slack.workspace.user_named("dev"))
    await secret.quiet()
    # The card, and what waits for others, are shown to all members.
    assert "flies in May" in await play(secret, "dev in #general: /define falcon")


async def test_an_event_that_comes_late_lets_nobody_in(secret: Trial) -> None:
    await shown(secret, "ana")
    await remove(secret, "ana")
    channel = secret.slack.workspace.channels[SECRET]
    event = {"type": "member_joined_channel", "user": "UANA", "channel": SECRET, "channel_type": "G"}
    tell(secret.slack.workspace, event, channel)
    await secret.quiet()
    assert await shown(secret, "ana") == []


async def test_where_slack_does_not_publish_the_home_it_is_tried_again(secret: Trial) -> None:
    await play(secret, "ana opens the Home")
    assert "alcon" in home_of(secret, "UANA")
    await secret.pass_time(timedelta(minutes=5))
    secret.slack.faults.arm("views.publish", Fault("server_error"))
    await remove(secret, "ana")
    assert "alcon" in home_of(secret, "UANA")
    await secret.pass_time(timedelta(seconds=20))
    assert "alcon" not in home_of(secret, "UANA")


@pytest.mark.parametrize("change", [{"deleted": True}, {"is_guest": True}])
async def test_who_is_deactivated_or_becomes_a_guest_sees_nothing_of_the_workspace_at_once(
    running: Trial, change: dict[str, bool]
) -> None:
    assert "Systematic error" in await play(running, "ana in #general: /define bias")
    running.slack.people.change(running.slack.workspace.users["UANA"], **change)
    await running.quiet()
    assert "Systematic error" not in await play(running, "ana in #general: /define bias")


async def test_an_event_that_comes_behind_a_newer_one_makes_nobody_a_member_again(start: StartTrial) -> None:
    async with start(use_http=True) as running:
        came = [({"updated": 100}, True), ({"updated": 300, "deleted": True}, False), ({"updated": 200}, False)]
        for number, (user, sees) in enumerate([*came, ({"updated": 400}, True)]):
            event = {"type": "user_change", "user": {"id": "UANA", "team_id": TEAM, "profile": {}, **user}}
            called = {"type": "event_callback", "event_id": f"Ev{number}", "team_id": TEAM, "event": event}
            assert (await send(running, json.dumps(called), "application/json"))[0] == 200
            assert ("Systematic error" in await play(running, "ana in #general: /define bias")) is sees


async def test_who_is_deactivated_sees_nothing_of_the_conversations_that_they_were_in(secret: Trial) -> None:
    assert await shown(secret, "ana") == [*DOORS]
    secret.slack.people.change(secret.slack.workspace.users["UANA"], deleted=True)
    await secret.quiet()
    assert await shown(secret, "ana") == []
    assert await shown(secret, "chloe") == [*DOORS]


@pytest.mark.parametrize("lost", ["bot", "archived", "unshared"])
async def test_when_a_channel_changes_slack_is_asked_anew(secret: Trial, lost: str) -> None:
    assert "flies in May" in await play(secret, "ana in #general: /define falcon")
    workspace = secret.slack.workspace
    remove_unheard(secret, "UANA")
    event = {"bot": "group_left", "archived": "group_archive", "unshared": "channel_unshared"}[lost]
    tell(workspace, {"type": event, "channel": SECRET}, workspace.channels[SECRET])
    await secret.quiet()
    assert "flies in May" not in await play(secret, "ana in #general: /define falcon")
    assert "flies in May" in await play(secret, "chloe in #general: /define falcon")


async def test_when_the_workspace_is_taken_from_the_app_nobody_is_shown_anything(secret: Trial) -> None:
    assert "flies in May" in await play(secret, "ana in #general: /define falcon")
    tell(secret.slack.workspace, {"type": "team_access_revoked", "team_ids": ["T0LOCAL"]})
    await secret.quiet()
    secret.slack.workspace.app.refusal = "team_access_not_granted"
    assert "Systematic error" not in await play(secret, "ana in #general: /define bias")


def waiting(reader: Reader) -> list[tuple[str, str]]:
    rows = reader.all("SELECT state, reason FROM outbox WHERE lane = 'UANA' ORDER BY id")
    return [(row["state"], row["reason"]) for row in rows]


async def test_what_waits_to_be_sent_is_not_sent_to_who_has_left_meanwhile(running: Trial) -> None:
    people, workspace = running.slack.people, running.slack.workspace
    people.join(workspace.channels[SECRET], workspace.users["UDEV"])
    running.slack.faults.arm("chat.postMessage", Fault("rate_limited", retry_after=300))
    for decider in ("ana", "dev"):
        await log(running, f"Falcon of {decider}", "chloe", "#secret-launch", f'"Who decides?": {decider}')
    assert told(running, "UANA", "Falcon of ana")
    assert [state for state, _ in waiting(running.bot.store.reader)] == ["waiting"]
    await remove(running, "ana")
    await running.pass_time(timedelta(minutes=6))
    assert waiting(running.bot.store.reader) == [("failed", "given up: its reader has left")]
    assert heard(running, "UANA") == []
    assert any("Falcon of dev" in text for text in heard(running, "UDEV"))


async def test_where_slack_does_not_say_who_is_there_what_waits_is_sent_later(running: Trial) -> None:
    running.slack.faults.arm("chat.postMessage", Fault("rate_limited", retry_after=300))
    await log(running, "Falcon", "chloe", "#secret-launch", '"Who decides?": ana')
    running.slack.faults.arm("conversations.members", Fault("server_error"))
    await running.pass_time(timedelta(minutes=6))
    assert waiting(running.bot.store.reader) == [("waiting", "Slack does not say who may read it")]
    await running.pass_time(timedelta(minutes=6))
    assert waiting(running.bot.store.reader) == [("sent", "")]
    assert any("Falcon" in text for text in heard(running, "UANA"))


def heard(trial: Trial, user_id: str) -> list[str]:
    """Return what stands in the conversation between somebody and the bot."""
    return [f"{each.text} {each.blocks}" for each in trial.slack.workspace.direct_channel(user_id).messages.values()]
