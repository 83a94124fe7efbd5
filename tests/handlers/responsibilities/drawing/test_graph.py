"""A map as a graph: boxes as large as their text, arrows by kind, and few enough side by side for a phone."""

import pytest

from handlers.responsibilities.drawing import graph
from handlers.responsibilities.drawing.graph import WIDTH, Arrow
from handlers.responsibilities.drawing.worker import lay_out
from handlers.responsibilities.rules.plans import Part, Plan, Team
from tests.handlers.responsibilities.drawing.plans import SMALL, a_point, large


def placed(plan: Plan) -> graph.Placed:
    return graph.placed(plan, lay_out(graph.as_dot(plan), graph.across(plan)))


def test_points_of_one_kind_between_two_teams_are_one_arrow() -> None:
    assert [(each.giver, each.taker, each.seam, len(each.points)) for each in graph.arrows(SMALL)] == [
        ("data", "models", "data", 2),
        ("dev", "models", "data", 1),
        ("models", "port", "requirements", 1),
        ("models", "port", "integration", 1),
    ]
    assert graph.by_seam(graph.arrows(SMALL)) == ["requirements", "data", "integration"]


def test_the_numbers_of_an_arrow_stand_three_in_a_row() -> None:
    points = tuple(a_point(number, "data", "open", "a", "b") for number in range(7))
    assert [Arrow("a", "b", "data", points[:n]).badges for n in (1, 3, 4, 7)] == [(1, 1), (3, 1), (3, 2), (3, 3)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("berth model", ["berth model"]),
        ("model of berths in the northern region", ["model of berths in the", "northern region"]),
        ("a" * 30, ["a" * 23, "a" * 7]),
        (
            "one two three four five six seven eight nine ten eleven",
            ["one two three four five", "six seven eight nine…"],
        ),
        ("港湾の船舶到着予測モデル", ["港湾の船舶到着予測モデ", "ル"]),
        ("", []),
    ],
)
def test_a_name_stands_in_two_lines_that_fit_its_box(text: str, lines: list[str]) -> None:
    assert graph.wrapped(text, 23) == lines


def test_a_box_is_as_tall_as_what_stands_in_it() -> None:
    one = Team("t", "Models", (Part("a", "model", "model"),))
    two = Team("t", "Models", (*one.parts, Part("b", "model of berths in the northern region", "model")))
    assert graph.height_of(two) - graph.height_of(one) == graph.part_height(two.parts[1]) + graph.ROW_GAP
    assert graph.part_height(two.parts[1]) - graph.part_height(two.parts[0]) == graph.LINE


def test_small_print_that_is_too_long_for_its_box_goes_on_below() -> None:
    bought, own = Part("a", "model", "language model", 19, 20), Part("b", "model", "model", 19, 20)
    assert graph.small_print_of(bought) == ["language model · 19 of 20", "owned"]
    assert graph.small_print_of(own) == ["model · 19 of 20 owned"]
    assert graph.small_print_of(Part("c", "model", "model", 0, 19)) == ["! model · 0 of 19 owned"]
    assert graph.part_height(bought) - graph.part_height(own) == graph.LINE


def test_boxes_stand_above_what_they_give_to_and_touch_none() -> None:
    found = placed(SMALL)
    assert found.boxes["data"][1] < found.boxes["models"][1] < found.boxes["port"][1]
    assert len(found.ways) == 4
    boxes = [(x, y, graph.height_of(team)) for team in SMALL.teams for x, y in (found.boxes[team.key],)]
    for place, (x, y, tall) in enumerate(boxes):
        assert WIDTH / 2 - 1 <= x <= found.width - WIDTH / 2 + 1
        for other_x, other_y, other_tall in boxes[:place]:
            assert abs(x - other_x) >= WIDTH or abs(y - other_y) >= (tall + other_tall) / 2


def test_so_few_boxes_stand_side_by_side_that_they_fit_a_phone() -> None:
    fans = tuple(Team(f"t{n}", f"Team {n}", (Part(str(n), "data", "dataset"),)) for n in range(6))
    taker = Team("model", "Models", (Part("m", "model", "model"),))
    points = tuple(a_point(n, "data", "open", f"t{n}", "model") for n in range(6))
    plan = Plan(None, (*fans, taker), points)
    found = placed(plan)
    rows = [round(y) for _, y in found.boxes.values()]
    assert max(rows.count(each) for each in rows) == 2
    assert graph.across(large()) == 7


def test_a_circle_and_a_team_that_meets_nobody_are_drawn() -> None:
    teams = tuple(Team(each, each, (Part(each, each, "model"),)) for each in ("a", "b", "alone"))
    circle = Plan(None, teams, (a_point(1, "data", "open", "a", "b"), a_point(2, "data", "open", "b", "a")))
    found = placed(circle)
    assert sorted(found.boxes) == ["a", "alone", "b"]
    assert len(found.ways) == 2


def test_a_box_has_room_for_how_its_components_are_linked_and_says_how_many_more_there_are() -> None:
    part = Part("a", "model", "model")
    linked = Part("a", "model", "model", inside=tuple(f"feeds part {number}" for number in range(5)))
    assert graph.inside_of(part) == []
    assert graph.inside_of(linked) == ["↳ feeds part 0", "↳ feeds part 1", "↳ feeds part 2", "↳ 2 more"]
    assert graph.part_height(linked) == graph.part_height(part) + 4 * graph.LINE
    long = Part("a", "model", "model", inside=("feeds the model of berths in the northern region",))
    assert graph.inside_of(long) == ["↳ feeds the model of berths…"]
