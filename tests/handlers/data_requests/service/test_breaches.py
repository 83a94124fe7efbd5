"""Which failed sample counts against a contract, and until when."""

from bot.trial.run import Trial
from handlers.data_requests.service.breaches import standing_breach
from storage.data_requests import checks
from storage.data_requests.checks import Check, Finding
from storage.engine.interface import to_text
from tests.handlers.data_requests.playing import TEAM, one, put
from tests.playing import play
from tests.writing import write

DELIVERS = "ana in #data: /data-request DR-1 deliver https://data.example/{}"
ACCEPTS = "dev in #data: /data-request DR-1 accept"


async def checked(trial: Trial, name: str, *, is_kept: bool | None) -> None:
    await play(trial, "wait 1 minute")
    findings = (Finding(expected="x", found="y", is_kept=is_kept),)
    about = {"team_id": TEAM, "request_id": one(trial).id, "file_id": name, "file_name": "a.csv", "by": "UANA"}
    at = to_text(trial.bot.clock.now())
    told = {"id": name, "at": at, "state": "done", "findings": findings, **about}
    await write(trial.bot.store, checks.add, Check.model_validate(told))
    await play(trial, "wait 1 minute")


def counts(trial: Trial) -> str:
    """Return the id of the sample that counts against the contract."""
    found = standing_breach(trial.bot.store.reader, one(trial))
    return found.id if found is not None else ""


async def test_a_sample_that_failed_counts_until_a_newer_delivery_is_accepted(running: Trial) -> None:
    await put(running, state="agreed", turn="owner")
    await play(running, DELIVERS.format(1))
    await checked(running, "c1", is_kept=False)
    assert counts(running) == "c1"
    await play(running, ACCEPTS)
    assert (one(running).state, counts(running)) == ("accepted", "c1")
    await play(running, "wait 1 minute", DELIVERS.format(2))
    assert (one(running).state, counts(running)) == ("delivered", "c1")
    await play(running, ACCEPTS)
    assert (one(running).state, counts(running)) == ("accepted", "")
    await play(running, DELIVERS.format(3))
    assert (one(running).state, counts(running)) == ("delivered", "")
    await checked(running, "c2", is_kept=False)
    assert counts(running) == "c2"


async def test_data_that_was_sent_back_makes_no_sample_good(running: Trial) -> None:
    await put(running, state="delivered", turn="requester")
    await checked(running, "c1", is_kept=False)
    await play(running, DELIVERS.format(2), "dev in #data: /data-request DR-1 return there are gaps")
    assert (one(running).state, counts(running)) == ("agreed", "c1")


async def test_a_sample_that_passes_ends_it_and_one_that_tells_nothing_does_not(running: Trial) -> None:
    await put(running, state="delivered", turn="requester")
    await checked(running, "c1", is_kept=False)
    await checked(running, "c2", is_kept=None)
    assert counts(running) == "c1"
    await checked(running, "c3", is_kept=True)
    assert counts(running) == ""
