"""A chart of the report: lines over the weeks, and the same in words."""

from typing import cast

from handlers.slack import charts


def test_a_chart_has_a_line_for_each_name() -> None:
    chart = charts.lines("Days", ["5 Jan", "12 Jan"], {"Duties": [3, 2.5]})
    assert chart["type"] == "data_visualization"
    drawn = cast("dict[str, object]", chart["chart"])
    points = [{"label": "5 Jan", "value": 3}, {"label": "12 Jan", "value": 2.5}]
    assert drawn["series"] == [{"name": "Duties", "data": points}]
    assert drawn["axis_config"] == {"categories": ["5 Jan", "12 Jan"]}


def test_a_chart_that_is_not_taken_is_said_in_words() -> None:
    told = charts.in_words("Days", ["5 Jan", "12 Jan"], {"Duties": [3, 2.5], "Words": [0, 0]})
    assert told == "Days (5 Jan, 12 Jan)\nDuties: 3, 2.5\nWords: 0, 0"
