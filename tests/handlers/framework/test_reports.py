"""A report is taken once, whole or not at all; what escapes its kind is no success."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.trial.run import Trial
from handlers.access.recipients import Facts
from handlers.checks.csv_files import FormatError
from handlers.checks.outcomes import Refused
from handlers.framework.caught import Caught
from handlers.framework.report_kinds import Report, ReportKind, Taken
from handlers.framework.reports import GONE, Repeated, Reports, is_ping
from handlers.reports.service import Made, follow
from storage.engine.interface import Transaction
from storage.outbox import claims
from storage.workspaces import webhooks, workspaces
from tests.conftest import StartTrial
from tests.handlers.requirements.playing import TEAM, a_model
from tests.reporting import KEY, hook
from tests.writing import write


def _read(body: Any) -> str | None:
    if body == "wrong":
        raise FormatError("it is wrong")
    return body if isinstance(body, str) else None


def _take(transaction: Transaction, report: Report[str], facts: Facts) -> Taken | Refused:
    claims.claim(transaction, report.target.team_id, (f"taken {report.said}",), facts.now)
    if report.said == "broken":
        raise RuntimeError(report.said)
    return Refused("not that") if report.said == "refused" else Taken(report.said, f"was {report.was}")


KIND = ReportKind("word", "component", _read, _take, is_broken=lambda state: state == "bad")


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(hooks=KEY) as running:
        await a_model(running)
        yield running


@pytest.fixture
async def made(trial: Trial) -> Made:
    return await hook(trial, "berth model")


def reports(trial: Trial) -> Reports:
    return Reports(trial.bot.boundary, [KIND], follow)


async def test_a_report_is_taken_once_and_its_kind_knows_how_it_stood(trial: Trial, made: Made) -> None:
    door = reports(trial)
    assert await door.take(made.webhook, "1", "good") == Taken("good", "was ")
    assert await door.take(made.webhook, "2", "bad") == Taken("bad", "was good")
    assert await door.take(made.webhook, "1", "good") == Repeated(is_breach=True)
    found = webhooks.by_id(trial.bot.store.reader, TEAM, made.webhook.id)
    assert found is not None
    assert found.stands("word").state == "bad"


async def test_what_is_refused_may_be_sent_again_under_its_name(trial: Trial, made: Made) -> None:
    door = reports(trial)
    assert await door.take(made.webhook, "1", "refused") == Refused("not that")
    assert isinstance(await door.take(made.webhook, "1", "good"), Taken)


async def test_what_no_kind_reads_is_refused_in_a_sentence(trial: Trial, made: Made) -> None:
    door = reports(trial)
    assert await door.take(made.webhook, "1", "wrong") == Refused("it is wrong")
    told = await door.take(made.webhook, "1", 7)
    assert isinstance(told, Refused)
    assert "docs/hooks.md" in told.told


async def test_what_escapes_a_kind_leaves_nothing_behind(trial: Trial, made: Made) -> None:
    caught = await reports(trial).take(made.webhook, "1", "broken")
    assert isinstance(caught, Caught)
    assert (caught.is_slow, caught.is_outage) == (False, False)
    kept = {row["gesture"] for row in trial.bot.store.reader.all("SELECT gesture FROM handled")}
    assert not {each for each in kept if each.startswith(("taken", "hook"))}


async def test_where_the_app_was_uninstalled_or_the_web_hook_revoked_nothing_is_taken(trial: Trial, made: Made) -> None:
    store, door = trial.bot.store, reports(trial)
    gone = made.webhook.model_copy(update={"id": "gone"})
    assert await door.take(gone, "1", "good") is GONE
    assert await door.take(made.webhook.model_copy(update={"target_id": "gone"}), "1", "good") is GONE
    await write(store, workspaces.uninstall, TEAM, trial.bot.clock.now())
    assert await door.take(made.webhook, "1", "good") is GONE


async def test_a_web_hook_is_found_by_its_id(trial: Trial, made: Made) -> None:
    assert await reports(trial).webhook(made.webhook.id) == made.webhook
    assert await reports(trial).webhook("nobody") is None


def test_trying_one_is_told_from_a_report() -> None:
    assert is_ping({"type": "ping"})
    assert is_ping({"zen": "Design for failure.", "hook_id": 3})
    example = {"name": "example_model", "version": "1"}
    assert is_ping({"entity": "model_version", "action": "created", "data": example})
    assert not is_ping({"entity": "model_version", "action": "created", "data": {**example, "name": "berths"}})
    assert not is_ping({"zen": "Design for failure."})
    assert not is_ping(None)
