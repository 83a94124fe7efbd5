"""Who is reminded of what: at the right local hour, rarely, once at the lead, and never used up by a weekend."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from handlers.hooks.reminders import Reminder, Topic
from handlers.nudges.rules import choosing
from handlers.nudges.rules.choosing import Recipient, Situation
from handlers.slack import blocks
from storage.engine.interface import to_text
from storage.workspaces.nudges import Nudge
from storage.workspaces.summaries import Notice

#: A Monday at 10 in Berlin.
NOW = datetime(2026, 2, 2, 9, tzinfo=UTC)
BERLIN = Recipient("Europe/Berlin")
CHURN = Topic("churn", "churn model", "duties need your answer")
DUTY = Reminder(
    kind="no owner",
    subject="1",
    visibility="workspace",
    people=("UANA",),
    lead="ULEAD",
    since=to_text(NOW - timedelta(days=20)),
    active_at=to_text(NOW - timedelta(days=20)),
    harm=1,
    told="has no owner",
    button=lambda _person: blocks.button("Review", "review"),
    topic=CHURN,
)


def reminder(subject: str = "1", *people: str, **more: Any) -> Reminder:
    return replace(DUTY, subject=subject, people=people or ("UANA",), **more)


def nudge(days_ago: float, person: str = "UANA", subject: str = "1", **more: object) -> Nudge:
    told = {
        "id": f"{days_ago}", "team_id": "T1", "person": person, "kind": "no owner", "subject": subject,
        "visibility": "workspace", "at": to_text(NOW - timedelta(days=days_ago)), "delivery_id": f"{days_ago}", **more,
    }  # fmt: skip
    return Nudge.model_validate(told)


def notice(due: str, person: str = "UANA", subject: str = "C1", listed: str = "workspace C1") -> Notice:
    what = {"team_id": "T1", "subject": subject, "period": due[:10], "due_at": due, "listed": listed}
    return Notice(**what, person=person, count=7)


def situation(now: datetime = NOW, log: list[Nudge] | None = None, **people: Recipient) -> Situation:
    known = {"UANA": BERLIN, "UBEN": BERLIN, "ULEAD": BERLIN, **people}
    return Situation(known, frozenset({"2026-02-03"}), log or [], now)


def reminded(it: Situation, *reminders: Reminder) -> dict[str, list[str]]:
    return {
        person: [each.subject for each in digest.covered]
        for person, digest in choosing.due(reminders or [reminder()], it).items()
    }


def test_what_is_found_on_a_saturday_night_goes_out_on_monday_morning() -> None:
    saturday = datetime(2026, 1, 31, 2, tzinfo=UTC)
    found = reminder(active_at=to_text(saturday - timedelta(days=2)))
    told = [moment for hour in range(72) if reminded(situation(moment := saturday + timedelta(hours=hour)), found)]
    assert told[0] == datetime(2026, 2, 2, 8, tzinfo=UTC)


def test_a_new_component_and_what_was_just_worked_on_are_left_alone() -> None:
    assert reminded(situation(), reminder(active_at=to_text(NOW - timedelta(hours=23)))) == {}
    assert reminded(situation(), reminder(ripe_at=to_text(NOW + timedelta(hours=1)))) == {}
    assert reminded(situation(), reminder(ripe_at=to_text(NOW))) == {"UANA": ["1"]}


def test_the_most_harmful_and_the_oldest_come_first() -> None:
    listed = [reminder("late"), reminder("old", since="2025"), reminder("bad", harm=9), reminder("bens", "UBEN")]
    assert reminded(situation(), *listed) == {"UANA": ["bad", "old", "late"], "UBEN": ["bens"]}


def test_the_same_thing_comes_up_after_a_week_at_the_soonest_whatever_is_the_matter_with_it() -> None:
    assert reminded(situation(log=[nudge(6.9)])) == {}
    assert reminded(situation(log=[nudge(7)])) == {"UANA": ["1"]}
    assert reminded(situation(log=[nudge(6.9, kind="unanswered", settled_at=to_text(NOW))])) == {}
    assert reminded(situation(log=[nudge(1)]), reminder("2")) == {"UANA": ["2"]}


def test_nobody_gets_more_than_two_digests_in_a_week_or_six_in_four() -> None:
    assert reminded(situation(log=[nudge(3, subject="a"), nudge(5, subject="b")]), reminder("2")) == {}
    assert reminded(situation(log=[nudge(3, subject="a"), nudge(7, subject="b")]), reminder("2")) == {"UANA": ["2"]}
    six = [nudge(days, subject=f"{days}") for days in (3, 8, 12, 16, 20, 24)]
    assert reminded(situation(log=six), reminder("2")) == {}
    assert reminded(situation(log=[*six[:5], nudge(28, subject="old")]), reminder("2")) == {"UANA": ["2"]}
    # What told of several things was one message.
    same = [nudge(3, subject="a", delivery_id="d"), nudge(3, subject="b", delivery_id="d")]
    assert reminded(situation(log=same), reminder("2")) == {"UANA": ["2"]}


def test_who_paused_hears_nothing_until_the_day_on_which_it_ends_and_the_lead_neither() -> None:
    assert reminded(situation(UANA=replace(BERLIN, paused_until="2026-02-03"))) == {}
    assert reminded(situation(UANA=replace(BERLIN, paused_until="2026-02-02"))) == {"UANA": ["1"]}


def test_what_a_summary_lists_today_is_not_said_again_today() -> None:
    of_all, of_one = notice("2026-02-02T16:30:00+00:00"), notice("2026-02-02T16:30:00+00:00", listed="C1")
    assert reminded(replace(situation(), ahead=[of_all])) == {}
    assert reminded(replace(situation(), ahead=[of_one])) == {"UANA": ["1"]}
    assert reminded(replace(situation(), ahead=[replace_person(of_all, "UBEN")])) == {"UANA": ["1"]}
    tomorrow = notice("2026-02-03T00:30:00+00:00")
    assert reminded(replace(situation(), ahead=[tomorrow])) == {"UANA": ["1"]}


def replace_person(of: Notice, person: str) -> Notice:
    return of.model_copy(update={"person": person})


#: Tuesday the third is a holiday, so Monday is the working day before Wednesday's summary.
WEDNESDAY = "2026-02-04T08:00:00+00:00"
YOUNG = reminder(ripe_at=to_text(NOW + timedelta(days=3)))


def test_a_summary_is_announced_on_the_working_day_before_to_whom_it_lists_something_new() -> None:
    it = replace(situation(), ahead=[notice(WEDNESDAY)])
    (told,) = choosing.due([YOUNG], it).values()
    assert (told.notice, told.is_notice_alone, [each.subject for each in told.covered]) == (it.ahead[0], True, ["1"])
    for other in (
        replace(it, now=NOW - timedelta(days=3)),
        replace(it, now=datetime(2026, 2, 4, 9, tzinfo=UTC)),
        replace(it, log=[nudge(8)]),
        replace(it, log=[nudge(3, subject="2")]),
        replace(it, ahead=[notice(WEDNESDAY, "UBEN")]),
        replace(it, ahead=[it.ahead[0].model_copy(update={"count": 0})]),
        replace(it, ahead=[notice(WEDNESDAY, listed="C1")]),
        replace(it, ahead=[notice(WEDNESDAY, subject="UANA")]),
        replace(it, people={**it.people, "UANA": replace(BERLIN, off=frozenset({"no owner"}))}),
    ):
        assert choosing.due([YOUNG], other) == {}


def test_a_summary_that_is_announced_comes_with_what_needs_somebody_that_day() -> None:
    it = replace(situation(), ahead=[notice(WEDNESDAY)])
    (told,) = choosing.due([reminder("2"), YOUNG], it).values()
    assert (told.notice, told.is_notice_alone, [each.subject for each in told.covered]) == (it.ahead[0], False, ["2"])


def test_after_its_maximum_it_goes_to_the_lead_once_and_then_rests() -> None:
    enough = [nudge(14), nudge(7)]
    assert reminded(situation(log=enough[1:])) == {"UANA": ["1"]}
    assert reminded(situation(log=[nudge(13), nudge(6)])) == {}
    assert reminded(situation(log=enough)) == {"ULEAD": ["1"]}
    told = [*enough, nudge(3, "ULEAD")]
    assert reminded(situation(log=[*enough, nudge(10, "ULEAD")])) == {}
    assert reminded(situation(log=told)) == {}
    assert [each.subject for each in choosing.stuck([reminder()], situation(log=told))] == ["1"]
    assert choosing.stuck([reminder()], situation(log=enough)) == []


def test_who_left_does_not_want_it_or_is_not_reached_is_passed_over_for_the_lead() -> None:
    assert reminded(situation(UANA=replace(BERLIN, is_gone=True))) == {"ULEAD": ["1"]}
    assert reminded(situation(UANA=replace(BERLIN, off=frozenset({"no owner"})))) == {"ULEAD": ["1"]}
    failed = [nudge(1, state="failed", reason="user_disabled")]
    assert reminded(situation(log=failed)) == {"ULEAD": ["1"]}
    assert choosing.unreached([reminder()], situation(log=failed)) == {"UANA": "Slack didn't deliver it: user_disabled"}
    gone = situation(UANA=replace(BERLIN, is_gone=True), ULEAD=replace(BERLIN, is_gone=True))
    assert reminded(gone) == {}
    assert choosing.unreached([reminder()], gone) == {"UANA": "left, was deactivated, is a guest, or doesn't exist"}
    assert len(choosing.stuck([reminder()], gone)) == 1


def test_somebody_of_whom_nothing_is_known_yet_waits() -> None:
    assert reminded(situation(), reminder("1", "UNEW"), reminder("2", "UANA")) == {"UANA": ["2"]}


def test_what_needs_somebody_else_now_is_over_for_who_was_told() -> None:
    log = [nudge(3), nudge(2, "UBEN"), nudge(2, "ULEAD"), nudge(4, subject="2"), nudge(5, subject="3")]
    left = [reminder("1", "UBEN"), replace(reminder("3"), people=())]
    assert [(each.subject, each.person) for each in choosing.over(left, log)] == [("1", "UANA"), ("2", "UANA")]


def test_what_is_gone_is_settled() -> None:
    log = [nudge(3), nudge(2, subject="2"), nudge(4, subject="3", settled_at=to_text(NOW))]
    assert [each.subject for each in choosing.settled([reminder("2")], log)] == ["1"]


def test_what_is_said_once_comes_to_nobody_a_second_time() -> None:
    once = reminder(is_once=True, lead="")
    assert reminded(situation(), once) == {"UANA": ["1"]}
    for days in (1, 7, 27, 60):
        assert reminded(situation(log=[nudge(days)]), once) == {}
    # Whoever it needs next is told, too.
    assert reminded(situation(log=[nudge(8)]), reminder("1", "UBEN", is_once=True, lead="")) == {"UBEN": ["1"]}
