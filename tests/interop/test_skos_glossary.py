"""What we write as SKOS is read by rdflib, and keeps the integrity conditions of the SKOS reference (S9 to S46)."""

from itertools import combinations

import pytest
from rdflib import RDF, SKOS

from handlers.glossary.formats import own, skos
from handlers.glossary.starter import starter_senses
from storage.glossary.glossary import NewSense
from tests.handlers.glossary.formats.test_skos import HOSTILE

pytestmark = pytest.mark.interop


@pytest.mark.parametrize("senses", [HOSTILE, starter_senses()], ids=["hostile", "starter"])
@pytest.mark.parametrize("form", ["skos", "skos-jsonld"])
def test_what_is_written_keeps_the_integrity_conditions_of_skos(senses: tuple[NewSense, ...], form: str) -> None:
    graph = skos.graph_of(own.write(senses, form), form)
    concepts, schemes = ({*graph.subjects(RDF.type, kind)} for kind in (SKOS.Concept, SKOS.ConceptScheme))
    assert (len(concepts), concepts & schemes) == (len(senses), set()), "S9"
    assert {*graph.objects(None, SKOS.inScheme)} == schemes
    for concept in concepts:
        labels = [{*map(str, graph.objects(concept, way))} for way in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)]
        assert [one & other for one, other in combinations(labels, 2)] == [set()] * 3, "S13"
        assert len(labels[0]) == 1, "S14"
    for way in (SKOS.related, SKOS.relatedMatch):
        both = [(one, other) for one, other in graph.subject_objects(way) if other in skos.above(graph, one)]
        assert both == [], "S27"
    exact = {*graph.subject_objects(SKOS.exactMatch)}
    assert exact & {*graph.subject_objects(SKOS.broadMatch), *graph.subject_objects(SKOS.relatedMatch)} == set(), "S46"
