"""Data and credentials are told from words."""

import pytest

from handlers.checks.sensitive_data import objection, personal


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
        ("pay with 4111 1111 1111 1111", "a card number"),
        ("5500-0000-0000-0004", "a card number"),
        ("her number is 078-05-1120", "a personal ID number"),
        ("QQ is no prefix, AB 12 34 56 C is", "a personal ID number"),
        ("BSN 111222333", "a personal ID number"),
        ("it is 111222333.", "a personal ID number"),
        ("4111 1111 1111 1111.", "a card number"),
        ("3782 822463 10005", "a card number"),
        ("pay to NL91 ABNA 0417 1643 00", "an account number"),
        ("DE89370400440532013000", "an account number"),
        ("85.07.30-033.28 from Ghent", "a personal ID number"),
        ("CPF 390.533.447-05", "a personal ID number"),
        ("AHV 756.9217.0769.85", "a personal ID number"),
        ("131052-308T", "a personal ID number"),
        ("2 95 10 99 126 111 93", "a personal ID number"),
        ("RCCMNL83S18D969H", "a personal ID number"),
        ("BOXW310820HNERXN09", "a personal ID number"),
        ("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCY3", "a password or a key"),
        ("\n".join(f"{n};North" for n in range(12)), "rows of data"),
        ("id,age,name\n1,30,Ana\n2,41,Ben\n3,25,Chloe\n4,38,Dev", "rows of data"),
        ("\n".join(f"{n}\t{n}\t{n}" for n in range(6)), "rows of data"),
    ],
)
def test_what_has_no_place_in_slack_is_refused_with_the_reason(text: str, what: str) -> None:
    told = objection(text)
    assert told.startswith(f"This looks like {what}. Many people can read and keep what you write in Slack")


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
        "2023 2024 2025 2026",
        "from 2024-01-03 to 2026-12-28",
        "at 1767603600123 and 1767603600123456",
        "AHV 756.9217.0769.84, CPF 390.533.447-06, 131052-308U",
        "XX89370400440532013000 is of no country",
        "",
    ],
)
def test_words_about_data_are_no_data(text: str) -> None:
    assert objection(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "+31 6 12345678",
        "+49 (0)30 1234567",
        "0049 170 1234567",
        "tel:+4930123456",
        "+91 98765 43210",
        "020 7946 0958",
        "(020) 7946 0958",
        "06-12345678",
        "01 23 45 67 89",
        "044 668 18 00",
        "(212) 555-2368",
        "0664 1234567",
        "01 02 2026 10 20, then 030/1234567",
    ],
)
def test_a_number_that_somebody_may_be_called_by_is_refused(text: str) -> None:
    assert personal(f"call {text} now") == (
        "This looks like a person's phone number. Describe it without naming anybody."
    )


@pytest.mark.parametrize(
    "text",
    [
        "order 4500012345, part 7001-2299, ticket OPS-20260105-1",
        "order 1234567890123",
        "invoice 2026-000123",
        "v0.12.345, build 1234567",
        "1.2.3-rc.4+build.5",
        "python 3.11.7, numpy 1.26.4",
        "2026-01-05T09:00:00+02:00",
        "from 2026-01-05 to 2026-02-05",
        "01 02 2026 10 20",
        "03/04/2026 05/06/2026",
        "01/2026 02/2026 03/2026",
        "1767603600",
        "1767603600123",
        "260105-0915",
        "UTC+02:00 2026-01-05",
        "0.123 s",
        "p95 0123 ms",
        "+2.5457 -0.5636 +1.0263 +0.3017",
        "+120 000 000 rows",
        "0 100 200 300 400",
        "010 020 030 040",
        "0000 0000 0000",
        "lat +52.3702 lon +4.8952",
        "between 09:00 and 17:30",
        "10.0.0.1:8080",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "0x7f3a9c00d1",
        "gtin 04006381333931",
        "+1 555 0100 123",
        "loss 1e-05, 0.00012345678",
        "5 of 10 berths (50 %)",
    ],
)
def test_numbers_of_things_may_stand(text: str) -> None:
    assert personal(text) == ""
