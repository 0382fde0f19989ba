"""Elements as lines of N-Triples: a direct edge for readers in a hurry, and a statement node with the words it came from.

    id:method/qlora kgo:improvesOn id:method/lora ; p:improvesOn id:statement/9fe1 .
    id:statement/9fe1 ps:improvesOn id:method/lora ; kgo:confidence 0.87 ; kgo:evidence id:evidence/9fe1 .

Statements, evidence and mentions are named by what they say, never by a counter; there are no blank nodes. Terms are
text as pyoxigraph writes them: to make its objects for every triple takes three times as long.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from kg.model import Edge, EdgeKind, Element, Node, NodeKind, Scalar
from kg.names import rdf_name
from kg.rdf.literals import literal
from kg.rdf.terms import DEFAULT_BASE, ID_PROPERTIES, camel_case, check_base, node_name, property_terms, term
from kg.rdf.texts import Texts
from kg.store.schema import EDGE_KEY

Facts = Iterable[tuple[str, str]]
"""Predicates, as prefixed names, with their objects as N-Triples text."""


def ntriples(elements: Iterable[Element], base: str = DEFAULT_BASE) -> Iterator[str]:
    """Lines of N-Triples, none twice, given elements in their order: nodes, then edges by kind, head and tail.

    Raises UsageError for a base that is no absolute IRI ending in a slash, KgError for an id that makes no IRI.
    """
    check_base(base)
    with Texts() as texts:
        graph = _Graph(base, texts)
        for _, parallel in groupby(elements, key=_place):
            yield from _of_elements(list(parallel), graph)


class _Graph:
    """What the lines of one element need to know of the others."""

    def __init__(self, base: str, texts: Texts) -> None:
        self.base = base
        self.texts = texts
        self.runs: set[str] = set()
        self.node = lru_cache(maxsize=10_000)(self.unique)

    def unique(self, id: str) -> str:
        """The name of a node that is named seldom, or with `node` of one that is named often."""
        return node_name(id, self.base)

    def term(self, name: str) -> str:
        return term(name, self.base)

    def about(self, subject: str, facts: Facts) -> list[str]:
        base = self.base
        return [f"{subject} {term(name, base)} {value} .\n" for name, value in facts]


def _place(element: Element) -> tuple[str, ...]:
    """What parallel edges have in common."""
    return (element.id,) if isinstance(element, Node) else (element.kind, element.head, element.tail)


def _of_elements(parallel: Sequence[Element], graph: _Graph) -> list[str]:
    lines = [line for element in parallel if isinstance(element, Node) for line in _of_node(element, graph)]
    edges = [element for element in parallel if isinstance(element, Edge)]
    return lines + _of_edges(edges, graph) if edges else lines


def _of_node(node: Node, graph: _Graph) -> list[str]:
    if node.kind is NodeKind.DOCUMENT and "text" in node.properties:
        graph.texts.put(node.id, str(node.properties["text"]))
    names = _property_terms(node.kind)
    facts = [("rdf:type", graph.term(f"kgo:{node.kind}"))]
    for property, value in node.properties.items():
        for one in dict.fromkeys(value) if isinstance(value, tuple) else (value,):
            written = _object(property, one, graph)
            facts += [(name, written) for name in names[property]]
    return graph.about(graph.node(node.id), facts)


_property_terms = lru_cache(property_terms)


def _object(property: str, value: Scalar, graph: _Graph) -> str:
    return graph.node(str(value)) if property in ID_PROPERTIES else literal(property, value)


_RDF_NAMES = {kind: rdf_name(kind) for kind in EdgeKind}
_STATED = ("confidence", "head_as", "tail_as", "document", "rejected", "count", "memory")
_MENTIONED = ("written", "normal", "borrowed", "document", "start_char", "end_char", "confidence", "extractor")
_FACT_NAMES = {property: f"kgo:{camel_case(property)}" for property in (*_STATED, *_MENTIONED)}


def _of_edges(parallel: Sequence[Edge], graph: _Graph) -> list[str]:
    """The direct edge, unless all that state it are rejected, and a node for each of the parallel edges."""
    first = parallel[0]
    lines: list[str] = []
    if not all(edge.properties.get("rejected") for edge in parallel):
        lines = graph.about(graph.node(first.head), [(f"kgo:{_RDF_NAMES[first.kind]}", graph.node(first.tail))])
    qualify = _QUALIFY.get(EDGE_KEY[first.kind])
    if qualify:
        for edge in parallel:
            lines += qualify(edge, graph)
    return lines


def _facts(edge: Edge, properties: Iterable[str], graph: _Graph) -> Facts:
    return [
        (_FACT_NAMES[property], _object(property, _scalar(edge, property), graph))
        for property in properties
        if property in edge.properties
    ]


def _scalar(edge: Edge, property: str) -> Scalar:
    value = edge.properties[property]
    assert not isinstance(value, tuple), f"{property} of {edge.kind} is a list"
    return value


def _statement(edge: Edge, graph: _Graph) -> list[str]:
    name, slug = _RDF_NAMES[edge.kind], edge.properties["statement"]
    node, evidence = graph.unique(f"statement/{slug}"), graph.unique(f"evidence/{slug}")
    extractor = str(edge.properties["extractor"])
    run = graph.node(f"run/{_digest(16, extractor)}")
    facts = [
        ("rdf:type", graph.term("kgo:Statement")),
        ("kgo:relation", graph.term(f"kgo:{name}")),
        (f"ps:{name}", graph.node(edge.tail)),
        ("prov:hadPrimarySource", graph.node(str(edge.properties["paper"]))),
        ("prov:wasGeneratedBy", run),
        ("kgo:evidence", evidence),
        *_facts(edge, _STATED, graph),
    ]
    lines = graph.about(graph.node(edge.head), [(f"p:{name}", node)])
    lines += graph.about(node, facts) + _evidence(edge, evidence, graph)
    if extractor not in graph.runs:
        graph.runs.add(extractor)
        lines += _run(extractor, run, graph)
    return lines


def _evidence(edge: Edge, evidence: str, graph: _Graph) -> list[str]:
    """The words, by place and by wording with what stands around them (Web Annotation Data Model, 4.2)."""
    document, quote = str(edge.properties["document"]), str(edge.properties["evidence"])
    start, end = int(_scalar(edge, "start_char")), int(_scalar(edge, "end_char"))
    position, wording = f"{evidence[:-1]}#position>", f"{evidence[:-1]}#quote>"
    around = zip(("oa:prefix", "oa:suffix"), graph.texts.around(document, start, end), strict=True)
    whole = [
        ("rdf:type", graph.term("oa:SpecificResource")),
        ("rdf:type", graph.term("kgo:Evidence")),
        ("oa:hasSource", graph.node(f"text/{document.partition('/')[2]}")),
        ("oa:hasSelector", position),
        ("oa:hasSelector", wording),
    ]
    place = [
        ("rdf:type", graph.term("oa:TextPositionSelector")),
        ("oa:start", literal("start", start)),
        ("oa:end", literal("end", end)),
    ]
    quoted = [
        ("rdf:type", graph.term("oa:TextQuoteSelector")),
        ("oa:exact", literal("exact", quote)),
        *((name, literal(name, text)) for name, text in around if text),
    ]
    return graph.about(evidence, whole) + graph.about(position, place) + graph.about(wording, quoted)


def _run(extractor: str, run: str, graph: _Graph) -> list[str]:
    """The run is an activity, the extractor an agent (PROV-O)."""
    agent = graph.node(f"extractor/{_digest(16, extractor)}")
    activity = [("rdf:type", graph.term("prov:Activity")), ("prov:wasAssociatedWith", agent)]
    software = [("rdf:type", graph.term("prov:SoftwareAgent")), ("rdfs:label", literal("label", extractor))]
    return graph.about(run, activity) + graph.about(agent, software)


def _mention(edge: Edge, graph: _Graph) -> list[str]:
    facts = [
        ("rdf:type", graph.term("kgo:Mention")),
        ("kgo:inPaper", graph.node(edge.head)),
        ("kgo:mentionOf", graph.node(edge.tail)),
        *_facts(edge, _MENTIONED, graph),
    ]
    if "kind" in edge.properties:
        facts.append(("kgo:entityKind", literal("kind", _scalar(edge, "kind"))))
    slug = _digest(20, edge.head, edge.tail, str(edge.properties["written"]))
    return graph.about(graph.unique(f"mention/{slug}"), facts)


def _authorship(edge: Edge, graph: _Graph) -> list[str]:
    """A node that keeps the order of authors, which a direct edge cannot."""
    position = _scalar(edge, "position")
    facts = [
        ("rdf:type", graph.term("kgo:Authorship")),
        ("kgo:paper", graph.node(edge.head)),
        ("kgo:author", graph.node(edge.tail)),
        ("schema:position", literal("position", position)),
    ]
    return graph.about(graph.unique(f"authorship/{_digest(20, edge.head, edge.tail, str(position))}"), facts)


_QUALIFY: dict[str | None, Callable[[Edge, _Graph], list[str]]] = {
    "statement": _statement,
    "written": _mention,
    "position": _authorship,
}
"""By the property that tells parallel edges apart: what makes the node that holds what an edge's properties say."""


def _digest(digits: int, *parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:digits]
