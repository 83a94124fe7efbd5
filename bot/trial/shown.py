"""Every kind of message, form and Home that people see while scripts are played."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.local_slack.workspace.state import Json, Workspace
from bot.outbox.rate_limits import RateLimits
from bot.trial.run import trial
from bot.trial.script import BEGINS

#: What tells one kind of a thing from another; all else that is text may differ.
_NAMING = {"type", "action_id", "callback_id"}
_NAME = 60


async def shown_in(scripts: Sequence[Path]) -> dict[str, Json]:
    """Play scripts, each in a Slack of its own on this machine; return one of each kind that is shown, by a name.

    Each is what Slack's blocks.validate takes: a ``view``, or a ``message``. Raises ScriptError for a line that is no
    gesture.
    """
    kinds: dict[str, Json] = {}
    for script in scripts:
        with tempfile.TemporaryDirectory(prefix="common-ground-") as folder:
            limits = RateLimits(burst=10_000)
            playing = trial(Clock(frozen_at=BEGINS), Path(folder) / "try.db", rate_limits=limits, reads_channels=True)
            async with playing as running_trial:
                for line in script.read_text(encoding="utf-8").splitlines():
                    await running_trial.do(line)
                    for each in _seen(running_trial.slack.workspace):
                        kinds.setdefault(json.dumps(_kind(each)), each)
    return {f"{_name(each)} ({place})": each for place, each in enumerate(kinds.values(), 1)}


def _seen(workspace: Workspace) -> Iterator[Json]:
    for channel in workspace.channels.values():
        for message in (*channel.messages.values(), *channel.ephemerals.values()):
            if message.blocks and message.bot_id:
                yield {"message": {"text": message.text, "blocks": message.blocks}}
    views = [*workspace.homes.values(), *(each for stack in workspace.views.values() for each in stack)]
    for view in views:
        yield {"view": view.content}


def _kind(value: Any) -> Any:
    """Return the bare structure: what repeats in a row stands once, and texts are left out."""
    if isinstance(value, dict):
        return {name: each if name in _NAMING else _kind(each) for name, each in value.items()}
    if isinstance(value, list):
        found: list[Any] = []
        for each in map(_kind, value):
            if not found or found[-1] != each:
                found.append(each)
        return found
    return type(value).__name__


def _name(shown: Json) -> str:
    if "message" in shown:
        return f"the message “{' '.join(shown['message']['text'].split())[:_NAME]}”"
    view = shown["view"]
    return "the Home" if view["type"] == "home" else f"the form {view.get('callback_id', '')}"
