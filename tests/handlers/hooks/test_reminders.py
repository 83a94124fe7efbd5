"""What people should settle, as the nudges know it: each matter by its kind and what it is about."""

from datetime import timedelta

from handlers import FEATURES
from handlers.framework.routing import join
from handlers.hooks.reminders import Reminder

KINDS = join(FEATURES).hooks.nudge_kinds
NEVER = timedelta()


def a_reminder(kind: str, subject: str, told: str) -> Reminder:
    at = "2026-01-05"
    return Reminder(kind, subject, "workspace", ("UANA",), "", at, at, 1, told, lambda _user_id: ())


def test_two_matters_are_one_where_their_kind_and_subject_are() -> None:
    first = a_reminder("disputed meaning", "drift", "drift is disputed")
    assert first.key == a_reminder("disputed meaning", "drift", "drift is still disputed").key
    others = (a_reminder("disputed meaning", "bias", "bias"), a_reminder("open question", "drift", "drift"))
    assert [first.key == each.key for each in others] == [False, False]


def test_of_every_kind_it_is_known_how_often_people_are_reminded() -> None:
    disputed = KINDS["disputed meaning"]
    assert (disputed.every.days, disputed.gap.days, disputed.most) == (3, 1, 3)
    assert {name for name, each in KINDS.items() if name == each.id and each.every > each.gap > NEVER} == KINDS.keys()
    assert min(each.most for each in KINDS.values()) == 2
