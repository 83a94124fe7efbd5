"""Four weeks with twelve people, over both clock changes of a spring: what each hears, and how often of what.

America changes on 8 March 2026, Europe on 29 March, India never does. All that the bot sends to a person counts, but
for what others ask of them at that moment. Run it with ``-s`` to see who got what.
"""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.outbox.rate_limits import RateLimits
from bot.trial.run import Trial, trial
from handlers.nudges.rules import choosing
from storage.engine.interface import to_text
from storage.workspaces import nudges, summaries
from storage.workspaces.nudges import Nudge
from tests.handlers.nudges.company import ANSWERING, DEEDS, HOLIDAY, MONDAY, NEWCOMERS, TEAM, act, answer, arrives, look

DAYS = 28
#: Everybody's working hours, in UTC: from Calcutta's morning to New York's afternoon.
HOURS = range(4, 22, 2)
A_WEEK, IN_FOUR, OF_A_THING = 3, 8, 2


@dataclass(frozen=True, slots=True)
class Said:
    """A direct message: to whom, when, its words, and whether somebody asked something by it."""

    to: str
    at: datetime
    text: str
    is_asked: bool = False


@dataclass(slots=True)
class Heard:
    """What was said to everybody, what was unsettled at each moment, and of whom a summary was to list something."""

    said: dict[str, Said] = field(default_factory=dict)
    listed: set[tuple[str, str]] = field(default_factory=set)
    unsettled: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    def note(self, running: Trial, *, is_asked: bool) -> None:
        told = "SELECT id, lane, created_at, body ->> 'text' AS text FROM outbox WHERE act = 'post' AND lane LIKE 'U%'"
        for row in running.bot.store.reader.all(told):
            said = Said(row["lane"], datetime.fromisoformat(row["created_at"]), row["text"], is_asked)
            self.said.setdefault(row["id"], said)

        for each in summaries.notices_since(running.bot.store.reader, TEAM, ""):
            self.listed.add((each.person, each.period))

    def counted(self, person: str) -> list[Said]:
        return [each for each in self.said.values() if each.to == person and not each.is_asked]


def all_nudges(running: Trial) -> list[Nudge]:
    rows = running.bot.store.reader.all("SELECT * FROM nudges WHERE team_id = :team_id ORDER BY id", team_id=TEAM)
    return [Nudge.model_validate(row) for row in rows]


async def live(running: Trial) -> Heard:
    """Let four weeks pass, from working hour to working hour."""
    heard, people, workspace = Heard(), running.slack.people, running.slack.workspace
    for day in range(DAYS):
        for hour in HOURS if (MONDAY + timedelta(days=day)).weekday() < 5 else ():
            if (day, hour) == (3, 4):
                people.change(workspace.user_named("ben"), status_text="on vacation")
            if (day, hour) == (21, 4):
                people.change(workspace.user_named("ben"), status_text="")
            if (day, hour) == (14, 4):
                people.change(workspace.user_named("lea"), deleted=True)
            at = MONDAY.replace(hour=hour) + timedelta(days=day)
            before = {reminder.key for reminder in look(running).reminders}
            await running.pass_time(at - running.bot.clock.now())
            heard.unsettled[to_text(at)] = before | {reminder.key for reminder in look(running).reminders}
            heard.note(running, is_asked=False)
            await act(running, DEEDS.get((day, hour), []))
            if hour == 12:
                await answer(running)
            heard.note(running, is_asked=True)
    return heard


async def test_four_weeks_of_a_company(tmp_path: Path) -> None:
    clock = Clock(frozen_at=MONDAY)
    async with trial(clock, tmp_path / "bot.db", use_http=False, rate_limits=RateLimits(burst=10_000)) as running:
        await arrives(running)
        heard = await live(running)
        sent = all_nudges(running)
        print(table(running, heard, sent))  # noqa: T201 - who got what, for who runs it
        assert_rarely(running, heard)
        assert_at_the_right_hour(running, sent)
        assert heard.listed & {(each.person, f"{local(running, each):%F}") for each in sent} == set()
        assert len(heard.listed) > len(NEWCOMERS)
        assert_nothing_twice_too_often(sent)
        assert [each for each in sent if (each.kind, each.subject) not in heard.unsettled[each.at]] == []
        assert_none_lost(running, sent)


