"""A Home that was opened long ago shows nothing any more that was taken out, or that its person may not see."""

from datetime import timedelta

from bot.trial.run import Trial
from tests.conftest import StartTrial
from tests.handlers.access.secrets import home_of, remove_unheard, seeded
from tests.handlers.decisions.playing import log
from tests.handlers.workspace.test_redacting import SECRET, redact
from tests.playing import play

TICK = timedelta(seconds=20)


async def opened_an_hour_ago(trial: Trial) -> None:
    await log(trial, f"We log in with {SECRET}", "ana")
    await log(trial, "Batches only", "ana")
    await play(trial, "ana opens the Home", 'ana presses "See all"')
    await trial.pass_time(timedelta(hours=1))
    assert SECRET in home_of(trial, "UANA")


async def test_what_was_redacted_goes_from_the_homes_that_show_it(start: StartTrial) -> None:
    async with start(use_http=True) as running:
        await opened_an_hour_ago(running)
        await redact(running, "ana", "D-1")
        await running.pass_time(timedelta(minutes=1))
        await running.pass_time(TICK)
        assert (SECRET in home_of(running, "UANA"), "Batches only" in home_of(running, "UANA")) == (False, True)


async def test_who_becomes_a_guest_has_a_home_without_the_workspaces_records(running: Trial) -> None:
    await opened_an_hour_ago(running)
    running.slack.people.change(running.slack.workspace.users["UANA"], is_guest=True)
    await running.quiet()
    await running.pass_time(TICK)
    assert "Batches only" not in home_of(running, "UANA")


async def test_a_home_that_is_no_longer_watched_shows_nothing_private_whatever_slack_tells(running: Trial) -> None:
    await seeded(running)
    for who in ("ana", "chloe"):
        await play(running, f"{who} opens the Home", f'{who} presses "See everything that is yours"')
        assert "alcon" in home_of(running, f"U{who.upper()}")
    await log(running, "Batches only", "ana")
    await running.pass_time(timedelta(minutes=11))
    remove_unheard(running, "UANA")
    await running.pass_time(TICK)
    for who, sees in (("ana", False), ("chloe", True)):
        assert "alcon" not in home_of(running, f"U{who.upper()}")
        assert "What belongs to your private channels appears here" in home_of(running, f"U{who.upper()}")
        await running.pass_time(timedelta(minutes=2))
        await play(running, f"{who} opens the Home", f'{who} presses "See everything that is yours"')
        assert ("alcon" in home_of(running, f"U{who.upper()}")) is sees
        assert "Batches only" in home_of(running, "UANA")
