"""A workspace whose app may do everything, an app that records what it is sent, and calls through Slack's own SDK."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from aiohttp import ClientSession, web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.local_slack.oauth.organization import found
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.installed import App
from bot.local_slack.workspace.seed import sample, seeded
from bot.local_slack.workspace.state import Json, Workspace

EVENTS = (
    "app_mention", "message.channels", "message.groups", "message.im", "reaction_added", "reaction_removed",
    "app_home_opened", "member_joined_channel", "member_left_channel", "channel_archive", "user_change",
    "dnd_updated_user", "tokens_revoked", "channel_created", "channel_rename", "team_join", "link_shared",
    "message_metadata_posted", "app_uninstalled", "function_executed", "channel_left", "group_left",
    "team_access_granted", "team_access_revoked",
    "subteam_created", "subteam_members_changed", "subteam_updated",
)  # fmt: skip
SCOPES = (
    "app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write", "commands", "dnd:read",
    "files:read", "files:write", "groups:history", "groups:read", "im:history", "im:read", "im:write", "links:read",
    "metadata.message:read", "mpim:read", "mpim:write", "reactions:read", "reactions:write", "team:read",
    "usergroups:read", "users:read", "users:read.email", "users.profile:read",
)  # fmt: skip
MANIFEST: Json = {
    "display_information": {"name": "Tester"},
    "features": {
        "unfurl_domains": ["example.org"],
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Tester"},
        "slash_commands": [{"command": "/test", "description": "Tests", "usage_hint": "[word]"}],
        "shortcuts": [
            {"name": "Note it", "type": "message", "callback_id": "note", "description": "Notes"},
            {"name": "Ask it", "type": "global", "callback_id": "ask", "description": "Asks"},
        ],
    },
    "functions": {
        "ask_for_data": {
            "title": "Ask for data",
            "description": "Asks",
            "input_parameters": {"properties": {"what": {"type": "string"}}, "required": ["what"]},
            "output_parameters": {"properties": {"number": {"type": "string"}}, "required": ["number"]},
        }
    },
    "oauth_config": {"redirect_urls": ["https://app.example/oauth"], "scopes": {"bot": list(SCOPES)}},
    "settings": {"event_subscriptions": {"bot_events": list(EVENTS)}},
}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text.lower()}


def button(text: str, action_id: str, **more: object) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def field_of(element: Json, **more: object) -> Json:
    """Return an input block whose block_id and label are those of its element's action_id."""
    name = element["action_id"]
    return {"type": "input", "block_id": name, "label": plain(name), "element": element, **more}


def modal(*blocks: Json, **more: object) -> Json:
    view = {"type": "modal", "callback_id": "form", "title": plain("A form"), "submit": plain("Save")}
    return {**view, "blocks": list(blocks), **more}


@dataclass
class Recorder:
    """An app that keeps what it is sent, and answers what ``answer`` makes of it."""

    answer: Callable[[Json], Json | None] = lambda _payload: None
    sent: list[Json] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        payload: Json
        if request.content_type == "application/json":
            payload = await request.json()
        else:
            form = {name: values[0] for name, values in parse_qs(await request.text(), keep_blank_values=True).items()}
            payload = json.loads(form["payload"]) if "payload" in form else form
        self.sent.append(payload)
        body = self.answer(payload)
        return web.Response() if body is None else web.json_response(body)

    def events(self, kind: str) -> list[Json]:
        told = [each["event"] for each in self.sent if each.get("type") == "event_callback"]
        return [event for event in told if event["type"] == kind]


@asynccontextmanager
async def connected(slack: LocalSlack, app: Recorder) -> AsyncIterator[None]:
    """Connect an app over HTTP."""
    application = web.Application()
    application.router.add_post("/", app.take)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.wire.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def workspace(now: Callable[[], Any], manifest: Json = MANIFEST) -> AsyncIterator[LocalSlack]:
    async with serving(seeded(sample(), manifest, now)) as served:
        yield served


@asynccontextmanager
async def beside(slack: LocalSlack, manifest: Json = MANIFEST) -> AsyncIterator[LocalSlack]:
    """Another workspace of the same Slack, with people and channels of the same ids."""
    other = seeded(sample(), manifest, slack.workspace.now)
    other.team_id, other.name, other.app.bot_token = "T0QUAY", "Quay", "xoxb-quay"
    other.start_run(slack.workspace.now())
    async with serving(other) as served:
        slack.neighbours.append(served)
        yield served


@asynccontextmanager
async def sdk(slack: LocalSlack, token: str = "xoxb-local") -> AsyncIterator[AsyncWebClient]:
    async with ClientSession() as session:
        yield AsyncWebClient(token, base_url=slack.api_url, session=session)


async def call(slack: LocalSlack, method: str, token: str = "xoxb-local", **arguments: Any) -> Json:
    """Call a method through the SDK's own client and return the body, whether ok or not."""
    async with sdk(slack, token) as client:
        try:
            answer = await client.api_call(method, json=arguments)
        except SlackApiError as error:
            body: Json = error.response.data
            return body
        assert isinstance(answer.data, dict)
        return answer.data


async def error_of(slack: LocalSlack, method: str, **arguments: Any) -> str:
    return str((await call(slack, method, **arguments)).get("error"))


def renumbered(workspace: Workspace, mark: str) -> Workspace:
    """Give people, channels and messages ids that no other workspace has: those of an organisation are its alone."""
    bot = workspace.bot.id
    ids = {each: each if each == bot else f"{each[0]}{mark}{each[1:]}" for each in workspace.users}
    for user in workspace.users.values():
        user.id = ids[user.id]
    workspace.users = {each.id: each for each in workspace.users.values()}
    for channel in workspace.channels.values():
        channel.id, channel.members = f"C{mark}{channel.id[1:]}", {ids[each] for each in channel.members}
    workspace.channels = {each.id: each for each in workspace.channels.values()}
    for group in workspace.usergroups.values():
        group.id, group.users = f"S{mark}{group.id[1:]}", [ids[each] for each in group.users]
    workspace.usergroups = {each.id: each for each in workspace.usergroups.values()}
    workspace.start_run(workspace.now().replace(microsecond=500_000))
    return workspace


@asynccontextmanager
async def organization(slack: LocalSlack, manifest: Json = MANIFEST) -> AsyncIterator[tuple[LocalSlack, LocalSlack]]:
    """An organisation of a workspace and another, Quay, to neither of which the app was added; both are served."""
    async with beside(slack, manifest) as quay:
        renumbered(quay.workspace, "Q")
        for each in (slack, quay):
            each.workspace.app.refusal = "account_inactive"
        app = App(manifest, bot_token="xoxb-group", refusal="account_inactive")
        async with serving(found(app, "Harbour Group", slack.workspace, quay.workspace)) as group:
            slack.neighbours.insert(0, group)
            yield group, quay
