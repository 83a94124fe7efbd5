"""Data is asked for from anywhere."""

from bot.trial.run import Trial
from tests.playing import play


async def test_the_global_shortcut_opens_an_empty_request(running: Trial) -> None:
    await play(running, 'ana uses "Ask for data"')
    view = running.slack.workspace.open_view("UANA")
    assert view is not None
    assert view.content["callback_id"] == "data_request_first"
