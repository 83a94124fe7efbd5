"""Settings: each that is missing or malformed is one line that names it and says what it should be."""

from pathlib import Path

import pytest

from bot.sealing import new_key
from bot.settings import Settings, SettingsError, read_settings

MANY = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "s",
    "SLACK_SIGNING_SECRET": "s",
    "TOKEN_KEYS": f"{new_key()},{new_key()}",
    "PUBLIC_URL": "https://bot.example/",
}
KEYS_WRONG = "TOKEN_KEYS should be keys such as `common-ground workspaces key` prints, newest first"
GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "HOOKS", *MANY):
        monkeypatch.delenv(name, raising=False)


def put(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def read_settings_of(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> Settings:
    put(monkeypatch, values)
    return read_settings()


def test_two_tokens_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, GOOD)
    settings = read_settings()
    assert (settings.database_url, settings.host, settings.port) == ("sqlite:///common-ground.db", "127.0.0.1", 3000)
    assert "xoxb" not in repr(settings)


def test_a_client_and_keys_are_enough_for_many_workspaces(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, MANY)
    settings = read_settings()
    assert (settings.is_for_many, settings.slack_bot_token, settings.public_url) == (True, None, "https://bot.example")
    assert MANY["TOKEN_KEYS"][:20] not in repr(settings)


def test_reports_are_taken_where_there_is_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not read_settings_of(monkeypatch, GOOD).hooks
    assert read_settings_of(monkeypatch, {**GOOD, "HOOKS": "true", "TOKEN_KEYS": new_key()}).hooks


def test_settings_come_from_a_file_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "SLACK_BOT_TOKEN=xoxb-1\nSLACK_SIGNING_SECRET=s\nADMINS=U1, U2\nCOMMAND_PREFIX=CG-\n"
        "SLACK_API_URL=https://slack-gov.com/api\nOTHER=1\nKEEP_AFTER_UNINSTALL_DAYS=0\n"
    )
    settings = read_settings()
    assert (settings.admins, settings.command_prefix) == (frozenset({"U1", "U2"}), "cg-")
    assert (settings.slack_api_url, settings.keep_after_uninstall_days) == ("https://slack-gov.com/api/", 0)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "SLACK_BOT_TOKEN is missing: Bot token of the app, starts with `xoxb-`"),
        (
            {"SLACK_BOT_TOKEN": "xoxp-1"},
            "SLACK_BOT_TOKEN should start with xoxb- (OAuth & Permissions, Bot User OAuth Token)",
        ),
        (
            {**GOOD, "SLACK_APP_TOKEN": "1"},
            "SLACK_APP_TOKEN should start with xapp- (Basic Information, App-Level Tokens, connections:write)",
        ),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1"},
            "SLACK_SIGNING_SECRET is missing, and so is SLACK_APP_TOKEN; set one of them (HTTP or Socket Mode)",
        ),
        (
            {**GOOD, "SLACK_BOT_TOKEN": "xoxb-1\x07"},
            (
                "SLACK_BOT_TOKEN has characters that no token has; copy it again "
                "(OAuth & Permissions, Bot User OAuth Token)"
            ),
        ),
        (
            {**MANY, "SLACK_BOT_TOKEN": "xoxb-1"},
            "SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID for many; set one of them",
        ),
        (
            {**MANY, "SLACK_APP_TOKEN": "1"},
            "SLACK_APP_TOKEN should start with xapp- (Basic Information, App-Level Tokens, connections:write)",
        ),
        ({**MANY, "ADMINS": "U1"}, "ADMINS is for one workspace; leave it out with SLACK_CLIENT_ID"),
        (
            {**MANY, "SLACK_CLIENT_SECRET": ""},
            "SLACK_CLIENT_SECRET is missing, and SLACK_CLIENT_ID needs it",
        ),
        (
            {**GOOD, "HOOKS": "true"},
            "HOOKS needs TOKEN_KEYS; `common-ground workspaces key` prints a key",
        ),
        ({**GOOD, "HOOKS": "true", "TOKEN_KEYS": "short"}, KEYS_WRONG),
        ({**MANY, "TOKEN_KEYS": ""}, "TOKEN_KEYS is missing, and SLACK_CLIENT_ID needs it"),
        (
            {**MANY, "TOKEN_KEYS": "short"},
            KEYS_WRONG,
        ),
        ({**MANY, "PUBLIC_URL": ""}, "PUBLIC_URL is missing, and SLACK_CLIENT_ID needs it"),
        ({**MANY, "PUBLIC_URL": "bot.example"}, "PUBLIC_URL should be an address such as https://bot.example.com"),
        (
            {**MANY, "SLACK_SIGNING_SECRET": ""},
            "SLACK_SIGNING_SECRET is missing, and so is SLACK_APP_TOKEN; set one of them (HTTP or Socket Mode)",
        ),
        ({**GOOD, "SLACK_API_URL": "http://"}, "SLACK_API_URL should be an address such as https://slack.com/api/"),
        ({**GOOD, "PORT": "many"}, "PORT should be a valid integer, unable to parse string as an integer"),
        ({**GOOD, "PORT": "70000"}, "PORT should be less than or equal to 65535"),
        ({**GOOD, "LOG_LEVEL": "loud"}, "LOG_LEVEL should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ({**GOOD, "SLACK_API_URL": "slack"}, "SLACK_API_URL should be an address such as https://slack.com/api/"),
        (
            {**GOOD, "COMMAND_PREFIX": "a b"},
            "COMMAND_PREFIX should have only letters, digits, - and _, such as cg-",
        ),
        (
            {**GOOD, "COMMAND_PREFIX": "c" * 19},
            "COMMAND_PREFIX should have 18 letters at most: Slack takes no longer name of a command",
        ),
    ],
)
def test_what_is_wrong_is_one_line(monkeypatch: pytest.MonkeyPatch, values: dict[str, str], told: str) -> None:
    put(monkeypatch, values)
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert str(error.value) == told
