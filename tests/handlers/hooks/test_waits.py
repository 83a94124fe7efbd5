"""What took how long, as features tell it: each kind has a name in the report, and something that waits so."""

from datetime import timedelta

from bot.trial.run import Trial
from handlers import FEATURES
from handlers.framework.routing import join
from handlers.hooks.digest import Span
from handlers.hooks.waits import WHATS, What
from handlers.nudges.messages import WAITS
from storage.data_requests import checks
from storage.data_requests.checks import Check, Finding
from storage.engine.interface import WORKSPACE, to_text
from storage.records.offers import Offer
from tests.handlers.data_requests.playing import TEAM, put
from tests.handlers.requirements.playing import LATENCY, say
from tests.handlers.responsibilities.actions.test_links import SAID, two
from tests.handlers.responsibilities.test_commands import component
from tests.playing import play
from tests.writing import write


async def waits_begin(trial: Trial) -> None:
    """Let something of each kind begin to wait, and nothing end."""
    await two(trial)
    await play(trial, SAID, "eli in #general: /define laytime", 'eli presses "Ask the team"')
    await say(trial, component(trial, "berth model"), "latency", Offer(parts=LATENCY), by="UANA")
    request = await put(trial, state="delivered", turn="requester")
    failed = (Finding(expected="no gaps", found="12 gaps", is_kept=False),)
    check = Check(
        id="c1", team_id=TEAM, request_id=request.id, file_id="F1", file_name="sample.csv", by="UANA",
        at=to_text(trial.bot.clock.now()), state="done", findings=failed,
    )  # fmt: skip
    await write(trial.bot.store, checks.add, check)


def waiting(trial: Trial) -> set[What]:
    now = trial.bot.clock.now() + timedelta(minutes=1)
    span = Span(to_text(now - timedelta(weeks=12)), to_text(now), now, (WORKSPACE,))
    return {each.what for tell in join(FEATURES).hooks.waits for each in tell(trial.bot.store.reader, TEAM, span)}


async def test_each_kind_is_told_of_once_something_waits_so(running: Trial) -> None:
    assert waiting(running) == set()
    await waits_begin(running)
    assert waiting(running) == set(WHATS)


def test_each_kind_has_a_name_that_fits_under_a_chart() -> None:
    assert set(WAITS) == set(WHATS)
    assert max(map(len, WAITS.values())) <= 20
