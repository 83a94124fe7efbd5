"""What needs somebody, as it stands in the digest and on the Home: a line a topic, each with one button."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.checks.dates import day
from handlers.hooks.grouping import Grouped, grouped, heading, line, read_topic, when
from handlers.hooks.reminders import Reminder, Topic
from handlers.slack import blocks
from handlers.slack.blocks import Block

TODAY = date(2026, 2, 4)
CHURN = Topic("duties 1", "churn model", "duties need your answer", blocks.button("Review", "duties_review", "1"))
WORDS = Topic("words", "Words", "asked for aren't defined yet")
ROLLBACK = Reminder(
    "no owner",
    "1:rollback",
    "workspace",
    ("UANA",),
    "",
    "2026-02-03T09:00:00+00:00",
    "",
    1,
    "rollback: has no owner",
    lambda person: blocks.button("Review", "duties_review", person),
    CHURN,
)
LATENCY = replace(ROLLBACK, subject="1:latency", since="2026-02-02T09:00:00+00:00", told="latency: has no owner")
DRIFT = replace(
    ROLLBACK, subject="drift", harm=9, topic=WORDS, title="“drift”", told="isn't defined yet", due="2026-02-06"
)


def text(block: Block) -> object:
    told = block["text"]
    return told["text"] if isinstance(told, dict) else told


def button(block: Block) -> dict[str, object]:
    found = block["accessory"]
    assert isinstance(found, dict)
    return found


def test_what_is_alike_is_one_line_and_the_most_harmful_comes_first() -> None:
    found = grouped([ROLLBACK, DRIFT, LATENCY])
    assert [(each.label, each.count) for each in found] == [("“drift”", 1), ("churn model", 2)]
    assert [each.subject for each in found[1].reminders] == ["1:latency", "1:rollback"]


def test_a_line_says_what_is_to_be_done_and_since_when_and_has_one_button() -> None:
    (alone,) = grouped([ROLLBACK])
    told = line(alone, "UANA", TODAY)
    assert text(told) == f"*churn model*  rollback: has no owner · since {day('2026-02-03T09:00:00+00:00')}"
    assert (button(told)["value"], button(told)["accessibility_label"]) == (
        "UANA",
        "Review: churn model, rollback: has no owner",
    )
    (both,) = grouped([ROLLBACK, LATENCY])
    told = line(both, "UANA", TODAY)
    assert text(told) == f"*churn model*  2 duties need your answer · since {day('2026-02-02T09:00:00+00:00')}"
    assert (button(told)["action_id"], button(told)["value"]) == ("duties_review", "1")


def test_who_is_not_the_one_to_do_it_reads_it_in_other_words() -> None:
    found = Grouped(CHURN, [replace(ROLLBACK, told="rollback is yours", told_lead="rollback was suggested")])
    assert [str(text(line(found, who, TODAY))).partition(" · ")[0] for who in ("UANA", "ULEAD")] == [
        "*churn model*  rollback is yours",
        "*churn model*  rollback was suggested",
    ]


def test_several_of_a_topic_without_a_form_of_its_own_are_listed_in_ours() -> None:
    told = line(Grouped(WORDS, [DRIFT, DRIFT]), "UANA", TODAY)
    assert (button(told)["action_id"], button(told)["value"]) == ("nudge_review", "words|drift|drift")
    assert read_topic("words|drift|drift") == "words"


@pytest.mark.parametrize(
    ("due", "told"),
    [
        ("2026-02-05", f"due {day('2026-02-05')}"),
        ("2026-02-04", f"due {day('2026-02-04')}"),
        ("2026-02-01", "overdue by 3 days"),
        ("", "since "),
    ],
)
def test_a_deadline_goes_before_an_age(due: str, told: str) -> None:
    assert when([replace(DRIFT, due=due)], TODAY).startswith(told)


def test_what_people_wrote_is_no_mention_in_a_line() -> None:
    told = line(Grouped(WORDS, [replace(DRIFT, title="<!channel> *now*", told="<@UANA>")]), "UANA", TODAY)
    assert str(text(told)).startswith("*&lt;!channel&gt; *now**  &lt;@UANA&gt; · due")


def test_the_heading_counts_lines() -> None:
    assert [heading(count) for count in (0, 1, 3)] == [
        "Nothing needs you right now",
        "1 thing needs you",
        "3 things need you",
    ]
