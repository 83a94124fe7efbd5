"""SKOS in Turtle and JSON-LD: concepts as meanings, and back."""

import json

import pytest
from rdflib import SKOS, Graph, URIRef

from handlers.glossary.formats import own, skos
from handlers.glossary.formats.own import FormatError
from storage.glossary.glossary import NewSense, Relation

THESAURUS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix : <https://sea.example/> .

:tides a skos:ConceptScheme ; dcterms:creator "Ana" ; dcterms:title "Tides"@en, "Gezeiten"@de .
:neap a skos:Concept ; skos:inScheme :tides ;
  skos:prefLabel "neap tide"@en, "Nipptide"@de ; skos:altLabel "neap"@en ; skos:hiddenLabel "neep"@en ;
  skos:notation "T-2" ;
  skos:definition "A tide with little <b>range</b>. It comes at half moon."@en ;
  skos:scopeNote "Not of rivers."@en ; skos:example "Sail at neap."@en ;
  skos:broader :tide ; skos:related :spring ; skos:closeMatch <https://other.example/neap> ;
  skos:exactMatch :nip ; dcterms:creator "Ana" .
:nip a skos:Concept ; skos:topConceptOf :tides ; skos:prefLabel "nip" ; skos:definition "The same" .
:tide skos:prefLabel "tide" ; skos:scopeNote "Water that rises and falls" ; owl:deprecated true ;
  skos:exactMatch <https://other.example/tide> .
:spring a skos:Concept ; skos:prefLabel "spring tide" ; skos:definition "A tide with much range" .
:moons a skos:Collection ; skos:prefLabel "Moons" ; skos:member :spring .
:bare a skos:Concept ; skos:prefLabel "bare" .
"""


@pytest.mark.parametrize("form", ["skos", "skos-jsonld", "json"])
def test_a_thesaurus_is_read(form: str) -> None:
    text = THESAURUS if form == "skos" else Graph().parse(data=THESAURUS).serialize(format="json-ld")
    if form == "json":
        text = json.dumps({"@context": {}, "@graph": json.loads(text)})
    bare, neap, nip, spring, tide, scheme = own.read(text.encode(), form, "domain")
    assert (scheme.place, scheme.sense, scheme.error) == ("ConceptScheme tides", None, "")
    assert scheme.lost == ("its creator Ana", "its title Gezeiten (de)")
    assert bare.error == "gloss is missing"
    assert neap.sense is not None
    assert (neap.sense.word, neap.sense.discipline, neap.place) == ("neap tide", "tides", "concept neap")
    assert neap.sense.gloss == "A tide with little range. It comes at half moon."
    assert (neap.sense.definition, neap.sense.example) == ("Not of rivers.", "Sail at neap.")
    assert (neap.sense.aliases, neap.sense.misspellings) == (("neap", "T-2", "nip"), ("neep",))
    assert neap.sense.relations == (
        Relation(kind="broader", word="tide"),
        Relation(kind="related", word="spring tide"),
    )
    assert neap.lost == (
        "that its closeMatch is https://other.example/neap",
        "formatting",
        "its creator Ana",
        "its prefLabel Nipptide (de)",
    )
    assert [(each.sense.word, each.sense.discipline) for each in (nip, spring, tide) if each.sense] == [
        ("nip", "tides"),
        ("spring tide", "moons"),
        ("tide", "domain"),
    ]
    assert tide.sense is not None
    assert (tide.sense.status, tide.sense.source_link) == ("deprecated", "https://other.example/tide")


@pytest.mark.parametrize(
    ("form", "text", "told"),
    [
        ("skos", "a b", "the file can't be read as SKOS"),
        ("skos-jsonld", "[", "the file can't be read as SKOS"),
        ("skos-jsonld", '{"@context": "https://c.example/c", "@graph": []}', "its @context is at https://c.example/c"),
        ("json", '{"@context": [{}, "https://c.example/c"]}', "its @context is at https://c.example/c"),
        ("json", '{"@graph": [{"@context": {"@import": "https://c.example/c"}}]}', "its @context is at https://c"),
        ("json", '{"@context": [[["file:///etc/hosts"]]]}', "its @context is at file:///etc/hosts"),
        ("json", '{"@context": [[{"@import": "https://c.example/c"}]]}', "its @context is at https://c"),
        (
            "json",
            '{"@context": {"a": {"@id": "b:c", "@context": [["https://c.example/c"]]}}}',
            "its @context is at https",
        ),
        ("skos-jsonld", "7", "the file can't be read as SKOS"),
        ("skos", "1", "the file can't be read as SKOS"),
        ("skos", '<a> <b> "x"^^ .', "the file can't be read as SKOS"),
        ("skos", r'<a> <b> "\u12" .', "the file can't be read as SKOS"),
        ("skos-jsonld", '{"@context": 5, "a": 1}', "the file can't be read as SKOS"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_fetched(form: str, text: str, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        own.read(text.encode(), form, "domain")


def sense(word: str, discipline: str = "product", **more: object) -> NewSense:
    return NewSense.model_validate({"word": word, "discipline": discipline, "gloss": f"Of {word}.", **more})


def related(*pairs: tuple[str, str]) -> tuple[Relation, ...]:
    return tuple(Relation.model_validate({"kind": kind, "word": word}) for kind, word in pairs)


HOSTILE = (
    sense(
        'a <b> "c" \\ é/ü #? %20',
        definition="Two\n\nparagraphs, \"quotes\" \\ and '''.",
        example="x\ty",
        aliases=("one", "two; three", 'A <B> "c" \\ É/Ü #? %20!'),
        misspellings=("tow",),
        relations=related(("broader", "b"), ("not the same as", "c"), ("related", "nowhere")),
        source_title="A book",
        source_link="https://example.org/a b",
        source_licence="CC BY 4.0",
        say_instead="another word",
        steward="UANA",
        status="deprecated",
        replaced_by="b",
        verified_on="2026-01-05T09:00:00.000000+00:00",
        verified_by="Ana Ruiz",
    ),
    sense(
        "b", relations=related(("related", "d"), ("related", "c"), ("broader", "c"), ("narrower", "b")), aliases=("f",)
    ),
    sense("c", relations=related(("broader", "d"), ("broader", "b"))),
    sense("d", "data science", status="draft"),
    sense("d", status="disputed", relations=related(("related", "e"))),
    sense("f", "data science"),
)


@pytest.mark.parametrize("form", ["skos", "skos-jsonld"])
def test_what_is_written_comes_back_whole(form: str) -> None:
    text = own.write(HOSTILE, form)
    rows = own.read(text.encode(), form, "domain")
    back = {(row.sense.word, row.sense.discipline): row.sense for row in rows if row.sense}
    for each in HOSTILE:
        found = back[each.word, each.discipline].model_copy(update={"origin": each.origin})
        assert set(found.relations) >= set(each.relations)
        assert sorted(found.aliases) == sorted(each.aliases)
        same = {"aliases": each.aliases, "relations": each.relations}
        assert found.model_copy(update=same) == each
    assert [row.lost for row in rows if row.lost] == []


def test_disciplines_that_call_a_meaning_alike_are_close_and_others_are_not() -> None:
    graph = skos.graph_of(own.write(HOSTILE, "skos"), "skos")
    close = [*graph.subject_objects(SKOS.closeMatch)]
    scheme = "urn:common-ground:glossary:"
    assert close == [(URIRef(f"{scheme}product:b"), URIRef(f"{scheme}data%20science:f"))]


def test_a_glossary_without_words_is_written_too() -> None:
    assert [own.read(own.write([], form).encode(), form, "domain") for form in ("skos", "skos-jsonld")] == [[], []]
