"""A payload of another shape than Slack documents is refused before anything is done."""

import copy
from typing import Any

import pytest
from pydantic import ValidationError

from handlers.slack import payloads, shapes

USER = {"id": "UANA", "team_id": "T1"}
STATE = {"values": {"name": {"entered": {"type": "plain_text_input", "value": "x"}}}}
VIEW = {"id": "V1", "hash": "1.a", "callback_id": "form", "private_metadata": "", "state": STATE}
PRESSED = [{"type": "button", "action_id": "go", "value": "x"}]
CONTAINER = {"message_ts": "1.2"}
BODIES: dict[str, dict[str, Any]] = {
    "command": {"command": "/x", "user_id": "UANA", "channel_id": "C1", "trigger_id": "1.a", "text": "x"},
    "block_actions": {
        "user": USER,
        "channel": {"id": "C1", "name": "general"},
        "container": CONTAINER,
        "actions": PRESSED,
        "trigger_id": "1.a",
        "response_url": "https://hooks.example/x",
    },
    "view_submission": {"user": USER, "view": VIEW},
    "shortcut": {"user": USER, "callback_id": "go", "trigger_id": "1.a"},
    "message_action": {
        "user": USER,
        "callback_id": "go",
        "trigger_id": "1.a",
        "channel": {"id": "C1"},
        "message": {"user": "UBEN", "ts": "1.2", "text": "x"},
    },
}
EVENTS: dict[str, dict[str, Any]] = {
    "message": {"user": "UANA", "channel": "C1", "ts": "1.2", "text": "x"},
    "app_home_opened": {"user": "UANA", "channel": "D1", "tab": "home"},
    "member_left_channel": {"user": "UANA", "channel": "C1"},
    "user_change": {"user": {"id": "UANA", "updated": 1, "profile": {}}},
    "team_access_revoked": {"team_ids": ["T1"]},
    "channel_rename": {"channel": {"id": "C1", "name": "x"}},
    "reaction_added": {"user": "UANA", "item": {"type": "message", "channel": "C1", "ts": "1.2"}},
}
WRONG: tuple[tuple[str, tuple[str | int, ...], Any], ...] = (
    ("command", ("user_id",), ""),
    ("command", ("channel_id",), None),
    ("block_actions", ("user", "id"), 1),
    ("block_actions", ("container",), None),
    ("block_actions", ("container", "message_ts"), []),
    ("block_actions", ("response_url",), ["x"]),
    ("block_actions", ("response_url",), "https://["),
    ("block_actions", ("actions",), []),
    ("block_actions", ("actions", 0, "action_id"), {}),
    ("view_submission", ("view", "callback_id"), ["x"]),
    ("view_submission", ("view", "hash"), None),
    ("view_submission", ("view", "state", "values", "name", "entered"), {"selected_users": [""]}),
    ("shortcut", ("trigger_id",), "x" * 256),
    ("message_action", ("message", "user"), {"id": "UBEN"}),
    ("message_action", ("message", "ts"), "yesterday"),
)


def changed(told: dict[str, Any], path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    found: Any = copy.deepcopy(told)
    at = found
    for each in path[:-1]:
        at = at[each]
    at[path[-1]] = value
    return dict(found)


@pytest.mark.parametrize(("kind", "path", "value"), WRONG)
def test_a_field_of_another_type_is_refused(kind: str, path: tuple[str | int, ...], value: object) -> None:
    shapes.check(kind, BODIES[kind])
    with pytest.raises(payloads.MALFORMED):
        shapes.check(kind, changed(BODIES[kind], path, value))


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("message", ("ts",), "soon"),
        ("message", ("user",), ["UANA"]),
        ("message", ("edited",), {"ts": "x"}),
        ("member_left_channel", ("channel",), None),
        ("app_home_opened", ("user",), ""),
        ("user_change", ("user",), "UANA"),
        ("user_change", ("user", "updated"), float("nan")),
        ("user_change", ("user", "enterprise_user"), {"teams": [1]}),
        ("team_access_revoked", ("team_ids",), None),
        ("channel_rename", ("channel",), {"name": "x"}),
        ("reaction_added", ("item", "ts"), 1),
    ],
)
def test_so_is_one_of_an_event(kind: str, path: tuple[str | int, ...], value: object) -> None:
    told = {"type": kind, **EVENTS[kind]}
    shapes.check_event({"event_id": "Ev1", "event": told})
    with pytest.raises(ValidationError):
        shapes.check_event({"event_id": "Ev1", "event": changed(told, path, value)})


def test_typed_text_may_hold_half_a_letter_and_what_is_left_out_may_be_null() -> None:
    shapes.check("command", {**BODIES["command"], "text": "\ud800", "channel_name": None, "response_url": None})
    shapes.check("block_actions", {**BODIES["block_actions"], "message": None})
    shapes.check(
        "block_actions", {"user": USER, "actions": PRESSED, "trigger_id": "1.a", "view": VIEW, "channel": None}
    )
    shapes.check("view_submission", changed(BODIES["view_submission"], ("view", "private_metadata"), None))


def test_an_event_that_nobody_listens_to_may_look_as_it_likes() -> None:
    assert payloads.read({"type": "event_callback", "event": {"type": "emoji_changed", "user": []}}, "T1", ()) is None


@pytest.mark.parametrize("more", [{}, {"subtype": "message_changed", "ts": 1}, {"user": "UANA", "text": ""}])
def test_a_message_that_nobody_says_may_look_as_it_likes_too(more: dict[str, object]) -> None:
    event = {"type": "message", "channel_type": "im", **more}
    assert payloads.read({"type": "event_callback", "event": event}, "T1", ()) is None
