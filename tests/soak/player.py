"""Carries out acts by the local Slack's doors, and notes what the person then knows: whether it was taken."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from bot.local_slack.interactions.acts import TROUBLE
from bot.local_slack.interactions.forms import fields_of
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import SLACKBOT, Json, Message, OpenView, Surface, User, Workspace
from bot.trial.script import Script, ScriptError
from tests.soak.oracle.reading import text_of
from tests.soak.plan import Act

_PRESS = re.compile(r'(?P<who>\S+) presses "(?P<label>.+)" at (?P<word>.+)')
_SPEAKS = re.compile(r"\S+ in #(?P<where>\S+): ")
_MENTION = "@Common Ground"


@dataclass
class Done:
    """What became of an act. ``asked`` is the time stamp of what was said to the bot; ``problem`` is what was missing.

    ``shown`` is all that was new to the person in forms, when each line was done.
    """

    act: Act
    began: str
    is_acknowledged: bool = False
    asked: str = ""
    channel: str = ""
    problem: str = ""
    shown: list[str] = field(default_factory=list)
    ended: str = ""


class Player:
    """Plays acts in a workspace, as the people who do them."""

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack
        self._script = Script(slack.workspace, slack.people, slack.interactions, _not_here)

    async def play(self, act: Act) -> Done:
        """Carry out an act, as far as what it presses is there."""
        workspace = self._slack.workspace
        user = workspace.user_named(act.who)
        done = Done(act, workspace.new_ts())
        workspace.views[user.id].clear()
        if user.deleted or workspace.channels[act.where].is_archived:
            done.problem, done.ended = "they have left, or nobody can act there any more", workspace.new_ts()
            return done
        for line in act.lines:
            done.is_acknowledged = False
            before = workspace.new_ts()
            if not self._is_there(user, line):
                done.problem = f"{line}: they are not there"
                break
            try:
                await self._carry_out(line)
            except (ScriptError, LookupError) as error:
                done.problem = f"{line}: {error}"
                break
            self._note_asked(done, user, line)
            done.is_acknowledged = not has_failed(workspace, user, before) and not (
                line.endswith("submits") and self._is_asked(user)
            )
            done.shown += [text_of(view) for view in workspace.views[user.id][-1:]]
            if not done.is_acknowledged:
                break
        done.ended = workspace.new_ts()
        return done

    async def _carry_out(self, line: str) -> None:
        told = _PRESS.fullmatch(line)
        if told is None:
            await self._script.act(line)
            return
        user = self._slack.workspace.user_named(told["who"])
        surface, element = _control(self._slack.workspace, user, told["label"], told["word"])
        chosen = told["label"] if element["type"] == "overflow" else None
        await self._slack.interactions.use(user, surface, str(element["action_id"]), chosen)

    def _is_there(self, user: User, line: str) -> bool:
        """Tell whether somebody is in the channel in which they speak: Slack lets nobody speak elsewhere."""
        told = _SPEAKS.match(line)
        return told is None or user.id in self._slack.workspace.channel_named(told["where"]).members

    def _note_asked(self, done: Done, user: User, line: str) -> None:
        """Note what was said to the bot, for which Slack waits for an acknowledgement of its own."""
        workspace = self._slack.workspace
        is_private = " to the bot: " in line
        if not is_private and not (_MENTION in line and " in " in line):
            return
        channel = workspace.direct_channel(user.id) if is_private else workspace.channels[done.act.where]
        said = [each for each in channel.messages.values() if each.user == user.id and each.ts > done.began]
        done.asked, done.channel = said[-1].ts if said else "", channel.id

    def _is_asked(self, user: User) -> bool:
        """Tell whether a form is still open that asks for something."""
        return any("submit" in view.content for view in self._slack.workspace.views[user.id])


def has_failed(workspace: Workspace, user: User, before: str) -> bool:
    """Tell whether Slack has shown the person that the app did not take it."""
    if any(view.banner == TROUBLE for view in workspace.views[user.id]):
        return True
    told = [each for channel in workspace.channels.values() for each in reversed(channel.ephemerals.values())]
    return any(each.ts > before and each.to == user.id and each.user == SLACKBOT for each in told)


def _not_here(by: timedelta) -> None:
    raise ScriptError(f"an act does not wait ({by})")


def _control(workspace: Workspace, user: User, label: str, word: str) -> tuple[Surface, Json]:
    """Return the newest button of a label in what shows a word to a person. Raises LookupError."""
    for surface in _surfaces(workspace, user):
        found = [element for _, _, element in fields_of(surface.blocks) if label in labels(element)]
        if found and word.casefold() in text_of(surface).casefold():
            return surface, found[0]
    raise LookupError(f"{user.real_name} sees no {label!r} where {word!r} is")


def _surfaces(workspace: Workspace, user: User) -> list[Surface]:
    seen: list[Message] = []
    for channel in workspace.channels.values():
        seen += channel.messages.values() if user.id in channel.members else ()
        seen += [each for each in channel.ephemerals.values() if each.to == user.id]
    views: list[OpenView] = [*workspace.views[user.id][-1:], *filter(None, [workspace.homes.get(user.id)])]
    return [*views, *sorted(seen, key=lambda each: each.ts, reverse=True)]


def labels(element: Json) -> list[str]:
    """Return what a button says, or what an overflow menu offers."""
    options = element.get("options", ()) if element["type"] == "overflow" else ()
    told = [element.get("text"), *(each["text"] for each in options)]
    return [each["text"] for each in told if isinstance(each, dict)]
