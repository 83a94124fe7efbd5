"""What the doctor finds in an installation, and what it says to do about it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.doctor import Finding, examine
from bot.local_slack.start import serving
from bot.local_slack.wire.faults_and_rates import Fault
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import read_manifest
from storage import open_store
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery, State
from storage.workspaces.workspaces import connect_workspace
from tests.conftest import START
from tests.writing import write

NEW_TOKEN = "Copy it anew from OAuth & Permissions into SLACK_BOT_TOKEN."


@dataclass(frozen=True, slots=True)
class Installation:
    """An installation against a local Slack; ``url`` names its store."""

    slack: LocalSlack
    environment: pytest.MonkeyPatch
    url: str


@pytest.fixture
async def here(clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Installation]:
    async with serving(seeded(sample(), read_manifest(), clock.now)) as slack:
        app, url = slack.workspace.app, f"sqlite:///{tmp_path / 'bot.db'}"
        settings = {
            "SLACK_BOT_TOKEN": app.bot_token,
            "SLACK_APP_TOKEN": app.app_token,
            "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": url,
        }
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(tmp_path)
        yield Installation(slack, monkeypatch, url)


async def found() -> list[Finding]:
    return [each async for each in examine()]


async def mended() -> list[Finding]:
    """Return what is to be mended."""
    return [each for each in await found() if each.mend]


async def test_all_is_well(here: Installation) -> None:
    assert [each.as_line() for each in await found()] == [
        "ok    The settings are complete, for Socket Mode.",
        "ok    The store opens and knows 0 workspaces; 0 messages wait to be sent.",
        "ok    Slack takes the bot token: common-ground in Harbour.",
        "ok    All scopes that the bot needs are granted.",
        "ok    Slack takes the app-level token.",
    ]
    here.environment.setenv("SLACK_APP_TOKEN", "")
    here.environment.setenv("SLACK_SIGNING_SECRET", "s")
    http, *rest = await found()
    assert http.as_line() == "ok    The settings are complete, for HTTP on 127.0.0.1:3000."
    assert [each.told for each in rest][-1] == "All scopes that the bot needs are granted"


async def test_nothing_else_is_looked_at_before_the_settings_are_complete(here: Installation) -> None:
    assert len(await found()) == 5
    here.environment.setenv("SLACK_BOT_TOKEN", "")
    (line,) = [each.as_line() for each in await found()]
    assert line == (
        "mend  The settings are not complete: SLACK_BOT_TOKEN is missing: Bot token of the app, starts with `xoxb-`. "
        "Set it in the environment or in .env."
    )


async def test_what_waits_and_what_ended_badly_is_told_of_each_workspace(here: Installation) -> None:
    def ended(state: State, reason: str) -> Delivery:
        times = deliveries.due_at_once(START, timedelta(days=1))
        told = {"state": state, "reason": reason, "body": {}, "act": "post", **times}
        return Delivery.model_validate({"team_id": "T1", "visibility": "C1", "lane": "C1", **told})

    store = open_store(here.url)
    await write(store, connect_workspace, "T1", "Harbour", "U0BOT", START)
    said = [ended("waiting", ""), ended("failed", "is_archived"), ended("uncertain", "no scope"), ended("sent", "")]
    await write(store, deliveries.add, said)
    await store.close()
    look = "Look in that conversation and, if it is missing there, say it again."
    message = "A message for C1 in Harbour, written 2026-01-05T09:00 UTC, is"
    assert (await found())[1:4] == [
        Finding("The store opens and knows 1 workspace; 1 messages wait to be sent"),
        Finding(f"{message} uncertain: no scope", look),
        Finding(f"{message} lost: is_archived", look),
    ]


async def test_a_store_that_does_not_open_is_told_and_slack_is_looked_at_all_the_same(
    here: Installation, tmp_path: Path
) -> None:
    here.environment.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'nowhere' / 'bot.db'}")
    (wrong,) = await mended()
    assert wrong.told.startswith("The store does not open: the folder of the database ")
    assert wrong.mend == "Nothing can be remembered until it does."
    assert [each.told for each in await found()][-1] == "Slack takes the app-level token"


@pytest.mark.parametrize(
    ("fault", "told", "mend"),
    [
        (Fault("refused", error="invalid_auth"), "Slack does not take the bot token: invalid_auth", NEW_TOKEN),
        (Fault("refused", error="token_revoked"), "Slack does not take the bot token: token_revoked", NEW_TOKEN),
        (Fault("refused", error="fatal_error"), "Slack does not answer well: fatal_error", "Check SLACK_API_URL ("),
        (Fault("server_error"), "Slack does not answer well: what came back is not Slack's", "Check SLACK_API_URL ("),
    ],
)
async def test_what_slack_says_of_the_token_is_told(here: Installation, fault: Fault, told: str, mend: str) -> None:
    assert await mended() == []
    here.slack.faults.arm("auth.test", fault)
    (wrong,) = await mended()
    assert (wrong.told, wrong.mend[: len(mend)]) == (told, mend)


async def test_a_slack_that_is_not_there_is_told_with_its_address(here: Installation) -> None:
    here.environment.setenv("SLACK_API_URL", "http://127.0.0.1:1/api/")
    (wrong,) = await mended()
    assert wrong.told.startswith("Slack cannot be reached at http://127.0.0.1:1/api/: ")
    assert wrong.mend == "Check the network and SLACK_API_URL."


async def test_scopes_that_are_missing_are_named_and_optional_ones_are_only_told(here: Installation) -> None:
    here.slack.workspace.app.refused_scopes = {"users:read", "im:write", "groups:history"}
    (wrong,) = await mended()
    assert wrong == Finding(
        "Scopes are missing: im:write, users:read",
        "Paste the output of `python -m bot manifest` into App Manifest and reinstall the app.",
    )
    assert (await found())[-1].as_line() == (
        "ok    Optional scopes are not granted: groups:history. After a lost connection the bot cannot look whether "
        "a message has arrived, and lists it here as uncertain."
    )


@pytest.mark.parametrize(
    ("faults", "told", "mend"),
    [
        ([Fault("refused", error="not_allowed_token_type")], "Slack gives no Socket Mode connection: ", "Make a new"),
        (
            [Fault("lost_before")] * 2,
            "Slack could not be asked for a Socket Mode connection: ",
            "Try again in a minute",
        ),
    ],
)
async def test_what_slack_says_of_the_app_level_token_is_told(
    here: Installation, faults: list[Fault], told: str, mend: str
) -> None:
    here.slack.faults.arm("apps.connections.open", *faults)
    (wrong,) = await mended()
    assert (wrong.told[: len(told)], wrong.mend[: len(mend)]) == (told, mend)
    assert (await found())[-1] == Finding("Slack takes the app-level token")
