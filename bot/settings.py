"""Settings: read from the environment and a ``.env`` file once, checked once."""

import getpass
import os
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

LOWEST_PORT, HIGHEST_PORT = 1, 65535


class SettingsError(Exception):
    """A setting is missing or malformed; the message is one line that names it and says what it should be."""


def _starts_with(prefix: str, where: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        token = value.get_secret_value().strip()
        if not token.startswith(prefix):
            raise ValueError(f"should start with {prefix} ({where})")
        if not token.isascii() or not token.isprintable() or " " in token:
            raise ValueError(f"has characters that no token has; copy it anew ({where})")
        return SecretStr(token)

    return AfterValidator(check)


def _ending_in_slash(url: str) -> str:
    if not url.startswith(("http://", "https://")) or not url.partition("://")[2].strip("/"):
        raise ValueError("should be an address such as https://slack.com/api/")
    return url.rstrip("/") + "/"


def checked_prefix(value: str) -> str:
    """Return a prefix for commands in lower case. Raises ValueError for one that no command can have."""
    if value and not all(character.isalnum() or character in "-_" for character in value):
        raise ValueError("should have only letters, digits, - and _, such as cg-")
    return value.lower()


class Settings(BaseSettings):
    """Everything that can be set. The names are those of the environment variables, in lower case."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    slack_bot_token: Annotated[SecretStr, _starts_with("xoxb-", "OAuth & Permissions, Bot User OAuth Token")] = Field(
        description="Bot token of the app, starts with `xoxb-`"
    )
    slack_app_token: (
        Annotated[SecretStr, _starts_with("xapp-", "Basic Information, App-Level Tokens, connections:write")] | None
    ) = Field(None, description="App-level token, starts with `xapp-`; with it the bot uses Socket Mode, else HTTP")
    slack_signing_secret: SecretStr | None = Field(
        None, description="Signing secret; needed for HTTP (Basic Information, App Credentials)"
    )
    slack_api_url: Annotated[str, AfterValidator(_ending_in_slash)] = Field(
        "https://slack.com/api/", description="Where Slack's Web API is; GovSlack has another address"
    )
    database_url: str = Field("sqlite:///common-ground.db", description="Where the store is")
    host: str = Field("127.0.0.1", description="Address to listen on")
    port: int = Field(3000, ge=LOWEST_PORT, le=HIGHEST_PORT, description="Port to listen on")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged")
    log_format: Literal["console", "json"] = Field("console", description="`console` for people, `json` for machines")
    command_prefix: Annotated[str, AfterValidator(checked_prefix)] = Field(
        "", description="Put before every command's name where another app has `/define`, such as `cg-`"
    )
    admins: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="User ids, with commas, of people who may change settings besides Slack's admins"
    )

    keep_after_uninstall_days: int = Field(
        30,
        ge=0,
        description="After so many days the data of a workspace that uninstalled the app is deleted; 0: at once",
    )

    @model_validator(mode="before")
    @classmethod
    def _split_admins(cls, values: dict[str, object]) -> dict[str, object]:
        admins = values.get("admins")
        if isinstance(admins, str):
            values["admins"] = frozenset(admins.replace(",", " ").split())
        return values

    @model_validator(mode="after")
    def _needs_a_door(self) -> "Settings":
        if self.slack_app_token is None and self.slack_signing_secret is None:
            raise ValueError("SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing; set one of them")
        return self


def system_user() -> str:
    """Return who runs the program, for the audit trail: ``cli:`` and the name, or the number, of the system's user."""
    try:
        return f"cli:{getpass.getuser()}"
    except (OSError, KeyError):
        return f"cli:{os.getuid()}"


def read_settings() -> Settings:
    """Read and check the settings. Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_in_one_line(error)) from None
    except UnicodeDecodeError:
        raise SettingsError("the file .env is not UTF-8; save it so") from None


class _StoreSettings(BaseSettings):
    """The one setting that working on the store alone needs."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    database_url: str = Settings.model_fields["database_url"].default


def read_database_url() -> str:
    """Read where the store is, without asking for tokens. Raises SettingsError."""
    try:
        return _StoreSettings().database_url
    except UnicodeDecodeError:
        raise SettingsError("the file .env is not UTF-8; save it so") from None


def _in_one_line(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    name = "_".join(str(part) for part in first["loc"]).upper()
    told = first["msg"].removeprefix("Value error, ")
    if first["type"] == "missing":
        description = Settings.model_fields[name.lower()].description
        return f"{name} is missing: {description}"
    return f"{name}: {told}" if name else told
