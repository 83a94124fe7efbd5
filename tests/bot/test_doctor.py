"""What the doctor finds in an installation, and what it says to do about it."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.clock import Clock
from bot.doctor import Finding, clocks, examine, judge
from bot.local_slack.faults import Fault
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import read_manifest, scopes
from bot.sealing import new_key
from bot.settings import Settings, secret
from storage import open_store
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery, State
from storage.workspaces import installations
from storage.workspaces.workspaces import connect_workspace
from tests.bot.installing.grid import grid
from tests.bot.installing.spaces import HARBOUR, PUBLIC, QUAY, serve, settings_for_many, two_slacks
from tests.conftest import START
from tests.postgres import Server
from tests.writing import write

NEW_TOKEN = (
    "Copy the Bot User OAuth Token from https://api.slack.com/apps, your app, OAuth & Permissions, to SLACK_BOT_TOKEN"
)


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


async def faults() -> list[Finding]:
    return [each for each in await found() if each.fix]


async def test_all_is_well(here: Installation) -> None:
    assert [each.as_text() for each in await found()] == [
        "ok    The settings are complete, for Socket Mode.",
        f"ok    No database at {here.url[10:]} yet; the bot creates it at its start, or --create now.",
        "ok    Slack accepts the bot token: common-ground in Harbour.",
        "ok    All required scopes are granted.",
        "ok    Slack accepts the app-level token.",
    ]
    here.environment.setenv("SLACK_APP_TOKEN", "")
    here.environment.setenv("SLACK_SIGNING_SECRET", "s")
    http, *rest = await found()
    assert http.as_text() == "ok    The settings are complete, for HTTP on 127.0.0.1:3000."
    assert [each.told for each in rest][-1] == "All required scopes are granted"


async def test_all_that_is_wrong_is_told_at_once(here: Installation, tmp_path: Path) -> None:
    assert await faults() == []
    for name, value in {
        "SLACK_BOT_TOKEN": "",
        "PORT": "many",
        "DATABASE_URL": f"sqlite:///{tmp_path}/no/bot.db",
    }.items():
        here.environment.setenv(name, value)
    here.slack.faults.arm("apps.connections.open", Fault("refused", error="not_allowed_token_type"))
    token, port, store, app = await faults()
    assert token.as_text().splitlines() == [
        (
            "fix   SLACK_BOT_TOKEN is missing: Bot token of the app, starts with `xoxb-`. "
            "Without it the bot can't sign in to Slack."
        ),
        f"      {NEW_TOKEN} in .env.",
    ]
    assert (port.told, port.fix) == (
        "PORT should be a valid integer, unable to parse string as an integer",
        "Correct it in the environment or in .env.",
    )
    assert store.told == f"The store can't be opened: the folder of the database {tmp_path}/no/bot.db does not exist"
    assert (store.fix, app.told) == (
        "Make it, or change DATABASE_URL.",
        "Slack refuses a Socket Mode connection: not_allowed_token_type",
    )


async def test_without_a_way_in_both_ways_are_told(here: Installation) -> None:
    here.environment.setenv("SLACK_APP_TOKEN", "")
    (wrong,) = await faults()
    assert (
        wrong.told
        == "SLACK_SIGNING_SECRET is missing, and so is SLACK_APP_TOKEN; set one of them (HTTP or Socket Mode)"
    )
    assert "connections:write" in wrong.fix
    assert "Signing Secret" in wrong.fix


@pytest.mark.usefixtures("here")
async def test_a_file_of_settings_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert len(await found()) == 5
    (tmp_path / ".env").write_bytes(b"ADMINS=\xff\xfe")
    assert [each.fix for each in await found()] == ["Save the file as UTF-8 in your editor."]


async def test_it_makes_a_database_only_where_that_is_asked_for(here: Installation, tmp_path: Path) -> None:
    assert len(await found()) == 5
    assert not (tmp_path / "bot.db").exists()
    made = [each.told async for each in examine(create=True)]
    assert made[1] == "The store opens and knows 0 workspaces; no messages to be sent"
    assert (tmp_path / "bot.db").exists()
    assert (await found())[1].told == made[1]
    assert here.url.endswith("bot.db")


async def test_it_makes_tables_in_a_server_only_where_that_is_asked_for(here: Installation, postgres: Server) -> None:
    with postgres.database() as url:
        here.environment.setenv("DATABASE_URL", url)
        told = [each.told for each in await found()]
        assert any(
            re.fullmatch(r"No database at store_\d+ at \S+ yet; the bot creates it at its start, .*", each)
            for each in told
        )
        assert [each.told async for each in examine(create=True)][1].startswith(
            "The store opens and knows 0 workspaces"
        )
        store, clock, *_ = (await found())[1:]
        assert store.told.startswith("The store opens and knows 0 workspaces")
        assert clock.as_text() == "ok    The clock of this machine is right by the database's."


async def test_a_role_that_no_policy_of_the_server_holds_for_is_told_with_the_fix(
    here: Installation, postgres: Server
) -> None:
    for role in ("SUPERUSER", "BYPASSRLS"):
        postgres.run(f"DROP ROLE IF EXISTS beyond; CREATE ROLE beyond LOGIN {role}")
        with postgres.database() as url:
            database = urlsplit(url).path.removeprefix("/")
            postgres.run(f"ALTER DATABASE {database} OWNER TO beyond")
            here.environment.setenv("DATABASE_URL", url.replace("common_ground@", "beyond@"))
            assert [each async for each in examine(create=True) if each.fix] != []
            (wrong,) = await faults()
            assert wrong.as_text() == (
                "fix   The role beyond is a superuser of the database, or has BYPASSRLS. The server doesn't keep "
                "workspaces apart for it.\n      Make a role with neither the owner of the database (ALTER DATABASE … "
                "OWNER TO); name it in DATABASE_URL."
            )
    postgres.run("DROP ROLE beyond")


def test_a_clock_that_is_not_the_databases_is_told_with_the_fix() -> None:
    told = [each.as_text() for seconds in (2.1, -3600) for each in clocks(timedelta(seconds=seconds))]
    why = "Replicas may put messages in the wrong order, or take one another for dead.\n"
    fix = "      Keep the clocks of all replicas and of the database's server right by NTP."
    assert told == [
        f"fix   The clock of this machine is 2 seconds ahead of the database's. {why}{fix}",
        f"fix   The clock of this machine is 3600 seconds behind the database's. {why}{fix}",
    ]


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
    ends = ("Whoever it was for hasn't read it", "Look in that conversation; if it isn't there, tell them yourself.")
    message = "A message for C1 in Harbour, written 2026-01-05T09:00 UTC,"
    assert (await found())[1:4] == [
        Finding("The store opens and knows 1 workspace; 1 message to be sent"),
        Finding(f"{message} may not have been sent: no scope", *ends),
        Finding(f"{message} was not sent: is_archived", *ends),
    ]


@pytest.mark.parametrize(
    ("fault", "told", "fix"),
    [
        (Fault("refused", error="invalid_auth"), "Slack refuses the bot token: invalid_auth", NEW_TOKEN),
        (Fault("refused", error="token_revoked"), "Slack refuses the bot token: token_revoked", NEW_TOKEN),
        (Fault("refused", error="fatal_error"), "Slack answered fatal_error at ", "Check SLACK_API_URL, and"),
        (Fault("server_error"), "Slack answered what Slack would not at ", "Check SLACK_API_URL, and"),
    ],
)
async def test_what_slack_says_of_the_token_is_told(here: Installation, fault: Fault, told: str, fix: str) -> None:
    assert await faults() == []
    here.slack.faults.arm("auth.test", fault)
    (wrong,) = await faults()
    assert (wrong.told[: len(told)], wrong.fix[: len(fix)]) == (told, fix)


async def test_a_slack_that_is_not_there_is_told_with_its_address(here: Installation) -> None:
    here.environment.setenv("SLACK_API_URL", "http://127.0.0.1:1/api/")
    (wrong,) = await faults()
    assert wrong.told.startswith("Slack can't be reached at http://127.0.0.1:1/api/: ")
    assert wrong.fix == "Check the network, its proxy, and SLACK_API_URL."


async def test_scopes_that_are_missing_are_named_and_optional_ones_are_only_told(here: Installation) -> None:
    here.slack.workspace.app.refused_scopes = {"users:read", "im:write", "groups:history"}
    (wrong,) = await faults()
    assert wrong.as_text().splitlines() == [
        (
            "fix   Scopes are missing: im:write, users:read. Without im:write I can't open a conversation with "
            "somebody who has to act. Without users:read I don't know names, time zones, or who is an admin or a "
            "guest, and show little."
        ),
        (
            "      Paste the output of `common-ground manifest` into App Manifest at "
            "https://api.slack.com/apps, your app, and reinstall the app."
        ),
    ]
    (optional,) = [each.as_text() for each in await found() if "groups:history" in each.told]
    assert optional.startswith("ok    Optional scopes aren't granted: groups:history. Without groups:history I don't ")


async def test_each_scope_of_the_manifest_has_its_own_sentence(here: Installation) -> None:
    told = set()
    needed, optional = scopes(read_manifest())
    for scope in (*needed, *optional):
        here.slack.workspace.app.refused_scopes = {scope}
        (found_out,) = [each.as_text() for each in await found() if scope in each.told]
        told.add(found_out.splitlines()[0].partition(f"Without {scope} ")[2])
    assert len(told) == len(needed) + len(optional)
    assert "" not in told


async def test_a_slack_that_goes_away_meanwhile_is_told_once(here: Installation) -> None:
    assert await faults() == []
    here.slack.faults.arm("apps.connections.open", *[Fault("lost_before")] * 2)
    assert [each.told[:26] for each in await faults()] == ["Slack can't be reached at "]
    assert (await found())[-1] == Finding("Slack accepts the app-level token")


async def test_what_slack_would_not_take_is_named_with_its_place(here: Installation) -> None:
    text = {"type": "mrkdwn", "text": "x"}
    shown: dict[str, dict[str, Any]] = {
        "a message": {"message": {"text": "x", "blocks": [{"type": "section", "text": text}]}},
        "two tables": {"message": {"blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2}},
        "a form": {"view": {"type": "modal", "title": {"type": "plain_text", "text": "x" * 25}, "blocks": []}},
    }
    assert [each.told async for each in judge(shown)] == [
        "Slack wouldn't take two tables: no more than 1 of type table allowed /blocks",
        "Slack wouldn't take a form: must be less than 25 characters /view/title/text",
        "Slack takes 1 of 3 kinds of messages, forms and Homes",
    ]
    here.slack.faults.arm("blocks.validate", *[Fault("lost_before")] * 2)
    (found_out,) = [each async for each in judge(shown)]
    assert found_out.told.startswith("Slack didn't judge a message: ")


def set_for_many(settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set in the environment what a bot for many workspaces is started with."""
    told = {
        "SLACK_CLIENT_ID": settings.slack_client_id,
        "SLACK_CLIENT_SECRET": secret(settings.slack_client_secret),
        "SLACK_SIGNING_SECRET": secret(settings.slack_signing_secret),
        "TOKEN_KEYS": secret(settings.token_keys),
        "PUBLIC_URL": PUBLIC,
        "SLACK_API_URL": settings.slack_api_url,
        "DATABASE_URL": settings.database_url,
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)


