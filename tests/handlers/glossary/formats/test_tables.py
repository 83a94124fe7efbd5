"""Tables as people keep them come in without being edited first, and what has no place is said row by row."""

import pytest

from handlers.glossary.formats import own
from handlers.glossary.formats.own import Row


def read(text: str) -> list[Row]:
    return own.read(text.encode(), "csv", "domain")


@pytest.mark.parametrize(
    "text",
    [
        "Acronym,Definition\nKYC,Know who your customer is\n",
        "WORD ; Meaning\nKYC;Know who your customer is\n;\n",
        "Term\tDescription\r\nKYC\tKnow who your customer is\r\n",
        "| Term | Definition |\n| --- | :-: |\n| **KYC** | Know who your *customer* is |\n",
        "term,definition,,\nKYC,Know who your customer is,,\n,,,\n",
        "Abbreviation,Explanation\r\n\r\nKYC,Know who your customer is\r\n",
        "gloss,word\nKnow who your customer is,KYC\n",
    ],
)
def test_a_table_is_read_by_what_people_call_its_columns(text: str) -> None:
    (row,) = read(text)
    assert row.sense is not None, row.error
    assert (row.sense.word, row.sense.gloss, row.sense.definition) == ("KYC", "Know who your customer is", "")
    assert row.sense.discipline == "domain"


def test_each_column_has_its_place_and_what_has_none_is_said() -> None:
    head = "Acronym,Full name,Definition,Category,Synonyms,See also,Source,Example,Owner,Reviewed\n"
    cells = (
        'KYC,Know Your Customer,Who they are.,Compliance,"identity check, ID check",AML,https://a.org,We ask.,Ana,2024'
    )
    (row,) = read(head + cells + "\n")
    sense = row.sense
    assert sense is not None
    assert (sense.word, sense.gloss, sense.discipline) == ("KYC", "Who they are.", "compliance")
    assert sorted(sense.aliases) == ["ID check", "Know Your Customer", "identity check"]
    assert [(each.kind, each.word) for each in sense.relations] == [("related", "AML")]
    assert (sense.source_link, sense.source_title, sense.example) == ("https://a.org", "", "We ask.")
    assert row.lost == ("owner Ana", "reviewed 2024")


def test_a_word_with_its_long_form_in_brackets_has_both_names() -> None:
    (row,) = read("Term,Definition\nKYC (Know Your Customer),Who they are\n")
    assert row.sense is not None
    assert (row.sense.word, row.sense.aliases) == ("KYC", ("Know Your Customer",))


def test_an_acronym_explained_by_its_long_form_has_that_name_too_and_a_second_explanation_is_kept() -> None:
    (row,) = read("Acronym,Definition,Description,Tags\nVTS,Vessel Traffic Service,It guides ships,sea\n")
    assert row.sense is not None
    assert (row.sense.gloss, row.sense.definition) == ("Vessel Traffic Service", "It guides ships")
    assert (row.sense.aliases, row.lost) == (("Vessel Traffic Service",), ("tags sea",))


def test_a_long_text_has_its_first_line_or_sentence_as_its_gloss_and_is_cut_where_it_must_be() -> None:
    long = "What it is. " + "And more of it at length. " * 100
    first, second = read(f'Term,Meaning\nA,"A short line\nand the rest"\nB,{long}\n')
    assert first.sense is not None
    assert second.sense is not None
    assert (first.sense.gloss, first.sense.definition) == ("A short line", "and the rest")
    assert (second.sense.gloss, len(second.sense.definition) <= 2000) == ("What it is", True)
    assert second.lost == ("the end of its definition, which has 2,611 characters of at most 2,000",)


def test_a_state_a_link_and_a_group_that_cannot_be_kept_are_said() -> None:
    (row,) = read(f"Term,Definition,Status,Link,Team\nA,B,Ready,see the wiki,{'x' * 41}\n")
    assert row.sense is not None
    assert (row.sense.status, row.sense.source_link, row.sense.discipline) == ("approved", "", "domain")
    assert row.lost == ("status ready", f"the group {'x' * 41}", "the link see the wiki")


def test_who_sees_a_meaning_is_never_lost() -> None:
    (row,) = read("Term,Definition,Visibility\nfalcon,The launch,CSECRET\n")
    assert row.sense is not None
    assert row.sense.visibility == "CSECRET"


def test_a_refusal_names_the_line_the_column_and_the_value() -> None:
    rows = read(f"Term,Definition\nA,\n{'w' * 81},B\nC,D,E\n")
    assert [f"{row.place}: {row.error}" for row in rows] == [
        "line 2: it has no definition",
        f"line 3: word has 81 characters, at most 80 fit: “{'w' * 39}…”",
        "line 4: a different number of columns than the first line",
    ]
