"""What a card has: which aspects apply to what, and that the examples of each form read as a sentence."""

from datetime import date

import pytest

from handlers.agreements.clauses import Part, offer_words
from handlers.agreements.parsing import offer_in
from handlers.requirements.rules.aspects import KINDS, aspects_of, sheet_in, sheet_of, sheets_of
from handlers.slack.interactions import Fields, Wrong
from storage.records.offers import Offer
from storage.requirements.requirements import ASPECTS, SHEETS, Aspect
from storage.responsibilities.responsibilities import Kind

TODAY = date(2026, 1, 5)
OTHERS = ("pinning", "evaluation", *SHEETS["interface"], *SHEETS["usage"])


def example(part: Part) -> str:
    if part.kind == "person":
        return "UCHLOE"
    return part.options[0][1] if part.kind == "choice" else part.hint.partition("For example: ")[2]


@pytest.mark.parametrize("aspect", OTHERS)
def test_what_the_form_gives_as_examples_is_taken_and_read_back_in_a_sentence(aspect: Aspect) -> None:
    kind = KINDS[aspect]
    examples = {part.id: example(part) for part in kind.parts}
    assert all(examples.values())
    said = offer_in(Fields({**examples, "stance": "value"}), kind, TODAY)
    assert isinstance(said, Offer)
    words = offer_words(kind, said, {"UCHLOE": "UCHLOE"})
    assert all(text in words for part, text in examples.items() if part != "columns")
    assert "?" not in words


def test_the_title_of_every_form_fits_where_slack_shows_it() -> None:
    assert [each.label for each in KINDS.values() if len(each.label) > 24] == []


@pytest.mark.parametrize(
    ("kind", "sheets"),
    [
        ("model", ("requirements", "interface")),
        ("language model", ("requirements", "interface")),
        ("service", ("interface",)),
        ("product", ("usage",)),
        ("dataset", ()),
        ("pipeline", ()),
    ],
)
def test_a_kind_of_component_has_its_sheets(kind: Kind, sheets: tuple[str, ...]) -> None:
    assert sheets_of(kind) == sheets


def test_a_service_is_not_asked_what_only_a_model_has() -> None:
    assert set(aspects_of("model", "interface")) - set(aspects_of("service", "interface")) == {"weaknesses", "mistakes"}


def test_a_language_model_is_asked_what_others_are_not_and_what_an_answer_costs() -> None:
    model, language_model = (set(aspects_of(kind, "requirements")) for kind in ("model", "language model"))
    assert model - language_model == {"cost"}
    assert language_model - model == {
        "groundedness",
        "refusals",
        "price",
        "review",
        "injection",
        "pinning",
        "evaluation",
    }


def test_every_aspect_is_said_by_the_catalogue_and_stands_on_the_sheet_of_its_name() -> None:
    assert tuple(KINDS) == ASPECTS
    assert {sheet_in(each) for each in SHEETS["interface"]} == {"interface"}
    assert (sheet_in("usage"), sheet_in("nothing"), sheet_of("away")) == ("usage", "", "usage")


def test_a_field_has_a_type_that_an_interface_can_hand_over() -> None:
    said = offer_in(
        Fields({"stance": "value", "columns": "photo | file required | of the berth"}), KINDS["inputs"], TODAY
    )
    assert isinstance(said, Offer)
    assert offer_words(KINDS["inputs"], said, {}) == "photo (file required)"
    wrong = offer_in(Fields({"stance": "value", "columns": "photo | picture"}), KINDS["inputs"], TODAY)
    assert isinstance(wrong, Wrong)
    assert wrong.errors["columns"].startswith("Line 1: the type is one of string, integer")
