"""Makes a workspace from a YAML text: its people, and its channels with who is in them (``bot`` is the app's bot)."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bot.local_slack.workspace.installed import App
from bot.local_slack.workspace.state import Channel, Json, User, Usergroup, Workspace

#: Nobody may change what a text says: all workspaces of that text are made from it.
_read = cache(yaml.safe_load)


def sample() -> str:
    """Return the sample workspace that comes with the local Slack."""
    return files("bot.local_slack.workspace").joinpath("sample.yaml").read_text(encoding="utf-8")


def seeded(text: str, manifest: Json, now: Callable[[], datetime]) -> Workspace:
    """Return a workspace with an app of this manifest installed. User ids are made from names: ana is UANA."""
    seed: dict[str, Any] = _read(text)
    workspace = Workspace(App(manifest), now, name=seed["name"])
    for person in seed["people"]:
        user = User(id=f"U{person['name'].upper()}", **person)
        workspace.users[user.id] = user
    for channel in seed["channels"]:
        members = {workspace.app.bot_user_id if each == "bot" else f"U{each.upper()}" for each in channel["members"]}
        channel_id = f"C{channel['name'].upper().replace('-', '')}"
        workspace.channels[channel_id] = Channel(channel_id, channel["name"], channel.get("kind", "public"), members)
    for group in seed.get("groups", ()):
        group_id, people = f"S{group['handle'].upper()}", [f"U{each.upper()}" for each in group["members"]]
        workspace.usergroups[group_id] = Usergroup(group_id, group["handle"], people)
    return workspace
