"""Programs report at /hooks/… what their web hook signs, once; everybody else is refused."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.transport.quota import Quota
from bot.transport.webhooks import LONGEST, WebhooksTransport
from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.reports import service
from handlers.reports.service import Made
from storage.data_requests import checks
from storage.outbox import claims
from tests.conftest import StartTrial
from tests.handlers.data_requests.playing import TEAM, one, put
from tests.reporting import KEY, hook, posted, report, signed, signed_by_github, signed_by_mlflow, url_of
from tests.sent import sent

FAILED = json.dumps({"checks": [{"name": "ships have a length", "passed": False}]})
PASSED = json.dumps({"checks": [{"name": "ships have a length", "passed": True}]})
PING = json.dumps({"type": "ping"})


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(hooks=KEY) as running:
        await put(running, state="agreed")
        yield running


@pytest.fixture
async def made(trial: Trial) -> Made:
    return await hook(trial, "DR-1")


def kept(trial: Trial) -> int:
    return len(checks.of_request(trial.bot.store.reader, TEAM, one(trial).id))


async def test_the_same_report_is_taken_once_and_answered_well_each_time(trial: Trial, made: Made) -> None:
    assert (await report(trial, made, FAILED, "msg_1")).said == {"told": FIRST, "breach": True}
    assert (await report(trial, made, PASSED, "msg_2")).status == 200
    said, count = len(sent(trial)), kept(trial)
    again = await report(trial, made, FAILED, "msg_1")
    assert (again.status, again.said) == (200, {"told": "taken already", "breach": False, "repeated": True})
    assert (len(sent(trial)), kept(trial)) == (said, count) == (said, 2)


FIRST = "0 passed, 1 failed (Quality: ships have a length, found failed)"


async def test_what_is_answered_well_is_in_the_store(trial: Trial, made: Made) -> None:
    raw = FAILED
    assert (await posted(url_of(trial, made), raw, signed(made.secret, raw, "msg_7"))).status == 200
    taken = trial.bot.store.reader.all("SELECT gesture FROM handled")
    assert f"hook:{made.webhook.id}:msg_7" in {row["gesture"] for row in taken}
    assert kept(trial) == 1


@pytest.mark.parametrize("sign", [signed, signed_by_mlflow, signed_by_github])
async def test_each_way_of_signing_is_taken_and_of_no_other_secret_or_body(trial: Trial, made: Made, sign: Any) -> None:
    url, other = url_of(trial, made), await hook(trial, "DR-1")
    assert (await posted(url, FAILED, sign(other.secret, FAILED))).status == 401
    assert (await posted(url, PASSED, sign(made.secret, FAILED))).status == 401
    assert kept(trial) == 0
    assert (await posted(url, FAILED, sign(made.secret, FAILED))).status == 200
    assert kept(trial) == 1


async def test_what_github_sends_again_is_known_by_what_it_says(trial: Trial, made: Made) -> None:
    url, headers = url_of(trial, made), signed_by_github(made.secret, FAILED)
    await posted(url, FAILED, headers)
    await posted(url, PASSED, signed_by_github(made.secret, PASSED))
    again = await posted(url, FAILED, {**headers, "X-GitHub-Delivery": "another"})
    assert again.said["repeated"]
    assert kept(trial) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer whsec_x"},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-id": "a", "webhook-timestamp": "soon", "webhook-signature": "v1,AAAA"},
        {"webhook-id": "a", "webhook-timestamp": "1e400", "webhook-signature": "v1,AAAA"},
        {"webhook-id": "a", "webhook-timestamp": "nan", "webhook-signature": "v1,AAAA"},
        {"webhook-id": "a", "webhook-timestamp": "NOW", "webhook-signature": "nonsense"},
        {"webhook-id": "a", "webhook-timestamp": "NOW", "webhook-signature": "v1,%%% v1"},
        {"webhook-id": "a", "webhook-timestamp": "NOW", "webhook-signature": "v1,ü"},
        {"X-MLflow-Signature": "v1,AAAA"},
        {"X-MLflow-Signature": "ü", "X-MLflow-Timestamp": "1", "X-MLflow-Delivery-Id": "1"},
        {"X-Hub-Signature-256": "sha256=00"},
        {"X-Hub-Signature-256": "sha256=ü"},
        {"X-Hub-Signature-256": ""},
    ],
)
async def test_what_is_not_signed_well_is_refused(trial: Trial, made: Made, headers: dict[str, str]) -> None:
    now = signed(made.secret, FAILED)["webhook-timestamp"]
    given = {name: value.replace("NOW", now) for name, value in headers.items()}
    got = await posted(url_of(trial, made), FAILED, given)
    assert got.status == 401
    assert kept(trial) == 0


@pytest.mark.parametrize("ago", [timedelta(minutes=6), -timedelta(minutes=6)])
async def test_what_was_signed_long_ago_or_in_the_future_is_refused(trial: Trial, made: Made, ago: timedelta) -> None:
    got = await posted(url_of(trial, made), FAILED, signed(made.secret, FAILED, "", ago))
    assert (got.status, kept(trial)) == (401, 0)


async def test_an_unknown_web_hook_and_a_revoked_one_take_nothing(trial: Trial, made: Made) -> None:
    url = f"http://127.0.0.1:{trial.bot.port}/hooks/"
    for unknown in ("nobody", "%00", "a" * 2000):
        assert (await posted(url + unknown, FAILED, signed(made.secret, FAILED))).status == 401
    facts = Facts("UCHLOE", trial.bot.clock.now())
    assert await trial.bot.store.write(lambda transaction: service.revoke(transaction, made.webhook, facts))
    assert (await posted(url_of(trial, made), FAILED, signed(made.secret, FAILED))).status == 401
    assert kept(trial) == 0


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 401),
        (b'{"a": "\\ud800"}', 400),
        (b"[" * 100_000, 400),
        (b"9" * 10_000, 400),
        (b"null", 422),
        (b'{"checks": [{"name": "a", "passed": NaN}]}', 422),
    ],
)
async def test_junk_is_refused_in_a_sentence(trial: Trial, made: Made, raw: bytes, status: int) -> None:
    headers = signed(made.secret, raw.decode("utf-8", "replace"))
    got = await posted(url_of(trial, made), raw, headers)
    assert got.status == status
    assert got.told
    assert kept(trial) == 0


async def test_what_is_too_long_is_refused_before_it_is_read(trial: Trial, made: Made) -> None:
    async with ClientSession() as session, session.post(url_of(trial, made), data=BytesIO(b" " * (LONGEST + 1))) as got:
        assert (got.status, kept(trial)) == (413, 0)


async def test_a_web_hook_that_reports_too_often_waits(trial: Trial, made: Made) -> None:
    door = trial.bot.condition.reports
    assert isinstance(door, WebhooksTransport)
    door.quota = Quota(2)
    url = url_of(trial, made)
    statuses = [(await posted(url, PING, signed(made.secret, PING))).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert (await posted(url_of(trial, await hook(trial, "DR-1")), PING, {})).status == 401


async def test_who_has_no_secret_uses_up_nobodys_quota(trial: Trial, made: Made) -> None:
    door = trial.bot.condition.reports
    assert isinstance(door, WebhooksTransport)
    door.quota = Quota(1)
    for _ in range(3):
        assert (await posted(url_of(trial, made), PING, {"webhook-signature": "v1,AAAA"})).status == 401
    assert (await posted(url_of(trial, made), PING, signed(made.secret, PING))).status == 200


async def test_trying_one_reports_nothing(trial: Trial, made: Made) -> None:
    saying = json.dumps({"zen": "Keep it logically awesome.", "hook_id": 1})
    for raw in (PING, saying):
        got = await posted(url_of(trial, made), raw, signed(made.secret, raw))
        assert got.told == "the signature is right; nothing is reported"
    assert kept(trial) == 0


async def test_a_web_hook_reports_of_its_own_request_alone(trial: Trial) -> None:
    await put(trial, number="DR-2", state="agreed")
    other = await hook(trial, "DR-2")
    told = {"checks": [{"name": "DR-1 of ships", "passed": False}], "request": "DR-1", "number": "DR-1"}
    assert (await report(trial, other, told)).status == 200
    assert kept(trial) == 0


async def test_where_they_are_not_switched_on_there_is_no_door(running: Trial) -> None:
    url = f"http://127.0.0.1:{running.bot.port}/hooks/any"
    async with ClientSession() as session, session.post(url, data=PING) as got:
        assert got.status == 404


async def test_what_is_claimed_is_forgotten_after_days(trial: Trial, made: Made) -> None:
    await report(trial, made, FAILED, "msg_1")
    later = trial.bot.clock.now() + claims.KEPT + timedelta(minutes=1)
    assert await trial.bot.store.write(lambda transaction: claims.forget_old(transaction, TEAM, later)) > 0
