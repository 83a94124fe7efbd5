"""The first message of a summary: what matters most in a sentence, then what each chapter has to name, each a link."""

from dataclasses import replace
from typing import Any

import pytest

from handlers.checks.dates import day
from handlers.hooks.digest import BROKEN, DECIDED, LAUNCH, MISSED, OVERDUE, Digest, News, Section
from handlers.hooks.reminders import Reminder, Topic
from handlers.slack import blocks
from handlers.weekly_summary.messages.summary import Shown, lead
from handlers.weekly_summary.rules import is_nothing, waiting_on, weightiest
from tests.conftest import START
from tests.handlers.weekly_summary.test_rules import a_run

RANKED = [
    News("berth model", f" launches {day('2026-01-23')} with 2 requirements never measured", weight=LAUNCH),
    News("tides", " is overdue", weight=OVERDUE),
    News("Latency of berth model", " missed: 420 ms, limit 300 ms", weight=MISSED),
    News("arrivals", ": sample failed 1 of 9 checks", weight=BROKEN),
    News("Retrain monthly", weight=DECIDED, headline="Chloe Martin decided: Retrain monthly."),
    News("drift", " has a product definition now"),
]
EMPTY = Shown((), {}, (), {"UCHLOE": "Chloe Martin", "UANA": "Ana Ruiz"}, START)


def sections(*news: News) -> list[Section]:
    return [Section(f"s{place}", "S", lead=f"Chapter {place}", news=[each]) for place, each in enumerate(news)]


def texts(shown: Shown) -> list[str]:
    """Return the lines of the first message as they are read."""
    told: Any = [block["elements"] for block in lead(shown).blocks if block["type"] == "rich_text"]
    return ["".join(part["text"] for part in line["elements"]) for (line,) in told]


@pytest.mark.parametrize("place", range(len(RANKED)))
def test_what_matters_most_is_the_first_line_and_what_the_notification_says(place: int) -> None:
    shown = replace(EMPTY, sections=sections(*reversed(RANKED[place:])))
    assert weightiest(shown.sections) == RANKED[place]
    assert (lead(shown).text, texts(shown)[0]) == (RANKED[place].sentence, RANKED[place].sentence)


def test_nothing_is_said_twice_and_at_most_five_chapters_are_named() -> None:
    shown = replace(EMPTY, sections=sections(*RANKED, News("bias", " has a product definition now")))
    first, *rest = texts(shown)
    assert first.startswith("berth model launches")
    assert rest == [
        "Chapter 1  tides is overdue",
        "Chapter 2  Latency of berth model missed: 420 ms, limit 300 ms",
        "Chapter 3  arrivals: sample failed 1 of 9 checks",
        "Chapter 4  Retrain monthly",
        "Chapter 5  drift has a product definition now",
    ]


def test_a_chapter_names_its_weightiest_and_says_how_many_more() -> None:
    news = [News(f"word {number}", weight=number) for number in range(5)]
    shown = replace(EMPTY, sections=[Section("s", "S", lead="Words", news=news)])
    assert texts(shown) == ["word 4.", "Words  word 3 · word 2 · 2 more"]


def test_a_name_leads_to_its_message_or_has_a_button_with_its_name_on_it() -> None:
    linked = News("tides", " agreed", thread="t1", button=blocks.button("Open", "x", "1"))
    opened = News("drift", " has a product definition now", button=blocks.button("Open", "y", "2"))
    shown = replace(EMPTY, sections=sections(RANKED[0], linked, opened), links={"t1": "https://harbour/p1"})
    _, tides, _, row = lead(shown).blocks
    assert "{'type': 'link', 'url': 'https://harbour/p1', 'text': 'tides'}" in str(tides)
    buttons: Any = row["elements"]
    assert [each["text"]["text"] for each in buttons] == ["Open drift"]


def test_it_says_on_whom_things_wait_and_has_the_button_for_them() -> None:
    shown = replace(EMPTY, sections=sections(RANKED[5]), waiting=[("UCHLOE", 4), ("UANA", 2)])
    assert texts(shown)[-1] == "Waiting on Chloe Martin (4), Ana Ruiz (2)."
    assert "What needs me" in str(lead(shown).blocks)
    assert "What needs me" not in str(lead(replace(shown, waiting=())).blocks)


def test_of_one_topic_several_things_count_once() -> None:
    duties, words = (Topic(name, name, "things") for name in ("duties", "words"))
    button = blocks.button("Open", "x")
    one = Reminder("k", "1", "workspace", ("UANA",), "", "", "", 1, "do", lambda _: button, duties)
    every = [one, replace(one, subject="2"), replace(one, topic=words, people=("UANA", "UBEN"))]
    assert waiting_on(every) == [("UANA", 2), ("UBEN", 1)]


@pytest.mark.parametrize("place", range(len(RANKED)))
def test_a_week_with_a_launch_near_something_overdue_or_a_bar_missed_is_never_quiet(place: int) -> None:
    told = [Digest(each) for each in sections(RANKED[place])]
    last = a_run("2026-01-05", START)
    assert is_nothing(told, last) is (RANKED[place].weight < MISSED)
