"""What is said of people and conversations when Slack does not answer: the careful thing."""

from bot.local_slack.wire.faults_and_rates import Fault
from bot.trial.run import Trial

TEAM = "T0LOCAL"


def broken(running: Trial, *methods: str) -> None:
    for method in methods:
        running.slack.faults.arm(method, Fault("server_error"))


async def test_in_doubt_nobody_is_in_a_channel_and_nobody_is_an_admin(running: Trial) -> None:
    directory = running.bot.boundary.services.directory
    broken(running, "conversations.members", "users.list", "conversations.info", "conversations.open", "dnd.info")
    assert await directory.members(TEAM, "CSECRETLAUNCH") == frozenset()
    assert await directory.admins(TEAM) == frozenset()
    assert not await directory.bot_is_in("CSECRETLAUNCH")
    assert not await directory.is_own_direct(TEAM, "UANA", "DANA")
    assert await directory.is_quiet(TEAM, "UANA")


async def test_once_slack_answers_again_it_is_believed_and_remembered(running: Trial) -> None:
    directory = running.bot.boundary.services.directory
    assert await directory.members(TEAM, "CSECRETLAUNCH") == {"UANA", "UCHLOE", "U0BOT"}
    assert await directory.who_may_hear(TEAM, "workspace") is None
    assert await directory.admins(TEAM) == {"UCHLOE"}
    assert await directory.is_own_direct(TEAM, "UANA", "DANA")
    assert await directory.is_own_direct(TEAM, "UANA", "DANA")
    assert not await directory.is_own_direct(TEAM, "UANA", "DBEN")
    broken(running, "conversations.members")
    assert "UANA" in await directory.members(TEAM, "CSECRETLAUNCH")


async def test_without_the_scope_their_working_hours_alone_count(running: Trial) -> None:
    running.slack.workspace.app.refused_scopes = {"dnd:read"}
    assert not await running.bot.boundary.services.directory.is_quiet(TEAM, "UANA")


async def test_who_does_not_exist_is_like_one_who_left(running: Trial) -> None:
    person = await running.bot.boundary.services.directory.person(TEAM, "UNOBODY")
    assert person is not None
    assert (person.name, person.is_guest) == ("UNOBODY", True)
