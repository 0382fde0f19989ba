"""Elements read from a store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.decision import UNDONE, Decision
from kg.errors import StoreError
from kg.identity import Record, Things, Votes
from kg.model import Document, Edge, EdgeKind, Element, Extraction, Kind, Metadata, Node, NodeKind, Property
from kg.store import Row, cypher
from kg.store.change import batches, edge_key
from kg.store.schema import EDGE_PROPERTIES, ENTITY_KINDS, EVERY, NODE_PROPERTIES, is_id, label, label_of, prefixes
from kg.store.transaction import Run

_CHUNK = 1000
_TEXTS = 100
"""Documents at a time: each has its whole text."""


def _size(label: str) -> int:
    return _TEXTS if label == "Document" else _CHUNK


def _packed(run: Run, text: str, columns: Sequence[str], ids: Sequence[str]) -> Iterator[Row]:
    """The rows of a statement that returns them as one list."""
    return (dict(zip(columns, values, strict=True)) for values in run(text, {"ids": ids})[0]["rows"])


def _properties(row: Row, names: Iterable[str]) -> dict[str, Property]:
    found = {}
    for name in names:
        value = row[name]
        if value is not None:
            found[name] = tuple(value) if isinstance(value, list) else value
    return found


def _node(label: str, row: Row) -> Node:
    return Node(_kind(label, row), row["id"], _properties(row, NODE_PROPERTIES[label]))


def _kind(label: str, row: Row) -> NodeKind:
    if label != "Entity":
        return NodeKind(label)
    kinds = [kind for kind in ENTITY_KINDS if kind in row["labels"]]
    if len(kinds) != 1:
        raise StoreError(f"{row['id']} is of {len(kinds)} kinds instead of one: restore a backup (kg restore)")
    return kinds[0]


def _edge(kind: EdgeKind, row: Row) -> Edge:
    return Edge(kind, row["head_id"], row["tail_id"], _properties(row, EDGE_PROPERTIES[kind]))


def by_label(ids: Iterable[str]) -> dict[str, list[str]]:
    """Ids in groups of the label that keys them."""
    found: dict[str, list[str]] = {}
    for id in ids:
        found.setdefault(label_of(id), []).append(id)
    return found


def nodes(run: Run, ids: Iterable[str]) -> list[Node]:
    """The nodes of ids, those that are there."""
    return [
        _node(label, row)
        for label, own in by_label(ids).items()
        for batch in batches(own, _size(label))
        for row in _packed(run, cypher.nodes(label), cypher.node_columns(label), batch)
    ]


def _ours(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows whose ends are ours: somebody else's edges may touch our nodes in an adopted database."""
    return (row for row in rows if all(isinstance(row[end], str) and is_id(row[end]) for end in ("head_id", "tail_id")))


def edges_from(run: Run, kind: EdgeKind, heads: Iterable[str]) -> list[Edge]:
    """The edges of a kind that leave nodes."""
    return _edges_at(run, kind, heads, cypher.edges_of_heads)


def edges_to(run: Run, kind: EdgeKind, tails: Iterable[str]) -> list[Edge]:
    """The edges of a kind that reach nodes."""
    return _edges_at(run, kind, tails, cypher.edges_of_tails)


def _edges_at(run: Run, kind: EdgeKind, ids: Iterable[str], statement: Callable[[EdgeKind, str], str]) -> list[Edge]:
    return [
        _edge(kind, row)
        for label, own in by_label(ids).items()
        for batch in batches(own, _CHUNK)
        for row in _ours(_packed(run, statement(kind, label), cypher.edge_columns(kind), batch))
    ]


def edges_stated(run: Run, documents: Sequence[str]) -> list[Edge]:
    """The extracted edges that documents state."""
    return [
        _edge(kind, row)
        for kind in cypher.EXTRACTED
        for batch in batches(documents, _CHUNK)
        for row in _packed(run, cypher.edges_of_documents(kind), cypher.edge_columns(kind), batch)
    ]


def texts(run: Run, papers: Iterable[str]) -> list[Row]:
    """The texts and metadata of the documents that describe papers, without what was extracted from them."""
    return [row for batch in batches(list(papers), _CHUNK) for row in run(cypher.TEXTS, {"ids": batch})]


def record(node: Node) -> Record:
    """The record that a Document node keeps."""
    p = dict(node.properties)
    loaded, extraction, metadata = str(p.pop("loaded")), str(p.pop("extraction")), str(p.pop("metadata"))
    p.pop("extractor")
    document = Document.model_validate({"id": node.id, **p, "metadata": Metadata.model_validate_json(metadata)})
    return Record(document, Extraction.model_validate_json(extraction), loaded)


def records(run: Run, papers: Iterable[str]) -> Iterator[tuple[str, frozenset[str], Record]]:
    """For each document of papers: the paper's id, all keys of it, and the record."""
    for some in batches(list(papers), _size("Document")):
        described = {e.head: e.tail for e in edges_to(run, EdgeKind.DESCRIBES, some)}
        also = {n.id: n.properties.get("also", ()) for n in nodes(run, some)}
        keys = {id: frozenset(own if isinstance(own, tuple) else ()) for id, own in also.items()}
        for node in nodes(run, sorted(described, key=lambda document: (described[document], document))):
            yield described[node.id], keys[described[node.id]], record(node)


