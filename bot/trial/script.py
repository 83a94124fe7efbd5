"""A small language for what people do, one gesture a line; for the terminal, for files, and for tests.

    ana in #churn-model: /define bias
    ana in #churn-model: @Common Ground what does drift mean?
    ana in thread: and what is a feature?
    ana replies to "the model regressed": since when?
    ana to the bot: define recall
    ana presses "Share"
    ana chooses "Data science" in "discipline"
    ana enters "Disciplines": data science / product
    ana submits
    ana closes
    ana uses "Add to glossary" on "the model regressed"
    ana uses "Define a word"
    ana reacts :eyes: to "the model regressed"
    ana edits "the model regressed": the model got worse
    ana deletes "the model got worse"
    ana opens the Home
    ana joins #random
    ana leaves #random
    ana invites the bot to #random
    ana attaches "sample.csv": id,age / 1,30
    wait 3 days

A line that begins with ``# `` is a note, one that begins with ``|`` is what people then see, for comparison. In what
is entered, `` / `` stands for a new line. A message is named by words that are in it; the newest one counts. What goes
wrong meanwhile is said by the lines of ``faults``.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.local_slack.interactions.acts import Interactions
from bot.local_slack.interactions.forms import fields_of
from bot.local_slack.workspace.people import People
from bot.local_slack.workspace.state import Channel, Json, Message, Surface, User, Workspace

#: When scripts begin: a Monday morning, before the days that they name.
BEGINS = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_Act = Callable[[User, re.Match[str]], Awaitable[None]]
_NOTES = ("# ", "|")
_WAITS = re.compile(r"wait (?P<count>\d{1,5}) (?P<unit>second|minute|hour|day|week)s?")
_WHO = re.compile(r"(?P<who>\S+) (?P<what>.+)")


class ScriptError(Exception):
    """A line that is no gesture, or that names what is not there."""


@dataclass
class Script:
    """Carries out gestures. ``move_clock`` is called for waiting."""

    workspace: Workspace
    people: People
    interactions: Interactions
    move_clock: Callable[[timedelta], None]
    _entered: dict[str, dict[str, Any]] = field(default_factory=dict)
    _attached: dict[str, list[str]] = field(default_factory=dict)
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
            return
        told = _WHO.fullmatch(line)
        for pattern, act in self._acts() if told else ():
            if told is not None and (match := re.fullmatch(pattern, told["what"])):
                await act(self.workspace.user_named(told["who"]), match)
                return
        raise ScriptError("I don't know that; try: ana in #general: /define bias")

    def _acts(self) -> Sequence[tuple[str, _Act]]:
        return (
            (r"in (#\S+|thread): (.+)", lambda user, told: self._say(user, told[1], told[2])),
            (r"replies to \"(.+?)\": (.+)", lambda user, told: self._answer(user, told[1], told[2])),
            (r"to the bot: (.+)", lambda user, told: self._write(user, told[1])),
            (r"presses \"(.+)\"", lambda user, told: self._press(user, told[1])),
            (r"chooses \"(.+)\" in \"(.+)\"", lambda user, told: self._choose(user, told[1], told[2])),
            (r"enters \"(.+?)\": ?(.*)", lambda user, told: self._enter(user, told[1], told[2])),
            (r"attaches \"(.+?)\": ?(.*)", lambda user, told: self._attach(user, told[1], told[2])),
            (r"submits", lambda user, _: self._submit(user)),
            (r"closes", lambda user, _: self._close(user)),
            (r"uses \"(.+?)\" on \"(.+)\"", lambda user, told: self._use_on(user, told[1], told[2])),
            (r"uses \"(.+)\"", lambda user, told: self._use(user, told[1])),
            (r"reacts :(\S+): to \"(.+)\"", lambda user, told: self._react(user, told[1], told[2])),
            (r"edits \"(.+?)\": (.+)", lambda user, told: self._edit(user, told[1], told[2])),
            (r"deletes \"(.+)\"", lambda user, told: self._delete(user, told[1])),
            (r"opens the Home", lambda user, _: self._open_home(user)),
            (r"joins (#\S+)", lambda user, told: self._join(user, told[1])),
            (r"leaves (#\S+)", lambda user, told: self._leave(user, told[1])),
            (r"invites the bot to (#\S+)", lambda user, told: self._invite(user, told[1])),
        )

    async def _say(self, user: User, where: str, words: str) -> None:
        if where != "thread":
            await self._put(user, self.workspace.channel_named(where), None, words)
            return
        if user.id not in self._last_message:
            raise ScriptError(f"{user.real_name} hasn't said anything yet to start a thread from")
        await self._put(user, *self._last_message[user.id], words)

    async def _answer(self, user: User, words: str, said: str) -> None:
        channel, message = self._message(user, words)
        await self._put(user, channel, message.thread_ts or message.ts, said)

    async def _write(self, user: User, words: str) -> None:
        await self._put(user, self.workspace.direct_channel(user.id), None, words)

    async def _put(self, user: User, channel: Channel, thread_ts: str | None, words: str) -> None:
        if words.startswith("/") and thread_ts is not None:
            raise ScriptError("slash commands do not work in threads; mention the bot there")
        if words.startswith("/"):
            await self.interactions.run_command(user, channel, words)
            return
        said = self.people.say(user, channel, words, thread_ts, files=self._attached.pop(user.id, None))
        self._last_message[user.id] = (channel, said.thread_ts or said.ts)

    async def _press(self, user: User, label: str) -> None:
        surface, element = self._control(user, label)
        raw = "negative" if label == element.get("negative_button", {}).get("text", {}).get("text") else None
        raw = label if element["type"] == "overflow" else raw
        await self.interactions.use(user, surface, element["action_id"], raw)

    async def _choose(self, user: User, value: str, label: str) -> None:
        surface, element = self._control(user, label)
        if element["type"].endswith("external_select"):
            await self.interactions.suggest(user, surface, element["action_id"], value)
        await self.interactions.use(user, surface, element["action_id"], value)

    async def _enter(self, user: User, label: str, words: str) -> None:
        self._entered.setdefault(user.id, {})[label] = words.replace(" / ", "\n")

    async def _attach(self, user: User, name: str, words: str) -> None:
        file = self.people.upload(user, name, words.replace(" / ", "\n").encode())
        self._attached.setdefault(user.id, []).append(file.id)
        view = self.workspace.open_view(user.id)
        for block, _, element in fields_of(view.content["blocks"] if view else ()):
            if element["type"] == "file_input":
                self._entered.setdefault(user.id, {})[block["label"]["text"]] = self._attached.pop(user.id)

    async def _submit(self, user: User) -> None:
        await self.interactions.submit(user, self._entered.pop(user.id, {}))

    async def _close(self, user: User) -> None:
        self._entered.pop(user.id, None)
        await self.interactions.close(user)

    async def _use_on(self, user: User, name: str, words: str) -> None:
        _, message = self._message(user, words)
        await self.interactions.shortcut(user, self._shortcut("message", name), message)

    async def _use(self, user: User, name: str) -> None:
        await self.interactions.shortcut(user, self._shortcut("global", name))

    async def _react(self, user: User, name: str, words: str) -> None:
        channel, message = self._message(user, words)
        self.people.react(user, channel, message, name)

    async def _edit(self, user: User, words: str, instead: str) -> None:
        self.people.edit(*self._message(user, words), instead)

    async def _delete(self, user: User, words: str) -> None:
        self.people.delete(*self._message(user, words))

    async def _open_home(self, user: User) -> None:
        self.people.open_home(user)

    async def _join(self, user: User, channel: str) -> None:
        self.people.join(self.workspace.channel_named(channel), user)

    async def _leave(self, user: User, channel: str) -> None:
        self.people.leave(self.workspace.channel_named(channel), user)

    async def _invite(self, user: User, channel: str) -> None:
        bot = self.workspace.users[self.workspace.app.bot_user_id]
        self.people.join(self.workspace.channel_named(channel), bot, user.id)

    def _seen(self, user: User) -> list[tuple[Channel, Message]]:
        """Return what a person can see, newest first."""
        seen: list[tuple[Channel, Message]] = []
        for channel in self.workspace.channels.values():
            if user.id in channel.members:
                seen += [(channel, message) for message in channel.messages.values()]
            seen += [(channel, each) for each in channel.ephemerals.values() if each.to == user.id]
        return sorted(seen, key=lambda each: each[1].ts, reverse=True)

    def _message(self, user: User, words: str) -> tuple[Channel, Message]:
        for channel, message in self._seen(user):
            if not message.to and words.casefold() in message.text.casefold():
                return channel, message
        raise LookupError(f"{user.real_name} sees no message with {words!r}")

    def _shortcut(self, kind: str, name: str) -> str:
        for each in self.workspace.app.manifest["features"].get("shortcuts", ()):
            if each["type"] == kind and each["name"] == name:
                return str(each["callback_id"])
        raise LookupError(f"there is no {kind} shortcut {name!r}")

    def _control(self, user: User, label: str) -> tuple[Surface, Json]:
        """Return the newest button or field with this label that the person sees: in the form on top, else anywhere."""
        view, home = self.workspace.open_view(user.id), self.workspace.homes.get(user.id)
        surfaces: list[Surface] = [view] if view else []
        surfaces += [message for _, message in self._seen(user)] if not view else []
        surfaces += [home] if home and not view else []
        for surface in surfaces:
            for block, _, element in fields_of(surface.blocks):
                if label in _labels(block, element):
                    return surface, element
        error = f"{user.real_name} sees no button {label!r}"
        raise LookupError(error)


def _labels(block: Json, element: Json) -> list[str]:
    texts = [element.get(name, {}) for name in ("text", "placeholder")]
    texts += [element.get(name, {}).get("text", {}) for name in ("positive_button", "negative_button")]
    found = [each.get("text", "") for each in (*texts, block.get("label", {}))]
    found += [each["text"]["text"] for each in element.get("options", ()) if element["type"] == "overflow"]
    return [each for each in (*found, element.get("accessibility_label"), element.get("action_id")) if each]
