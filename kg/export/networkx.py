"""The graph as a networkx graph, for those who compute on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.model import Edge, EdgeKind, Element, Kind, Node, Property
from kg.query.describe import OWN_KIND
from kg.store.schema import EDGE_KEY

if TYPE_CHECKING:
    import networkx

RENAMED: dict[Kind, str] = {**OWN_KIND, EdgeKind.MENTIONS: "entity_kind"}
"""What the property `kind` of an element is called where `kind` is the kind of the element itself."""


def to_networkx(elements: Iterable[Element]) -> networkx.MultiDiGraph:
    """A graph whose nodes are ids and whose edges are keyed by kind and what tells parallel edges apart.

    Each node and edge has its kind as the attribute `kind`, and its properties: a claim's own kind is `claim_kind`,
    that of a mention `entity_kind`, that of a decision `decided_kind`.
    """
    import networkx

    graph = networkx.MultiDiGraph()
    for element in elements:
        if isinstance(element, Node):
            graph.add_node(element.id, **attributes(element))
        else:
            graph.add_edge(element.head, element.tail, key=_key(element), **attributes(element))
    return graph


def _key(edge: Edge) -> str:
    key = EDGE_KEY[edge.kind]
    return edge.kind.value if key is None else f"{edge.kind.value} {edge.properties[key]}"


def attributes(element: Element) -> dict[str, Property]:
    """The properties of an element with its kind as `kind`, and what is called so itself under another name."""
    properties = {
        RENAMED[element.kind] if name == "kind" else name: value for name, value in element.properties.items()
    }
    return {"kind": element.kind.value, **properties}
