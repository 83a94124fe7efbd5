"""Forms that take a file, as Slack documents them: for apps that may read files, and up to 10 MB."""

import pytest

from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import User
from tests.local_slack.apps import Recorder, call, connected, error_of, field_of, modal
from tests.local_slack.test_interactions import opened

FORM = field_of({"type": "file_input", "action_id": "sample"})


async def test_a_form_that_takes_a_file_opens_for_an_app_that_may_read_files(slack: LocalSlack) -> None:
    app, workspace = slack.workspace.app, slack.workspace
    app.refused_scopes = {"files:read"}
    told = await call(slack, "views.open", trigger_id=workspace.new_trigger("UANA"), view=modal(FORM))
    assert (told["error"], told["needed"], workspace.views["UANA"]) == ("missing_scope", "files:read", [])
    app.refused_scopes = set()
    view = (await call(slack, "views.open", trigger_id=workspace.new_trigger("UANA"), view=modal(FORM)))["view"]
    app.refused_scopes = {"files:read"}
    assert await error_of(slack, "views.update", view_id=view["id"], view=modal(FORM)) == "missing_scope"


@pytest.mark.parametrize(("size", "submitted"), [(10 * 1024 * 1024, 1), (10 * 1024 * 1024 + 1, 0)])
async def test_a_form_takes_files_of_up_to_ten_megabytes(
    slack: LocalSlack, ana: User, size: int, submitted: int
) -> None:
    view = opened(slack, FORM)
    file = slack.people.upload(ana, "sample.csv", bytes(size))
    async with connected(slack, app := Recorder()):
        await slack.interactions.submit(ana, {"sample": [file.id]})
    assert len(app.sent) == submitted
    assert view.errors == ({} if submitted else {"sample": "Please choose files of up to 10 MB."})


async def test_a_picture_is_described_in_up_to_a_thousand_characters(slack: LocalSlack) -> None:
    method, name = "files.getUploadURLExternal", "map.png"
    error = await error_of(slack, method, filename=name, length=3, alt_txt="x" * 1001)
    assert error == "alt_txt_too_large"
    begun = await call(slack, method, filename=name, length=3, alt_txt="x" * 1000)
    shown = await call(slack, "files.info", file=begun["file_id"])
    assert shown["file"]["alt_txt"] == "x" * 1000
    assert slack.workspace.files[begun["file_id"]].is_picture
