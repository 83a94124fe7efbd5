"""The installed app: its tokens, what its manifest asks for, and what it is given to answer with and to run."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class App:
    """The installed app: its tokens, who its bot is, and what its manifest asks for.

    ``codes`` are those with which it may ask for a token: for which address, until when, and for which scopes.
    ``asked_scopes`` are those that it was installed with, none where it did not say. ``refusal`` is the error with
    which Slack meets its bot's token, and empty while that is good. ``earlier`` is the bot's token before this one,
    and ``used`` the one that was changed for new ones, each with its end.
    """

    manifest: dict[str, Any]
    app_id: str = "A0LOCAL"
    bot_user_id: str = "U0BOT"
    bot_id: str = "B0BOT"
    bot_token: str = "xoxb-local"  # noqa: S105 - this workspace is on this machine alone
    app_token: str = "xapp-local"  # noqa: S105 - as above
    signing_secret: str = "local-signing-secret"  # noqa: S105 - as above
    client_id: str = "1.local"
    client_secret: str = "local-client-secret"  # noqa: S105 - as above
    refresh_token: str = ""
    token_ends_at: datetime | None = None
    earlier: dict[str, datetime] = field(default_factory=dict)
    used: dict[str, datetime] = field(default_factory=dict)
    codes: dict[str, tuple[str, datetime, frozenset[str]]] = field(default_factory=dict)
    asked_scopes: frozenset[str] = frozenset()
    refused_scopes: set[str] = field(default_factory=set)
    refusal: str = ""

    @property
    def name(self) -> str:
        return str(self.manifest["features"]["bot_user"]["display_name"])

    @property
    def scopes(self) -> list[str]:
        asked = self.manifest["oauth_config"]["scopes"]
        known = [*asked["bot"], *asked.get("bot_optional", ())]
        wanted = self.asked_scopes or {*known}
        return [scope for scope in known if scope in wanted and scope not in self.refused_scopes]

    @property
    def has_home(self) -> bool:
        return bool(self.manifest["features"].get("app_home", {}).get("home_tab_enabled"))

    @property
    def commands(self) -> dict[str, dict[str, Any]]:
        return {each["command"]: each for each in self.manifest["features"].get("slash_commands", ())}


@dataclass
class Trigger:
    """What a trigger_id stands for."""

    user: str
    made_at: datetime
    is_used: bool = False


@dataclass
class ResponseUrl:
    """Where answers to one gesture go, for half an hour and five times."""

    channel: str
    user: str
    made_at: datetime
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


@dataclass
class Step:
    """A custom step of a workflow that the app runs; ``outcome`` is what the app ended it with."""

    id: str
    callback_id: str
    inputs: dict[str, Any]
    user: str
    outcome: dict[str, Any] | None = None

    @property
    def token(self) -> str:
        return f"xwfp-{self.id}"
