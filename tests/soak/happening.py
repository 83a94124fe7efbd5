"""What happens in the workspace in a week: channels are archived, the bot is sent out, people leave the company."""

from collections.abc import Iterator

from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import Channel, Message, Workspace
from tests.soak.troubles import Trouble


def happen(slack: LocalSlack, trouble: Trouble) -> str:
    """Let something happen in the workspace; returns the id of the delivery whose message was deleted, if any."""
    workspace, people = slack.workspace, slack.people
    match trouble.kind:
        case "archive":
            channel = _one_of(workspace, "team-", trouble.after)
            people.archive(channel, workspace.users[_member(workspace, channel)])
        case "remove the bot":
            people.leave(_one_of(workspace, "closed-", trouble.after), workspace.bot)
        case "invite the bot":
            for channel in _named(workspace, "closed-"):
                if workspace.bot.id not in channel.members:
                    people.join(channel, workspace.bot, _member(workspace, channel))
        case "deactivate":
            leaving = [
                each for each in workspace.users.values() if each.name.startswith("p") and each.name[1:].isdigit()
            ]
            people.change(leaving[trouble.after * 7 % len(leaving)], deleted=True)
        case "delete a message":
            return _delete(slack)
    return ""


def _delete(slack: LocalSlack) -> str:
    """Delete the newest message of the bot's that has buttons and answers nobody, before it is edited."""
    told = sorted(_beginnings(slack.workspace), key=lambda each: each.ts)
    if not told:
        return ""
    name = _delivery(told[-1])
    slack.people.delete(slack.workspace.channels[told[-1].channel], told[-1])
    return name


def _beginnings(workspace: Workspace) -> Iterator[Message]:
    for channel in workspace.channels.values():
        for message in channel.messages.values():
            has_buttons = any(each["type"] == "actions" for each in message.blocks)
            if message.bot_id and not message.thread_ts and has_buttons and _delivery(message):
                yield message


def _delivery(message: Message) -> str:
    return str((message.metadata or {}).get("event_payload", {}).get("id", ""))


def _named(workspace: Workspace, begins: str) -> list[Channel]:
    return [each for each in workspace.channels.values() if each.name.startswith(begins) and not each.is_archived]


def _one_of(workspace: Workspace, begins: str, number: int) -> Channel:
    found = _named(workspace, begins)
    return found[number % len(found)]


def _member(workspace: Workspace, channel: Channel) -> str:
    people = [workspace.users[each] for each in sorted(channel.members)]
    return next(each.id for each in people if not (each.is_bot or each.deleted or each.is_guest))
