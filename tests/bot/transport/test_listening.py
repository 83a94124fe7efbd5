"""The bot listens where the settings say, and says in one line why it cannot."""

from pathlib import Path

import pytest

from bot.settings import SettingsError
from bot.transport.listening import listening
from bot.trial.run import Trial, settings_for
from tests.bot.transport.test_http import probe


async def test_it_answers_at_the_port_that_was_free_and_says_when_one_is_taken(running: Trial, tmp_path: Path) -> None:
    assert await probe(running, "/healthz") == (200, "ok\n")
    settings = settings_for(running.slack, tmp_path, use_http=False)
    taken = settings.model_copy(update={"port": running.bot.port})
    with pytest.raises(SettingsError, match="cannot listen on"):
        async with listening(taken, running.bot.condition):
            pass
