"""The kinds of faults, by name: where each strikes, what it is in words, and how many seconds it takes."""

from dataclasses import dataclass
from typing import Literal

#: A call of the app; an event on its way to the app; the app's answer to what it was sent; a socket as it is used.
Where = Literal["call", "event", "answer", "socket"]


@dataclass(frozen=True, slots=True)
class Kind:
    """``seconds`` are those that Slack asks to wait or that something takes, unless a rule says others."""

    where: Where
    told: str
    seconds: float = 0


KINDS = {
    "rate_limited": Kind("call", "429, to wait a second", 1),
    "rate_limited_long": Kind("call", "429, to wait five minutes", 300),
    "rate_limited_bare": Kind("call", "429, without saying how long"),
    "rate_limited_html": Kind("call", "429, as a page", 1),
    "server_error": Kind("call", "503, as text"),
    "server_error_json": Kind("call", "500, as JSON"),
    "server_error_html": Kind("call", "502, as a page"),
    "server_error_empty": Kind("call", "500, with nothing in it"),
    "timeout_before": Kind("call", "no answer, and nothing done", 30),
    "timeout_after": Kind("call", "no answer, though it is done", 30),
    "lost_before": Kind("call", "connection reset, and nothing done"),
    "lost_after": Kind("call", "connection reset, though it is done"),
    "garbled": Kind("call", "200, with half an answer"),
    "garbled_html": Kind("call", "200, with a page"),
    "empty": Kind("call", "200, with nothing in it"),
    "refused": Kind("call", "200, with an error"),
    "slow": Kind("call", "a slow answer", 2),
    "token_revoked": Kind("call", "the app's token is revoked"),
    "account_inactive": Kind("call", "the app is uninstalled"),
    "channel_archived": Kind("call", "the channel is archived meanwhile"),
    "channel_made_private": Kind("call", "the channel is made private meanwhile"),
    "bot_removed": Kind("call", "the app is removed from the channel meanwhile"),
    "person_deactivated": Kind("call", "the person is deactivated meanwhile"),
    "message_deleted": Kind("call", "the message is deleted meanwhile"),
    "duplicate": Kind("event", "an event comes twice"),
    "late": Kind("event", "an event comes late", 30),
    "reordered": Kind("event", "an event is overtaken by the next", 30),
    "lost_acknowledgement": Kind("answer", "the app's answer gets lost"),
    "socket_reset": Kind("socket", "the socket is reset"),
    "half_open": Kind("socket", "the socket looks open and carries nothing", 60),
    "refresh_storm": Kind("socket", "Slack renews the connection five times"),
    "second_process": Kind("socket", "another process takes what is for the app"),
}
