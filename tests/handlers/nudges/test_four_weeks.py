"""Four weeks with twelve people in three time zones, over both clock changes of a spring: who is reminded of what.

The clock is moved on by the hour. America changes on 8 March 2026, Europe on 29 March, India never does.
"""

import itertools
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.local_slack.workspace.state import User
from bot.outbox.rate_limits import RateLimits
from bot.trial.run import Trial, trial
from handlers.nudges.hooks import jobs
from handlers.nudges.hooks.jobs import Asked, Look
from handlers.nudges.rules import choosing
from storage.engine.interface import Reader, to_text
from storage.workspaces import nudges
from storage.workspaces.nudges import Nudge
from tests.handlers.nudges.looking import context_of
from tests.playing import play

MONDAY = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
TEAM = "T0LOCAL"
NEWCOMERS = {
    "fay": "Europe/Berlin", "gil": "Europe/Berlin", "hana": "America/New_York", "ivo": "America/New_York",
    "jun": "Asia/Kolkata", "kai": "Asia/Kolkata", "lea": "Asia/Kolkata",
}  # fmt: skip
HOLIDAY = "2026-03-17"


def component(name: str, kind: str, lead: str, model: str, product: str) -> list[str]:
    entered = {"What is it?": kind, "Who leads it?": lead}
    entered |= {"People of the model side": model, "People of the product side": product}
    lines = [f'chloe enters "{label}": {who}' for label, who in entered.items()]
    return [f"chloe in #general: /owner add {name}", *lines, "chloe submits", "chloe closes"]


def asks(who: str, what: str, *then: str) -> list[str]:
    return [f"{who} in #general: /owner {what}", *(f"{who} {each}" for each in then)]


CHURN = component("churn model", "model", "chloe", "ana", "ben")
BERTH = component("berth data", "dataset", "dev", "jun", "hana")
HARBOUR = component("harbour app", "product", "ivo", "kai", "lea")
SUGGESTED = ('presses "Suggest someone"', 'enters "Who could own it?": gil', "submits", "closes")

#: What people do, by the day and hour (UTC) at which they do it.
DEEDS: dict[tuple[int, int], list[str]] = {
    (0, 9): [*CHURN, *BERTH, *HARBOUR],
    (1, 10): asks("ben", "churn model deployment", *SUGGESTED),
    (2, 10): asks("fay", "churn model monitoring", 'presses "I\'ll take it"'),
    (2, 11): asks("dev", "churn model monitoring", 'presses "I own it, too"'),
    (8, 12): ['ana presses "Snooze"', 'ana presses "Useful"'],
    (9, 12): asks("lea", "harbour app fairness", 'presses "I\'ll take it"'),
    (10, 12): asks("hana", "berth data labels", 'presses "I\'ll take it"'),
    (15, 12): ['dev presses "Not me"', "dev submits", "dev closes"],
}


def look(running: Trial) -> Look:
    return jobs.look(running.bot.store.reader, context_of(running), Asked(frozenset({"UCHLOE"})))


def all_nudges(reader: Reader) -> list[Nudge]:
    rows = reader.all("SELECT * FROM nudges WHERE team_id = :team_id ORDER BY id", team_id=TEAM)
    return [Nudge.model_validate(row) for row in rows]


def local(running: Trial, each: Nudge) -> datetime:
    return datetime.fromisoformat(each.at).astimezone(ZoneInfo(running.slack.workspace.users[each.person].tz))


def told(running: Trial, each: Nudge) -> str:
    return f"{local(running, each):%a %d %b %H:%M} {each.person:7} {each.kind:15} {each.subject.partition(':')[2]}"


