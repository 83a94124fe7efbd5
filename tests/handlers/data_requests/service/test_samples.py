"""A sample ends as a check once, whoever gives it; what is not agreed is not checked by the terminal either."""

from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.checks.outcomes import Refused
from handlers.data_requests.service import samples
from handlers.data_requests.service.drafts import GONE, Saved
from storage.data_requests import checks
from storage.data_requests.checks import Check, Finding
from tests.handlers.data_requests.playing import TEAM, one, outbox, put
from tests.handlers.data_requests.requests import AT
from tests.playing import play

FOUND = (Finding(expected="Quantity", found="1 row", is_kept=False),)


async def test_a_file_that_is_checked_at_the_terminal_is_refused_once_the_request_has_ended(running: Trial) -> None:
    request = await put(running, state="agreed")
    facts = Facts(by="", now=running.bot.clock.now(), visible=("workspace",))
    told: dict[str, str] = {"team_id": TEAM, "request_id": request.id, "file_name": "a.csv", "by": "", "at": AT}
    check = Check(id="c1", file_id="", state="done", findings=FOUND, **told)
    done = await running.bot.store.write(lambda transaction: samples.record_check(transaction, request, check, facts))
    assert isinstance(done, Saved)
    assert [(each.act, each.lane) for each in done.messages] == [("post", "CDATA")]
    await play(running, "dev in #data: /data-request DR-1 withdraw it was a dream")
    before = len(outbox(running))
    late = check.model_copy(update={"id": "c2"})
    refused = await running.bot.store.write(lambda transaction: samples.record_check(transaction, request, late, facts))
    assert refused == Refused("DR-1 isn't agreed yet, so there is no contract to check a sample against.")
    assert [each.id for each in checks.of_request(running.bot.store.reader, TEAM, request.id)] == ["c1"]
    assert len(outbox(running)) == before


async def test_a_sample_that_two_processes_measured_is_told_of_once(running: Trial) -> None:
    request = await put(running, state="agreed")
    facts = Facts(by="", now=running.bot.clock.now(), visible=("workspace",))
    told: dict[str, str] = {"team_id": TEAM, "request_id": request.id, "file_name": "a.csv", "by": "UDEV", "at": AT}
    waiting = Check(id="c1", file_id="F1", **told)
    await running.bot.store.write(lambda transaction: checks.add(transaction, waiting))
    found = waiting.model_copy(update={"findings": FOUND})
    both = [
        await running.bot.store.write(lambda transaction: samples.record_check(transaction, request, found, facts))
        for _ in range(2)
    ]
    assert isinstance(both[0], Saved)
    assert both[1] == GONE
    assert one(running).version == request.version + 1
