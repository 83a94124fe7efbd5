"""Whether a request is Slack's: its signature and its time, by the app's signing secret."""

from collections.abc import Mapping

from aiohttp import web
from slack_sdk.signature import SignatureVerifier

SIGNATURE = "X-Slack-Signature"
_TIMESTAMP = "X-Slack-Request-Timestamp"
_BAD_REQUEST, _UNAUTHORISED = 400, 401
_TIMESTAMP_DIGITS = 12


class Signatures:
    """Checks what an app's signing secret has signed."""

    def __init__(self, signing_secret: str) -> None:
        self._verifier = SignatureVerifier(signing_secret)

    def refusal(self, headers: Mapping[str, str], raw: bytes) -> web.Response | None:
        """Return what is answered to a request that is not Slack's, or too old; None to one that is."""
        timestamp, signature = headers.get(_TIMESTAMP, ""), headers.get(SIGNATURE, "")
        is_time = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _TIMESTAMP_DIGITS
        if not (is_time and signature.isascii()):
            return web.Response(status=_UNAUTHORISED, text="the timestamp or the signature is malformed")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            return web.Response(status=_BAD_REQUEST, text="the body is not UTF-8")
        if not self._verifier.is_valid(text, timestamp, signature):
            return web.Response(status=_UNAUTHORISED, text="the signature does not fit, or the request is too old")
        return None
