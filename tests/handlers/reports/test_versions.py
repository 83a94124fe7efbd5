"""A new version of a component is told to those whom it concerns, once."""

from collections.abc import AsyncIterator

import pytest

from bot.trial.run import Trial
from handlers.agreements.links import End, Joining, join
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import DUTIES, DutyEntry
from tests.conftest import StartTrial
from tests.handlers.access.secrets import SECRET
from tests.handlers.requirements.playing import TEAM, a_model
from tests.reporting import KEY, hook, report
from tests.sent import sent
from tests.writing import write

MLFLOW = {
    "entity": "model_version",
    "action": "created",
    "timestamp": "2026-01-05T09:00:00+00:00",
    "data": {"name": "berths", "version": "7", "source": "models:/m-1", "run_id": "r", "tags": {}, "description": None},
}
GITHUB = {"action": "published", "release": {"tag_name": "v2.0", "html_url": "https://git.example/v2.0"}}


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(hooks=KEY) as running:
        model = await a_model(running)
        reader = running.bot.store.reader
        (duty,) = [e for e in responsibilities.duties_of(reader, TEAM, [model.id]) if e.duty == "deployment"]
        entry = DutyEntry(at="2026-01-05T09:00:00.000000+00:00", by="UBEN", what="accept")
        await running.bot.store.write(
            lambda transaction: DUTIES.change(transaction, duty, {"state": "accepted", "owner": "UBEN"}, entry)
        )
        yield running


@pytest.mark.parametrize(
    ("body", "named"), [({"version": "1.4.0"}, "1.4.0"), (MLFLOW, "7"), (GITHUB, "v2.0"), ({"version": 3}, "3")]
)
async def test_owners_of_duties_and_the_lead_hear_of_a_new_version_once(
    trial: Trial, body: dict[str, object], named: str
) -> None:
    made = await hook(trial, "berth model")
    got = await report(trial, made, body)
    assert (got.status, got.said["breach"]) == (200, False)
    assert sorted(to for to, _ in sent(trial)) == ["UBEN", "UCHLOE"]
    assert all(f"berth model has a new version: {named}." in text for _, text in sent(trial))
    await report(trial, made, body)
    assert len(sent(trial)) == 2


async def test_whoever_is_downstream_hears_of_it_too_as_far_as_they_may(trial: Trial) -> None:
    tides = await a_model(trial, "tide model", lead="UELI")
    hidden = await a_model(trial, "falcon model", visibility=SECRET, lead="UANA")
    (berths,) = [e for e in responsibilities.all_components(trial.bot.store.reader, TEAM) if e.name == "berth model"]
    now = trial.bot.clock.now()
    sides: dict[End, str] = {"source": "UCHLOE", "target": "UELI"}
    await write(trial.bot.store, join, Joining(berths, "feeds", tides), sides, "UELI", now)
    await write(trial.bot.store, join, Joining(hidden, "feeds", tides), sides, "UELI", now)
    await report(trial, await hook(trial, "berth model"), {"version": "2"})
    assert sorted(to for to, _ in sent(trial)) == ["UBEN", "UCHLOE", "UELI"]
    since = len(sent(trial))
    await report(trial, await hook(trial, "falcon model"), {"version": "3"})
    assert [to for to, _ in sent(trial)[since:]] == ["UANA"]


@pytest.mark.parametrize("name", ["", "x" * 61, "dora@ships.example"])
async def test_what_is_no_name_of_a_version_is_refused(trial: Trial, name: str) -> None:
    got = await report(trial, await hook(trial, "berth model"), {"version": name})
    assert got.status == 422
    assert "write a name of at most" in got.told
    assert sent(trial) == []