async def live(running: Trial) -> dict[str, set[tuple[str, str]]]:
    """Let four weeks pass; return what was unsettled whenever somebody was told something."""
    unsettled: dict[str, set[tuple[str, str]]] = {}
    for hour in range(28 * 24):
        await play(running, *DEEDS.get((hour // 24, hour % 24), []))
        if hour == 12 * 24:
            running.slack.people.change(running.slack.workspace.user_named("lea"), deleted=True)
        if hour == 3 * 24:
            running.slack.people.change(running.slack.workspace.user_named("ben"), status_text="on vacation")
        if hour == 20 * 24:
            running.slack.people.change(running.slack.workspace.user_named("ben"), status_text="")
        before = {reminder.key for reminder in look(running).reminders}
        await running.pass_time(timedelta(hours=1))
        unsettled[to_text(running.bot.clock.now())] = before | {reminder.key for reminder in look(running).reminders}
    return unsettled


async def test_four_weeks_of_reminders(tmp_path: Path) -> None:
    clock = Clock(frozen_at=MONDAY)
    async with trial(clock, tmp_path / "bot.db", use_http=False, rate_limits=RateLimits(burst=10_000)) as running:
        for name, tz in NEWCOMERS.items():
            user = User(id=f"U{name.upper()}", name=name, real_name=f"{name.title()} Moe", tz=tz)
            running.slack.workspace.users[user.id] = user
            running.slack.workspace.channels["CGENERAL"].members.add(user.id)
        await play(
            running,
            "chloe in #general: /common-ground settings",
            f'chloe enters "Holidays": {HOLIDAY}',
            "chloe submits",
            "chloe closes",
        )
        unsettled = await live(running)
        sent = [each for each in all_nudges(running.bot.store.reader) if each.what == "sent"]
        print(*(told(running, each) for each in sent), sep="\n")  # noqa: T201 - who got what when, for who runs it
        assert len({each.person for each in sent}) >= 8
        assert_rare_and_at_the_right_hour(running, sent)
        assert [each for each in sent if (each.kind, each.subject) not in unsettled[each.at]] == []
        assert_none_lost(running, sent)


def assert_rare_and_at_the_right_hour(running: Trial, sent: list[Nudge]) -> None:
    messages = {each.delivery_id: each for each in sent}.values()
    a_day = Counter((each.person, local(running, each).date()) for each in messages)
    assert max(a_day.values()) == 1
    assert [each for each in messages if not 9 <= local(running, each).hour < 17] == []
    assert [each for each in messages if local(running, each).weekday() > 4] == []
    assert [each for each in messages if local(running, each).date().isoformat() == HOLIDAY] == []
    away = [each for each in messages if each.person == "UBEN" and "2026-03-05" <= each.at[:10] < "2026-03-22"]
    assert away == []
    gone = [each for each in messages if each.person == "ULEA" and each.at[:10] > "2026-03-14"]
    assert gone == []
    assert {"UBEN", "ULEA"} <= {each.person for each in messages}
    of_a_reminder = Counter((each.person, each.kind, each.subject) for each in sent)
    kinds = running.bot.routes.hooks.nudge_kinds
    assert all(count <= kinds[kind].most for (_, kind, _), count in of_a_reminder.items())
    for person, kind, subject in of_a_reminder:
        times = [
            datetime.fromisoformat(each.at)
            for each in sent
            if (each.person, each.kind, each.subject) == (person, kind, subject)
        ]
        assert all(later - earlier >= kinds[kind].every for earlier, later in itertools.pairwise(times))


def assert_none_lost(running: Trial, sent: list[Nudge]) -> None:
    """Whatever was ripe two weeks ago, and can be settled by somebody who is there, was told to somebody."""
    seen = look(running)
    told = {(each.kind, each.subject) for each in sent}
    old = to_text(running.bot.clock.now() - timedelta(days=14))
    left = [
        reminder
        for reminder in seen.reminders
        if max(reminder.ripe_at, reminder.active_at) < old and reminder.key not in told
    ]
    assert left == []
    assert any(each.kind == "owner left" for each in sent)
    assert nudges.figures(running.bot.store.reader, TEAM, ["workspace"])
    assert choosing.stuck(seen.reminders, seen.situation) is not None
