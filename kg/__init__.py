"""A knowledge graph of machine-learning papers in which every edge shows the sentence that states it.

with kg.open_store("papers.kgl") as store:
    loaders.load(["papers.jsonl"], store)
    for answer in kg.ask(store, "Which methods compete with LoRA?").answers:
        print(answer.name, answer.line)

Everything is imported when it is first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from rdflib import Graph

    from kg.query import ask
    from kg.query.search import search
    from kg.store import Store, open_store

_HOMES = {"ask": "kg.query", "open_store": "kg.store", "search": "kg.query.search"}


def to_networkx(store: Store) -> MultiDiGraph:
    """The whole graph as a networkx graph: nodes are ids, edges are keyed by kind and what tells parallels apart."""
    from kg.export.networkx import to_networkx as convert

    return convert(store.elements())


def to_rdflib(store: Store) -> Graph:
    """The whole graph as an rdflib graph, with the triples that `kg export --format nt` writes."""
    from kg.rdf import to_rdflib as convert

    return convert(store.elements())


def version() -> str:
    """The version of the installed package; "unknown" in a checkout that is not installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("paperkg")
    except PackageNotFoundError:
        return "unknown"


def __getattr__(name: str) -> object:
    """What the API takes whole from another room."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}; it has: {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)


__all__ = ["ask", "open_store", "search", "to_networkx", "to_rdflib", "version"]
