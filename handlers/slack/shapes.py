"""The shapes of Slack's payloads, as far as they are read: what has another is refused before anything is done.

Shapes: https://docs.slack.dev/interactivity and https://docs.slack.dev/reference/events. Typed text is only known to be
text here, since it may hold half a character; what is left out may be null, too.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, InstanceOf, StringConstraints

#: Slack's ids have about a dozen characters, its own names for things up to 255.
_Id = Annotated[str, StringConstraints(min_length=1, max_length=32)]
_IdOrNone = Annotated[str, StringConstraints(max_length=32)] | None
_Name = Annotated[str, StringConstraints(min_length=1, max_length=255)]
_Value = Annotated[str, StringConstraints(max_length=2000)]
_Ts = Annotated[str, StringConstraints(pattern=r"^\d{1,12}(\.\d{1,9})?$")]
_Address = Annotated[str, StringConstraints(max_length=3000, pattern=r"^(https?://[^\s\[\]]+)?$")]
_Text = InstanceOf[str]


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True)


class _User(_Shape):
    id: _Id


class _Channel(_Shape):
    id: _Id
    name: str | None = None


class _Option(_Shape):
    value: _Value


class _Element(_Shape):
    """What is entered in a field, pressed, or chosen."""

    value: _Text | None = None
    selected_option: _Option | None = None
    selected_options: list[_Option] | None = None
    selected_user: _Id | None = None
    selected_users: list[_Id] | None = None
    selected_channel: _Id | None = None
    selected_channels: list[_Id] | None = None
    selected_conversation: _Id | None = None
    selected_conversations: list[_Id] | None = None
    selected_date: _Value | None = None
    selected_time: _Value | None = None
    selected_date_time: int | None = None
    files: list[_User] | None = None


class _Action(_Element):
    action_id: _Name
    type: _Name


class _State(_Shape):
    values: dict[_Name, dict[_Name, _Element]]


class _View(_Shape):
    id: _Name
    hash: _Name
    private_metadata: _Text | None = None
    state: _State


class _Form(_View):
    callback_id: _Name


class _Said(_Shape):
    bot_id: _IdOrNone = None
    thread_ts: _Ts | None = None
    text: _Text | None = None


class _Message(_Said):
    user: _IdOrNone = None


class _Container(_Shape):
    message_ts: _Ts
    thread_ts: _Ts | None = None


class _Command(_Shape):
    command: _Name
    user_id: _Id
    channel_id: _Id
    channel_name: str | None = None
    trigger_id: _Name
    response_url: _Address | None = None
    text: _Text | None = None


class _Pressed(_Shape):
    user: _User
    actions: Annotated[list[_Action], Field(min_length=1)]
    trigger_id: _Name


class _PressedInMessage(_Pressed):
    channel: _Channel
    container: _Container
    message: _Message | None = None
    response_url: _Address | None = None


class _PressedInView(_Pressed):
    view: _View


class _ViewSubmission(_Shape):
    user: _User
    view: _Form


class _Shortcut(_Shape):
    user: _User
    callback_id: _Name
    trigger_id: _Name
    response_url: _Address | None = None


class _Quoted(_Message):
    ts: _Ts


class _MessageAction(_Shortcut):
    channel: _Channel
    message: _Quoted


class _Profile(_Shape):
    display_name: _Text | None = None
    status_text: _Text | None = None
    status_emoji: _Text | None = None


class _Teams(_Shape):
    teams: list[_Id] | None = None


class _Person(_User):
    """Somebody as Slack describes them: https://docs.slack.dev/reference/objects/user-object."""

    team_id: _IdOrNone = None
    name: _Text | None = None
    real_name: _Text | None = None
    tz: _Value | None = None
    profile: _Profile | None = None
    enterprise_user: _Teams | None = None
    updated: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None


class _Item(_Shape):
    type: str | None = None
    channel: _IdOrNone = None
    ts: _Ts | None = None


class _Tokens(_Shape):
    bot: list[_Id] | None = None


class _Edited(_Shape):
    ts: _Ts


class _HomeView(_Shape):
    hash: str | None = None


class _Happened(_Said):
    channel_type: str | None = None
    subtype: str | None = None
    edited: _Edited | None = None
    item: _Item | None = None
    reaction: _Name | None = None
    inviter: _IdOrNone = None
    old_channel_id: _IdOrNone = None
    new_channel_id: _IdOrNone = None
    tokens: _Tokens | None = None
    tab: str | None = None
    view: _HomeView | None = None


class _SaidEvent(_Happened):
    user: _IdOrNone = None
    channel: _Id
    ts: _Ts


class _MemberEvent(_Happened):
    user: _Id
    channel: _Id


class _HomeEvent(_Happened):
    user: _Id


class _PersonEvent(_Happened):
    user: _Person


class _RevokedEvent(_Happened):
    team_ids: list[_Id]


class _OtherEvent(_Happened):
    user: _IdOrNone | _Person = None
    channel: _IdOrNone | _Channel = None


class _Delivered(_Shape):
    event_id: _Name


_SHAPES: Mapping[str, type[_Shape]] = {
    "command": _Command,
    "block_actions": _PressedInMessage,
    "view_submission": _ViewSubmission,
    "shortcut": _Shortcut,
    "message_action": _MessageAction,
}
_EVENTS: Mapping[str, type[_Shape]] = {
    "app_mention": _SaidEvent,
    "message": _SaidEvent,
    "app_home_opened": _HomeEvent,
    "member_joined_channel": _MemberEvent,
    "member_left_channel": _MemberEvent,
    "team_join": _PersonEvent,
    "user_change": _PersonEvent,
    "team_access_revoked": _RevokedEvent,
}


def check(kind: str, body: Mapping[str, Any]) -> None:
    """Raise pydantic's ValidationError for what has not the shape of its kind."""
    shape = _PressedInView if kind == "block_actions" and body.get("view") else _SHAPES[kind]
    shape.model_validate(body)


def check_event(body: Mapping[str, Any]) -> None:
    """Raise pydantic's ValidationError for an event that has not the shape of its type."""
    _Delivered.model_validate(body)
    _EVENTS.get(body["event"]["type"], _OtherEvent).model_validate(body["event"])
