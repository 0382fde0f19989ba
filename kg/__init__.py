"""A knowledge graph of machine-learning papers in which every edge shows the sentence that states it.

The names below are imported when they are first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.export.networkx import to_networkx
    from kg.query import ask
    from kg.rdf import to_rdflib
    from kg.store import open_store

_HOMES = {
    "ask": "kg.query",
    "open_store": "kg.store",
    "to_networkx": "kg.export.networkx",
    "to_rdflib": "kg.rdf",
}


def version() -> str:
    """The version of the installed package; "unknown" in a checkout that is not installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("paperkg")
    except PackageNotFoundError:
        return "unknown"


def __getattr__(name: str) -> object:
    """What the API is made of, from the room where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}; it has: {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)


__all__ = ["ask", "open_store", "to_networkx", "to_rdflib", "version"]
