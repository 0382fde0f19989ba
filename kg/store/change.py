"""The difference between what stands in the graph and what shall stand there, and its writing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import StoreError
from kg.model import Edge, Node, Property
from kg.store import cypher
from kg.store.schema import EDGE_KEY, ENTITY_KINDS, label, label_of
from kg.store.transaction import Run

BATCH = 5000
"""Rows a statement; more gains nothing and costs the server memory."""

EdgeKey = tuple[str, str, str, Property | None]


def edge_key(edge: Edge) -> EdgeKey:
    """What makes an edge the same edge."""
    own = EDGE_KEY[edge.kind]
    return (edge.kind, edge.head, edge.tail, edge.properties[own] if own else None)


def batches(rows: Sequence[Any], size: int = BATCH) -> Iterator[Sequence[Any]]:
    """The rows in runs of at most `size`."""
    return (rows[at : at + size] for at in range(0, len(rows), size))


@dataclass(frozen=True)
class Change:
    """What to write so that `old` becomes `new`; `*_changed` stay the same nodes and edges with other properties."""

    nodes_added: tuple[Node, ...] = ()
    nodes_changed: tuple[tuple[Node, Node], ...] = ()
    nodes_removed: tuple[Node, ...] = ()
    edges_added: tuple[Edge, ...] = ()
    edges_changed: tuple[Edge, ...] = ()
    edges_removed: tuple[Edge, ...] = ()

    def __bool__(self) -> bool:
        return any((self.nodes_added, self.nodes_changed, self.nodes_removed, self.edges_added, self.edges_changed, self.edges_removed))  # fmt: skip


def difference(
    old_nodes: Iterable[Node], new_nodes: Iterable[Node], old_edges: Iterable[Edge] = (), new_edges: Iterable[Edge] = ()
) -> Change:
    """The change from old to new elements."""
    was, shall = {n.id: n for n in old_nodes}, {n.id: n for n in new_nodes}
    had, get = {edge_key(e): e for e in old_edges}, {edge_key(e): e for e in new_edges}
    return Change(
        nodes_added=tuple(n for id, n in shall.items() if id not in was),
        nodes_changed=tuple((was[id], n) for id, n in shall.items() if id in was and was[id] != n),
        nodes_removed=tuple(n for id, n in was.items() if id not in shall),
        edges_added=tuple(e for key, e in get.items() if key not in had),
        edges_changed=tuple(e for key, e in get.items() if key in had and had[key] != e),
        edges_removed=tuple(e for key, e in had.items() if key not in get),
    )


def apply(run: Run, change: Change) -> None:
    """Writes a change: edges out, nodes out, nodes in, edges in."""
    remove_edges(run, [*change.edges_removed, *change.edges_changed])
    remove_nodes(run, [n.id for n in change.nodes_removed])
    put_nodes(run, [(n, {}) for n in change.nodes_added] + [(new, old.properties) for old, new in change.nodes_changed])
    relabel(run, change.nodes_changed)
    create_edges(run, [*change.edges_added, *change.edges_changed])


def _plain(value: Property) -> Any:
    return list(value) if isinstance(value, tuple) else value


def put_nodes(run: Run, rows: Iterable[tuple[Node, Any]]) -> None:
    """Creates or changes nodes, each with the properties it had before: those that are gone become null."""
    by_label: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for node, before in rows:
        properties = {name: _plain(value) for name, value in node.properties.items()}
        gone = dict.fromkeys(name for name in before if name not in properties)
        by_label[label(node.kind)].append({"id": node.id, "properties": {**gone, **properties}})
        if node.kind in ENTITY_KINDS:
            by_kind[node.kind].append(node.id)
    for own, found in sorted(by_label.items()):
        for batch in batches(found):
            run(cypher.put_nodes(own), {"rows": batch})
    for kind, ids in sorted(by_kind.items()):
        for batch in batches(ids):
            run(cypher.set_kind(kind), {"ids": batch})


def relabel(run: Run, pairs: Sequence[tuple[Node, Node]]) -> None:
    """Takes the old kind from those of the entities whose kind changed."""
    moved = [old for old, new in pairs if old.kind != new.kind]
    for kind in sorted({old.kind for old in moved}):
        run(cypher.drop_kind(kind), {"ids": [old.id for old in moved if old.kind == kind]})


def remove_nodes(run: Run, ids: Iterable[str]) -> None:
    """Deletes nodes with whatever edges they still have."""
    by_label: defaultdict[str, list[str]] = defaultdict(list)
    for id in ids:
        by_label[label_of(id)].append(id)
    for own, found in sorted(by_label.items()):
        for batch in batches(found):
            run(cypher.delete_nodes(own), {"ids": batch})


def _by_ends(edges: Iterable[Edge]) -> dict[tuple[Any, str, str], list[Edge]]:
    found: defaultdict[tuple[Any, str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        found[edge.kind, label_of(edge.head), label_of(edge.tail)].append(edge)
    return dict(sorted(found.items()))


def create_edges(run: Run, edges: Iterable[Edge]) -> None:
    """Creates edges that are not there; raises StoreError where an end is missing, so that nothing is lost silently."""
    for (kind, head, tail), found in _by_ends(edges).items():
        for batch in batches(found):
            rows = [
                {"head": e.head, "tail": e.tail, "properties": {k: _plain(v) for k, v in e.properties.items()}}
                for e in batch
            ]
            written = run(cypher.create_edges(kind, head, tail), {"rows": rows})[0]["written"]
            if written != len(rows):
                raise StoreError(f"{len(rows) - written} of {len(rows)} {kind} edges found no end in the store")


def remove_edges(run: Run, edges: Sequence[Edge]) -> None:
    """Deletes edges: those that documents state by their statements, the others by their ends."""
    stated = [e for e in edges if EDGE_KEY[e.kind] == "statement"]
    for kind in sorted({e.kind for e in stated}):
        for batch in batches([e for e in stated if e.kind is kind]):
            documents = sorted({e.properties["document"] for e in batch})
            statements = [e.properties["statement"] for e in batch]
            run(cypher.delete_stated(kind), {"documents": documents, "statements": statements})
    for (kind, head, tail), found in _by_ends(e for e in edges if EDGE_KEY[e.kind] != "statement").items():
        for batch in batches(found):
            rows = [{"head": e.head, "tail": e.tail, "key": edge_key(e)[3]} for e in batch]
            run(cypher.delete_edges(kind, head, tail), {"rows": rows})
