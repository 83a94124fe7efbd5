"""What belongs into a span of time, and which groups of a chapter are told."""

from datetime import UTC, datetime

import pytest

from handlers.hooks.digest import Digest, Group, Line, Lines, Section, Span

WEEK = Span(
    "2026-01-05T09:00:00.000000+00:00",
    "2026-01-12T09:00:00.000000+00:00",
    datetime(2026, 1, 12, 9, tzinfo=UTC),
    ("workspace",),
)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-01-05T08:59:59.999999+00:00", False),
        ("2026-01-05T09:00:00.000000+00:00", False),
        ("2026-01-05T09:00:00.000001+00:00", True),
        ("2026-01-12T09:00:00.000000+00:00", True),
        ("2026-01-12T09:00:00.000001+00:00", False),
        ("", False),
    ],
)
def test_what_happened_at_the_end_of_one_week_is_told_in_that_week_alone(at: str, *, expected: bool) -> None:
    assert WEEK.holds(at) is expected


def test_groups_without_a_line_are_left_out_and_the_others_keep_their_order() -> None:
    accepted, open_ones = Group("accepted", [Line("D-1", "Lift")]), Group("open", [Line("D-2", "Drop")])
    section = Section("decisions", "Decisions", [accepted, Group("disputed", []), open_ones])
    assert section.told_groups == [accepted, open_ones]
    assert Section("decisions", "Decisions").told_groups == []


def test_a_feature_tells_news_to_everybody_unless_it_says_otherwise() -> None:
    section, group = Section("decisions", "Decisions"), Group("accepted", [Line("D-1", "Lift")])
    assert (section.audience, section.order, group.is_news, group.is_waiting) == ("all", 50, True, False)
    assert Digest(section).figures == {}
    assert Digest(section, {"open": 2}).figures == {"open": 2}


def test_lines_are_counted_without_being_made() -> None:
    made: list[str] = []

    def make() -> list[Line]:
        made.append("made")
        return [Line("D-1", "Lift"), Line("D-2", "Drop")]

    lines = Lines(2, make)
    assert (len(lines), bool(lines), bool(Lines(0, make)), made) == (2, True, False, [])
    assert [each.told for each in lines] == ["Lift", "Drop"]
    assert (lines[0].told, [each.told for each in lines[1:]]) == ("Lift", ["Drop"])
    assert Group("decisions", lines, one="decision").counted == "2 decisions"
