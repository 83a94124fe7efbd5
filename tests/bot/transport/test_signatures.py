"""What Slack has signed, lately, is told from all else."""

import time

from bot.local_slack.wire.delivery import signature
from bot.transport.signatures import Signatures

BODY = '{"drift": "ü"}'


def status(headers: dict[str, str], raw: bytes = BODY.encode()) -> int:
    """Return what a request is refused with; 0 where it is taken."""
    refusal = Signatures("secret").refusal(headers, raw)
    return 0 if refusal is None else refusal.status


def test_what_slack_signed_a_moment_ago_is_taken() -> None:
    assert status({**signature("secret", BODY)}) == 0


def test_what_is_old_of_another_secret_or_of_another_body_is_refused() -> None:
    assert status({**signature("secret", BODY, int(time.time()) - 301)}) == 401
    assert status({**signature("another", BODY)}) == 401
    assert status({**signature("secret", BODY)}, b"{}") == 401


def test_what_is_malformed_is_refused() -> None:
    good = signature("secret", BODY)
    assert status({}) == 401
    assert status({**good, "X-Slack-Signature": "ü"}) == 401
    assert status({**good, "X-Slack-Request-Timestamp": "1" * 13}) == 401
    assert status({**good}, b"\xff") == 400
