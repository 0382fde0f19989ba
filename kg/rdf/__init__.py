"""The graph as RDF: elements to triples and back, serialisations, SPARQL."""

from kg.rdf.terms import DEFAULT_BASE, prefixes
from kg.rdf.triples import triples
from kg.rdf.writing import write_ntriples, write_turtle

__all__ = ["DEFAULT_BASE", "prefixes", "triples", "write_ntriples", "write_turtle"]
