"""Which part of the graph is exported: what lies around something, what is of some kinds, what is sure, with or without texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.model import Edge, EdgeKind, Element, Kind, Node, NodeKind
from kg.store import Store, rows
from kg.store.schema import EVERY

_NODES, _EDGES = frozenset(NodeKind), frozenset(EdgeKind)
_TEXTS = frozenset({"abstract", "text", "extraction"})
"""What nodes hold of other people's texts, besides the sentences that are quoted."""


@dataclass(frozen=True)
class Selection:
    """A part of the graph; without arguments the whole of it.

    `around` are ids: the part is what at most `depth` edges, followed either way, lead to from them. `kinds` of nodes
    and of edges are those that are kept and followed; kinds of edges alone keep their ends, and what stands in `around`
    is always kept. `least` is the confidence below which edges and claims are left out. Without `texts` there are no
    abstracts, texts of documents and extractions.
    """

    around: frozenset[str] = frozenset()
    depth: int = 1
    kinds: frozenset[Kind] = frozenset()
    least: float = 0.0
    texts: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return not (self.around or self.kinds or self.least) and self.texts

    @property
    def nodes(self) -> frozenset[NodeKind]:
        """The kinds of nodes that are kept."""
        return frozenset(kind for kind in NodeKind if kind in self.kinds) or _NODES

    @property
    def edges(self) -> frozenset[EdgeKind]:
        """The kinds of edges that are kept."""
        return frozenset(kind for kind in EdgeKind if kind in self.kinds) or _EDGES


def read_part(store: Store, selection: Selection) -> Iterator[Element]:
    """The elements of a part of the graph, in the order of `Store.elements`; no edge without both its ends.

    Raises StoreError when somebody writes meanwhile.
    """
    if selection.is_whole:
        yield from store.elements()
        return
    within = _near(store, selection) if selection.around else None
    kinds = EVERY if within else _kinds(selection)
    chosen = within or _ends(store, selection)
    kept: set[str] = set()
    for element in store.elements(kinds, within):
        if isinstance(element, Node) and (element.id in selection.around or _is_kept(element, selection, chosen)):
            kept.add(element.id)
            yield element if selection.texts else _without_texts(element)
        elif isinstance(element, Edge) and {element.head, element.tail} <= kept and _is_wanted(element, selection):
            yield element


def _near(store: Store, selection: Selection) -> frozenset[str]:
    """The ids of what is kept around something, one step after another."""
    found = reached = selection.around
    for _ in range(selection.depth):
        near = rows.neighbours(store.ask, sorted(reached), _kinds(selection), selection.least)
        reached = frozenset(near) - found
        found |= reached
    return found


def _kinds(selection: Selection) -> frozenset[Kind]:
    return frozenset((*selection.nodes, *selection.edges))


def _ends(store: Store, selection: Selection) -> frozenset[str] | None:
    """The ends of edges whose kinds alone are kept; None where nodes are kept for themselves."""
    if selection.kinds.isdisjoint(_EDGES) or selection.kinds & _NODES:
        return None
    sure = _sure(store.elements({NodeKind.CLAIM, *selection.edges}), selection)
    return frozenset(end for edge in sure if isinstance(edge, Edge) for end in (edge.head, edge.tail))


def _sure(elements: Iterable[Element], selection: Selection) -> Iterator[Element]:
    """The elements without edges and claims that are not sure enough, and without the edges of such claims."""
    unsure: set[str] = set()
    for element in elements:
        if isinstance(element, Node) and not _is_sure(element, selection):
            unsure.add(element.id)
        elif isinstance(element, Node) or (
            _is_sure(element, selection) and unsure.isdisjoint((element.head, element.tail))
        ):
            yield element


def _is_sure(element: Element, selection: Selection) -> bool:
    confidence = element.properties.get("confidence")
    return not isinstance(confidence, float) or confidence >= selection.least


def _is_kept(node: Node, selection: Selection, chosen: frozenset[str] | None) -> bool:
    return node.kind in selection.nodes and _is_sure(node, selection) and (chosen is None or node.id in chosen)


def _is_wanted(edge: Edge, selection: Selection) -> bool:
    return edge.kind in selection.edges and _is_sure(edge, selection)


def _without_texts(node: Node) -> Node:
    return replace(node, properties={name: value for name, value in node.properties.items() if name not in _TEXTS})
