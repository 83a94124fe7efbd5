"""A report is signed as Standard Webhooks has it, or as MLflow or GitHub sign; nothing else is believed."""

from datetime import timedelta

import pytest

from bot.transport.webhook_signatures import Signed, checked
from tests.reporting import signed, signed_by_github, signed_by_mlflow

SECRET, RAW = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", '{"test": 2432232314}'


def test_each_way_of_signing_gives_the_report_its_name() -> None:
    assert checked(SECRET, signed(SECRET, RAW, "msg_1"), RAW.encode()) == Signed("msg_1")
    by_mlflow = signed_by_mlflow(SECRET, RAW)
    assert checked(SECRET, by_mlflow, RAW.encode()) == Signed(by_mlflow["X-MLflow-Delivery-Id"])
    first, second = (checked(SECRET, signed_by_github(SECRET, RAW), RAW.encode()) for _ in range(2))
    assert isinstance(first, Signed)
    assert first == second


def test_the_name_and_the_time_are_signed_too() -> None:
    headers = signed(SECRET, RAW, "msg_1")
    for name, other in (("webhook-id", "msg_2"), ("webhook-timestamp", str(int(headers["webhook-timestamp"]) + 1))):
        assert isinstance(checked(SECRET, {**headers, name: other}, RAW.encode()), str)


@pytest.mark.parametrize("ago", [timedelta(minutes=6), -timedelta(minutes=6)])
def test_what_is_old_or_to_come_is_refused(ago: timedelta) -> None:
    assert "timestamp" in str(checked(SECRET, signed(SECRET, RAW, "", ago), RAW.encode()))


def test_one_of_several_signatures_is_enough() -> None:
    headers = signed(SECRET, RAW, "msg_1")
    headers["webhook-signature"] = f"v1,AAAA v1a,nothing {headers['webhook-signature']}"
    assert checked(SECRET, headers, RAW.encode()) == Signed("msg_1")


def test_what_is_not_signed_is_told_so() -> None:
    assert checked(SECRET, {}, RAW.encode()) == "the report is not signed"
    assert isinstance(checked(SECRET, signed(SECRET, RAW, "x" * 201), RAW.encode()), str)
    assert isinstance(checked(SECRET, signed(SECRET, RAW), b"\xff"), str)