async def test_it_signs_in_once_for_an_organisation_and_says_where_the_bot_was_added(
    clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key()
    async with grid(clock, tmp_path / "bot.db", [key]) as it:
        set_for_many(settings_for_many(it.harbour.slack, tmp_path / "bot.db", [key]), tmp_path, monkeypatch)
        await it.install()
        added = "Harbour Group (E0LOCAL) has let the bot in, and added it to"
        assert f"{added} none of its workspaces yet" in [each.told for each in await found()]
        await it.add(it.harbour, it.quay)
        told = [each.told for each in await found()]
        assert {"0 workspaces have let the bot in", f"{added} T0LOCAL, T0QUAY"} <= {*told}
        assert told.count("Slack accepts the bot token: common-ground in Harbour Group") == 1
        it.group.workspace.app.refusal = "token_revoked"
        assert [each.fix for each in await faults()] == [
            "Have an admin install it again at https://bot.example/slack/install. (E0LOCAL)"
        ]


async def test_it_signs_in_to_each_workspace_that_has_let_the_bot_in(
    clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with two_slacks(clock) as slacks:
        settings = settings_for_many(slacks[0], tmp_path / "bot.db", [new_key()])
        set_for_many(settings, tmp_path, monkeypatch)
        assert [each.told for each in await found()][-2:] == [
            "Slack knows the app by its client id and secret",
            "0 workspaces have let the bot in",
        ]
        async with serve(clock, settings, slacks) as begun:
            await begun.install(HARBOUR, QUAY)
            lost = installations.installation(begun.bot.store.reader, QUAY)
            assert lost is not None
            await write(begun.bot.store, installations.refuse_renewal, lost, "invalid_refresh_token", START)
        wrong = "Slack won't renew the token of T0QUAY: invalid_refresh_token"
        again = "Have an admin install it again at https://bot.example/slack/install."
        assert await faults() == [Finding(wrong, "The bot can't sign in there any more once the token ends", again)]
        slacks[1].workspace.app.refusal = "token_revoked"
        lines = [each.as_text() for each in await found()]
        assert "ok    2 workspaces have let the bot in." in lines
        assert "ok    Slack accepts the bot token: common-ground in Harbour." in lines
        assert lines[-1] == (
            "fix   Slack refuses the bot token: token_revoked. The bot can't sign in to Slack.\n"
            "      Have an admin install it again at https://bot.example/slack/install. (T0QUAY)"
        )
        monkeypatch.setenv("TOKEN_KEYS", new_key())
        assert [each.told for each in await faults()] == [
            "No key in TOKEN_KEYS opens the tokens of T0LOCAL",
            "No key in TOKEN_KEYS opens the tokens of T0QUAY",
        ]
        monkeypatch.setenv("SLACK_CLIENT_SECRET", "another app's")
        refused = (await faults())[0]
        assert (refused.told, refused.why) == (
            "Slack refuses the client id or secret: bad_client_secret",
            "No workspace can let the bot in",
        )
