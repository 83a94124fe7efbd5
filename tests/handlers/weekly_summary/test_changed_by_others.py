"""Whoever set up a channel's summary hears once when somebody else changes it, as far as they may."""

from bot.trial.run import Trial
from storage.workspaces import audit
from tests.playing import play
from tests.sent import sent, told

TEAM = "T0LOCAL"
SET = "ben in #general: /summary here weekly monday 09:00"


def noted(trial: Trial) -> list[tuple[str, str]]:
    return [(each.actor, each.action) for each in audit.entries(trial.bot.store.reader, TEAM, None)]


async def test_who_set_it_up_hears_once_of_a_change_and_of_the_end(running: Trial) -> None:
    await play(running, SET)
    assert sent(running) == []
    await play(running, "eli in #general: /summary here weekly friday 10:00")
    (heard,) = sent(running)
    assert heard[0] == "UBEN"
    assert "The weekly summary that you set up was changed" in heard[1]
    assert "It now comes every Friday at 10:00 (Europe/Oslo)." in heard[1]
    await play(running, "eli in #general: /summary here weekly friday 11:00", "ana in #general: /summary off")
    assert [to for to, _ in sent(running)] == ["UBEN", "UELI"]
    assert told(running, "UELI", "turned off the weekly summary of")
    assert noted(running) == [
        ("UBEN", "summary-set"),
        ("UELI", "summary-changed"),
        ("UELI", "summary-changed"),
        ("UANA", "summary-ended"),
    ]
    assert "There's no summary to turn off." in await play(running, "ana in #general: /summary off")
    assert len(noted(running)) == 4


async def test_who_has_left_hears_nothing(running: Trial) -> None:
    await play(running, SET, "eli in #general: /summary here weekly friday 10:00")
    assert len(told(running, "UBEN", "changed")) == 1
    running.slack.people.change(running.slack.workspace.user_named("eli"), deleted=True)
    await play(running, "wait 11 minutes", "ana in #general: /summary off")
    assert [to for to, _ in sent(running)] == ["UBEN"]


async def test_who_is_in_a_private_channel_no_more_hears_nothing_of_it(running: Trial) -> None:
    where = "#secret-launch: /summary"
    await play(running, f"chloe in {where} here weekly monday 09:00", f"ana in {where} here weekly friday 10:00")
    assert [to for to, _ in sent(running)] == ["UCHLOE"]
    await play(running, "ana leaves #secret-launch", "wait 11 minutes", f"chloe in {where} off")
    assert [to for to, _ in sent(running)] == ["UCHLOE"]


async def test_ones_own_summary_is_nobody_elses_matter(running: Trial) -> None:
    await play(running, "eli in #general: /summary me weekly monday 09:00", "eli in #general: /summary off me")
    assert (sent(running), noted(running)) == ([], [])


async def test_a_guest_who_changes_it_is_refused_and_that_is_noted(running: Trial) -> None:
    await play(running, "ben in #churn-model: /summary here weekly monday 09:00")
    refused = await play(running, "gus in #churn-model: /summary off", "gus in #churn-model: /summary here")
    assert refused.count("Only members can choose that") == 2
    assert noted(running) == [("UBEN", "summary-set"), ("UGUS", "access-denied")]
