"""Files that people give the bot: what Slack says of one, its content within a limit, and why it is not given."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import ClientSession, TCPConnector, web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer
from slack_sdk.web.async_client import AsyncWebClient
from structlog.testing import capture_logs

from bot.local_slack.faults import Fault
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import File
from bot.local_slack.workspace.tables import USUAL
from handlers.slack.files import ELSEWHERE, NOT_ALLOWED, NOT_NOW, SharedFile, described, download
from tests.local_slack.apps import sdk

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
    file = await told(client)
    assert await download(client, file, tmp_path / "kept", limit=len(CONTENT) - 1) is False
    assert await download(client, file, tmp_path / "kept", limit=len(CONTENT)) is True


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        (Fault("server_error"), NOT_NOW),
        (Fault("lost_before"), NOT_NOW),
        (Fault("refused", error="missing_scope"), NOT_ALLOWED),
    ],
)
@pytest.mark.usefixtures("sample")
async def test_why_slack_does_not_describe_a_file_is_said(
    slack: LocalSlack, client: AsyncWebClient, fault: Fault, found: object
) -> None:
    # A question may be asked once more on a connection that was lost.
    slack.faults.arm("files.info", fault, fault)
    assert await described(client, "F1") == found
    while slack.faults.next_for("files.info"):
        pass
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


class ThisMachine(AbstractResolver):
    """Finds every host on this machine, where nothing listens at its port."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": family, "proto": 0, "flags": 0}]

    async def close(self) -> None:
        """Hold nothing."""


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://files.slack.com/F1", "slack did not give a file"),
        ("https://slack.com/F1", "slack did not give a file"),
        ("http://files.slack.com/F1", "a file lies elsewhere than in Slack"),
        ("https://slack.com.example.org/F1", "a file lies elsewhere than in Slack"),
        ("https://notslack.com/F1", "a file lies elsewhere than in Slack"),
        ("ftp://files.slack.com/F1", "a file lies elsewhere than in Slack"),
        ("", "a file lies elsewhere than in Slack"),
    ],
)
async def test_only_slack_is_asked_for_a_file(slack: LocalSlack, tmp_path: Path, url: str, what: str) -> None:
    async with ClientSession(connector=TCPConnector(resolver=ThisMachine())) as session:
        client = AsyncWebClient("xoxb-local", base_url=slack.api_url, session=session)
        with capture_logs() as logged:
            assert await download(client, SharedFile("F1", "a.csv", 1, url), tmp_path / "kept", limit=100) is False
    assert [each["event"] for each in logged] == [what]


async def test_the_bots_token_goes_to_slack_alone(slack: LocalSlack, tmp_path: Path) -> None:
    asked: list[str] = []

    async def give(request: web.Request) -> web.Response:
        asked.append(request.headers["Authorization"])
        return web.Response(body=CONTENT)

    application = web.Application()
    application.router.add_get("/F1", give)
    async with TestServer(application) as elsewhere, ClientSession() as session:
        file = SharedFile("F1", "sample.csv", len(CONTENT), str(elsewhere.make_url("/F1")))
        client = AsyncWebClient("xoxb-local", base_url=slack.api_url, session=session)
        assert (await download(client, file, tmp_path / "kept", limit=100), asked) == (False, [])
        assert not (tmp_path / "kept").exists()
        client.base_url = str(elsewhere.make_url("/api/"))
        assert (await download(client, file, tmp_path / "kept", limit=100), asked) == (True, ["Bearer xoxb-local"])
        assert (tmp_path / "kept").read_bytes() == CONTENT


async def test_a_client_that_shares_no_session_is_a_bug(tmp_path: Path) -> None:
    file = SharedFile("F1", "sample.csv", 1, "https://files.slack.com/F1")
    with pytest.raises(RuntimeError, match="no session to share"):
        await download(AsyncWebClient("xoxb-none"), file, tmp_path / "kept", limit=1)


async def test_the_token_follows_to_no_other_host(slack: LocalSlack, tmp_path: Path) -> None:
    heard: list[str] = []

    async def lead_elsewhere(_request: web.Request) -> web.Response:
        raise web.HTTPFound(other.make_url("/content"))

    async def hear(request: web.Request) -> web.Response:
        heard.append(request.headers.get("Authorization", ""))
        return web.Response(body=b"content")

    theirs, elsewhere = web.Application(), web.Application()
    theirs.router.add_get("/file", lead_elsewhere)
    elsewhere.router.add_get("/content", hear)
    async with TestServer(theirs) as slacks, TestServer(elsewhere) as other, sdk(slack, "xoxb-local") as client:
        client.base_url = str(slacks.make_url("/api/"))
        file = SharedFile("F1", "sample.csv", 7, str(slacks.make_url("/file")))
        assert await download(client, file, tmp_path / "kept", limit=100) is False
        assert await download(client, replace(file, url=str(other.make_url("/content"))), tmp_path / "k", 9) is False
    assert heard == []
    assert not (tmp_path / "kept").exists()
