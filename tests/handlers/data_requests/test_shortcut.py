"""Data is asked for from anywhere."""

from bot.trial.run import Trial
from handlers.data_requests.forms.asking import FORM
from tests.handlers.data_requests.playing import PAGE, every, fills_in
from tests.playing import play


async def test_the_global_shortcut_opens_an_empty_request(running: Trial) -> None:
    await play(running, 'ana uses "Ask for data"')
    view = running.slack.workspace.open_view("UANA")
    assert view is not None
    assert view.content["callback_id"] == FORM


async def test_the_first_of_several_pages_of_an_older_version_sends_nothing(running: Trial) -> None:
    await play(running, "dev in #data: /data-request")
    view = running.slack.workspace.open_view("UDEV")
    assert view is not None
    view.content["callback_id"] = "data_request_first"
    told = await play(running, *fills_in("dev", PAGE), "dev submits")
    assert "This is from an older version of me and no longer works." in told
    assert every(running) == []
