"""Elements as triples: a direct edge for readers in a hurry, and a statement node with the words it came from.

    id:method/qlora kgo:improvesOn id:method/lora ; p:improvesOn id:statement/9fe1 .
    id:statement/9fe1 ps:improvesOn id:method/lora ; kgo:confidence 0.87 ; kgo:evidence id:evidence/9fe1 .

Statements, evidence and mentions are named by what they say, never by a counter; there are no blank nodes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Triple

from kg.model import Edge, EdgeKind, Element, Node, NodeKind, Scalar
from kg.names import rdf_name
from kg.rdf.literals import clean, literal
from kg.rdf.terms import DEFAULT_BASE, ID_PROPERTIES, camel_case, check_base, node_name, property_terms, term
from kg.rdf.texts import Texts
from kg.store.schema import EDGE_KEY

Facts = Iterable[tuple[str, NamedNode | Literal]]
"""Predicates, as prefixed names, with their objects."""


def triples(elements: Iterable[Element], base: str = DEFAULT_BASE) -> Iterator[Triple]:
    """The triples of a graph, none twice, given its elements in their order: nodes, then edges by kind, head and tail.

    Raises UsageError for a base that is no absolute IRI ending in a slash, KgError for an id that makes no IRI.
    """
    check_base(base)
    with Texts() as texts:
        graph = _Graph(base, texts)
        for _, parallel in groupby(elements, key=_place):
            yield from _of_elements(list(parallel), graph)


@dataclass(frozen=True)
class _Graph:
    """What the triples of one element need to know of the others."""

    base: str
    texts: Texts
    runs: set[str] = field(default_factory=set)

    def node(self, id: str) -> NamedNode:
        return node_name(id, self.base)

    def about(self, subject: NamedNode, facts: Facts) -> Iterator[Triple]:
        for name, value in facts:
            yield Triple(subject, term(name, self.base), value)


def _place(element: Element) -> tuple[str, ...]:
    """What parallel edges have in common."""
    return (element.id,) if isinstance(element, Node) else (element.kind, element.head, element.tail)


def _of_elements(parallel: Sequence[Element], graph: _Graph) -> Iterator[Triple]:
    for element in parallel:
        if isinstance(element, Node):
            yield from _of_node(element, graph)
    edges = [element for element in parallel if isinstance(element, Edge)]
    if edges:
        yield from _of_edges(edges, graph)


# --- nodes ----------------------------------------------------------------------------------------------------


def _of_node(node: Node, graph: _Graph) -> Iterator[Triple]:
    subject = graph.node(node.id)
    yield Triple(subject, term("rdf:type", graph.base), term(f"kgo:{node.kind}", graph.base))
    terms = _property_terms(node.kind)
    for property, value in node.properties.items():
        for one in dict.fromkeys(value) if isinstance(value, tuple) else (value,):
            yield from graph.about(subject, [(name, _object(property, one, graph)) for name in terms[property]])
    if node.kind is NodeKind.DOCUMENT and "text" in node.properties:
        graph.texts.put(node.id, str(node.properties["text"]))


_property_terms = lru_cache(property_terms)


def _object(property: str, value: Scalar, graph: _Graph) -> NamedNode | Literal:
    return graph.node(str(value)) if property in ID_PROPERTIES else literal(property, value)


# --- edges ----------------------------------------------------------------------------------------------------

_RDF_NAMES = {kind: rdf_name(kind) for kind in EdgeKind}


def _of_edges(parallel: Sequence[Edge], graph: _Graph) -> Iterator[Triple]:
    """The direct edge, unless all that state it are rejected, and a node for each of the parallel edges."""
    edge = parallel[0]
    if not all(edge.properties.get("rejected") for edge in parallel):
        yield Triple(graph.node(edge.head), term(f"kgo:{_RDF_NAMES[edge.kind]}", graph.base), graph.node(edge.tail))
    qualify = _QUALIFY.get(EDGE_KEY[edge.kind])
    if qualify:
        for edge in parallel:
            yield from qualify(edge, graph)


def _facts(edge: Edge, properties: Iterable[str], graph: _Graph) -> Facts:
    for property in properties:
        if property in edge.properties:
            yield f"kgo:{camel_case(property)}", _object(property, _scalar(edge, property), graph)


def _scalar(edge: Edge, property: str) -> Scalar:
    value = edge.properties[property]
    assert not isinstance(value, tuple), f"{property} of {edge.kind} is a list"
    return value


def _statement(edge: Edge, graph: _Graph) -> Iterator[Triple]:
    name, slug = _RDF_NAMES[edge.kind], str(edge.properties["statement"])
    node, evidence = graph.node(f"statement/{slug}"), graph.node(f"evidence/{slug}")
    extractor = str(edge.properties["extractor"])
    run = graph.node(f"run/{_digest(16, extractor)}")
    yield Triple(graph.node(edge.head), term(f"p:{name}", graph.base), node)
    yield from graph.about(
        node,
        (
            ("rdf:type", term("kgo:Statement", graph.base)),
            ("kgo:relation", term(f"kgo:{name}", graph.base)),
            (f"ps:{name}", graph.node(edge.tail)),
            ("prov:hadPrimarySource", graph.node(str(edge.properties["paper"]))),
            ("prov:wasGeneratedBy", run),
            ("kgo:evidence", evidence),
            *_facts(edge, ("confidence", "head_as", "tail_as", "document", "rejected", "count", "memory"), graph),
        ),
    )
    yield from _evidence(edge, evidence, graph)
    if extractor not in graph.runs:
        graph.runs.add(extractor)
        yield from _run(extractor, run, graph)


def _evidence(edge: Edge, evidence: NamedNode, graph: _Graph) -> Iterator[Triple]:
    """The words, by place and by wording with what stands around them (Web Annotation Data Model, 4.2)."""
    document, quote = str(edge.properties["document"]), str(edge.properties["evidence"])
    start, end = int(_scalar(edge, "start_char")), int(_scalar(edge, "end_char"))
    position, wording = NamedNode(f"{evidence.value}#position"), NamedNode(f"{evidence.value}#quote")
    around = zip(("oa:prefix", "oa:suffix"), graph.texts.around(document, start, end), strict=True)
    yield from graph.about(
        evidence,
        (
            ("rdf:type", term("oa:SpecificResource", graph.base)),
            ("rdf:type", term("kgo:Evidence", graph.base)),
            ("oa:hasSource", graph.node(f"text/{document.partition('/')[2]}")),
            ("oa:hasSelector", position),
            ("oa:hasSelector", wording),
        ),
    )
    yield from graph.about(
        position,
        (
            ("rdf:type", term("oa:TextPositionSelector", graph.base)),
            ("oa:start", Literal(start)),
            ("oa:end", Literal(end)),
        ),
    )
    yield from graph.about(
        wording,
        (
            ("rdf:type", term("oa:TextQuoteSelector", graph.base)),
            ("oa:exact", Literal(clean(quote))),
            *((name, Literal(clean(text))) for name, text in around if text),
        ),
    )


def _run(extractor: str, run: NamedNode, graph: _Graph) -> Iterator[Triple]:
    """The run is an activity, the extractor an agent (PROV-O)."""
    agent = graph.node(f"extractor/{_digest(16, extractor)}")
    activity = (("rdf:type", term("prov:Activity", graph.base)), ("prov:wasAssociatedWith", agent))
    yield from graph.about(run, activity)
    software = (("rdf:type", term("prov:SoftwareAgent", graph.base)), ("rdfs:label", literal("label", extractor)))
    yield from graph.about(agent, software)


def _mention(edge: Edge, graph: _Graph) -> Iterator[Triple]:
    node = graph.node(f"mention/{_digest(20, edge.head, edge.tail, str(edge.properties['written']))}")
    yield from graph.about(
        node,
        (
            ("rdf:type", term("kgo:Mention", graph.base)),
            ("kgo:inPaper", graph.node(edge.head)),
            ("kgo:mentionOf", graph.node(edge.tail)),
            *((("kgo:entityKind", literal("kind", _scalar(edge, "kind"))),) if "kind" in edge.properties else ()),
            *_facts(
                edge, ("written", "normal", "document", "start_char", "end_char", "confidence", "extractor"), graph
            ),
        ),
    )


def _authorship(edge: Edge, graph: _Graph) -> Iterator[Triple]:
    """A node that keeps the order of authors, which a direct edge cannot."""
    position = _scalar(edge, "position")
    yield from graph.about(
        graph.node(f"authorship/{_digest(20, edge.head, edge.tail, str(position))}"),
        (
            ("rdf:type", term("kgo:Authorship", graph.base)),
            ("kgo:paper", graph.node(edge.head)),
            ("kgo:author", graph.node(edge.tail)),
            ("schema:position", literal("position", position)),
        ),
    )


_QUALIFY: dict[str | None, Callable[[Edge, _Graph], Iterator[Triple]]] = {
    "statement": _statement,
    "written": _mention,
    "position": _authorship,
}
"""By the property that tells parallel edges apart: the node that holds what an edge's properties say."""


def _digest(digits: int, *parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:digits]