def table(running: Trial, heard: Heard, sent: Sequence[Nudge]) -> str:
    lines = [f"{'':6}{'asked':>6}{'other':>6}{'week':>6}{'item':>6}  what"]
    for user in sorted(running.slack.workspace.users):
        counted = heard.counted(user)
        asked = sum(each.to == user and each.is_asked for each in heard.said.values())
        often = max(Counter(each.subject for each in sent if each.person == user).values(), default=0)
        told = "; ".join(f"{each.at:%d %b %H} {each.text[:60]}" for each in counted)
        lines.append(f"{user[1:]:6}{asked:>6}{len(counted):>6}{most_in_a_week(counted):>6}{often:>6}  {told}")
    return "\n".join(lines)


def most_in_a_week(said: Sequence[Said]) -> int:
    week = timedelta(days=7)
    return max((sum(each.at <= other.at < each.at + week for other in said) for each in said), default=0)


def assert_rarely(running: Trial, heard: Heard) -> None:
    people = sorted(running.slack.workspace.users)
    assert {each: len(heard.counted(each)) for each in people if len(heard.counted(each)) > IN_FOUR} == {}
    assert {each for each in people if most_in_a_week(heard.counted(each)) > A_WEEK} == set()
    # The numbers are kept by choosing what to say, not by silence.
    assert len({each.to for each in heard.said.values()}) >= 11


def local(running: Trial, each: Nudge) -> datetime:
    return datetime.fromisoformat(each.at).astimezone(ZoneInfo(running.slack.workspace.users[each.person].tz))


def assert_at_the_right_hour(running: Trial, sent: Sequence[Nudge]) -> None:
    messages = {each.delivery_id: each for each in sent}.values()
    times = [(each.person, local(running, each)) for each in messages]
    assert max(Counter((person, at.date()) for person, at in times).values()) == 1
    assert [at for _, at in times if not 9 <= at.hour < 17 or at.weekday() > 4] == []
    assert [at for _, at in times if at.date().isoformat() == HOLIDAY] == []
    assert [at for person, at in times if person == "UBEN" and "2026-03-05" <= f"{at:%F}" < "2026-03-23"] == []
    assert [at for person, at in times if person == "ULEA" and f"{at:%F}" > "2026-03-15"] == []
    assert {"UBEN", "ULEA"} <= {person for person, _ in times}


def assert_nothing_twice_too_often(sent: Sequence[Nudge]) -> None:
    of_a_thing: dict[tuple[str, str], list[datetime]] = {}
    for each in sent:
        of_a_thing.setdefault((each.person, each.subject), []).append(datetime.fromisoformat(each.at))
    assert {thing for thing, times in of_a_thing.items() if len(times) > OF_A_THING} == set()
    week = timedelta(days=7)
    soon = [thing for thing, at in of_a_thing.items() if any(b - a < week for a, b in itertools.pairwise(at))]
    assert soon == []


def assert_none_lost(running: Trial, sent: Sequence[Nudge]) -> None:
    """Whatever was ripe two weeks ago, and can be settled by somebody who is there, was told to somebody."""
    seen, told = look(running), {each.subject for each in sent}
    old = to_text(running.bot.clock.now() - timedelta(days=14))
    left = [each for each in seen.reminders if max(each.ripe_at, each.active_at) < old and each.subject not in told]
    assert left == []
    kinds = {each.kind for each in sent}
    assert {"owner left", "no owner", "feedback waits", "data request waits", "proposal to answer"} <= kinds
    assert {"launch with open requirements", "open question", "decision to review", "data overdue"} <= kinds
    assert nudges.figures(running.bot.store.reader, TEAM, ["workspace"])
    assert choosing.stuck(seen.reminders, seen.situation) is not None
    assert {each.upper() for each in ANSWERING} <= {each.person[1:] for each in sent}
