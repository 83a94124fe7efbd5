"""What is entered in the forms, read field by field; what is wrong is said at its field."""

import pytest

from handlers.agreements.parsing import offer_in
from handlers.data_requests.rules.clauses import SET_UP_PARTS, TERMS
from handlers.data_requests.rules.parsing import data_key, request_facts, set_up_facts
from handlers.slack.interactions import Fields, Wrong
from storage.records.offers import Offer
from tests.conftest import START
from tests.handlers.data_requests.requests import PARTS, a_request

TODAY = START.date()
PAGE: dict[str, str | list[str]] = {
    "purpose": "To tell pilots", "serves": "berth model", "entity": "berth arrivals", "population": "all ships",
    "set_up": "vendor", "needed_by": "2026-02-02", "owner": "",
}  # fmt: skip


def wrong_page(**changed: str) -> dict[str, str]:
    told = request_facts(Fields({**PAGE, **changed}), a_request(), TODAY)
    assert isinstance(told, Wrong)
    return dict(told.errors)


def test_the_first_page_says_what_is_needed_from_where_and_until_when() -> None:
    told = request_facts(Fields(PAGE), a_request(), TODAY)
    assert not isinstance(told, Wrong)
    assert (told["set_up"], told["data_key"], told["needed_by"]) == ("vendor", "arrivals berth", "2026-02-02")


def test_what_is_wrong_on_the_first_page_is_said_at_its_field() -> None:
    assert wrong_page(purpose=" ", entity="!?", serves="", population="-") == {
        "purpose": "Say what it is for.",
        "entity": "Say what data it is, in a few words.",
        "serves": "Name the decision or the model that it serves.",
        "population": "Say of whom or of what.",
    }
    assert wrong_page(needed_by="2026-01-04") == {"needed_by": "That day is in the past. Choose a day ahead."}
    assert wrong_page(needed_by="") == {"needed_by": "Choose a day."}
    assert wrong_page(set_up="moon") == {"set_up": "Say where the data comes from."}
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


def test_each_set_up_has_fields_of_its_own() -> None:
    fields: dict[str, str | list[str]] = {"licence": "CC BY 4.0", "provenance": "the port's own portal"}
    assert set_up_facts(Fields(fields), "public") == fields
    assert [part.id for part in SET_UP_PARTS["in-house"]] == ["benefit", "sponsor", "approver"]
    told = set_up_facts(Fields({"specification": "https://spec", "sample": "by mail", "budget": "a lot"}), "vendor")
    assert told == Wrong({"budget": "Write a number with its currency, such as 20000 EUR."})
    assert set_up_facts(Fields({}), "product team") == {}
    lacking = set_up_facts(Fields({}), "in-house")
    assert isinstance(lacking, Wrong)
    assert set(lacking.errors) == {"benefit", "sponsor", "approver"}


@pytest.mark.parametrize("term_id", list(TERMS))
def test_every_term_is_a_value_or_not_needed_or_unknown(term_id: str) -> None:
    kind = TERMS[term_id]
    assert offer_in(Fields({"stance": "value", **PARTS[term_id]}), kind, TODAY) == Offer(parts=PARTS[term_id])
    not_needed = offer_in(Fields({"stance": "not needed", "why_not": "there is none"}), kind, TODAY)
    assert not_needed == Offer(stance="not needed", reason="there is none")
    unknown = offer_in(Fields({"stance": "unknown", "finder": "UBEN", "until": "2026-01-09"}), kind, TODAY)
    assert unknown == Offer(stance="unknown", finder="UBEN", until="2026-01-09")
    for stance in ("not needed", "unknown"):
        assert isinstance(offer_in(Fields({"stance": stance}), kind, TODAY), Wrong)
    # Nothing at all is no value, whatever may be left out.
    assert isinstance(offer_in(Fields({"stance": "value"}), kind, TODAY), Wrong)


@pytest.mark.parametrize(
    ("term_id", "changed", "field", "told"),
    [
        ("quantity", {"amount": "many"}, "amount", "Write a number with its unit, such as 10000 rows."),
        ("quantity", {"amount": "5000"}, "amount", "Write a number with its unit, such as 10000 rows."),
        ("quality", {"completeness": "101"}, "completeness", "Write a share between 0 and 100 %."),
        ("quality", {"validity": "-1"}, "validity", "Write a number, such as 95."),
        ("labels", {"share": "some"}, "share", "Write a number, such as 95."),
        ("freshness", {"unit": "moons"}, "unit", "Choose one of these."),
        ("schema", {"columns": "ship"}, "columns",
         "Line 1: write name | type | meaning, such as: berth | string | where the ship lies"),
        ("evolution", {"announcer": ""}, "announcer",
         "Somebody has to announce changes of data that comes again and again."),
        ("evolution", {"notice": ""}, "notice", "Say how many days ahead."),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_term_is_said_at_its_field(
    term_id: str, changed: dict[str, str], field: str, told: str
) -> None:
    said = offer_in(Fields({"stance": "value", **PARTS[term_id], **changed}), TERMS[term_id], TODAY)
    assert said == Wrong({field: told})


def test_an_unknown_is_found_out_by_somebody_on_a_day_ahead() -> None:
    late = offer_in(Fields({"stance": "unknown", "finder": "", "until": "2026-01-01"}), TERMS["labels"], TODAY)
    assert late == Wrong({
        "until": "That day is in the past. Choose a day ahead.", "finder": "Name who finds it out.",
    })  # fmt: skip
