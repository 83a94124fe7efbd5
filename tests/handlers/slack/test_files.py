"""Files that people give the bot: what Slack says of one, its content within a limit, and why it is not given."""

from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.local_slack.wire.faults_and_rates import Fault
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import File
from bot.local_slack.workspace.tables import USUAL
from handlers.slack.files import ELSEWHERE, NOT_ALLOWED, NOT_NOW, SharedFile, described, download

CONTENT = b"id,age\n1,30\n"


@pytest.fixture
def sample(slack: LocalSlack) -> File:
    """A file that Ana has given the bot."""
    file = slack.workspace.files["F1"] = File("F1", "sample.csv", "UANA", CONTENT, channels=["CDATA"])
    return file


async def told(client: AsyncWebClient) -> SharedFile:
    found = await described(client, "F1")
    assert isinstance(found, SharedFile)
    return found


@pytest.mark.usefixtures("sample")
async def test_a_file_is_described_and_its_content_is_written_as_it_is(client: AsyncWebClient, tmp_path: Path) -> None:
    file = await told(client)
    assert (file.id, file.name, file.size) == ("F1", "sample.csv", len(CONTENT))
    assert await download(client, file, tmp_path / "kept", limit=len(CONTENT)) is True
    assert (tmp_path / "kept").read_bytes() == CONTENT


@pytest.mark.usefixtures("sample")
async def test_a_file_that_is_larger_than_the_limit_is_not_taken(client: AsyncWebClient, tmp_path: Path) -> None:
    assert await download(client, await told(client), tmp_path / "kept", limit=len(CONTENT) - 1) is False


@pytest.mark.parametrize(
    ("faults", "found"),
    [
        ([Fault("server_error")], NOT_NOW),
        ([Fault("lost_before")] * 2, NOT_NOW),
        ([Fault("refused", error="missing_scope")], NOT_ALLOWED),
    ],
)
@pytest.mark.usefixtures("sample")
async def test_why_slack_does_not_describe_a_file_is_said(
    slack: LocalSlack, client: AsyncWebClient, faults: list[Fault], found: object
) -> None:
    slack.faults.arm("files.info", *faults)
    assert await described(client, "F1") == found
    assert (await told(client)).name == "sample.csv"


@pytest.mark.parametrize(("name", "value"), [("is_external", True), ("mode", "external")])
@pytest.mark.usefixtures("sample")
async def test_a_file_that_lies_outside_of_slack_is_to_be_attached_itself(
    client: AsyncWebClient, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    with monkeypatch.context() as outside:
        outside.setitem(USUAL["file"], name, value)
        assert await described(client, "F1") == ELSEWHERE
    assert (await told(client)).name == "sample.csv"


async def test_a_file_that_is_not_there_is_not_given_now(client: AsyncWebClient) -> None:
    assert await described(client, "FNONE") == NOT_NOW


async def test_a_file_that_the_bot_may_not_read_is_no_page_to_sign_in(
    slack: LocalSlack, client: AsyncWebClient, sample: File, tmp_path: Path
) -> None:
    file = await told(client)
    slack.workspace.app.refused_scopes = {"files:read"}
    assert await download(client, file, tmp_path / "kept", limit=100) is False
    slack.workspace.app.refused_scopes = set()
    assert await download(client, file, tmp_path / "kept", limit=100) is True
    assert (tmp_path / "kept").read_bytes() == sample.content


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/files/F1/sample.csv",
        "http://files.slack.com/F1",
        "https://slack.com.example.org/F1",
        "https://notslack.com/F1",
        "",
    ],
)
@pytest.mark.usefixtures("sample")
async def test_the_bots_token_goes_to_slack_alone(client: AsyncWebClient, tmp_path: Path, url: str) -> None:
    elsewhere = SharedFile("F1", "sample.csv", len(CONTENT), url)
    assert await download(client, elsewhere, tmp_path / "kept", limit=100) is False
    assert not (tmp_path / "kept").exists()


async def test_a_client_that_shares_no_session_is_a_bug(tmp_path: Path) -> None:
    file = SharedFile("F1", "sample.csv", 1, "https://files.slack.com/F1")
    with pytest.raises(RuntimeError, match="no session to share"):
        await download(AsyncWebClient("xoxb-none"), file, tmp_path / "kept", limit=1)
