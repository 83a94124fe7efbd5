"""The app's manifest, for Socket Mode as it stands or for HTTP with an address, and with a prefix for its commands."""

from pathlib import Path
from typing import Any

import yaml

from bot.transport.http import EVENTS_PATH, MCP_PATH, REDIRECT_PATH

_BESIDE_THE_CODE = Path(__file__).parent.parent / "manifest.yml"
#: The C loader reads the file in a tenth of the time; both are safe loaders.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: What lets the bot hear all that is said where it is, for hints in passing.
_EVENTS, _SCOPES = ("message.channels", "message.groups"), ("channels:history", "groups:history")
#: Lets Slackbot ask for its person: https://docs.slack.dev/ai/slackbot-mcp-client.
_MCP_SCOPE, _MCP_NAME = "mcp:connect", "Common Ground"
_IN_THE_PACKAGE = Path(__file__).parent / "manifest.yml"


def read_manifest() -> dict[str, Any]:
    """Return the manifest for Socket Mode."""
    path = _BESIDE_THE_CODE if _BESIDE_THE_CODE.exists() else _IN_THE_PACKAGE
    manifest: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe
    return manifest


def manifest_for(
    url: str | None, prefix: str, *, reads_channels: bool = False, installed_at: str = "", mcp: str = ""
) -> dict[str, Any]:
    """Return the manifest for a workspace; ``url`` is the bot's public https address, None for Socket Mode.

    ``installed_at`` is the address of a bot that many workspaces let in, by Socket Mode. ``reads_channels``: Slack
    tells the bot all that is said in the channels that it is in. ``mcp`` is the public https address at which Slackbot
    asks; empty where it doesn't.
    """
    manifest = read_manifest()
    for command in manifest["features"]["slash_commands"]:
        command["command"] = f"/{prefix}{command['command'].removeprefix('/')}"
    told = manifest["display_information"]
    told["long_description"] = told["long_description"].replace("with /", f"with /{prefix}")
    if reads_channels:
        _read_channels(manifest)
    if mcp:
        _serve_slackbot(manifest, _at(mcp, MCP_PATH))
    if installed_at:
        manifest["oauth_config"]["redirect_urls"] = [_at(installed_at, REDIRECT_PATH)]
    if url is not None:
        _use_http(manifest, _at(url, EVENTS_PATH))
    return manifest


def as_yaml(manifest: dict[str, Any]) -> str:
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=120)


def scopes(manifest: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Return the scopes that the bot needs, and those that it can do without."""
    asked = manifest["oauth_config"]["scopes"]
    return asked["bot"], asked.get("bot_optional", [])


def _read_channels(manifest: dict[str, Any]) -> None:
    asked, optional = scopes(manifest)
    manifest["oauth_config"]["scopes"]["bot"] = sorted({*asked, *_SCOPES})
    manifest["oauth_config"]["scopes"]["bot_optional"] = [each for each in optional if each not in _SCOPES]
    events = manifest["settings"]["event_subscriptions"]
    events["bot_events"] = sorted({*events["bot_events"], *_EVENTS})


def _at(url: str, path: str) -> str:
    return url.rstrip("/").removesuffix(path) + path


def _serve_slackbot(manifest: dict[str, Any], address: str) -> None:
    asked = manifest["oauth_config"]["scopes"]
    asked["bot"] = sorted({*asked["bot"], _MCP_SCOPE})
    manifest["mcp_servers"] = {_MCP_NAME: {"url": address, "auth_type": "slack_identity_auth"}}


def _use_http(manifest: dict[str, Any], request_url: str) -> None:
    for command in manifest["features"]["slash_commands"]:
        command["url"] = request_url
    manifest["oauth_config"]["redirect_urls"] = [request_url.removesuffix(EVENTS_PATH) + REDIRECT_PATH]
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"]["request_url"] = request_url
    settings["interactivity"]["request_url"] = request_url
