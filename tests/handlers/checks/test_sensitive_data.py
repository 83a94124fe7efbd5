"""Data and credentials are told from words."""

import pytest

from handlers.checks.sensitive_data import objection


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("the token is xoxb-123456789012-abcdefghijkl", "a password or a key"),
        ("AKIAIOSFODNN7EXAMPLE", "a password or a key"),
        ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "a password or a key"),
        ("-----BEGIN RSA PRIVATE KEY-----", "a password or a key"),
        ("postgres://ana:secret99@db.harbour/arrivals", "a password or a key"),
        ("password: hunter2hunter2", "a password or a key"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc123", "a password or a key"),
        ("pay with 4111 1111 1111 1111", "the number of a card"),
        ("5500-0000-0000-0004", "the number of a card"),
        ("her number is 078-05-1120", "the number of a person"),
        ("QQ is no prefix, AB 12 34 56 C is", "the number of a person"),
        ("BSN 111222333", "the number of a person"),
        ("it is 111222333.", "the number of a person"),
        ("4111 1111 1111 1111.", "the number of a card"),
        ("pay to NL91 ABNA 0417 1643 00", "the number of an account"),
        ("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCY3", "a password or a key"),
        ("\n".join(f"{n};North" for n in range(12)), "rows of data"),
        ("id,age,name\n1,30,Ana\n2,41,Ben\n3,25,Chloe\n4,38,Dev", "rows of data"),
        ("\n".join(f"{n}\t{n}\t{n}" for n in range(6)), "rows of data"),
    ],
)
def test_what_has_no_place_in_slack_is_refused_with_the_reason(text: str, what: str) -> None:
    told = objection(text)
    assert told.startswith(f"This looks like {what}. What is written in Slack is read and kept by many")


@pytest.mark.parametrize(
    "text",
    [
        "10,000 rows a month, so that each berth has 100 arrivals",
        "every berth, in 2024, 2025, and 2026\nno fishing boats, no ferries, no tugs",
        "order 1234567890123, see https://harbour.example/orders/1234567890123",
        "version 2024.12.31, build 123456789012",
        "the token of a text is a word; keys are columns",
        "0000 0000 0000 0000",
        "[PAD] token: padding-symbol",
        "AB12 CDEF GHIJ is a code",
        "",
    ],
)
def test_words_about_data_are_no_data(text: str) -> None:
    assert objection(text) == ""
