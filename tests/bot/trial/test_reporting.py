"""What another program reports in a company's past comes by a web hook that somebody made, or not at all."""

from collections.abc import AsyncIterator

import pytest

from bot.trial.reporting import ReportError, report
from bot.trial.run import Trial
from tests.conftest import StartTrial
from tests.handlers.requirements.playing import a_model
from tests.reporting import KEY, hook
from tests.sent import told

REPORT = {"by_hook": "registry", "says": {"version": "1.4.0"}}


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(hooks=KEY) as running:
        await a_model(running, lead="UANA")
        yield running


async def test_a_report_is_told_to_whom_it_concerns(trial: Trial) -> None:
    await hook(trial, "berth model", label="registry")
    await report(trial.bot, REPORT)
    await trial.quiet()
    assert told(trial, "UANA", "berth model has a new version: 1.4.0.")


@pytest.mark.parametrize(
    ("label", "says", "refused"),
    [
        ("nightly", REPORT["says"], "there is no web hook registry"),
        ("registry", {"weather": "fine"}, "I can't tell what this reports."),
    ],
)
async def test_what_no_web_hook_takes_ends_the_past(trial: Trial, label: str, says: object, refused: str) -> None:
    await hook(trial, "berth model", label=label)
    with pytest.raises(ReportError, match=refused):
        await report(trial.bot, {**REPORT, "says": says})
