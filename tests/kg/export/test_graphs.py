"""GraphML and GEXF, as networkx and an XML reader find them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from xml.etree import ElementTree

import networkx
import pytest

from kg.export import Content
from kg.export.graphs import write_gexf, write_graphml
from kg.export.networkx import to_networkx
from kg.model import Edge, EdgeKind, Element, Node, NodeKind
from kg.query.lines import node_name

ODD = (
    "quotes \" and ' and & and <b>]]></b>",
    "lines\nand\r\nreturns\rand\ttabs",
    "x'}) DETACH DELETE n //",
    "🦙 ガ e\u0301 \u202e",
    "  spaces  ",
)
_TOKEN = re.compile(r"[A-Za-z0-9._:-]+")


def _odd_graph() -> tuple[Element, ...]:
    nodes = [
        Node(NodeKind.METHOD, f"method/{at}-x;y(z)_a:b%20", {"name": name, "aliases": (name, "b")})
        for at, name in enumerate(ODD)
    ]
    decision = {"what": "kind", "about": nodes[0].id, "kind": "Model", "papers": ("acl-P19-1001", "arxiv-2401.00001"), "undone_by": "bob"}  # fmt: skip
    nodes.append(Node(NodeKind.DECISION, "decision/undone-0123456789ab", decision))
    properties = [{"statement": f"{at:016x}", "evidence": name, "confidence": 0.5} for at, name in enumerate(ODD)]
    return (*nodes, *(Edge(EdgeKind.BUILDS_ON, nodes[0].id, nodes[1].id, p) for p in properties))


@pytest.fixture(params=["small", "odd"])
def elements(request: pytest.FixtureRequest, small_elements: tuple[Element, ...]) -> tuple[Element, ...]:
    return small_elements if request.param == "small" else _odd_graph()


def _written(write: Callable[[Content, io.BytesIO], int], elements: tuple[Element, ...]) -> bytes:
    stream = io.BytesIO()
    assert write(Content(elements), stream) == len(elements)
    return stream.getvalue()


def _expected(elements: tuple[Element, ...]) -> networkx.MultiDiGraph:
    """The graph with lists joined and every element labelled."""
    graph = to_networkx(elements)
    for node in elements:
        if isinstance(node, Node):
            graph.nodes[node.id]["label"] = node_name(node)
    for *_, attributes in graph.edges(data=True):
        attributes["label"] = attributes["kind"]
    for attributes in (*dict(graph.nodes(data=True)).values(), *(a for *_, a in graph.edges(data=True))):
        attributes.update({k: "; ".join(v) for k, v in attributes.items() if isinstance(v, tuple)})
    return graph


def _plain(graph: networkx.MultiDiGraph) -> tuple[dict[str, object], list[object]]:
    """Nodes and edges with their attributes, whatever the keys of edges."""
    edges = [(head, tail, sorted(a.items())) for head, tail, a in graph.edges(data=True)]
    return dict(graph.nodes(data=True)), sorted(edges, key=repr)


def test_networkx_reads_the_same_graph_from_graphml(elements: tuple[Element, ...]) -> None:
    """Every node and edge comes back with the values and types of its attributes; a node's own id is its `id`."""
    graph = networkx.read_graphml(io.BytesIO(_written(write_graphml, elements)))

    graph = networkx.relabel_nodes(graph, {node: a.pop("id") for node, a in graph.nodes(data=True)})
    assert _plain(graph) == _plain(_expected(elements))


def test_networkx_reads_the_same_graph_from_gexf(elements: tuple[Element, ...]) -> None:
    """The same for GEXF, whose ids of nodes are ours."""
    graph = networkx.read_gexf(io.BytesIO(_written(write_gexf, elements)), version="1.3")

    for *_, attributes in graph.edges(data=True):
        del attributes["id"]
    assert _plain(graph) == _plain(_expected(elements))


def test_graphml_holds_to_its_schema(elements: tuple[Element, ...]) -> None:
    """Ids are name tokens and unique, attributes are declared for what bears them, types are GraphML's."""
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.fromstring(_written(write_graphml, elements))

    keys = {key.get("id"): (key.get("for"), key.get("attr.type")) for key in root.iter(f"{space}key")}
    assert {type for _, type in keys.values()} <= {"boolean", "int", "long", "float", "double", "string"}
    for tag in ("node", "edge"):
        found = list(root.iter(f"{space}{tag}"))
        assert len({one.get("id") for one in found}) == len(found)
        assert {keys[data.get("key")][0] for one in found for data in one} == {tag}
    tokens = [one.get(name) for one in root.iter() for name in ("id", "source", "target", "key") if one.get(name)]
    assert [token for token in tokens if not _TOKEN.fullmatch(token or "")] == []
    nodes = {node.get("id") for node in root.iter(f"{space}node")}
    assert {edge.get(end) for edge in root.iter(f"{space}edge") for end in ("source", "target")} <= nodes
    assert [child.tag.removeprefix(space) for child in root][-1] == "graph"


def test_gexf_holds_to_its_schema(elements: tuple[Element, ...]) -> None:
    """Ids are unique, every edge has one and its kind, attributes are declared once, types are GEXF's."""
    space = "{http://gexf.net/1.3}"
    root = ElementTree.fromstring(_written(write_gexf, elements))

    for scope in ("node", "edge"):
        (declared,) = (a for a in root.iter(f"{space}attributes") if a.get("class") == scope)
        types = {a.get("id"): a.get("type") for a in declared}
        assert len(types) == len(declared)
        assert set(types.values()) <= {"integer", "long", "double", "float", "boolean", "string"}
        found = list(root.iter(f"{space}{scope}"))
        assert len({one.get("id") for one in found}) == len(found)
        assert {value.get("for") for one in found for value in one.iter(f"{space}attvalue")} == set(types)
    assert {edge.get("kind") for edge in root.iter(f"{space}edge")} == {e.kind for e in elements if isinstance(e, Edge)}


@pytest.mark.parametrize("write", [write_graphml, write_gexf])
def test_what_xml_cannot_hold_is_replaced(write: Callable[[Content, io.BytesIO], int]) -> None:
    """Control characters and half characters become U+FFFD, so that every reader takes the file."""
    text = _written(write, (Node(NodeKind.METHOD, "method/a", {"name": "a\x00\x1b\ud83d\uffffb"}),)).decode()

    assert "a\ufffd\ufffd\ufffd\ufffdb" in text
    ElementTree.fromstring(text.encode())
