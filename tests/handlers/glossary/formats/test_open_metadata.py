"""OpenMetadata's CSV, with the headers of today and of before, as the glossary takes it and writes it."""

import csv
import io

import pytest

from handlers.glossary.formats import own
from handlers.glossary.formats.own import Row
from storage.glossary.glossary import NewSense, Relation

BEFORE_1_5 = "parent,name*,displayName,description,synonyms,relatedTerms,references,tags,reviewers,owner,status"
BEFORE_2 = f"{BEFORE_1_5[:-7]},glossaryStatus,color,iconURL,extension"
PRESENT = f"{BEFORE_2[:-10]},domains,extension"


def read(header: str, *rows: str, form: str = "csv") -> list[Row]:
    return own.read("\r\n".join([header, *rows, ""]).encode(), form, "domain")


@pytest.mark.parametrize("form", ["csv", "openmetadata", "openmetadata-1"])
@pytest.mark.parametrize(("header", "more"), [(BEFORE_1_5, ""), (BEFORE_2, ",,,"), (PRESENT, ",,,,")])
def test_a_term_is_read_with_each_header(header: str, more: str, form: str) -> None:
    told = f",Customer,,<p>Somebody who pays. Not a visitor.</p>,client;buyer,,Handbook;https://a.org,,,,Approved{more}"
    (row,) = read(header, told, form=form)
    assert row.sense is not None
    assert (row.sense.word, row.sense.discipline, row.sense.status) == ("Customer", "domain", "approved")
    assert (row.sense.gloss, row.sense.definition) == ("Somebody who pays. Not a visitor.", "")
    assert (row.sense.aliases, row.sense.source_link) == (("client", "buyer"), "https://a.org")
    assert row.lost == ()


def test_a_parent_is_a_broader_term_and_relations_keep_their_kinds() -> None:
    related = 'Sea.Skew;synonym:Sea.Lead-in;antonym:Sea.Trail;partOf:Sea.Funnel;narrower:Sea."Hot, lead";seeAlso:Sea.X'
    cell = '"' + related.replace('"', '""') + '"'
    (row,) = read(PRESENT, f'"Sea.""Sales, EU""",lead,Lead,Somebody interested,,{cell},,,,,Draft,,,,')
    assert row.sense is not None
    assert row.sense.relations == (
        Relation(kind="broader", word="Sales, EU"),
        Relation(kind="related", word="Skew"),
        Relation(kind="not the same as", word="Trail"),
        Relation(kind="broader", word="Funnel"),
        Relation(kind="narrower", word="Hot, lead"),
        Relation(kind="related", word="X"),
    )
    assert (row.sense.aliases, row.sense.discipline) == (("Lead-in",), "domain")
    assert row.lost == (
        "that it is antonym Trail (kept as not the same as)",
        "that it is partOf Funnel (kept as broader)",
        "that it is seeAlso X (kept as related)",
    )


def test_each_thing_that_cannot_be_kept_is_said() -> None:
    references = "A;https://a.org;B;https://b.org"
    (row,) = read(PRESENT, f",lead,,**Who** asks,,,{references},PII.Low,ben,user:ana,In Review,#fff,,Sales,cost:5")
    assert row.sense is not None
    assert (row.sense.gloss, row.sense.source_link, row.sense.status) == ("Who asks", "https://a.org", "draft")
    assert row.lost == (
        "tags PII.Low",
        "reviewers ben",
        "owner user:ana",
        "color #fff",
        "domains Sales",
        "extension cost:5",
        "the reference B https://b.org",
        "formatting",
    )


FULL = NewSense(
    word="drift, slow",
    discipline="product",
    gloss="Plans change. Slowly.",
    definition="Nobody *says* so.\n\nIt is 1 < 2.",
    example="It drifted.\n\nAnd again.",
    aliases=("shift; slide", "creep, slow", "glide"),
    relations=(Relation(kind="related", word="skew"), Relation(kind="not the same as", word="bias")),
    say_instead="a change of plan",
    source_title="A book; of plans",
    source_link="https://example.org",
    status="deprecated",
)


@pytest.mark.parametrize(("form", "header"), [("openmetadata", PRESENT), ("openmetadata-1", BEFORE_2)])
def test_what_is_written_has_the_very_header_and_comes_back(form: str, header: str) -> None:
    text = own.write([FULL], form)
    (names, told) = csv.reader(io.StringIO(text))
    assert (",".join(names), len(told)) == (header, len(names))
    assert told[:3] == ["", "drift, slow (product)", "drift, slow"]
    (row,) = own.read(text.encode(), form, "domain")
    assert row.sense is not None
    assert row.sense.model_copy(update={"origin": FULL.origin}) == FULL
    assert row.lost == ()


def test_what_somebody_changes_in_openmetadata_is_taken() -> None:
    changed = own.write([FULL], "openmetadata").replace("Plans change. Slowly.", f"Plans change. {'Slowly ' * 20}")
    (row,) = own.read(changed.replace("Related: skew", "Related: skew; shift\n\nNew.").encode(), "csv", "domain")
    assert row.sense is not None
    assert (row.sense.gloss, row.sense.definition.endswith("It is 1 < 2.\n\nNew.")) == ("Plans change", True)
    assert [each.word for each in row.sense.relations] == ["skew", "shift", "bias"]


def test_a_row_names_no_term_that_may_not_be_there_and_two_disciplines_have_two_names() -> None:
    other = FULL.model_copy(update={"discipline": "domain"})
    rows = [*csv.DictReader(io.StringIO(own.write([FULL, other], "openmetadata")))]
    assert [(each["parent"], each["relatedTerms"]) for each in rows] == [("", ""), ("", "")]
    assert len({each["name*"] for each in rows}) == 2
