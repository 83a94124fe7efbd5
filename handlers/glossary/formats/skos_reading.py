"""A SKOS concept as a meaning: what becomes of its labels, notes and relations."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from handlers.glossary.formats import fitting, skos
from handlers.glossary.formats.fitting import described, fitted, related, relations_in
from handlers.glossary.formats.rows import Entry
from handlers.glossary.formats.skos import DEPRECATED, OURS, OWN, in_one_language, label, last_part
from storage.glossary.glossary import look_up_key

_RELATIONS: Mapping[URIRef, str] = {
    SKOS.broader: "broader",
    SKOS.broadMatch: "broader",
    SKOS.narrower: "narrower",
    SKOS.narrowMatch: "narrower",
    SKOS.related: "related",
    SKOS.relatedMatch: "related",
    SKOS.closeMatch: "related",
}
_DEFINED = (SKOS.definition, DCTERMS.description, RDFS.comment)
_LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
_NOTES = (SKOS.scopeNote, SKOS.note)
_PLACES = (SKOS.inScheme, SKOS.topConceptOf)
_ABOUT = (RDF.type, OWL.deprecated, DCTERMS.source, DCTERMS.bibliographicCitation, SKOS.example, SKOS.notation)
_TITLES = (SKOS.prefLabel, DCTERMS.title, RDFS.label)
_OF_GROUPS = {*_TITLES, RDF.type, SKOS.hasTopConcept, SKOS.member, SKOS.memberList}
_READ = {*_RELATIONS, *_DEFINED, *_LABELS, *_NOTES, *_PLACES, *_ABOUT, SKOS.exactMatch}


def read(graph: Graph) -> Iterator[Entry]:
    known = {each: label(graph, each) for each in skos.concepts(graph)}
    for concept in known:
        yield _meaning(graph, concept, known)
    for kind in (SKOS.ConceptScheme, SKOS.Collection, SKOS.OrderedCollection):
        for group in sorted(graph.subjects(RDF.type, kind), key=str):
            if lost := _left(graph, group, _OF_GROUPS):
                yield Entry(f"{last_part(kind)} {last_part(group)}", None, lost)


def _meaning(graph: Graph, concept: Node, known: Mapping[Node, str]) -> Entry:
    relations, names, lost = _related(graph, concept, known)
    own = {name: str(value) for name in OWN if (value := graph.value(concept, OURS[name])) is not None}
    kept = relations_in("\n".join(map(str, graph.objects(concept, OURS.relation))))
    sources = [*graph.objects(concept, DCTERMS.source), *graph.objects(concept, SKOS.exactMatch)]
    links = [str(each) for each in sources if each not in known]
    notation = [str(each) for each in graph.objects(concept, SKOS.notation)]
    told: dict[str, object] = {
        **own,
        **_texts(graph, concept, lost, is_ours="status" in own),
        "word": known[concept],
        "aliases": [*_all(graph, concept, SKOS.altLabel), *notation, *names],
        "misspellings": _all(graph, concept, SKOS.hiddenLabel),
        "relations": [*kept, *_not_among(relations, kept)],
        "discipline": _discipline(graph, concept),
        "source_link": next(iter(links), ""),
        "origin": "SKOS",
    }
    if "status" not in own and graph.value(concept, OWL.deprecated) == DEPRECATED:
        told["status"] = "deprecated"
    lost += [gone for link in links[1:] for gone in fitting.told("the link", link)]
    return fitted(f"concept {last_part(concept)}", told, [*lost, *_left(graph, concept, _READ)])


def _texts(graph: Graph, concept: Node, lost: list[str], *, is_ours: bool) -> dict[str, object]:
    """Return what explains a concept; what was written here says its gloss and its definition apart."""
    notes = [text for predicate in _NOTES for text in _all(graph, concept, predicate)]
    defined = next((found for each in _DEFINED if (found := _all(graph, concept, each))), [])
    citation = _all(graph, concept, DCTERMS.bibliographicCitation)
    same: dict[str, object] = {"example": "\n".join(_all(graph, concept, SKOS.example))}
    same["source_title"] = "; ".join(citation)
    if is_ours:
        return {**same, "gloss": "".join(defined[:1]), "definition": "\n\n".join(notes)}
    first, *others = defined or notes[:1] or [""]
    both, gone = described(first)
    more = [*others, *(notes if defined else notes[1:])]
    lost += gone
    return {**same, **both, "definition": "\n\n".join(filter(None, (str(both["definition"]), *more)))}


def _all(graph: Graph, concept: Node, predicate: URIRef) -> list[str]:
    return in_one_language(graph.objects(concept, predicate))


def _related(
    graph: Graph, concept: Node, known: Mapping[Node, str]
) -> tuple[list[dict[str, str]], list[str], list[str]]:
    """Return relations, the names of concepts that are exactly this one, and what cannot be kept: what is elsewhere."""
    found: list[dict[str, str]] = []
    lost: list[str] = []
    for predicate, kind in _RELATIONS.items():
        for other in sorted(graph.objects(concept, predicate), key=str):
            if other in known:
                found += _not_among(related(kind, [known[other]]), found)
            else:
                lost += fitting.told(f"that its {last_part(predicate)} is", other)
    same = [known[each] for each in graph.objects(concept, SKOS.exactMatch) if each in known]
    return found, sorted(each for each in same if each != known[concept]), lost


def _not_among(relations: list[dict[str, str]], known: list[dict[str, str]]) -> list[dict[str, str]]:
    keys = {(each["kind"], look_up_key(each["word"])) for each in known}
    return [each for each in relations if (each["kind"], look_up_key(each["word"])) not in keys]


def _discipline(graph: Graph, concept: Node) -> str:
    """Return the name of a concept's scheme, else of a collection that it is in."""
    schemes = sorted((each for way in _PLACES for each in graph.objects(concept, way)), key=str)
    groups = sorted(graph.subjects(SKOS.member, concept), key=str)
    return next((label(graph, each) or last_part(each) for each in (*schemes, *groups)), "")


def _left(graph: Graph, concept: Node, read_here: AbstractSet[URIRef]) -> list[str]:
    """Return what else is said of a concept or a group: properties that nothing here reads, and other languages."""
    lost: list[str] = []
    named = {*_LABELS, *_DEFINED, *_TITLES} & read_here
    kept = {(each, text) for each in named for text in _all(graph, concept, each)}
    for predicate, value in sorted(graph.predicate_objects(concept), key=str):
        is_other = predicate in named and isinstance(value, Literal)
        if is_other and (predicate, str(value)) not in kept:
            lost += fitting.told(f"its {last_part(predicate)}", f"{value} ({getattr(value, 'language', '')})")
        if predicate not in read_here and not str(predicate).startswith(str(OURS)):
            lost += fitting.told(f"its {last_part(predicate)}", value)
    return lost
