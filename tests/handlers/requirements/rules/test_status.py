"""What becomes of a requirement, how it stands, and how it compares with what was measured."""

import pytest

from handlers.agreements.clauses import offer_words
from handlers.agreements.parsing import offer_in
from handlers.checks.dates import today
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import KINDS, aspects_of
from handlers.requirements.rules.evaluating import evaluation_in
from handlers.requirements.rules.status import Measured
from handlers.slack.interactions import Fields, Wrong
from storage.engine.interface import to_text
from storage.records.offers import Offer
from storage.requirements.requirements import SHEETS, Aspect, Card, Evaluation, Requirement
from tests.conftest import START
from tests.handlers.requirements.playing import BAR, LATENCY
from tests.handlers.responsibilities.making import a_component

AT = to_text(START)
PART = a_component(model_side=("UANA",), product_side=("UBEN",))
NOBODY: frozenset[str] = frozenset()
ASKED = Offer(parts=LATENCY, by="UANA", at=AT)
START_OF = ("T1", PART.id, "UANA", AT)
TODAY = START.date()
REQUIRED = aspects_of("model", "requirements")
SCENARIOS = [each for each in SHEETS["requirements"] if status.is_bar(each)]


def card(**said: Requirement) -> Card:
    told = {"id": "c", "team_id": "T1", "component_id": PART.id, "created_at": AT, "changed_at": AT}
    return Card.model_validate({**told, "requirements": said})


def evaluation(day: str, **values: str) -> Evaluation:
    told = {"id": day, "team_id": "T1", "component_id": PART.id, "link": "https://x.example", "at": AT}
    return Evaluation.model_validate({**told, "measured_on": day, "values": values})


def test_who_says_something_agrees_to_it_and_the_other_side_is_asked() -> None:
    said = status.say(None, ASKED, frozenset(("model",)))
    assert (status.state_of(said), status.sides_left(said), said.agreed) == ("waits", ("product",), None)
    agreed = status.agree(said, "UBEN", frozenset(("product",)), START)
    assert (status.state_of(agreed), agreed.agreed) == ("agreed", ASKED)
    assert {side: each.user_id for side, each in agreed.agreed_by.items()} == {"model": "UANA", "product": "UBEN"}


def test_a_change_of_what_was_agreed_asks_again_and_what_was_agreed_goes_until_then() -> None:
    agreed = status.agree(status.say(None, ASKED, frozenset(("model",))), "UBEN", frozenset(("product",)), START)
    faster = Offer(parts={**LATENCY, "amount": "200 ms"}, by="UBEN", at=AT)
    changed = status.say(agreed, faster, frozenset(("product",)))
    assert (status.state_of(changed), status.sides_left(changed), changed.version) == ("waits", ("model",), 2)
    assert status.in_force(changed) == ASKED


def test_what_nobody_of_both_sides_says_waits_for_both() -> None:
    said = status.say(None, ASKED, frozenset())
    assert status.sides_left(said) == ("model", "product")


def test_what_is_unknown_waits_for_nobody_to_agree() -> None:
    unknown = status.say(None, Offer(stance="unknown", finder="UDEV", until="2026-02-01", at=AT), frozenset(("model",)))
    assert (status.state_of(unknown), status.sides_left(unknown)) == ("unknown", ())


def test_the_lead_speaks_for_a_side_on_which_nobody_is_left() -> None:
    assert status.sides_of(PART, "ULEAD", NOBODY) == NOBODY
    assert status.sides_of(PART, "ULEAD", frozenset(("UBEN",))) == {"product"}
    assert status.sides_of(a_component(), "ULEAD", NOBODY) == {"model", "product"}
    assert status.speakers(a_component(), "model", frozenset(("ULEAD",))) == ()


