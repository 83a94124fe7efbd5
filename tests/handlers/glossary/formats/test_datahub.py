"""DataHub's business glossary, as the glossary takes it and writes it."""

import pytest
import yaml

from handlers.checks.csv_files import FormatError
from handlers.glossary.formats import own
from storage.glossary.glossary import NewSense, Relation

DATAHUB = """
version: "1"
source: DataHub
owners: {users: [ana]}
url: https://d.org
nodes:
  - name: Classification
    description: Groups
    terms:
      - name: Sensitive
        description: Data to protect. Ask **first**.
        term_source: EXTERNAL
        source_url: https://a.org
        inherits: [Classification.Data]
        owners: {groups: [legal]}
        domain: Compliance
        knowledge_links: [{label: Wiki, url: "https://w.org"}]
        custom_properties: {level: 3}
    nodes:
      - {name: Inner, terms: [{name: Secret, description: Nobody}]}
terms:
  - {name: Loose, description: Without a node}
"""


def test_a_yaml_file_that_is_datahubs_is_recognised_and_its_nodes_are_disciplines() -> None:
    rows = own.read(DATAHUB.encode(), "yaml", "domain")
    found = [(row.place, row.sense.word, row.sense.discipline, row.sense.gloss) for row in rows if row.sense]
    assert found == [
        ("glossary / Loose", "Loose", "domain", "Without a node"),
        ("glossary / Classification / Sensitive", "Sensitive", "classification", "Data to protect. Ask first."),
        ("glossary / Classification / Inner / Secret", "Secret", "inner", "Nobody"),
    ]


def test_each_thing_that_cannot_be_kept_is_said() -> None:
    whole, _, node, sensitive, _ = own.read(DATAHUB.encode(), "datahub", "domain")
    assert (whole.place, whole.lost) == ("glossary", ("its owners: ana", "its url: https://d.org"))
    assert (node.sense, node.error, node.place) == (None, "", "glossary / Classification")
    assert node.lost == ("its description: Groups",)
    assert sensitive.sense is not None
    assert sensitive.sense.relations == (Relation(kind="broader", word="Data"),)
    assert sensitive.lost == (
        "formatting",
        "owners legal",
        "domain Compliance",
        "the link Wiki, https://w.org",
        "the property level: 3",
    )


FULL = NewSense(
    word="C++",
    discipline="software engineering",
    gloss="A language. Compiled.",
    definition="With *templates*, 1 < 2.\n\nAnd more.",
    example="It is in C++.",
    example_link="https://slack.example/archives/C1/p1",
    aliases=("cpp", "C plus plus; see"),
    misspellings=("c pp; c plus",),
    relations=(
        Relation(kind="broader", word="language"),
        Relation(kind="narrower", word="template"),
        Relation(kind="related", word="C#"),
        Relation(kind="not the same as", word="C"),
    ),
    say_instead="modern C++",
    source_title="A book",
    source_link="https://example.org",
    source_licence="CC BY 4.0",
    steward="UANA",
    status="deprecated",
    replaced_by="Rust",
    verified_on="2026-01-05T09:00:00.000000+00:00",
    verified_by="Ana Ruiz",
)
SHORT = NewSense(word="C#", discipline="software engineering", gloss="Another one.")


def test_what_is_written_comes_back_whole() -> None:
    text = own.write([FULL, SHORT], "datahub")
    rows = own.read(text.encode(), "datahub", "domain")
    assert [row.lost for row in rows] == [(), ()]
    back = [row.sense.model_copy(update={"origin": FULL.origin}) for row in rows if row.sense]
    assert back == [FULL, SHORT]


VARIABLES = NewSense(
    word="costs ${NOPE}",
    discipline="product",
    gloss="$NOPE or \\${NOPE}, or \\\\ and ${NOPE:-x}",
    definition="$5 \\ and ${NOPE}.",
    aliases=("$NOPE", "\\$NOPE"),
    example="At $5, \\$6",
)


def test_what_looks_like_a_variable_of_datahubs_environment_comes_back_as_it_was() -> None:
    text = own.write([VARIABLES], "datahub")
    assert "${NOPE" not in text.replace("\\${NOPE", "")
    (row,) = own.read(text.encode(), "datahub", "domain")
    assert row.sense is not None
    assert row.sense.model_copy(update={"origin": FULL.origin}) == VARIABLES


def test_a_term_names_others_by_their_path_and_only_those_that_the_file_has() -> None:
    (node,) = yaml.safe_load(own.write([FULL, SHORT], "datahub"))["nodes"]
    first, second = node["terms"]
    assert first["related_terms"] == ["software engineering.C#"]
    assert not {"inherits", "contains"} & first.keys()
    assert first["id"] != second["id"]


def test_what_somebody_changes_in_datahubs_file_is_taken() -> None:
    told = yaml.safe_load(own.write([FULL, SHORT], "datahub"))
    told["nodes"][0]["terms"][0] |= {"description": "Now *fast*.", "related_terms": ["software engineering.Go"]}
    row, _ = own.read(yaml.safe_dump(told).encode(), "datahub", "domain")
    assert row.sense is not None
    assert (row.sense.gloss, row.sense.definition) == (FULL.gloss, "Now fast.")
    assert row.sense.relations == (*FULL.relations, Relation(kind="related", word="Go"))


def test_links_of_a_term_that_are_no_list_are_refused() -> None:
    with pytest.raises(FormatError, match="glossary / Tide: its knowledge_links should be a list"):
        own.read(b"terms: [{name: Tide, description: It rises., knowledge_links: 5}]", "datahub", "domain")
