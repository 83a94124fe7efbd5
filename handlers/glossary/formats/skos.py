"""The glossary as SKOS (https://www.w3.org/TR/skos-reference/): each meaning a concept, each discipline a scheme.

rdflib reads and writes it. What SKOS has no word for stands in properties of our own.
"""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.exceptions import Error
from rdflib.plugins.parsers.jsonld import to_rdf
from rdflib.term import Node

from handlers.checks import plain_json
from handlers.checks.csv_files import FormatError
from handlers.glossary.formats.rows import cell
from storage.glossary.glossary import NewSense, look_up_key

OURS = Namespace("urn:common-ground:terms:")
#: Fields that SKOS has no property for, or whose order it does not keep.
OWN = (
    *("example_link", "say_instead", "source_licence", "replaced_by"),
    *("steward", "status", "verified_on", "verified_by"),
)
_SCHEME = "urn:common-ground:glossary:"
_WITHIN = {"broader": SKOS.broader, "narrower": SKOS.narrower, "related": SKOS.related}
_ACROSS = {"broader": SKOS.broadMatch, "narrower": SKOS.narrowMatch, "related": SKOS.relatedMatch}
_CONTEXT = {"skos": str(SKOS), "dcterms": str(DCTERMS), "owl": str(OWL), "ours": str(OURS)}

#: What rdflib raises at a file that is none, beside errors of its own.
_NOT_READ = (SyntaxError, ValueError, TypeError, AttributeError, LookupError, NameError, AssertionError)
#: What OWL says of a concept that is no longer used.
DEPRECATED = Literal("true", datatype=XSD.boolean)

Named = Mapping[str, Sequence[NewSense]]
# A day or a number that is none is text to us, and no reason to write into the log what people wrote.
logging.getLogger("rdflib").setLevel(logging.CRITICAL)


def graph_of(text: str, form: str) -> Graph:
    """Read Turtle or JSON-LD. Raises FormatError, also where it would have to ask another machine for a context."""
    try:
        if form == "skos":
            return Graph().parse(data=text, format="turtle")
        told = plain_json.read(text)
        if address := _remote_context(told):
            raise FormatError(f"its @context is at {address} and isn't fetched; write it into the file")
        graph = Graph()
        to_rdf(told, graph)
    except (*_NOT_READ, Error) as error:
        raise FormatError(f"the file can't be read as SKOS: {' '.join(str(error).split())[:200]}") from None
    return graph


def _remote_context(told: object) -> str:
    """Return the address of a context that a JSON-LD document leaves to another machine, empty where none does."""
    if isinstance(told, dict):
        named = (_address(each) for name, each in told.items() if name in ("@context", "@import"))
        return next(filter(None, (*named, *map(_remote_context, told.values()))), "")
    return next(filter(None, map(_remote_context, told)), "") if isinstance(told, list) else ""


def _address(context: object) -> str:
    """Return the first address in a context, which may be a list of lists."""
    if isinstance(context, list):
        return next(filter(None, map(_address, context)), "")
    return context if isinstance(context, str) else ""


def write(senses: Iterable[NewSense], form: str) -> str:
    written = tuple(senses)
    named: dict[str, list[NewSense]] = {}
    for sense in written:
        named.setdefault(look_up_key(sense.word), []).append(sense)
    graph = Graph()
    for prefix, address in _CONTEXT.items():
        graph.bind(prefix, address)
    for sense in written:
        _add(graph, sense, named)
    _without_contradictions(graph)
    if form == "skos":
        return graph.serialize(format="turtle")
    told = json.loads(graph.serialize(format="json-ld", context=_CONTEXT))
    told["@graph"] = sorted(told.get("@graph", []), key=lambda each: str(each["@id"]))
    return json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _add(graph: Graph, sense: NewSense, named: Named) -> None:
    concept, scheme = _concept(sense), URIRef(_SCHEME + quote(sense.discipline, safe=""))
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, SKOS.prefLabel, Literal(sense.discipline)))
    graph.add((concept, RDF.type, SKOS.Concept))
    graph.add((concept, SKOS.inScheme, scheme))
    # SKOS S13: a name is of one kind.
    hidden = set(sense.misspellings) - {sense.word, *sense.aliases}
    texts: Mapping[URIRef, Iterable[str]] = {
        SKOS.prefLabel: [sense.word],
        SKOS.altLabel: {*sense.aliases} - {sense.word},
        SKOS.hiddenLabel: hidden,
        SKOS.definition: [sense.gloss],
        SKOS.scopeNote: [sense.definition],
        SKOS.example: [sense.example],
        DCTERMS.bibliographicCitation: [sense.source_title],
        OURS.relation: [cell((each,)) for each in sense.relations],
        **{OURS[name]: [cell(getattr(sense, name))] for name in OWN},
    }
    for predicate, told in texts.items():
        for text in filter(None, told):
            graph.add((concept, predicate, Literal(text)))
    if sense.source_link:
        graph.add((concept, DCTERMS.source, Literal(sense.source_link)))
    if sense.status == "deprecated":
        graph.add((concept, OWL.deprecated, DEPRECATED))
    _relate(graph, sense, named)


