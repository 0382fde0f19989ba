"""The graph as RDF: elements to triples and back, serialisations, SPARQL.

kg.rdf.write_turtle(store.elements(), stream)
with kg.rdf.dataset(store) as folder:
    table = kg.rdf.select(folder, "SELECT ?name { ?method a kgo:Method ; rdfs:label ?name }")
"""

from kg.rdf.asking import ask_sparql, select, sparql
from kg.rdf.cache import dataset
from kg.rdf.graph import to_rdflib
from kg.rdf.reading import from_rdf
from kg.rdf.terms import DEFAULT_BASE, prefixes
from kg.rdf.writing import triples, write_ntriples, write_turtle

__all__ = [
    "DEFAULT_BASE",
    "ask_sparql",
    "dataset",
    "from_rdf",
    "prefixes",
    "select",
    "sparql",
    "to_rdflib",
    "triples",
    "write_ntriples",
    "write_turtle",
]
