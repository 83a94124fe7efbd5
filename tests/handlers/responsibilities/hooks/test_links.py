"""A link that waits for its other side is named, rarely and to who can confirm it, until somebody has said so."""

from datetime import timedelta

from bot.trial.run import Trial
from handlers.hooks.digest import Span
from handlers.hooks.reminders import Known
from handlers.responsibilities.hooks.links import KIND
from handlers.responsibilities.hooks.reminders import open_reminders
from handlers.responsibilities.hooks.waits import waits
from storage.engine.interface import WORKSPACE, to_text
from tests.handlers.access.secrets import SECRET
from tests.handlers.nudges.looking import pass_days
from tests.handlers.requirements.playing import a_model
from tests.handlers.responsibilities.actions.test_links import SAID, add, two
from tests.handlers.responsibilities.test_commands import TEAM
from tests.playing import play
from tests.sent import sent

ASKED = "berth arrivals feeds berth model"
NEEDS = "chloe in #general: @Common Ground what needs me?"


def waiting(trial: Trial, *gone: str) -> list[tuple[str, ...]]:
    """Return who is to confirm each link, as the reminders have it."""
    known = Known(gone=frozenset(gone), admins=("UADMIN",))
    found = open_reminders(trial.bot.store.reader, TEAM, known, trial.bot.clock.now())
    return [each.people for each in found if each.kind == KIND.id]


def waited(trial: Trial, *visible: str) -> list[tuple[str, bool]]:
    """Return how long links waited in whole days, and whether that is over, as those see it who may see so much."""
    now = trial.bot.clock.now()
    span = Span(to_text(now - timedelta(weeks=12)), to_text(now), now, visible or (WORKSPACE,))
    found = [each for each in waits(trial.bot.store.reader, TEAM, span) if each.what == "link"]
    return [(each.begin[:10], bool(each.end)) for each in found]


async def test_who_must_confirm_it_reads_of_it_after_a_week_and_in_the_summary(running: Trial) -> None:
    await two(running)
    await play(running, SAID)
    preview = await play(running, "wait 1 minute", "ana in #general: /summary preview")
    assert f"Links to confirm\n    • {ASKED} · Chloe Martin · today" in preview
    # It is morning in New York, where Chloe is.
    await play(running, "wait 6 hours", "wait 6 days")
    reminded = f"*{ASKED}*  is that so?"
    assert [text for to, text in sent(running) if reminded in text] == []
    assert f"*{ASKED}*  is that so? · since Jan 5, 2026\n    [Open]" in await play(running, "wait 2 days", NEEDS)
    # Besides the answer that she asked for in the channel.
    assert [to for to, text in sent(running) if reminded in text and to != "CGENERAL"] == ["UCHLOE"]
    assert ASKED not in await play(running, "dev in #general: @Common Ground what needs me?")


async def test_nobody_reads_of_it_any_more_once_it_is_confirmed_or_refused(running: Trial) -> None:
    await two(running)
    await play(running, SAID, "wait 8 days")
    assert (waiting(running), waited(running)) == ([("UCHLOE",)], [("2026-01-05", False)])
    seen = await play(running, NEEDS, 'chloe presses "Open"', 'chloe presses "Not so"')
    assert "It's off the map." in seen
    assert (waiting(running), waited(running)) == ([], [("2026-01-05", True)])
    assert ASKED not in await play(running, NEEDS)


async def test_who_left_is_not_asked_and_where_nobody_is_left_the_admins_are(running: Trial) -> None:
    await two(running)
    await play(running, SAID)
    assert waiting(running, "UCHLOE") == [("UADMIN",)]


async def test_several_are_one_line(running: Trial) -> None:
    await two(running)
    await add(running, "quay arrivals", "dev", "dataset")
    await play(running, SAID, "dev in #general: /owner link quay arrivals feeds berth model", "wait 8 days")
    seen = await play(running, NEEDS)
    assert "*Components*  2 links need your answer · since Jan 5, 2026" in seen
    report = await play(running, "chloe in #general: /nudges report")
    assert "links to confirm 2 (8 days)" in report


async def test_what_is_hidden_waits_for_its_members_alone(running: Trial) -> None:
    await two(running)
    await add(running, "secret model", "chloe", where="#secret-launch")
    await play(running, "ana in #secret-launch: /owner link berth arrivals feeds secret model", "wait 9 days")
    assert waited(running) == []
    assert waited(running, WORKSPACE, SECRET) == [("2026-01-05", False)]
    preview = await play(running, "dev in #general: /summary preview")
    assert "secret" not in preview
    assert {to for to, text in sent(running) if "secret model" in text} <= {"UANA", "UCHLOE"}


async def test_of_what_is_hidden_whoever_knows_and_is_in_the_channel_is_reminded(running: Trial) -> None:
    await a_model(running, "berth board", kind="product", lead="UDEV", created_by="UDEV", product_side=("UANA",))
    await add(running, "secret model", "chloe", where="#secret-launch")
    said = await play(running, "chloe in #secret-launch: /owner link secret model serves berth board")
    assert "Ana Ruiz" in said
    before = len(sent(running))
    await pass_days(running, 14)
    told = [to for to, text in sent(running)[before:] if "secret model serves berth board" in text]
    assert set(told) == {"UANA"}


async def test_what_retired_waits_for_nobody(running: Trial) -> None:
    await two(running)
    await play(running, SAID)
    lines = ("dev in #general: /owner retire berth arrivals", 'dev enters "Last day": 2026-01-06', "dev submits")
    await play(running, *lines, "wait 9 days")
    assert (waiting(running), waited(running)) == ([], [("2026-01-05", True)])
