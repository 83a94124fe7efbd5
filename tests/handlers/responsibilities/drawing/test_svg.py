"""The drawing itself: every number once, in the shape of its state, and people's words as text."""

import re
from xml.etree import ElementTree as ET

from handlers.responsibilities.drawing import graph, svg
from handlers.responsibilities.drawing.worker import lay_out
from handlers.responsibilities.rules.plans import Part, Plan, Team
from tests.handlers.responsibilities.drawing.plans import SMALL, a_point

NAMES = "{http://www.w3.org/2000/svg}"


def drawn(plan: Plan = SMALL) -> ET.Element:
    placed = graph.placed(plan, lay_out(graph.as_dot(plan), graph.across(plan)))
    return ET.fromstring(svg.drawn(plan, placed, "A <map> & its words"))  # noqa: S314 - made here


def texts(shown: ET.Element) -> list[str]:
    return [each.text or "" for each in shown.iter(f"{NAMES}text")]


def test_every_number_stands_once_and_what_needs_somebody_in_another_shape_too() -> None:
    shown = drawn()
    numbers = [each for each in texts(shown) if re.fullmatch(r"\d+!?", each)]
    assert sorted(numbers) == ["1", "2!", "3", "4", "5"]
    shapes = [each.tag.removeprefix(NAMES) for each in shown.iter() if each.get("class") in ("nobody", "broken")]
    # Each once on the map, and once in the key.
    assert sorted(shapes) == ["path", "path", "rect", "rect"]


def test_names_of_people_and_things_are_text_and_no_markup() -> None:
    shown = drawn()
    assert {"Harbour data", "weather <feed> & more", "model of berths in the", "northern region"} <= set(texts(shown))
    assert shown.findtext(f"{NAMES}desc") == "A <map> & its words"
    assert shown.findtext(f"{NAMES}title") == "berth planner: who builds what with whom"


def test_a_component_of_which_nobody_owns_a_duty_has_a_sign_before_it() -> None:
    assert {"! dataset · 0 of 6 owned", "model · 5 of 19 owned"} <= set(texts(drawn()))


def test_what_is_required_goes_the_other_way_than_what_is_delivered() -> None:
    ways = {each.get("class"): each for each in drawn().iter(f"{NAMES}path") if "way" in (each.get("class") or "")}
    assert ways["way requirements"].get("marker-start") == "url(#requirements)"
    assert ways["way data"].get("marker-end") == "url(#data)"


def test_the_key_tells_of_nothing_that_the_map_does_not_have() -> None:
    assert {"requirements", "data", "integration", "agreed", "no owner"} <= set(texts(drawn()))
    teams = SMALL.teams[:1], (Team("m", "Models", (Part("m", "model", "model"),)),)
    plan = Plan(None, (*teams[0], *teams[1]), (a_point(1, "data", "good", "data", "m"),))
    assert {"requirements", "integration", "no owner", "still open"}.isdisjoint(texts(drawn(plan)))


def test_a_map_is_wide_enough_for_its_key_and_dark_where_the_screen_is() -> None:
    plan = Plan(None, SMALL.teams[3:], ())
    assert float(drawn(plan).get("width", "0")) > 2 * graph.WIDTH
    assert "prefers-color-scheme:dark" in (drawn(plan).findtext(f"{NAMES}style") or "")
