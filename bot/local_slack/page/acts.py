"""What can be done on the page, by name: each gesture of the browser becomes one of a person's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from inspect import isawaitable
from typing import Any
from zoneinfo import ZoneInfo

from bot.local_slack.interactions.forms import enter
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import Channel, Json, Message, OpenView, Surface, User

#: Time passes in steps; over a long time they are longer.
_HOUR, _MOST_STEPS = timedelta(hours=1), 400


@dataclass(frozen=True, slots=True)
class Gesture:
    """A gesture as the browser told it, and who made it."""

    slack: LocalSlack
    told: Json

    def text(self, name: str) -> str:
        return str(self.told.get(name) or "")

    @property
    def me(self) -> User:
        return self.slack.workspace.user_named(self.text("me"))

    @property
    def channel(self) -> Channel:
        return self.slack.workspace.channel_named(self.text("in"))

    @property
    def message(self) -> Message:
        channel, ts = self.channel, self.text("ts")
        message = channel.messages.get(ts) or channel.ephemerals.get(ts)
        if message is None:
            raise LookupError("that message is gone")
        return message

    @property
    def surface(self) -> Surface:
        """Return where something was pressed: a view by its id, else a message."""
        if not self.text("view"):
            return self.message
        view = self.slack.workspace.find_view(self.text("view"))
        if view is None:
            raise LookupError("that form is gone")
        return view


async def carry_out(it: Gesture) -> None:
    """Do what was told. Raises LookupError with a sentence for what cannot be done."""
    act = _ACTS.get(it.text("what"))
    if act is None:
        raise LookupError(f"nobody can do {it.text('what')!r} here")
    done = act(it)
    if isawaitable(done):
        await done


async def _say(it: Gesture) -> None:
    text, thread = it.text("text"), it.text("thread") or None
    if text.startswith("/me "):
        it.slack.people.say(it.me, it.channel, text.removeprefix("/me "), thread, subtype="me_message")
    elif text.startswith("/") and thread is None:
        await it.slack.interactions.run_command(it.me, it.channel, text)
    elif text.startswith("/"):
        raise LookupError(f"{text.split()[0]} is not supported in threads. Sorry.")
    else:
        subtype = "thread_broadcast" if it.told.get("also") else ""
        it.slack.people.say(it.me, it.channel, text, thread, files=it.told.get("files"), subtype=subtype)


async def _use(it: Gesture) -> None:
    """Use a button or a field; what was typed in the form around it is remembered first."""
    surface = it.surface
    if isinstance(surface, OpenView):
        enter(it.slack.workspace, surface, it.told.get("entered") or {})
    await it.slack.interactions.use(it.me, surface, it.text("action_id"), it.told.get("value"))


async def _shortcut(it: Gesture) -> None:
    await it.slack.interactions.shortcut(it.me, it.text("callback_id"), it.message if it.text("ts") else None)


def _change(it: Gesture) -> None:
    """Change my profile; deactivation is a change too, as Slack tells it."""
    names = ("title", "tz", "status_emoji", "status_text", "deleted")
    it.slack.people.change(it.me, **{name: it.told[name] for name in names if name in it.told})


def _quiet(it: Gesture) -> None:
    until = it.slack.workspace.now() + timedelta(hours=1)
    it.slack.people.do_not_disturb(it.me, until if it.told.get("on") else None)


async def _wait(it: Gesture) -> None:
    """Let time pass from one full hour to the next, so that what is due on the way happens when it is due."""
    by = timedelta(seconds=int(it.told.get("seconds") or 0))
    if it.text("until"):
        by = datetime.fromisoformat(it.text("until")).replace(tzinfo=ZoneInfo(it.me.tz)) - it.slack.workspace.now()
    if by < timedelta():
        raise LookupError("time only moves on")
    step = max(_HOUR, by / _MOST_STEPS)
    if it.slack.pass_time is None:
        return
    while by > timedelta():
        now = it.slack.workspace.now()
        past_the_hour = timedelta(minutes=now.minute, seconds=now.second, microseconds=now.microsecond)
        part = min(step - past_the_hour, by)
        await it.slack.pass_time(part)
        by -= part


def _go_right(it: Gesture) -> None:
    """Follow a rule no longer; the app gets back a token that was taken from it."""
    it.slack.faults.drop(it.text("rule"))
    it.slack.workspace.app.refusal = ""


_ACTS: dict[str, Callable[[Gesture], Any]] = {
    "say": _say,
    "use": _use,
    # What is entered is remembered, and the app isn't told.
    "enter": lambda it: enter(it.slack.workspace, it.surface, it.told["entered"]),
    "submit": lambda it: it.slack.interactions.submit(it.me, it.told["entered"]),
    "close": lambda it: it.slack.interactions.close(it.me, everything=bool(it.text("everything"))),
    "shortcut": _shortcut,
    "home": lambda it: it.slack.people.open_home(it.me, it.text("tab") or "home"),
    "message": lambda it: it.slack.workspace.conversation({it.me.id, it.text("who")}),
    "react": lambda it: it.slack.people.react(it.me, it.channel, it.message, it.text("name")),
    "edit": lambda it: it.slack.people.edit(it.channel, it.message, it.text("text")),
    "delete": lambda it: it.slack.people.delete(it.channel, it.message),
    "join": lambda it: it.slack.people.join(it.channel, it.me),
    "leave": lambda it: it.slack.people.leave(it.channel, it.me),
    "invite": lambda it: it.slack.people.join(it.channel, it.slack.workspace.user_named(it.text("who")), it.me.id),
    "create": lambda it: it.slack.people.create(it.me, it.text("name"), "private" if it.text("kind") else "public"),
    "rename": lambda it: it.slack.people.rename(it.channel, it.me, it.text("name")),
    "arrive": lambda it: it.slack.people.arrive(it.text("name")),
    "archive": lambda it: it.slack.people.archive(it.channel, it.me),
    "change": _change,
    "quiet": _quiet,
    "wait": _wait,
    "rates": lambda it: setattr(it.slack.rates, "is_on", bool(it.text("on"))),
    "wrong": lambda it: it.slack.faults.add(it.text("kind"), it.text("methods"), it.text("share")),
    "right": _go_right,
    "refresh": lambda it: it.slack.wire.refresh(),
}
