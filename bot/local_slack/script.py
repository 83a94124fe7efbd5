"""A small language for what people do, one gesture a line; for the terminal, for files, and for tests.

    ana in #churn-model: /define bias
    ana in #churn-model: @Common Ground what does drift mean?
    ana in thread: and what is a feature?
    ana to the bot: define recall
    ana presses "Share in channel"
    ana enters "Disciplines": data science / product
    ana submits
    ana closes
    wait 3 days

A line that begins with ``# `` is a note, one that begins with ``|`` is what people then see, for comparison. In what
is entered, `` / `` stands for a new line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.local_slack.people import People
from bot.local_slack.screen import controls
from bot.local_slack.state import Channel, Ephemeral, Json, Message, User, Workspace

_IN = re.compile(r"(?P<who>\S+) in (?P<where>#\S+|thread): (?P<words>.+)")
_TO_BOT = re.compile(r"(?P<who>\S+) to the bot: (?P<words>.+)")
_PRESSES = re.compile(r"(?P<who>\S+) presses \"(?P<label>.+)\"")
_ENTERS = re.compile(r"(?P<who>\S+) enters \"(?P<label>.+)\": ?(?P<words>.*)")
_SUBMITS = re.compile(r"(?P<who>\S+) (?P<what>submits|closes)")
_WAITS = re.compile(r"wait (?P<count>\d+) (?P<unit>second|minute|hour|day|week)s?")

_NOTES = ("# ", "|")


class ScriptError(Exception):
    """A line that is no gesture, or that names what is not there."""


@dataclass
class Script:
    """Carries out gestures. ``move_clock`` is called for waiting."""

    workspace: Workspace
    people: People
    move_clock: Callable[[timedelta], None]
    _entered: dict[str, dict[str, str]] = field(default_factory=dict)
    _last_message: dict[str, tuple[Channel, str]] = field(default_factory=dict)

    async def act(self, line: str) -> None:
        """Carry out one line. Raises ScriptError."""
        line = line.strip()
        if not line or line.startswith(_NOTES):
            return
        try:
            await self._act(line)
        except LookupError as error:
            raise ScriptError(str(error.args[0])) from error

    async def _act(self, line: str) -> None:
        if match := _WAITS.fullmatch(line):
            self.move_clock(timedelta(**{f"{match['unit']}s": int(match["count"])}))
        elif match := _IN.fullmatch(line):
            await self._say(self.workspace.user_named(match["who"]), match["where"], match["words"])
        elif match := _TO_BOT.fullmatch(line):
            user = self.workspace.user_named(match["who"])
            await self._put(user, self.workspace.direct_channel(user.id), None, match["words"])
        elif match := _PRESSES.fullmatch(line):
            user = self.workspace.user_named(match["who"])
            await self.people.press(user, *self._button(user, match["label"]))
        elif match := _ENTERS.fullmatch(line):
            user = self.workspace.user_named(match["who"])
            self._entered.setdefault(user.id, {})[match["label"]] = match["words"].replace(" / ", "\n")
        elif match := _SUBMITS.fullmatch(line):
            await self._finish(self.workspace.user_named(match["who"]), match["what"])
        else:
            message = "that is no gesture I know; try: ana in #general: /define bias"
            raise ScriptError(message)

    async def _say(self, user: User, where: str, words: str) -> None:
        if where != "thread":
            await self._put(user, self.workspace.channel_named(where), None, words)
            return
        if user.id not in self._last_message:
            message = f"{user.real_name} has said nothing yet that a thread could hang on"
            raise ScriptError(message)
        await self._put(user, *self._last_message[user.id], words)

    async def _put(self, user: User, channel: Channel, thread_ts: str | None, words: str) -> None:
        if words.startswith("/") and thread_ts is not None:
            message = "slash commands do not work in threads; mention the bot there"
            raise ScriptError(message)
        if words.startswith("/"):
            await self.people.run_command(user, channel, words)
            return
        said = self.people.say(user, channel, words, thread_ts)
        self._last_message[user.id] = (channel, said.thread_ts or said.ts)

    async def _finish(self, user: User, what: str) -> None:
        entered = self._entered.pop(user.id, {})
        if what == "closes":
            self.people.close(user)
        else:
            await self.people.submit(user, entered)

    def _button(self, user: User, label: str) -> tuple[Channel, Message | Ephemeral, Json]:
        """Return the newest button with this label that the person can see."""
        seen: list[tuple[str, Channel, Message | Ephemeral]] = []
        for channel in self.workspace.channels.values():
            if user.id in channel.members:
                seen += [(message.ts, channel, message) for message in channel.messages.values()]
            seen += [(each.ts, channel, each) for each in channel.ephemerals.values() if each.to == user.id]
        for _, channel, message in sorted(seen, key=lambda each: each[0], reverse=True):
            for button in controls(message.blocks):
                if label in (button["text"]["text"], button["action_id"]):
                    return channel, message, button
        error = f"{user.real_name} sees no button {label!r}"
        raise LookupError(error)
