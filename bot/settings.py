"""Settings: read from the environment and a ``.env`` file once, checked once."""

import getpass
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import pyrage
from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.sealing import keys_in, new_key

T = TypeVar("T")
LOWEST_PORT, HIGHEST_PORT = 1, 65535
_NOT_UTF8 = "the file .env isn't UTF-8; save it as UTF-8"
#: What stands for a setting that is needed, where only the others are to be looked at.
_UNSET = {
    "slack_bot_token": SecretStr("xoxb-unset"),
    "slack_client_secret": SecretStr("unset"),
    "token_keys": SecretStr(new_key()),
    "public_url": "https://unset",
    "slack_app_token": SecretStr("xapp-unset"),
    "slack_signing_secret": SecretStr("unset"),
}
_UNSET_FOR_MANY = {"slack_bot_token": None}

#: The name of a command has 32 characters at most, its slash among them; the longest is ``/common-ground``.
_LONGEST_PREFIX = 18


class SettingsError(Exception):
    """A setting is missing or malformed; the message is one line that names it and says what it should be."""


def _starts_with(prefix: str, where: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        token = value.get_secret_value().strip()
        if not token.startswith(prefix):
            raise ValueError(f"should start with {prefix} ({where})")
        if not token.isascii() or not token.isprintable() or " " in token:
            raise ValueError(f"has characters that no token has; copy it again ({where})")
        return SecretStr(token)

    return AfterValidator(check)


def _or_many(value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
    """Refuse that there is no token, but where each workspace brings its own; and that there are both."""
    is_for_many = bool(info.data.get("slack_client_id"))
    if value is None and not is_for_many:
        raise ValueError("is missing: Bot token of the app, starts with `xoxb-`")
    if value is not None and is_for_many:
        raise ValueError("is for one workspace, SLACK_CLIENT_ID for many; set one of them")
    return value


def _for_many(value: T, info: ValidationInfo) -> T:
    """Refuse that it is missing where many workspaces are served."""
    if not value and info.data.get("slack_client_id"):
        raise ValueError("is missing, and SLACK_CLIENT_ID needs it")
    return value


def _for_one(value: T, info: ValidationInfo) -> T:
    """Refuse what only one workspace can have."""
    if value and info.data.get("slack_client_id"):
        raise ValueError("is for one workspace; leave it out with SLACK_CLIENT_ID")
    return value


def _with_keys(value: T, info: ValidationInfo) -> T:
    """Refuse that there is no key to seal the secrets of web hooks by; one that is wrong is told by itself."""
    if value and info.data.get("token_keys", "wrong") is None:
        raise ValueError("needs TOKEN_KEYS; `common-ground workspaces key` prints a key")
    return value


def _fernet_keys(value: SecretStr | None) -> SecretStr | None:
    try:
        keys_in(secret(value))
    except ValueError:
        raise ValueError("should be keys such as `common-ground workspaces key` prints, newest first") from None
    return value


def _public_url(value: str) -> str:
    if value and not value.startswith(("https://", "http://127.0.0.1:")):
        raise ValueError("should be an address such as https://bot.example.com")
    return value.rstrip("/")


def secret(value: SecretStr | None) -> str:
    """Return what a setting holds that nobody should see; empty where it is not set."""
    return value.get_secret_value() if value is not None else ""


def _ending_in_slash(url: str) -> str:
    if not url.startswith(("http://", "https://")) or not url.partition("://")[2].strip("/"):
        raise ValueError("should be an address such as https://slack.com/api/")
    return url.rstrip("/") + "/"


def _or_socket_mode(value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
    """Refuse that both ways in are missing; an app-level token that is wrong is told by itself."""
    if value is None and info.data.get("slack_app_token", "wrong") is None:
        raise ValueError("is missing, and so is SLACK_APP_TOKEN; set one of them (HTTP or Socket Mode)")
    return value


def _age_key(value: str) -> str:
    """Refuse what is no public key of age; pyrage's own words name neither the value nor what it should be."""
    try:
        return str(pyrage.x25519.Recipient.from_str(value)) if value else ""
    except pyrage.RecipientError:
        raise ValueError("should be a public key such as age-keygen prints, age1…") from None


Recipient = Annotated[str, AfterValidator(_age_key)]


def checked_prefix(value: str) -> str:
    """Return a prefix for commands in lower case. Raises ValueError for one that no command can have."""
    if value and not all(character.isalnum() or character in "-_" for character in value):
        raise ValueError("should have only letters, digits, - and _, such as cg-")
    if len(value) > _LONGEST_PREFIX:
        raise ValueError(f"should have {_LONGEST_PREFIX} letters at most: Slack takes no longer name of a command")
    return value.lower()


class Settings(BaseSettings):
    """Everything that can be set. The names are those of the environment variables, in lower case."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    slack_client_id: str = Field("", description="Client id of the app; with it the bot serves many workspaces")
    slack_bot_token: Annotated[
        Annotated[SecretStr, _starts_with("xoxb-", "OAuth & Permissions, Bot User OAuth Token")] | None,
        AfterValidator(_or_many),
    ] = Field(None, validate_default=True, description="Bot token of the app, starts with `xoxb-`; for one workspace")
    slack_app_token: (
        Annotated[SecretStr, _starts_with("xapp-", "Basic Information, App-Level Tokens, connections:write")] | None
    ) = Field(None, description="App-level token, starts with `xapp-`; with it the bot uses Socket Mode, else HTTP")
    slack_signing_secret: Annotated[SecretStr | None, AfterValidator(_or_socket_mode)] = Field(
        None, validate_default=True, description="Signing secret; for HTTP (Basic Information, App Credentials)"
    )
    slack_client_secret: Annotated[SecretStr | None, AfterValidator(_for_many)] = Field(
        None, validate_default=True, description="Client secret of the app; for many workspaces"
    )
    token_keys: Annotated[SecretStr | None, AfterValidator(_for_many), AfterValidator(_fernet_keys)] = Field(
        None,
        validate_default=True,
        description="Keys by which tokens and secrets are sealed, newest first; for many workspaces, and for `HOOKS`",
    )
    public_url: Annotated[str, AfterValidator(_for_many), AfterValidator(_public_url)] = Field(
        "",
        validate_default=True,
        description="Where the bot is on the internet; for many workspaces, and told with a web hook",
    )
    slack_api_url: Annotated[str, AfterValidator(_ending_in_slash)] = Field(
        "https://slack.com/api/", description="Where Slack's Web API is; GovSlack has another address"
    )
    database_url: str = Field("sqlite:///common-ground.db", description="Where the store is")
    host: str = Field("127.0.0.1", description="Address to listen on")
    port: int = Field(3000, ge=LOWEST_PORT, le=HIGHEST_PORT, description="Port to listen on")
    metrics: bool = Field(
        default=False,
        description="`true`: `/metrics` on this port tells Prometheus how the bot does; keep it from the internet",
    )
    otel_exporter_otlp_endpoint: str = Field(
        "",
        description="Send traces to this address by OTLP over HTTP, such as `http://localhost:4318`",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged")
    log_format: Literal["console", "json"] = Field("console", description="`console` for people, `json` for machines")
    command_prefix: Annotated[str, AfterValidator(checked_prefix)] = Field(
        "", description="Put before every command's name where another app has `/define`, such as `cg-`"
    )
    admins: Annotated[frozenset[str], NoDecode, AfterValidator(_for_one)] = Field(
        frozenset(), description="User ids, with commas, of people who may change settings besides Slack's admins"
    )
    read_channels: bool = Field(
        default=False,
        description="`true`: channels can switch hints in passing on (`common-ground manifest --read-channels`)",
    )
    mcp: bool = Field(
        default=False,
        description="`true`: agents ask at `/mcp` on this port, in the name of a person; needs the extra `mcp`",
    )
    hooks: Annotated[bool, AfterValidator(_with_keys)] = Field(
        default=False,
        description="`true`: other programs report at `/hooks/…` on this port, by web hooks; needs `TOKEN_KEYS`",
    )
    keep_after_uninstall_days: int = Field(
        30,
        ge=0,
        description="After so many days the data of a workspace that uninstalled the app is deleted; 0: at once",
    )
    backup_folder: Path | None = Field(None, description="Back the store up into this folder; nowhere if not set")
    backup_every_hours: int = Field(24, ge=1, description="How often it is backed up")
    backups_kept: int = Field(7, ge=1, description="So many backups are kept, the newest ones")
    backup_recipient: Recipient = Field(
        "", description="Encrypt backups for this public key of [age](https://age-encryption.org), `age1…`"
    )

    @property
    def is_for_many(self) -> bool:
        """Tell whether any workspace may let the bot in; else it serves the one of its token."""
        return bool(self.slack_client_id)

    @model_validator(mode="before")
    @classmethod
    def _split_admins(cls, values: dict[str, object]) -> dict[str, object]:
        admins = values.get("admins")
        if isinstance(admins, str):
            values["admins"] = frozenset(admins.replace(",", " ").split())
        return values


def system_user() -> str:
    """Return who runs the program, for the audit trail: ``cli:`` and the name, or the number, of the system's user."""
    try:
        return f"cli:{getpass.getuser()}"
    except (OSError, KeyError):
        return f"cli:{os.getuid()}"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one setting; ``told`` continues a sentence that begins with its name."""

    name: str
    told: str

    def __str__(self) -> str:
        return f"{self.name} {self.told}"


def read_settings() -> Settings:
    """Read and check the settings. Raises SettingsError with the first problem."""
    settings, problems = read_all_settings()
    if problems:
        raise SettingsError(str(problems[0]))
    return settings


def read_all_settings() -> tuple[Settings, list[Problem]]:
    """Read the settings; each that is wrong is told, and has its default, or a placeholder, instead.

    Raises SettingsError when the file ``.env`` cannot be read.
    """
    try:
        return Settings(), []
    except ValidationError as error:
        problems = [_problem(each) for each in error.errors(include_url=False, include_input=False)]
    except UnicodeDecodeError:
        raise SettingsError(_NOT_UTF8) from None
    wrong = {each.name.lower() for each in problems}
    unset = {**_UNSET, **(_UNSET_FOR_MANY if _Workspaces().slack_client_id else {})}
    instead = {name: unset.get(name, Settings.model_fields[name].default) for name in wrong}
    return Settings.model_validate(instead), problems


def _problem(error: ErrorDetails) -> Problem:
    name = str(error["loc"][0]).upper()
    if error["type"] == "missing":
        return Problem(name, f"is missing: {Settings.model_fields[name.lower()].description}")
    return Problem(name, error["msg"].removeprefix("Value error, ").removeprefix("Input "))


class _Workspaces(BaseSettings):
    """What says whether many workspaces are served, whatever else is wrong."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    slack_client_id: str = ""


class StoreSettings(BaseSettings):
    """What working on the store alone needs."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    database_url: str = Settings.model_fields["database_url"].default
    backup_recipient: Recipient = ""
    token_keys: Annotated[SecretStr | None, AfterValidator(_fernet_keys)] = None
    port: int = Settings.model_fields["port"].default


def read_store_settings() -> StoreSettings:
    """Read where the store is and whom backups are for, without asking for tokens. Raises SettingsError."""
    try:
        return StoreSettings()
    except UnicodeDecodeError:
        raise SettingsError(_NOT_UTF8) from None
    except ValidationError as error:
        raise SettingsError(str(_problem(error.errors(include_url=False, include_input=False)[0]))) from None
