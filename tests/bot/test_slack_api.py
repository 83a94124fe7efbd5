"""Who Slack says the bot is, and whether it answered lately."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.condition import Condition
from bot.local_slack.faults import Fault
from bot.local_slack.start import serving
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import manifest_for
from bot.settings import SettingsError
from bot.slack_api import calling_slack, identity_of
from bot.trial.run import settings_for
from handlers.framework.measures import Measures
from storage.engine.interface import Database
from tests.bot.installing.grid import grid


async def test_the_app_is_known_where_slack_says_it_and_a_bot_starts_where_it_does_not(
    store: Database, clock: Clock, tmp_path: Path
) -> None:
    condition = Condition(store)
    async with serving(seeded(sample(), manifest_for(None, ""), clock.now)) as slack:
        settings = settings_for(slack, tmp_path / "bot.db", use_http=False)
        async with calling_slack(settings, condition, Measures()) as api:
            known = await identity_of(api)
            slack.faults.arm("bots.info", Fault("server_error"))
            assert await identity_of(api) == replace(known, app_id="")
        assert (known.team_id, known.bot_user_id, known.app_id) == ("T0LOCAL", "U0BOT", slack.workspace.app.app_id)
        assert condition.slack_answered


async def test_a_token_of_a_whole_organisation_is_none_of_one_workspace(
    store: Database, clock: Clock, tmp_path: Path
) -> None:
    async with grid(clock, tmp_path / "bot.db") as it:
        await it.install()
        settings = settings_for(it.group, tmp_path / "other.db", use_http=False)
        async with calling_slack(settings, Condition(store), Measures()) as api:
            with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN: it is that of a whole organization"):
                await identity_of(api)
