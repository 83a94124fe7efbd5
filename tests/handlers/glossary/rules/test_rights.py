"""What a person may do with a meaning as it stands."""

import pytest

from handlers.glossary.rules.rights import Rights
from storage.glossary.glossary import Meaning, Sense, Status


def sense(status: Status = "approved", **more: object) -> Sense:
    told = {"id": "1", "team_id": "T1", "visibility": "workspace", "look_up_key": "drift", "origin": "people"}
    meaning = {"word": "drift", "discipline": "data science", "gloss": "Inputs change", "status": status}
    return Sense.model_validate({**told, **meaning, "updated_at": "", **more})


def rights(*disciplines: str, is_admin: bool = False) -> Rights:
    return Rights("UANA", is_admin, disciplines)


@pytest.mark.parametrize(
    ("one", "may_act", "may"),
    [
        (sense(), True, True),
        (sense(), False, False),
        (sense(steward="UANA"), False, True),
        (sense(status="draft", created_by="UANA"), False, True),
        (sense(created_by="UANA"), False, False),
    ],
)
def test_who_may_edit(one: Sense, may_act: bool, may: bool) -> None:  # noqa: FBT001
    assert rights("data science" if may_act else "product").may_edit(one) is may


@pytest.mark.parametrize(
    ("one", "who", "may"),
    [
        (sense(), rights("data science"), True),
        (sense(), rights(is_admin=True), True),
        (sense(), rights("product"), False),
        (sense(steward="UANA"), rights(), True),
        (sense("disputed", steward="UANA"), rights(), True),
        (sense("draft", steward="UANA", created_by="UANA"), rights("product"), False),
    ],
)
def test_who_may_settle(one: Sense, who: Rights, may: bool) -> None:  # noqa: FBT001
    assert who.may_settle(one) is may


def test_what_a_steward_writes_for_their_own_discipline_needs_no_approval() -> None:
    ours, theirs = (Meaning(word="drift", discipline=each, gloss="g") for each in ("data science", "product"))
    assert rights("data science").needs_no_approval(ours, None)
    assert not rights("data science").needs_no_approval(theirs, sense())
    assert not rights("product").needs_no_approval(ours, None)
    assert rights().needs_no_approval(ours, sense(steward="UANA"))
    assert not rights().needs_no_approval(theirs, sense(steward="UANA"))
