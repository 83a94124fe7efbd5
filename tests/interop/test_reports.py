"""What datacontract-cli finds by a contract of ours is reported, and marks the clauses that both sides agreed to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.trial.run import Trial
from handlers.data_requests.formats.odcs import odcs
from handlers.data_requests.service.showing import contract_of
from storage.data_requests import checks
from tests.conftest import StartTrial
from tests.handlers.data_requests.playing import TEAM, one, put
from tests.interop.judging import judged
from tests.reporting import KEY, hook, report

pytestmark = pytest.mark.interop
HEAD = "ship,berth,arrived\n"
GOOD = HEAD + "".join(f"s{each},B{each},2026-01-05T09:00:00\n" for each in range(1_000))
BAD = GOOD.replace("s7,B7,", "s8,,")


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(hooks=KEY) as running:
        await put(running, state="agreed")
        yield running


async def test_what_datacontract_finds_marks_the_clauses_of_a_request(trial: Trial, tmp_path: Path) -> None:
    made, reader = await hook(trial, "DR-1"), trial.bot.store.reader
    contract, data = tmp_path / "arrivals.odcs.yaml", tmp_path / "arrivals.csv"
    broken = []
    for rows in (GOOD, BAD):
        contract.write_text(odcs(contract_of(reader, one(trial), {})), encoding="utf-8")
        data.write_text(rows, encoding="utf-8")
        got = await report(trial, made, judged("reports", contract, data))
        assert got.status == 200, got.told
        broken.append(got.said["breach"])
    assert broken == [False, True]
    newest, first = checks.of_request(reader, TEAM, one(trial).id)
    assert {each.expected.partition(":")[0] for each in first.findings} >= {"Quality", "Schema"}
    assert {each.expected.partition(":")[0] for each in newest.broken} == {"Quality"}