def _relate(graph: Graph, sense: NewSense, named: Named) -> None:
    """Relate a meaning to those that it names; it is close to one that another discipline calls as it is called too."""
    for relation in sense.relations:
        other = _named(relation.word, sense, named)
        if other is not None and relation.kind in _WITHIN:
            kinds = _WITHIN if other.discipline == sense.discipline else _ACROSS
            graph.add((_concept(sense), kinds[relation.kind], _concept(other)))
    for alias in sense.aliases:
        for other in named.get(look_up_key(alias), ()):
            if other.discipline != sense.discipline:
                graph.add((_concept(sense), SKOS.closeMatch, _concept(other)))


def _named(word: str, sense: NewSense, named: Named) -> NewSense | None:
    """Return the meaning that a word names: in the same discipline, else in another."""
    found = sorted(named.get(look_up_key(word), ()), key=lambda each: each.discipline != sense.discipline)
    return next((each for each in found if each is not sense), None)


def _concept(sense: NewSense) -> URIRef:
    return URIRef(f"{_SCHEME}{quote(sense.discipline, safe='')}:{quote(sense.word, safe='')}")


def _without_contradictions(graph: Graph) -> None:
    """Leave out that two concepts are related where one is above the other: SKOS (S27) forbids both."""
    for predicate in (SKOS.related, SKOS.relatedMatch):
        for one, other in [*graph.subject_objects(predicate)]:
            if other in above(graph, one) or one in above(graph, other):
                graph.remove((one, predicate, other))


def above(graph: Graph, concept: Node) -> set[Node]:
    """Return the concepts above one, in all steps."""
    found: set[Node] = set()
    waiting = [concept]
    while waiting:
        here = waiting.pop()
        upper = [each for way in (SKOS.broader, SKOS.broadMatch) for each in graph.objects(here, way)]
        upper += [each for way in (SKOS.narrower, SKOS.narrowMatch) for each in graph.subjects(way, here)]
        waiting += [each for each in upper if each not in found]
        found.update(upper)
    return found


def label(graph: Graph, node: Node) -> str:
    """Return what something is called: without a language or in English, where it has several names."""
    for predicate in (SKOS.prefLabel, DCTERMS.title, RDFS.label):
        if told := in_one_language(graph.objects(node, predicate)):
            return told[0]
    return ""


def in_one_language(nodes: Iterable[Node]) -> list[str]:
    """Return texts in one language: in none or in English before any other."""
    texts = sorted((each for each in nodes if isinstance(each, Literal)), key=lambda each: (_rank(each), str(each)))
    return [str(each) for each in texts if each.language == texts[0].language]


def _rank(text: Literal) -> tuple[int, str]:
    language = text.language or ""
    return (0 if not language else 1 if language.split("-")[0] == "en" else 2), language


def last_part(node: Node) -> str:
    return str(node).rstrip("/#").replace("#", "/").replace(":", "/").rpartition("/")[2]


def concepts(graph: Graph) -> Iterator[Node]:
    """Give the concepts in the order of their addresses."""
    found = {*graph.subjects(RDF.type, SKOS.Concept), *graph.subjects(SKOS.prefLabel)}
    others = {*graph.subjects(RDF.type, SKOS.ConceptScheme), *graph.subjects(RDF.type, SKOS.Collection)}
    yield from sorted(found - others, key=str)
