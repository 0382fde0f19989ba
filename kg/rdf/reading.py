"""Our triples back as elements: what `kg.rdf.lines` wrote, in any order and from any reader of RDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kg.errors import FormatError
from kg.model import Edge, EdgeKind, Element, Node, NodeKind, Property, Scalar
from kg.names import cypher_type, from_iri, rdf_name
from kg.rdf.literals import python_value
from kg.rdf.terms import DEFAULT_BASE, ID_PROPERTIES, LIST_PROPERTIES, camel_case, check_base, prefixes, property_terms
from kg.store.schema import EDGE_KEY, EDGE_PROPERTIES, label

_Term = NamedNode | Literal


def from_rdf(triples: Iterable[Triple], base: str = DEFAULT_BASE) -> Iterator[Element]:
    """The elements that triples of ours say, in the order of `Store.elements`; lists come sorted.

    Holds the triples in memory. Raises FormatError for a node or statement that lacks what ours have, UsageError for
    a base that is no absolute IRI ending in a slash.
    """
    check_base(base)
    graph = _Triples(triples, base)
    nodes = [node for kind in NodeKind for node in _nodes(kind, graph)]
    yield from sorted(nodes, key=lambda node: (label(node.kind), node.id))
    for kind in sorted(EdgeKind, key=cypher_type):
        yield from sorted(_READ[EDGE_KEY[kind]](kind, graph), key=_order)


def _order(edge: Edge) -> tuple[str, str, str | int]:
    key = EDGE_KEY[edge.kind]
    found = edge.properties[key] if key else ""
    assert isinstance(found, str | int), f"{key} of {edge.kind} is no text or number"
    return edge.head, edge.tail, found


class _Triples:
    """Triples by their parts, which are given as prefixed names and ids."""

    def __init__(self, triples: Iterable[Triple], base: str) -> None:
        self.base = base
        self._store = Store()
        self._store.bulk_extend(Quad(one.subject, one.predicate, one.object) for one in triples)

    def term(self, name: str) -> NamedNode:
        prefix, _, local = name.partition(":")
        return NamedNode(prefixes(self.base)[prefix] + local)

    def subjects(self, predicate: str, value: _Term) -> Iterator[NamedNode]:
        found = (quad.subject for quad in self._store.quads_for_pattern(None, self.term(predicate), value))
        return (subject for subject in found if isinstance(subject, NamedNode))

    def pairs(self, predicate: str) -> Iterator[tuple[NamedNode, NamedNode]]:
        for quad in self._store.quads_for_pattern(None, self.term(predicate), None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                yield quad.subject, quad.object

    def values(self, subject: NamedNode, predicate: str) -> list[_Term]:
        found = (quad.object for quad in self._store.quads_for_pattern(subject, self.term(predicate), None))
        return [value for value in found if isinstance(value, NamedNode | Literal)]

    def value(self, subject: NamedNode, predicate: str) -> _Term:
        """Raises FormatError if there is none."""
        found = self.values(subject, predicate)
        if not found:
            raise FormatError(f"{subject.value} has no {predicate}")
        return found[0]

    def id(self, node: _Term) -> str:
        return from_iri(node.value, self.base)

    def scalar(self, property: str, value: _Term) -> Scalar:
        if property in ID_PROPERTIES and isinstance(value, NamedNode):
            return self.id(value)
        return python_value(value.value, value.datatype.value) if isinstance(value, Literal) else value.value


def _nodes(kind: NodeKind, graph: _Triples) -> Iterator[Node]:
    for subject in graph.subjects("rdf:type", graph.term(f"kgo:{kind}")):
        properties: dict[str, Property] = {}
        for property, names in property_terms(kind).items():
            found = [graph.scalar(property, value) for value in graph.values(subject, names[0])]
            if found:
                properties[property] = tuple(sorted(map(str, found))) if property in LIST_PROPERTIES else found[0]
        yield Node(kind, graph.id(subject), properties)


def _bare(kind: EdgeKind, graph: _Triples) -> Iterator[Edge]:
    """The edges that a direct triple says whole."""
    for head, tail in graph.pairs(f"kgo:{rdf_name(kind)}"):
        yield Edge(kind, graph.id(head), graph.id(tail))


def _qualified(node: NamedNode, properties: Iterable[str], graph: _Triples) -> dict[str, Property]:
    """The properties of a qualifying node that it has under their own names."""
    found = {property: graph.values(node, f"kgo:{camel_case(property)}") for property in properties}
    return {property: graph.scalar(property, values[0]) for property, values in found.items() if values}


def _authorships(kind: EdgeKind, graph: _Triples) -> Iterator[Edge]:
    for node in graph.subjects("rdf:type", graph.term("kgo:Authorship")):
        paper, author = graph.value(node, "kgo:paper"), graph.value(node, "kgo:author")
        position = graph.scalar("position", graph.value(node, "schema:position"))
        yield Edge(kind, graph.id(paper), graph.id(author), {"position": position})


def _mentions(kind: EdgeKind, graph: _Triples) -> Iterator[Edge]:
    for node in graph.subjects("rdf:type", graph.term("kgo:Mention")):
        properties = _qualified(node, set(EDGE_PROPERTIES[kind]) - {"kind"}, graph)
        kinds = [value.value for value in graph.values(node, "kgo:entityKind")]
        paper, entity = graph.value(node, "kgo:inPaper"), graph.value(node, "kgo:mentionOf")
        yield Edge(kind, graph.id(paper), graph.id(entity), {**properties, **({"kind": kinds[0]} if kinds else {})})


def _statements(kind: EdgeKind, graph: _Triples) -> Iterator[Edge]:
    name = rdf_name(kind)
    for head, node in graph.pairs(f"p:{name}"):
        evidence, run = graph.value(node, "kgo:evidence"), graph.value(node, "prov:wasGeneratedBy")
        agent = graph.value(NamedNode(run.value), "prov:wasAssociatedWith")
        position, quote = NamedNode(f"{evidence.value}#position"), NamedNode(f"{evidence.value}#quote")
        properties: dict[str, Property] = {
            **_qualified(node, set(EDGE_PROPERTIES[kind]) - {"evidence", "paper", "statement", "extractor"}, graph),
            "statement": graph.id(node).partition("/")[2],
            "paper": graph.id(graph.value(node, "prov:hadPrimarySource")),
            "extractor": graph.value(NamedNode(agent.value), "rdfs:label").value,
            "evidence": graph.value(quote, "oa:exact").value,
            "start_char": graph.scalar("start_char", graph.value(position, "oa:start")),
            "end_char": graph.scalar("end_char", graph.value(position, "oa:end")),
        }
        yield Edge(kind, graph.id(head), graph.id(graph.value(node, f"ps:{name}")), properties)


_READ: dict[str | None, Callable[[EdgeKind, _Triples], Iterator[Edge]]] = {
    None: _bare,
    "position": _authorships,
    "written": _mentions,
    "statement": _statements,
}
"""By the property that tells parallel edges apart: what reads the edges of a kind."""
