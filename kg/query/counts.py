"""How much of everything a graph holds."""

from __future__ import annotations

from kg.model import EdgeKind, NodeKind
from kg.names import cypher_type
from kg.store import Store
from kg.store.cypher import ends
from kg.store.schema import ENTITY_KINDS, SCHEMA_VERSION, label, prefixes

Count = tuple[str, str | int]


def counts(store: Store) -> list[Count]:
    """Names and counts: the store and its state, nodes by kind, edges by kind."""
    state: list[Count] = [("store", store.address), ("schema", SCHEMA_VERSION), ("generation", store.generation())]
    nodes = [(kind.value, _count(store, _nodes(kind))) for kind in NodeKind]
    edges = [(kind.value, sum(_count(store, text) for text in _edges(kind))) for kind in EdgeKind]
    return [*state, *nodes, *edges]


def _count(store: Store, text: str) -> int:
    return int(store.ask(text, {})[0]["count"])


def _nodes(kind: NodeKind) -> str:
    """Counts the nodes of a kind that are ours: a server may hold others with such a label."""
    own = " OR ".join(f"n.id STARTS WITH '{prefix}'" for prefix in prefixes(label(kind)))
    also = f"n:{kind.value} AND " if kind in ENTITY_KINDS else ""
    return f"MATCH (n:{label(kind)}) WHERE {also}({own}) RETURN count(n) AS count"


def _edges(kind: EdgeKind) -> list[str]:
    return [
        f"MATCH (a:{head})-[r:{cypher_type(kind)}]->(b:{tail}) RETURN count(r) AS count" for head, tail in ends(kind)
    ]
