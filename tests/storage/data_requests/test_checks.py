"""Samples that are checked: each once, what was found is kept, and forgotten with the request."""

from storage.data_requests import checks
from storage.data_requests.checks import Check, Finding
from storage.engine.interface import Database
from tests.writing import write

KEPT = Finding(expected="3 rows", found="3 rows", is_kept=True)
BROKEN = Finding(expected="no gaps", found="2 gaps", is_kept=False)
UNKNOWN = Finding(expected="weekly", found="one file", is_kept=None)


def a_check(number: int = 1) -> Check:
    at = f"2026-01-0{number}"
    return Check(
        id=str(number), team_id="T1", request_id="R", file_id="F", file_name="ships.csv", by="UDEV", at=at
    )  # fmt: skip


async def test_a_sample_waits_until_one_process_has_checked_it(store: Database) -> None:
    await write(store, checks.add, a_check())
    assert checks.waiting(store.reader, "T1") == [a_check()]
    assert checks.waiting(store.reader, "T2") == []
    done = a_check().model_copy(update={"state": "done", "findings": (KEPT, BROKEN, UNKNOWN)})
    assert await write(store, checks.end, done) is True
    assert await write(store, checks.end, a_check()) is False
    assert checks.waiting(store.reader, "T1") == []
    assert checks.of_request(store.reader, "T1", "R") == [done]
    assert (done.judged, done.broken) == ([KEPT, BROKEN], [BROKEN])


async def test_what_was_checked_in_a_span_of_time_is_told_newest_first(store: Database) -> None:
    for number in (1, 2, 3):
        await write(store, checks.add, a_check(number).model_copy(update={"state": "done"}))
    told = checks.done_between(store.reader, "T1", "2026-01-01", "2026-01-03")
    assert [each.at for each in told] == ["2026-01-03", "2026-01-02"]


async def test_that_something_was_checked_stays_when_what_was_found_is_forgotten(store: Database) -> None:
    done = a_check().model_copy(update={"state": "done", "findings": (BROKEN,), "problem": "Half of it"})
    await write(store, checks.add, done)
    await write(store, checks.forget_findings, "T1", "R")
    emptied = done.model_copy(update={"findings": (), "problem": "", "file_name": ""})
    assert checks.of_request(store.reader, "T1", "R") == [emptied]
