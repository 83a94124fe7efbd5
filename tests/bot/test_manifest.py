"""The manifest says what the program does, neither less nor more."""

import ast
import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator
from slack_sdk.web.async_client import AsyncWebClient
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.manifest import manifest_for, read_manifest, scopes
from handlers import FEATURES
from handlers.framework.routing import join
from handlers.slack.payloads import WORDS

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT.parent / "shared" / "slack" / "manifest.schema.2.0.0.json"

#: What each Web API method and event of ours needs; a list of alternatives or, with "all", scopes that each serve a
#: kind of conversation.
SCOPES_BY_METHOD: dict[str, set[str]] = {
    "apps.connections.open": set(),
    "auth.test": set(),
    "auth.teams.list": set(),
    "bots.info": {"users:read"},
    "chat.postMessage": {"chat:write"},
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "conversations.members": {"channels:read", "groups:read", "mpim:read"},
    "conversations.info": {"channels:read", "groups:read", "mpim:read"},
    "users.info": {"users:read"},
    "dnd.info": {"dnd:read"},
    "conversations.open": {"im:write"},
    "files.completeUploadExternal": {"files:write"},
    "files.delete": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "files.info": {"files:read"},
    "chat.postEphemeral": {"chat:write"},
    "chat.update": {"chat:write"},
    # The address is read, where it may be, by owner import.
    "users.list": {"users:read", "users:read.email"},
    "users.conversations": {"channels:read", "groups:read"},
    "usergroups.list": {"usergroups:read"},
    "usergroups.users.list": {"usergroups:read"},
    "views.open": set(),
    "blocks.validate": set(),
    "views.push": set(),
    "chat.getPermalink": set(),
    "views.update": set(),
    "views.publish": set(),
}
SCOPES_BY_EVENT = {
    "app_mention": {"app_mentions:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "user_change": {"users:read"},
    "app_home_opened": set(),
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    **{f"channel_{each}": {"channels:read"} for each in ("archive", "deleted", "left", "rename", "unarchive")},
    **{f"group_{each}": {"groups:read"} for each in ("archive", "deleted", "left", "rename", "unarchive")},
    **{f"channel_{each}": {"channels:read", "groups:read"} for each in ("id_changed", "shared", "unshared")},
    "team_access_granted": set(),
    "team_access_revoked": set(),
    "team_join": {"users:read"},
    "reaction_added": {"reactions:read"},
    "app_uninstalled": set(),
    "tokens_revoked": set(),
}


def methods_used() -> set[str]:
    """Return the Web API methods that the program calls, read from its code."""
    names = [name for name in dir(AsyncWebClient) if "_" in name and not name.startswith(("_", "api_call"))]
    of_three = ("apps_", "auth_teams_", "usergroups_users_")
    by_attribute = {name: name.replace("_", ".", 2 if name.startswith(of_three) else 1) for name in names}
    found: set[str] = set()
    local = ROOT / "bot" / "local_slack"
    every = [*(ROOT / "handlers").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]
    paths = [path for path in every if local not in path.parents]
    for tree in (ast.parse(path.read_text(encoding="utf-8")) for path in paths):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in by_attribute:
                found.add(by_attribute[node.func.attr])
    # What is asked or said by a method's name alone.
    named = by_attribute.values()
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return found | {name for name in named if any(f'{name}"' in text for text in texts)}


def test_every_method_that_is_called_has_its_scopes_and_no_scope_is_idle() -> None:
    assert methods_used() == SCOPES_BY_METHOD.keys()
    needed = set().union(*SCOPES_BY_METHOD.values(), *SCOPES_BY_EVENT.values(), {"commands"})
    asked, optional = scopes(read_manifest())
    assert needed == {*asked, *optional}
    assert set(optional) == {"channels:history", "files:read", "groups:history", "usergroups:read", "users:read.email"}


def test_commands_and_events_are_those_of_the_routing_tables() -> None:
    manifest = read_manifest()
    listed = {
        each["command"]: (each["description"], each["usage_hint"]) for each in manifest["features"]["slash_commands"]
    }
    routed = {
        f"/{command.name}": (command.description, command.usage_hint) for command in join(FEATURES).commands.values()
    }
    assert listed == routed
    shortcuts = {each["callback_id"] for each in manifest["features"].get("shortcuts", ())}
    assert shortcuts == join(FEATURES).shortcuts.keys()
    reading = manifest_for(None, "", reads_channels=True)["settings"]["event_subscriptions"]["bot_events"]
    assert set(reading) == {*WORDS, *join(FEATURES).events} == SCOPES_BY_EVENT.keys()


def test_only_who_wants_hints_in_passing_lets_slack_send_what_is_said_in_channels() -> None:
    usual, reading = read_manifest(), manifest_for(None, "", reads_channels=True)
    events = [set(each["settings"]["event_subscriptions"]["bot_events"]) for each in (usual, reading)]
    assert events[1] - events[0] == {"message.channels", "message.groups"}
    assert set(scopes(reading)[0]) - set(scopes(usual)[0]) == {"channels:history", "groups:history"}
    assert scopes(reading)[1] == ["files:read", "usergroups:read", "users:read.email"]


@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's schema is checked where the project is built")
@pytest.mark.parametrize(
    "manifest",
    [manifest_for(None, ""), manifest_for("https://bot.example", "cg-"), manifest_for(None, "", reads_channels=True)],
)
def test_the_manifest_fits_slacks_schema(manifest: dict[str, object]) -> None:
    validator = Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(manifest)] == []
    nameless = {**manifest, "display_information": {}}
    assert [error.message for error in validator.iter_errors(nameless)] == ["'name' is a required property"]


