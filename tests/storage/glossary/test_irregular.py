"""The lists of what no rule knows."""

from storage.glossary.irregular import irregular


def test_a_word_leads_to_all_of_its_group_and_a_list_is_a_set() -> None:
    known = irregular()

    assert known.plurals["indices"] == ("index", "indices", "indexes")
    assert known.short["param"] == ("param", "parameter")
    assert {"logistics", "bias"} <= known.no_plurals