@pytest.mark.parametrize(
    ("bound", "value", "verdict"),
    [
        ("at most", "300 ms", "met"),
        ("at most", "301 ms", "missed"),
        ("at least", "300 ms", "met"),
        ("at least", "299 MS", "missed"),
        ("at most", "0.28 s", "met"),
        ("at most", "0.3 s", "met"),
        ("at least", "0.3 s", "met"),
        ("at most", "0.301 s", "missed"),
        ("at least", "299,000 µs", "missed"),
        ("at most", "12 MB", "never measured"),
        ("at most", "12 ships", "never measured"),
        ("at most", "12", "never measured"),
    ],
)
def test_a_requirement_is_met_missed_or_never_measured(bound: str, value: str, verdict: str) -> None:
    said = Requirement(said=Offer(parts={**LATENCY, "bound": bound}, by="UANA", at=AT))
    measured = status.judged("latency", said, [evaluation("2026-01-04", latency=value)])
    assert measured is not None
    assert measured.verdict == verdict


def test_the_latest_value_of_an_aspect_counts_also_when_a_later_evaluation_lacks_it() -> None:
    said = Requirement(said=ASKED)
    cost, later = evaluation("2026-01-04", cost="9 EUR"), evaluation("2026-01-03", latency="280 ms")
    found = status.judged("latency", said, [cost, later, evaluation("2026-01-02", latency="900 ms")])
    assert found == Measured("met", "280 ms", later)
    assert status.judged("latency", None, [later]) is None
    waived = Requirement(said=Offer(stance="not needed", reason="inside the harbour", by="UANA", at=AT))
    assert status.judged("latency", waived, [later]) is None


def test_what_is_open_before_a_launch_is_named_by_its_reason() -> None:
    unknown = Requirement(said=Offer(stance="unknown", finder="UDEV", until="2026-02-01", at=AT))
    waived = Requirement(said=Offer(stance="not needed", reason="none", at=AT))
    rest = {aspect: waived for aspect in REQUIRED if aspect not in ("latency", "cost", "safety", "privacy")}
    seen = card(**rest, latency=Requirement(said=ASKED), cost=Requirement(said=ASKED), privacy=unknown)
    points = status.open_points("model", seen, [evaluation("2026-01-04", latency="400 ms")])
    assert points == {
        "not set": ["safety"],
        "unknown": ["privacy"],
        "missed": ["latency"],
        "never measured": ["cost"],
    }
    assert status.points_in_words(points) == (
        "not set: safety; unknown: privacy; missed: latency; never measured: cost"
    )
    assert status.open_points("model", None, []) == {"not set": list(REQUIRED)}


@pytest.mark.parametrize("aspect", SCENARIOS)
def test_every_aspect_has_an_example_beside_each_field_and_reads_as_a_scenario(aspect: Aspect) -> None:
    kind = KINDS[aspect]
    typed = [part for part in kind.parts if part.kind not in ("choice", "person")]
    assert all(part.hint.startswith("For example: ") for part in typed)
    example = {part.id: part.hint.removeprefix("For example: ") for part in typed}
    said = offer_in(Fields({**example, "stance": "value", "bound": "at most", "signer": "UCHLOE"}), kind, TODAY)
    assert isinstance(said, Offer)
    words = offer_words(kind, said, {"UCHLOE": "Chloe"})
    assert words.startswith("when ")
    assert ", the model " in words
    assert ", measured by " in words


