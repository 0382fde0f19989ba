"""The properties of nodes and edges as typed columns, for formats that declare what they hold."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kg.errors import StoreError
from kg.model import Element, Node, Property
from kg.ontology import value_types
from kg.rdf.terms import LIST_PROPERTIES, camel_case
from kg.store.schema import EDGE_PROPERTIES, NODE_PROPERTIES

TEXT, WHOLE, REAL, TRUTH = "text", "whole number", "number", "truth"
_TYPES = {"integer": WHOLE, "decimal": REAL, "double": REAL, "boolean": TRUTH}
_OWN = {"position": WHOLE}
"""Types of what the ontology has no term for."""
_PYTHON = {TEXT: str, WHOLE: int, REAL: float, TRUTH: bool}


class Column(NamedTuple):
    """A property of nodes or of edges: its name, the type of its values and whether it has several."""

    name: str
    type: str
    many: bool = False


@cache
def node_columns() -> tuple[Column, ...]:
    """The properties that nodes may have, besides `id`."""
    return tuple(map(_column, dict.fromkeys(name for names in NODE_PROPERTIES.values() for name in names)))


@cache
def edge_columns() -> tuple[Column, ...]:
    """The properties that edges may have."""
    return tuple(map(_column, dict.fromkeys(name for names in EDGE_PROPERTIES.values() for name in names)))


def _column(name: str) -> Column:
    type = _OWN.get(name) or _TYPES.get(value_types().get(camel_case(name), ""), TEXT)
    return Column(name, type, name in LIST_PROPERTIES)


def value(element: Element, column: Column) -> Property | None:
    """The value of an element in a column, of the column's type; None where it has none.

    Raises StoreError for a value of another type.
    """
    found = element.properties.get(column.name)
    if found is None or (isinstance(found, tuple) and column.many):
        return found
    if column.type == REAL and isinstance(found, int | float):
        return float(found)
    if not column.many and isinstance(found, _PYTHON[column.type]):
        return found
    id = element.id if isinstance(element, Node) else f"{element.head} {element.kind} {element.tail}"
    raise StoreError(f"{id} has {column.name} {found!r:.60}, which is no {column.type}: restore a backup (kg restore)")