def test_it_describes_the_whole_product_within_slacks_limits() -> None:
    told = read_manifest()["display_information"]
    assert 175 <= len(told["long_description"]) <= 4000
    assert len(told["description"]) <= 140
    for noun in ("Words", "Owners", "Data requests", "Decisions", "Requirements and feedback", "Weekly summary"):
        assert f"*{noun}" in told["long_description"]
    prefixed = manifest_for(None, "cg-")["display_information"]["long_description"]
    assert ("with /cg-define" in prefixed, "with /define" in prefixed) == (True, False)


def test_the_menu_of_a_message_has_the_most_used_shortcut_first_and_all_names_fit() -> None:
    shortcuts = read_manifest()["features"]["shortcuts"]
    messages = [each["name"] for each in shortcuts if each["type"] == "message"]
    assert messages[:3] == ["Explain the words", "Log as decision", "Who is responsible?"]
    assert [each["name"] for each in shortcuts if len(each["name"]) > 24 or len(each["description"]) > 150] == []
    assert len(shortcuts) <= 10


def test_for_http_every_address_is_the_bots_and_commands_get_their_prefix() -> None:
    told = CliRunner().invoke(cli, ["manifest", "--url", "https://bot.example/", "--prefix", "cg-"])
    manifest = yaml.safe_load(told.output)
    commands = [each["command"] for each in manifest["features"]["slash_commands"]]
    assert commands == [
        "/cg-define",
        "/cg-glossary",
        "/cg-owner",
        "/cg-data-request",
        "/cg-decision",
        "/cg-nudges",
        "/cg-summary",
        "/cg-common-ground",
    ]
    assert {each["url"] for each in manifest["features"]["slash_commands"]} == {"https://bot.example/slack/events"}
    assert manifest["settings"]["socket_mode_enabled"] is False
    assert manifest["settings"]["interactivity"]["request_url"] == "https://bot.example/slack/events"


def test_by_socket_mode_many_workspaces_are_led_back_to_the_bot_and_slack_sends_nothing_there() -> None:
    usual, many = manifest_for(None, ""), manifest_for(None, "", installed_at="https://bot.example/")
    assert many["oauth_config"].pop("redirect_urls") == ["https://bot.example/slack/oauth_redirect"]
    assert many == usual


def test_without_an_address_it_is_the_manifest_as_it_stands() -> None:
    told = CliRunner().invoke(cli, ["manifest"])
    assert (told.exit_code, yaml.safe_load(told.output)) == (0, read_manifest())


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (("--prefix", "Bad Prefix/"), "--prefix should have only letters"),
        (("--prefix", "c" * 19), "--prefix should have 18 letters at most"),
        (("--url", "http://x"), "starts with https://"),
    ],
)
def test_a_manifest_that_slack_would_not_take_is_not_printed(option: tuple[str, str], told: str) -> None:
    result = CliRunner().invoke(cli, ["manifest", *option])
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_the_longest_prefix_makes_the_longest_name_that_slack_takes() -> None:
    commands = [each["command"] for each in manifest_for(None, "c" * 18)["features"]["slash_commands"]]
    assert max(map(len, commands)) == 32


def test_only_who_wants_slackbot_to_ask_lets_it_and_for_each_person_by_themselves() -> None:
    usual, asking = manifest_for(None, ""), manifest_for(None, "", mcp="https://bot.example/")
    assert asking["mcp_servers"] == {
        "Common Ground": {"url": "https://bot.example/mcp", "auth_type": "slack_identity_auth"}
    }
    assert set(scopes(asking)[0]) - set(scopes(usual)[0]) == {"mcp:connect"}
    assert "mcp_servers" not in usual


def test_the_address_at_which_slackbot_asks_must_be_public() -> None:
    result = CliRunner().invoke(cli, ["manifest", "--mcp", "http://bot.example"])
    assert (result.exit_code, result.stderr) == (
        2,
        "common-ground: --mcp should be a public address that starts with https://\n",
    )
