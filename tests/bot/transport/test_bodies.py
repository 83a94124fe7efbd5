"""A long body says what the same body says where it is short, wherever it was taken apart."""

import json
from urllib.parse import urlencode

import pytest

from bot.transport.bodies import LONG, read

FORM = "application/x-www-form-urlencoded"
#: Letters of one to four bytes, and what means something in a form.
TEXT = "a\u00e9\u6e2f\U0001f6a2 +&=%41;\n" * 9_000


@pytest.mark.parametrize("begin", ["a" * number for number in range(12)])
def test_a_long_form_is_read_whole(begin: str) -> None:
    told = {"command": "/define", "text": begin + TEXT, "response_url": ""}
    found = read(urlencode(told), FORM)
    assert found is not None
    assert found.body == told


@pytest.mark.parametrize("length", [1, 20, len(TEXT)])
def test_a_payload_is_read_whole(length: int) -> None:
    told = {"type": "view_submission", "view": {"state": {"values": {"a": {"b": {"value": TEXT[:length]}}}}}}
    for body in (json.dumps(told), json.dumps(told, ensure_ascii=False)):
        found = read(urlencode({"payload": body}), FORM)
        assert found is not None
        assert found.body == told


@pytest.mark.parametrize("payload", ["[" * LONG, '{"a":' * LONG, "[1]" + " " * LONG, "x" * LONG])
def test_a_long_payload_of_another_shape_is_none_of_slacks(payload: str) -> None:
    assert read(urlencode({"payload": payload}), FORM) is None


def test_a_long_form_with_marks_that_are_not_escaped_is_read_whole() -> None:
    found = read(f"command=/define&text={'a=3D+b%20c' * LONG}", FORM)
    assert found is not None
    assert found.body == {"command": "/define", "text": "a=3D b c" * LONG}
