"""Of what people want to be reminded: five themes, with what they chose before there were themes."""

import pytest

from handlers.hooks.reminders import NudgeKind
from handlers.nudges.rules.wanted import read_off, themes_on, written

KINDS = {
    each.id: each
    for each in (
        NudgeKind("no owner", "Duties without an owner", "duties"),
        NudgeKind("too many", "More than one person can look after", "duties"),
        NudgeKind("data overdue", "Overdue data", "data"),
        NudgeKind("decision to review", "Decisions due for review", "decisions"),
        NudgeKind("draft waits", "Drafts to approve", "words"),
        NudgeKind("feedback waits", "Feedback without an answer", "models"),
    )
}
EVERY = ["duties", "data", "decisions", "words", "models"]


def test_who_chose_nothing_hears_of_words_only_where_they_look_after_them() -> None:
    assert read_off("", KINDS, is_steward=True) == frozenset()
    assert read_off("", KINDS, is_steward=False) == {"draft waits"}
    assert themes_on({"draft waits"}, KINDS) == ["duties", "data", "decisions", "models"]


def test_all_of_them_can_be_chosen_by_who_looks_after_no_words() -> None:
    assert read_off(written(EVERY, "", KINDS), KINDS, is_steward=False) == frozenset()


@pytest.mark.parametrize(
    ("themes", "before", "off"),
    [
        (["data", "decisions", "words", "models"], "", {"no owner", "too many"}),
        ([], "", set(KINDS)),
        # A kind that was taken out by itself stays out, as long as its theme is wanted all the while.
        (EVERY, "too many", {"too many"}),
        (["data", "decisions", "words", "models"], "too many", {"no owner", "too many"}),
        (EVERY, "no owner,too many", set()),
        (EVERY, "duties", set()),
    ],
)
def test_a_choice_of_themes_keeps_single_kinds_that_were_taken_out_before(
    themes: list[str], before: str, off: set[str]
) -> None:
    assert read_off(written(themes, before, KINDS), KINDS, is_steward=True) == off
