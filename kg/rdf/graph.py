"""The graph as an rdflib graph, for those who work with rdflib."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph

from kg.model import Element
from kg.rdf.terms import DEFAULT_BASE, prefixes
from kg.rdf.writing import triples

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Literal, URIRef


def to_rdflib(elements: Iterable[Element], base: str = DEFAULT_BASE) -> Graph:
    """A graph in memory, lexical forms as exported; about 1.5 GB for a million triples.

    Raises UsageError for a base that is no absolute IRI ending in a slash.
    """
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    for prefix, space in prefixes(base).items():
        graph.bind(prefix, space)
    for triple in triples(elements, base):
        graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return graph


def _term(term: object) -> URIRef | Literal:
    from rdflib.term import Literal, URIRef

    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    assert isinstance(term, pyoxigraph.Literal), "our triples hold names and literals only"
    plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
    return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value), normalize=False)
