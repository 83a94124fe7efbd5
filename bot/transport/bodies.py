"""Bodies of requests, read piece by piece: one long call of C would keep the event loop, in whichever thread it is."""

import json
from binascii import a2b_qp
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest

#: Bodies of more bytes take so long that they are read beside the loop.
LONG = 8_192
_PIECE = 65_536
_JSON = "application/json"
#: What the last bytes of a piece may begin: an escape such as %E2.
_ESCAPE = 2


class Taken(AsyncBoltRequest):
    """A request as Bolt hands it on: without what it looks up in each for its listeners, of which there are none."""

    def __init__(self, body: dict[str, Any]) -> None:
        self.body, self.raw_body, self.mode = body, "", "http"
        self.query, self.headers, self.content_type = {}, {}, None
        self.context, self.lazy_only, self.lazy_function_name = AsyncBoltContext(), False, None


def read(body: str, content_type: str) -> Taken | None:
    """Return the request that Bolt understands; None where it is none of Slack's.

    A form is read here, since Bolt would take twice as long.
    """
    try:
        told = json.loads(body) if content_type == _JSON or body.startswith("{") else _fields(body)
    except (ValueError, TypeError, RecursionError):
        return None
    return Taken(told) if isinstance(told, dict) else None


def _fields(form: str) -> dict[str, Any]:
    """Return what a form holds: its fields, or what one of them holds as JSON."""
    pairs = (pair.partition("=") for pair in form.replace("+", " ").split("&"))
    fields = {
        _unquoted(name) if "%" in name else name: _unquoted(value) if "%" in value else value
        for name, _, value in pairs
    }
    return json.loads(fields["payload"]) if "payload" in fields else fields


def _unquoted(value: str) -> str:
    """Take out escapes: but for their sign they are quoted-printable's, which is read 30 times as fast as a URL's."""
    raw, begin, pieces = value.replace("=", "%3D").replace("%", "=").encode(), 0, []
    while begin < len(raw):
        end = begin + _PIECE
        if end < len(raw) and (escape := raw.rfind(b"=", end - _ESCAPE, end)) > begin:
            end = escape
        pieces.append(a2b_qp(raw[begin:end]))
        begin = end
    return b"".join(pieces).decode("utf-8", "replace")