def test_a_word_that_stands_before_a_field_is_not_said_twice() -> None:
    parts = {
        **LATENCY,
        "when": "When a ship reports.",
        "does": "The model answers within",
        "measure": "measured by p95",
    }
    assert offer_words(KINDS["latency"], Offer(parts=parts), {}) == (
        "when a ship reports, under 200 ships at once, the model answers within at most 300 ms, measured by p95"
    )


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"baseline": "none"}, "baseline", "Say what it's compared with, and what that achieves."),
        ({"baseline": ""}, "baseline", "Please fill this in."),
        ({"amount": "90"}, "amount", "Write a number with its unit. For example: 90 %"),
        ({"amount": "high"}, "amount", "Write a number with its unit."),
        ({"metric": " "}, "metric", "Please fill this in."),
        ({"bound": "about"}, "bound", "Choose one of these."),
        ({"slice": "token=abcdefgh1234567"}, "slice", "This looks like a password or a key."),
        ({"stance": "unknown", "finder": "UDEV", "until": "2026-01-04"}, "until", "That day is in the past."),
        ({"stance": "unknown", "until": "2026-01-06"}, "finder", "Choose who will find out."),
        ({"stance": "not needed"}, "why_not", "Say why it isn't needed."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(change: dict[str, str], field: str, told: str) -> None:
    found = offer_in(Fields({"stance": "value", **BAR, **change}), KINDS["adequacy"], TODAY)
    assert isinstance(found, Wrong)
    assert found.errors[field].startswith(told)


GOOD = {"link": "https://x.example/7", "date": "2026-01-05", "latency": "280 ms"}


@pytest.mark.parametrize("value", ["0.28 s", "280000 µs", "280 milliseconds", "280MS"])
def test_what_was_measured_may_be_told_in_another_unit_that_fits(value: str) -> None:
    found = evaluation_in({**GOOD, "latency": value}, {"latency": Requirement(said=ASKED)}, START_OF, TODAY)
    assert isinstance(found, Evaluation)
    assert found.values == {"latency": value}
    measured = status.judged("latency", Requirement(said=ASKED), [found])
    assert measured == Measured("met", value, found)


def test_an_evaluation_is_read_against_what_is_asked() -> None:
    found = evaluation_in({**GOOD, "cost": ""}, {"latency": Requirement(said=ASKED)}, START_OF, TODAY)
    assert isinstance(found, Evaluation)
    assert (found.link, found.measured_on, found.values) == ("https://x.example/7", "2026-01-05", {"latency": "280 ms"})


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"latency": "280"}, "latency", "Write a number in ms. Required: at most 300 ms"),
        ({"latency": "280 MB"}, "latency", "Write a number in ms. Required: at most 300 ms"),
        ({"cost": "9 EUR"}, "cost", "Cost has no required value."),
        ({"link": "eval 7"}, "link", "Write a link to the evaluation"),
        ({"date": "2026-01-08"}, "date", "That day is in the future."),
        ({"date": "soon"}, "date", "Choose the day it was measured"),
        ({"date": "20260101"}, "date", "Choose the day it was measured"),
        ({"link": f"https://x.example/{'x' * 300}"}, "link", "Write a link of at most 300 characters."),
        ({"model_version": "v" * 101}, "model_version", "Write at most 100 characters."),
        ({"latency": ""}, "latency", "Write at least one measured value."),
        ({"model_version": "token=abcdefgh1234567"}, "model_version", "This looks like a password"),
    ],
)
def test_an_evaluation_that_cannot_be_compared_is_refused(change: dict[str, str], field: str, told: str) -> None:
    found = evaluation_in({**GOOD, **change}, {"latency": Requirement(said=ASKED)}, START_OF, TODAY)
    assert isinstance(found, Wrong)
    assert found.errors[field].startswith(told)


def test_where_a_day_begins_first_today_is_not_ahead() -> None:
    asked: dict[Aspect, Requirement] = {"latency": Requirement(said=ASKED)}
    late = START.replace(hour=23)
    for zone, kind in (("Pacific/Kiritimati", Evaluation), ("UTC", Wrong)):
        found = evaluation_in({**GOOD, "date": "2026-01-06"}, asked, START_OF, today(late, zone))
        assert isinstance(found, kind)


def test_nothing_can_be_measured_where_nothing_is_asked() -> None:
    found = evaluation_in(GOOD, {}, START_OF, TODAY)
    assert isinstance(found, Wrong)
    assert "Set one on its card first" in found.errors["link"]
