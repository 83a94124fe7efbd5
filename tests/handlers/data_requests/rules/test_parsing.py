"""What is entered in the forms, read field by field; what is wrong is said at its field."""

import pytest

from handlers.agreements.clauses import entered_text
from handlers.agreements.parsing import said_among_others
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.parsing import data_key, request_facts
from handlers.slack.interactions import Fields, Wrong
from storage.records.offers import Offer
from tests.conftest import START
from tests.handlers.data_requests.requests import PARTS, a_request

TODAY = START.date()
PAGE: dict[str, str | list[str]] = {
    "purpose": "To tell pilots", "serves": "berth model", "entity": "berth arrivals", "needed_by": "2026-02-02",
    "owner": "",
}  # fmt: skip


def wrong_page(**changed: str) -> dict[str, str]:
    told = request_facts(Fields({**PAGE, **changed}), a_request(), TODAY)
    assert isinstance(told, Wrong)
    return dict(told.errors)


def test_the_form_says_what_is_needed_and_by_when() -> None:
    told = request_facts(Fields(PAGE), a_request(), TODAY)
    assert not isinstance(told, Wrong)
    assert (told["serves"], told["data_key"], told["needed_by"]) == ("berth model", "arrivals berth", "2026-02-02")


def test_what_is_wrong_in_the_form_is_said_at_its_field() -> None:
    assert wrong_page(purpose=" ", entity="!?", serves="") == {
        "purpose": "Say what it's for.",
        "entity": "Say what data you need, in a few words.",
    }
    assert wrong_page(needed_by="2026-01-04") == {"needed_by": "That day is in the past. Choose a day ahead."}
    assert wrong_page(needed_by="") == {"needed_by": "Choose a day."}
    assert "password" in wrong_page(purpose="use xoxb-1234567890-abcdef")["purpose"]


def test_a_day_that_has_passed_since_stays_where_it_is_not_changed() -> None:
    told = request_facts(Fields({**PAGE, "needed_by": "2026-01-02"}), a_request(needed_by="2026-01-02"), TODAY)
    assert not isinstance(told, Wrong)
    draft = request_facts(
        Fields({**PAGE, "needed_by": "2026-01-02"}), a_request(needed_by="2026-01-02", state="draft"), TODAY
    )
    assert draft == Wrong({"needed_by": "That day is in the past. Choose a day ahead."})


@pytest.mark.parametrize("written", ["Berth arrivals", "arrivals of the berth", "Data: all berth arrivals"])
def test_the_same_data_is_found_however_it_is_written(written: str) -> None:
    assert data_key(written) == data_key("berth arrivals")
    assert data_key("data") == "data"


def fields_of(term_id: str, **entered: str) -> Fields:
    """Return the fields of one term among others, with what the requests of the tests say of it, or else."""
    shown = [each for each in TERMS[term_id].parts if not each.is_former]
    told = {each.id: entered_text(each, PARTS[term_id]) for each in shown} | entered
    return Fields({f"{term_id}.{name}": text for name, text in told.items()})


def said(term_id: str, fields: Fields, begin: Offer | None = None) -> Offer | Wrong | None:
    return said_among_others(fields, TERMS[term_id], begin or Offer(), TODAY)


@pytest.mark.parametrize("term_id", list(PARTS))
def test_every_term_is_a_value_or_not_needed_or_unknown(term_id: str) -> None:
    begin = Offer(parts=PARTS[term_id])
    # Of an older request what is not asked any more stays.
    assert said(term_id, fields_of(term_id), begin) == begin
    reason = {f"{term_id}.why_not": "there is none"}
    assert said(term_id, Fields({**reason}), begin) == Offer(stance="not needed", reason="there is none")
    finds = {f"{term_id}.finder": "UBEN", f"{term_id}.until": "2026-01-09"}
    assert said(term_id, Fields({**finds})) == Offer(stance="unknown", finder="UBEN", until="2026-01-09")
    for lacking in (reason, finds):
        assert isinstance(said(term_id, Fields(dict.fromkeys(lacking, ""))), Wrong)


@pytest.mark.parametrize("term_id", list(PARTS))
def test_a_term_is_left_out_unless_something_was_said_of_it(term_id: str) -> None:
    empty = Fields(dict.fromkeys(fields_of(term_id), ""))
    assert said(term_id, empty) is None
    first = next(iter(empty))
    told = Wrong({first: "To remove this, choose “Not needed”."})
    assert said(term_id, empty, Offer(parts=PARTS[term_id])) == told


_AMOUNT = "Write a number with its unit, such as 10,000 rows."
_AGE = "Write a number with its unit: minutes, hours, days, weeks."
_COLUMN = "Line 1: write name | type | meaning, such as: berth | string | where the ship lies"


@pytest.mark.parametrize(
    ("term_id", "field", "entered", "told"),
    [
        ("quantity", "amount", "many", _AMOUNT),
        ("quantity", "amount", "5000", _AMOUNT),
        ("access", "personal", "", "Please fill this in."),
        ("quality", "completeness", "101", "Write a percentage between 0 and 100."),
        ("quality", "validity", "-1", "Write a number, such as 95."),
        ("freshness", "age", "2 moons", _AGE),
        ("freshness", "age", "soon", _AGE),
        ("freshness", "cadence", "yearly", "Choose one of these."),
        ("schema", "columns", "ship", _COLUMN),
    ],
)
def test_what_is_wrong_in_a_term_is_said_at_its_field(term_id: str, field: str, entered: str, told: str) -> None:
    assert said(term_id, fields_of(term_id, **{field: entered})) == Wrong({f"{term_id}.{field}": told})


@pytest.mark.parametrize("written", ["2 days", "2days", "2 Day", " 2 days "])
def test_a_span_is_kept_as_its_number_and_unit(written: str) -> None:
    offer = said("freshness", fields_of("freshness", age=written))
    assert isinstance(offer, Offer)
    assert offer.parts == {"age": "2", "unit": "days", "cadence": "weekly"}
    without = said("freshness", fields_of("freshness", age=""), Offer(parts=PARTS["freshness"]))
    assert isinstance(without, Offer)
    assert without.parts == {"cadence": "weekly"}


def test_an_unknown_is_found_out_by_somebody_on_a_day_ahead() -> None:
    late = said("labels", Fields({"labels.finder": "", "labels.until": "2026-01-01"}))
    assert late == Wrong({
        "labels.until": "That day is in the past. Choose a day ahead.", "labels.finder": "Choose who will find out.",
    })  # fmt: skip
