"""A person goes from texts by their id, their mentions and their full name, and nobody else does."""

import pytest

from storage.records import former
from storage.records.former import NAME, Forgotten

ANA = Forgotten("U01ANA", "Ana Ruiz", former.placeholder(1))
ONE_WORD = Forgotten("U01ANA", "Will", former.placeholder(1))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("U01ANA", "UFORMERMEMBER1"),
        ('["U01ANA", "U01ANAS"]', '["UFORMERMEMBER1", "U01ANAS"]'),
        (r'{"note":"Hello\nU01ANA \u2014U01ANA"}', r'{"note":"Hello\nUFORMERMEMBER1 \u2014UFORMERMEMBER1"}'),
        ("<@U01ANA> and <@U01ANA|ana>", f"{NAME} and {NAME}"),
        ("<@U01BEN>", "<@U01BEN>"),
        ("u01ana", "uformermember1"),
        ("Ana Ruiz, Juana Ruiz and Ana Ruizzi", f"{NAME}, Juana Ruiz and Ana Ruizzi"),
        ("XU01ANA", "XU01ANA"),
    ],
)
def test_what_names_them_goes_from_a_text(text: str, left: str) -> None:
    assert ANA.out_of_text(text) == left


def test_a_name_of_one_word_goes_only_where_it_is_known_to_be_one() -> None:
    assert ONE_WORD.out_of_text("Will we ship? <@U01ANA>") == f"Will we ship? {NAME}"
    assert ONE_WORD.out_of_text('{"verified_by":"Will"}') == f'{{"verified_by":"{NAME}"}}'
    assert ONE_WORD.out_of_message({"text": "Will agreed"}) == {"text": f"{NAME} agreed"}


def test_a_placeholder_says_who_it_is_no_more() -> None:
    assert former.is_former(ANA.placeholder)
    assert not former.is_former(ANA.user_id)
