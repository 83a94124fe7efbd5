"""Where an app's buttons and fields stand: in a message, or in a view (a form or a Home)."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.local_slack.payloads import in_channel
from bot.local_slack.rendering import message_payload, nested, view_payload
from bot.local_slack.state import Channel, Entered, Json, Key, Message, OpenView, ResponseUrl, User, Workspace


@dataclass(frozen=True, slots=True)
class InMessage:
    """A message in a conversation."""

    channel: Channel
    message: Message

    @property
    def blocks(self) -> list[Json]:
        return self.message.blocks

    @property
    def entered(self) -> Entered:
        return self.message.entered

    def payload(self, workspace: Workspace, values: Mapping[Key, Json]) -> Json:
        message, told = self.message, in_channel(self.channel)
        container = {"type": "message", "message_ts": message.ts, "channel_id": self.channel.id}
        container |= {"thread_ts": message.thread_ts} if message.thread_ts else {}
        if not message.to:
            told["message"] = message_payload(workspace, message)
        return {
            **told,
            "container": {**container, "is_ephemeral": bool(message.to)},
            "state": {"values": nested(values)},
        }

    def response_url(self, workspace: Workspace, user: User) -> ResponseUrl | None:
        return ResponseUrl(self.channel.id, user.id, workspace.now(), self.message.ts, self.message.thread_ts)


@dataclass(frozen=True, slots=True)
class InView:
    """A form that a person has open, or their Home."""

    view: OpenView

    @property
    def blocks(self) -> list[Json]:
        return list(self.view.content["blocks"])

    @property
    def entered(self) -> Entered:
        return self.view.entered

    def payload(self, workspace: Workspace, values: Mapping[Key, Json]) -> Json:
        self.view.entered.update(values)
        return {"container": {"type": "view", "view_id": self.view.id}, "view": view_payload(workspace, self.view)}

    def response_url(self, _workspace: Workspace, _user: User) -> ResponseUrl | None:
        return None


Surface = InMessage | InView
