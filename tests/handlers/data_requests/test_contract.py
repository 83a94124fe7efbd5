"""The contract says what was agreed, to people."""

from handlers.data_requests.contract import Contract, file_name, markdown
from handlers.data_requests.rules.status import settled_terms
from storage.data_requests.data_requests import DataRequest, Term
from storage.glossary.glossary import Sense
from storage.records.offers import Agreement, Offer
from tests.handlers.data_requests.requests import AT, NAMES, a_request

AGREED: dict[str, object] = {
    "state": "agreed", "agreed_at": AT, "terms_version": 3, "agreed_in": "D-7",
    "agreements": {
        "requester": Agreement(user_id="UDEV", version=3, at=AT), "owner": Agreement(user_id="UANA", version=3, at=AT),
    },
}  # fmt: skip


def a_sense(**changes: str) -> Sense:
    told = {
        "id": "s1", "team_id": "T0LOCAL", "visibility": "workspace", "look_up_key": "berth", "origin": "people",
        "word": "berth", "discipline": "domain", "gloss": "where a ship lies", "status": "approved", "version": 4,
        "updated_at": AT,
    }  # fmt: skip
    return Sense.model_validate({**told, **changes})


def contract(request: DataRequest, *senses: tuple[Sense, int]) -> Contract:
    return Contract(request, settled_terms(request), NAMES, senses)


def test_people_read_it_as_markdown_in_which_their_words_stay_as_they_are() -> None:
    terms = a_request().terms
    terms["acceptance"] = Term(asked=Offer(parts={"criteria": "every *berth* | <script>"}))
    told = markdown(contract(a_request(**AGREED, terms=terms), (a_sense(), 4)))
    assert told.startswith("# DR-1: berth arrivals\n\n- State: agreed\n- Purpose: To tell pilots")
    assert "| Acceptance | every \\*berth\\* \\| &lt;script&gt; |" in told
    assert "| ship | string | its call sign |" in told
    assert "- Agreed by: Dev Patel on 2026-01-05, Ana Ruiz on 2026-01-05" in told
    assert told.endswith("Words:\n\n- berth (domain), version 4: where a ship lies\n")
    columns = Term(asked=Offer(parts={"columns": "<i>ship | string | its <b>call</b> sign"}))
    sense = a_sense().model_copy(update={"gloss": "<script>where</script>\na ship lies"})
    told = markdown(contract(a_request(entity="<img src=x>", terms={"schema": columns}), (sense, 4)))
    assert told.startswith("# DR-1: &lt;img src=x&gt;\n")
    assert "| &lt;i&gt;ship | string | its &lt;b&gt;call&lt;/b&gt; sign |" in told
    assert told.endswith("version 4: &lt;script&gt;where&lt;/script&gt; a ship lies\n")
    assert "<" not in told
    open_ = markdown(contract(a_request(terms={})))
    assert "Still open:\n\n- quantity\n" in open_


def test_a_file_is_named_by_the_version_of_the_contract() -> None:
    assert file_name(a_request(**AGREED)) == "DR-1-v1.0.0.odcs.yaml"
    assert file_name(a_request(**AGREED, semantic_version="1.2.0"), "md") == "DR-1-v1.2.0.md"


def test_units_bounds_and_values_of_columns_are_in_it_for_people() -> None:
    columns = "berth | string key | | North, South\nlength | number | of the ship | 0 to 400 m"
    request = a_request(**AGREED, terms={"schema": Term(asked=Offer(parts={"columns": columns}, by="UDEV", at=AT))})
    assert "| length | number | of the ship | 0 to 400 m |" in markdown(contract(request))
