"""Presses the buttons that are still shown at the end of a week; each must answer, and change nothing that is over."""

import random
from collections.abc import Iterator

from bot.local_slack.interactions.forms import fields_of
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import Message, Surface, User, Workspace
from tests.soak.oracle.transcript import Press
from tests.soak.player import has_failed, labels

#: So many are pressed, drawn from the seed.
_MOST = 60


async def press_all(slack: LocalSlack, seed: int) -> list[Press]:
    """Press buttons, each once, by somebody who sees it; what is gone by then is not pressed any more."""
    dice = random.Random(f"presses {seed}")  # noqa: S311 - a seed is to be replayed
    shown = list(_shown(slack.workspace))
    return [
        pressed
        for surface, user, action_id, label in dice.sample(shown, min(_MOST, len(shown)))
        if (pressed := await _press(slack, surface, user, action_id, label)) is not None
    ]


async def _press(slack: LocalSlack, surface: Surface, user: User, action_id: str, label: str) -> Press | None:
    """Press a button, once more where a busy machine was too slow; None where it is gone, or what it does is done."""
    pressed = await _press_once(slack, surface, user, action_id, label)
    if pressed is None or pressed.is_answered:
        return pressed
    await slack.until(lambda: bool(slack.wire.request_url) or any(each.is_open for each in slack.wire.sockets))
    return await _press_once(slack, surface, user, action_id, label)


async def _press_once(slack: LocalSlack, surface: Surface, user: User, action_id: str, label: str) -> Press | None:
    workspace = slack.workspace
    workspace.views[user.id].clear()
    before = workspace.new_ts()
    element = next((each for _, key, each in fields_of(surface.blocks) if key[1] == action_id), None)
    if element is None or label not in labels(element):
        return None
    await slack.interactions.use(user, surface, action_id, label if element["type"] == "overflow" else None)
    where = surface.channel if isinstance(surface, Message) else "the Home"
    return Press(user.id, f"{label} ({action_id})", where, before, is_answered=not has_failed(workspace, user, before))


def _shown(workspace: Workspace) -> Iterator[tuple[Surface, User, str, str]]:
    """Yield each button, or choice of a menu, with somebody who sees it."""
    for surface, users in _surfaces(workspace):
        for _, (_, action_id), element in fields_of(surface.blocks):
            if element["type"] in ("button", "overflow") and not element.get("url"):
                for label in labels(element):
                    yield surface, users[0], action_id, label


def _surfaces(workspace: Workspace) -> Iterator[tuple[Surface, list[User]]]:
    everybody = {each.id: each for each in workspace.users.values() if not (each.is_bot or each.deleted)}
    for channel in workspace.channels.values():
        there = [everybody[each] for each in sorted(channel.members & everybody.keys())]
        for message in (*channel.messages.values(), *channel.ephemerals.values()):
            readers = [each for each in there if message.to in ("", each.id)]
            if message.bot_id and readers and not channel.is_archived:
                yield message, readers
    for user_id, home in workspace.homes.items():
        if user_id in everybody:
            yield home, [everybody[user_id]]
