"""A backup's elements into an empty store.

They do not fit one transaction of a small server, so they come in several, between which the store says that it is
being restored; a restore that was cut short is begun again by the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice

from kg.errors import StoreError
from kg.model import Edge, Element, Node, Report
from kg.names import name_id
from kg.store import cypher, rows
from kg.store.change import batches, create_edges, put_nodes
from kg.store.rebuild import entity_names, link, things
from kg.store.schema import NODE_PROPERTIES, SCHEMA_VERSION
from kg.store.transaction import Connection, Outcome, Run

_CHUNK = 5000


def restore(connection: Connection, elements: Iterable[Element]) -> Report:
    """Writes elements, nodes before edges; raises StoreError when the store holds a graph already."""
    _begin(connection)
    report = Report()
    incoming = iter(elements)
    while chunk := list(islice(incoming, _CHUNK)):
        report += _commit(connection, partial(_write, chunk))
    for label in ("Entity", "Paper"):
        for ids in batches(rows.all_ids(connection.read, label), _CHUNK):
            _commit(connection, partial(_name, label, ids))
    _commit(connection, partial(_mark, restoring=False))
    return report


def _commit(connection: Connection, work: Callable[[Run], Report]) -> Report:
    return connection.transact(lambda run: Outcome(work(run)))


def _begin(connection: Connection) -> None:
    meta = connection.read(cypher.META, {})
    if meta and meta[0]["restoring"]:
        _clear(connection)
    elif any(rows.all_ids(connection.read, label) for label in NODE_PROPERTIES):
        raise StoreError(f"{connection.address} holds a graph already: restore into an empty store")
    _commit(connection, partial(_mark, restoring=True))


def _mark(run: Run, *, restoring: bool) -> Report:
    run(cypher.RAISE_GENERATION, {"schema": SCHEMA_VERSION})
    run(cypher.SET_RESTORING, {"restoring": restoring or None})
    return Report()


def _clear(connection: Connection) -> None:
    """Deletes what an earlier restore left."""
    for label in (*NODE_PROPERTIES, "Name"):
        for ids in batches(rows.all_ids(connection.read, label), _CHUNK):
            _commit(connection, partial(_delete, label, ids))


def _delete(label: str, ids: Sequence[str], run: Run) -> Report:
    run(cypher.delete_nodes(label), {"ids": ids})
    return Report()


def _write(chunk: Sequence[Element], run: Run) -> Report:
    run(cypher.RAISE_GENERATION, {"schema": SCHEMA_VERSION})
    nodes = [e for e in chunk if isinstance(e, Node)]
    edges = [e for e in chunk if isinstance(e, Edge)]
    put_nodes(run, [(n, {}) for n in nodes])
    create_edges(run, edges)
    return Report(nodes_added=len(nodes), edges_added=len(edges))


def _name(label: str, ids: Sequence[str], run: Run) -> Report:
    """Names lead to entities and papers as if these had been loaded."""
    run(cypher.RAISE_GENERATION, {"schema": SCHEMA_VERSION})
    if label == "Paper":
        also = {n.id: n.properties.get("also", ()) for n in rows.nodes(run, ids)}
        shall = {
            (name_id(key, "paper"), id): key for id, keys in also.items() if isinstance(keys, tuple) for key in keys
        }
    else:
        shall = entity_names(rows.votes(run, ids)[1], things(run))
    link(run, shall, set(), label)
    return Report()
