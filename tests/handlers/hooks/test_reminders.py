"""What people should settle, as the nudges know it: each matter by its kind and what it is about."""

from handlers import FEATURES
from handlers.framework.routing import join
from handlers.hooks.reminders import Reminder, Topic
from handlers.slack import blocks

KINDS = join(FEATURES).hooks.nudge_kinds
WORDS = Topic("words", "Words", "definitions to review")


def a_reminder(kind: str, subject: str, told: str, title: str = "") -> Reminder:
    at = "2026-01-05"
    button = blocks.button("Review", "review")
    return Reminder(kind, subject, "workspace", ("UANA",), "", at, at, 1, told, lambda _: button, WORDS, title)


def test_two_matters_are_one_where_their_kind_and_subject_are() -> None:
    first = a_reminder("disputed meaning", "drift", "disputed")
    assert first.key == a_reminder("disputed meaning", "drift", "still disputed").key
    others = (a_reminder("disputed meaning", "bias", "bias"), a_reminder("open question", "drift", "drift"))
    assert [first.key == each.key for each in others] == [False, False]


def test_one_alone_is_named_by_its_title_and_without_one_by_its_topic() -> None:
    names = [a_reminder("disputed meaning", "drift", "disputed", title).name for title in ("“drift”", "")]
    assert names == ["“drift”", "Words"]


def test_every_kind_belongs_to_a_theme_that_people_can_switch_off() -> None:
    assert {each.theme for each in KINDS.values()} == {"duties", "data", "decisions", "words", "models"}
    assert {name for name, each in KINDS.items() if name == each.id} == KINDS.keys()
