"""A backup's elements into an empty store.

They do not fit one transaction of a small server, so they come in several, between which the store says that it is
being restored; a restore that was cut short is begun again by the next one.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice

from kg.errors import StoreError
from kg.model import Edge, Element, Node, Report
from kg.names import name_id
from kg.store import cypher, rows
from kg.store.change import batches, create_edges, put_nodes
from kg.store.decide import concerned
from kg.store.rebuild import Request, entity_names, link, rebuild, things
from kg.store.schema import NODE_PROPERTIES, SCHEMA_VERSION
from kg.store.transaction import Connection, Outcome, Run

_CHUNK = 5000
_PAPERS = 500
"""Papers that are computed anew in one transaction."""


def restore(connection: Connection, elements: Iterable[Element]) -> Report:
    """Writes elements, nodes before edges; raises StoreError when the store holds a graph already."""
    token = secrets.token_hex(8)
    _begin(connection, token)
    report = Report()
    incoming = iter(elements)
    while chunk := list(islice(incoming, _CHUNK)):
        report += _commit(connection, token, partial(_write, chunk))
    for label in ("Entity", "Paper"):
        for ids in batches(rows.all_ids(connection.read, label), _CHUNK):
            _commit(connection, token, partial(_name, label, ids))
    report += _mark_borrowed(connection, token)
    _commit(connection, token, _end)
    return report


def _begin(connection: Connection, token: str) -> None:
    """Takes an empty store, or one whose restore was cut short, for this restore alone."""

    def take(run: Run) -> Outcome[bool]:
        unfinished = run(cypher.RAISE_GENERATION, {"schema": SCHEMA_VERSION})[0]["restoring"]
        if not unfinished and any(rows.all_ids(run, label) for label in NODE_PROPERTIES):
            raise StoreError(f"{connection.address} holds a graph already: restore into an empty store")
        run(cypher.SET_RESTORING, {"restoring": token})
        return Outcome(bool(unfinished))

    if connection.transact(take):
        for label in (*NODE_PROPERTIES, "Name"):
            for ids in batches(rows.all_ids(connection.read, label), _CHUNK):
                _commit(connection, token, partial(_delete, label, ids))


def _commit(connection: Connection, token: str, work: Callable[[Run], Report]) -> Report:
    """Does a part of the restore in a transaction; raises StoreError when another restore took the store."""

    def part(run: Run) -> Outcome[Report]:
        if run(cypher.RAISE_GENERATION, {"schema": SCHEMA_VERSION})[0]["restoring"] != token:
            raise StoreError(f"another restore into {connection.address} began: let one of them run alone")
        return Outcome(work(run))

    return connection.transact(part)


def _mark_borrowed(connection: Connection, token: str) -> Report:
    """Computes anew what decisions concern, in a backup of a paperkg that did not note which names they lead on."""
    report = Report()
    if not connection.read(cypher.BORROWED, {}):
        request = concerned(connection.read)
        for papers in batches(sorted(request.papers), _PAPERS):
            part = Request(papers=frozenset(papers), entities=request.entities)
            report += _commit(connection, token, partial(_compute, part))
    return report


def _compute(request: Request, run: Run) -> Report:
    return rebuild(run, request)


def _end(run: Run) -> Report:
    run(cypher.SET_RESTORING, {"restoring": None})
    return Report()


def _delete(label: str, ids: Sequence[str], run: Run) -> Report:
    run(cypher.delete_nodes(label), {"ids": ids})
    return Report()


def _write(chunk: Sequence[Element], run: Run) -> Report:
    nodes = [e for e in chunk if isinstance(e, Node)]
    edges = [e for e in chunk if isinstance(e, Edge)]
    put_nodes(run, [(n, {}) for n in nodes])
    create_edges(run, edges)
    return Report(nodes_added=len(nodes), edges_added=len(edges))


def _name(label: str, ids: Sequence[str], run: Run) -> Report:
    """Names lead to entities and papers as if these had been loaded."""
    if label == "Paper":
        also = {n.id: n.properties.get("also", ()) for n in rows.nodes(run, ids)}
        shall = {
            (name_id(key, "paper"), id): key for id, keys in also.items() if isinstance(keys, tuple) for key in keys
        }
    else:
        named = things(run)
        shall = entity_names(rows.votes(run, ids, named)[1], named)
    link(run, shall, set(), label)
    return Report()
