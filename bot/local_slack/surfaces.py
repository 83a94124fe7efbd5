"""Where an app's buttons and fields stand: in a message, or in a view (a form or a Home)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.local_slack import payloads
from bot.local_slack.forms import Key, nested
from bot.local_slack.state import Channel, Entered, Ephemeral, Json, Message, OpenView, ResponseUrl, User, Workspace


@dataclass(frozen=True, slots=True)
class InMessage:
    """A message in a conversation."""

    channel: Channel
    message: Message | Ephemeral

    @property
    def blocks(self) -> list[Json]:
        return self.message.blocks

    @property
    def entered(self) -> Entered:
        return self.message.entered

    def payload(self, workspace: Workspace, values: Mapping[Key, Json]) -> Json:
        state = {"state": {"values": nested(values)}}
        return {**payloads.in_message(workspace, self.channel, self.message), **state}

    def response_url(self, user: User, now: datetime) -> ResponseUrl | None:
        return ResponseUrl(self.channel.id, user.id, now, self.message.ts, self.message.thread_ts)


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
        return payloads.in_view(workspace, self.view)

    def response_url(self, _user: User, _now: datetime) -> ResponseUrl | None:
        return None


Surface = InMessage | InView
