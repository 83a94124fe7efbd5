"""Whether Slack keeps notifications from somebody."""

from datetime import timedelta

from bot.trial.run import Trial
from tests.handlers.slack.test_directory import TEAM


async def test_without_the_scope_their_working_hours_alone_count(running: Trial) -> None:
    directory, workspace = running.bot.boundary.services.directory, running.slack.workspace
    running.slack.people.do_not_disturb(workspace.users["UANA"], workspace.now() + timedelta(hours=1))
    assert await directory.is_quiet(TEAM, "UANA")
    workspace.app.refused_scopes = {"dnd:read"}
    assert not await directory.is_quiet(TEAM, "UANA")
