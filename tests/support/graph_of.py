"""The graph of a store as tests compare it: without the time of loading, and without the log of undone decisions.

To decide and to undo is the same as never to have decided, but for the line of the log that says so.
"""

from __future__ import annotations

from kg.model import Element, Node
from kg.store import Store


def graph(store: Store) -> list[tuple[object, ...]]:
    """The whole graph as plain values."""
    return [plain(element) for element in store.elements() if "undone_at" not in element.properties]


def plain(element: Element) -> tuple[object, ...]:
    """A node or an edge without the time of loading."""
    properties = {name: value for name, value in element.properties.items() if name != "loaded"}
    if isinstance(element, Node):
        return (element.kind, element.id, properties)
    return (element.kind, element.head, element.tail, properties)
