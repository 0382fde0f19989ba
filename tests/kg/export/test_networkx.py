"""The graph as a networkx graph."""

from __future__ import annotations

import networkx

from kg.export.networkx import to_networkx
from kg.model import Edge, EdgeKind, Element, Node, NodeKind


def test_every_element_is_there(small_elements: tuple[Element, ...]) -> None:
    """Nodes and edges are as many as the graph has, each with its kind."""
    graph = to_networkx(small_elements)

    nodes = [element for element in small_elements if isinstance(element, Node)]
    assert dict(graph.nodes(data="kind")) == {node.id: node.kind for node in nodes}
    assert sorted(kind for _, _, kind in graph.edges(data="kind")) == sorted(
        element.kind for element in small_elements if isinstance(element, Edge)
    )


def test_properties_are_attributes_and_kinds_do_not_hide_one_another() -> None:
    """A claim's, a decision's and a mention's own kind have names of their own; parallel edges keep their keys."""
    elements = [
        Node(NodeKind.CLAIM, "claim/1", {"kind": "result", "value": 91.5}),
        Node(NodeKind.DECISION, "decision/kind-0123456789ab", {"what": "kind", "kind": "Model"}),
        Node(NodeKind.METHOD, "method/a", {"name": "A", "aliases": ("a",)}),
        Edge(EdgeKind.MENTIONS, "paper/acl-P19-1001", "method/a", {"written": "A", "kind": "Method"}),
        Edge(EdgeKind.MENTIONS, "paper/acl-P19-1001", "method/a", {"written": "a", "kind": "Model"}),
        Edge(EdgeKind.ABOUT, "claim/1", "method/a"),
    ]

    graph = to_networkx(elements)

    expected = networkx.MultiDiGraph()
    expected.add_node("claim/1", kind="Claim", claim_kind="result", value=91.5)
    expected.add_node("decision/kind-0123456789ab", kind="Decision", what="kind", decided_kind="Model")
    expected.add_node("method/a", kind="Method", name="A", aliases=("a",))
    paper = "paper/acl-P19-1001"
    expected.add_edge(paper, "method/a", key="mentions A", kind="mentions", written="A", entity_kind="Method")
    expected.add_edge(paper, "method/a", key="mentions a", kind="mentions", written="a", entity_kind="Model")
    expected.add_edge("claim/1", "method/a", key="about", kind="about")
    assert networkx.utils.graphs_equal(graph, expected)