def decisions(run: Run) -> tuple[Decision, ...]:
    """The decisions that stand."""
    return _decisions(run, (id for id in all_ids(run, "Decision") if not id.startswith(UNDONE)))


def log(run: Run) -> tuple[Decision, ...]:
    """All decisions that were ever made, the undone ones too."""
    return _decisions(run, all_ids(run, "Decision"))


def _decisions(run: Run, ids: Iterable[str]) -> tuple[Decision, ...]:
    return tuple(Decision.model_validate(dict(node.properties)) for node in nodes(run, ids))


def tombstones(run: Run) -> dict[str, tuple[str, ...]]:
    """The ids of each removed paper, by tombstone."""
    found = nodes(run, all_ids(run, "Tombstone"))
    return {n.id: n.properties["also"] for n in found if isinstance(n.properties["also"], tuple)}


def votes(run: Run, entities: Sequence[str], named: Things) -> tuple[dict[str, Votes], dict[str, set[str]]]:
    """The votes on entities, and the normal forms that papers use for them."""
    borrowed: dict[str, set[str]] = {id: set() for id in entities}
    names: dict[str, dict[str, int]] = {id: {} for id in entities}
    kinds: dict[str, dict[str, int]] = {id: {} for id in entities}
    forms: dict[str, set[str]] = {id: set() for id in entities}
    for batch in batches(entities, _CHUNK):
        for row in run(cypher.NAME_VOTES, {"ids": batch}):
            names[row["id"]][row["written"]] = row["papers"]
            forms[row["id"]].add(row["normal"])
            if named.is_borrowed(row["id"], row["written"], only_decided=bool(row["only_decided"])):
                borrowed[row["id"]].add(row["written"])
        for row in run(cypher.KIND_VOTES, {"ids": batch}):
            kinds[row["id"]][row["kind"]] = row["papers"]
    return {id: Votes(names[id], kinds[id], frozenset(borrowed[id])) for id in entities}, forms


def name_links(run: Run, targets: Iterable[str]) -> set[tuple[str, str]]:
    """(name id, node id) of the names that lead to entities and papers."""
    return {
        (row["name_id"], row["id"])
        for label, own in by_label(targets).items()
        for batch in batches(own, _CHUNK)
        for row in run(cypher.names_of(label), {"ids": batch})
    }


class Naming(NamedTuple):
    """A Name node and one of the nodes that it leads to."""

    name_id: str
    text: str
    family: str
    id: str


def namings(run: Run) -> Iterator[Naming]:
    """All names with what they lead to, sorted by that within its label."""
    for own in ("Entity", "Paper"):
        for batch in batches(all_ids(run, own), _CHUNK):
            found = (Naming(**row) for row in run(cypher.names_of(own), {"ids": batch}))
            yield from sorted(found, key=lambda naming: (naming.id, naming.name_id))


def all_ids(run: Run, label: str) -> list[str]:
    """The sorted ids of the nodes of a label that are ours."""
    found = (row["id"] for row in run(cypher.ids(label), {}))
    return sorted(id for id in found if isinstance(id, str) and id.startswith(prefixes(label)))


def neighbours(run: Run, ids: Iterable[str], kinds: Collection[Kind], least: float) -> set[str]:
    """The nodes of some kinds that edges of some kinds join to nodes, either way, none of them less sure than `least`."""
    edges = sorted(kind for kind in kinds if isinstance(kind, EdgeKind))
    labels = {kind.value for kind in kinds if isinstance(kind, NodeKind)}
    return {
        row["id"]
        for label, own in by_label(ids).items()
        for batch in batches(own, _CHUNK)
        for row in run(cypher.neighbours(label, edges), {"ids": batch, "least": least})
        if isinstance(row["id"], str) and is_id(row["id"]) and not labels.isdisjoint(row["labels"])
        if row["confidence"] is None or row["confidence"] >= least
    }


def everything(run: Run, kinds: Collection[Kind] = EVERY, within: Collection[str] | None = None) -> Iterator[Element]:
    """The whole graph or what is of some kinds, sorted, in chunks: nodes by label and id, edges by kind, head, tail and key.

    Only nodes `within` and the edges between them, if these are given.
    """
    inside = within if within is None else frozenset(within)
    for own in sorted({label(kind) for kind in kinds if isinstance(kind, NodeKind)}):
        found = all_ids(run, own) if inside is None else sorted(id for id in inside if label_of(id) == own)
        for chunk in batches(found, _size(own)):
            yield from sorted((n for n in nodes(run, chunk) if n.kind in kinds), key=lambda n: n.id)
    for kind in sorted(kind for kind in kinds if isinstance(kind, EdgeKind)):
        for chunk in batches(_heads(run, kind) if inside is None else sorted(inside), _CHUNK):
            edges = (e for e in edges_from(run, kind, chunk) if inside is None or e.tail in inside)
            yield from sorted(edges, key=edge_key)


def _heads(run: Run, kind: EdgeKind) -> list[str]:
    """The sorted ids of the nodes that edges of a kind leave."""
    leaving = {row["id"] for head, _ in cypher.ends(kind) for row in run(cypher.heads(kind, head), {})}
    return sorted(id for id in leaving if isinstance(id, str) and is_id(id))
