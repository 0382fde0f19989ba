"""The graph of a store as tests compare it."""

from __future__ import annotations

from kg.model import Element, Node
from kg.store import Store


def graph(store: Store) -> list[tuple[object, ...]]:
    """The whole graph, without the time of loading."""
    return [_plain(element) for element in store.elements()]


def _plain(element: Element) -> tuple[object, ...]:
    properties = {name: value for name, value in element.properties.items() if name != "loaded"}
    if isinstance(element, Node):
        return (element.kind, element.id, properties)
    return (element.kind, element.head, element.tail, properties)
