"""The laws of the graph, checked on a store: it is exactly what its documents, the lexicon and the decisions come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.identity import Record, fragment, join
from kg.lexicon import lexicon
from kg.model import Edge, EdgeKind, Node, NodeKind
from kg.store import cypher, rows
from kg.store.change import Change, batches, difference
from kg.store.rebuild import Neighbourhood, entity_names, paper_names, standing, things, vote
from kg.store.transaction import Run

_CHUNK = 500


def broken_laws(run: Run) -> Iterator[str]:
    """A line for each law that does not hold; a store that was left alone has none."""
    meta = run(cypher.META, {})
    if meta and meta[0]["restoring"]:
        yield "a restore was cut short: run kg restore again"
        return
    yield from _lexicon(run)
    yield from _documents(run)
    yield from _papers(run)
    yield from _entities(run)
    yield from _authors(run)


def _lexicon(run: Run) -> Iterator[str]:
    """The names of all documents are understood by the lexicon of this paperkg."""
    extractors = {row["extractor"] for row in run(cypher.EXTRACTORS, {})}
    others = sorted(name for name in extractors if "+" in name and lexicon().version not in name)
    if others:
        yield f"documents were read with another lexicon ({', '.join(others)}): load them again with this paperkg"


def _documents(run: Run) -> Iterator[str]:
    """Each document describes one paper, and its text is what its hash says."""
    for chunk in batches(rows.all_ids(run, "Document"), _CHUNK):
        described: dict[str, int] = dict.fromkeys(chunk, 0)
        for edge in rows.edges_from(run, EdgeKind.DESCRIBES, chunk):
            described[edge.head] += 1
        yield from (f"{id} describes {count} papers instead of one" for id, count in described.items() if count != 1)


def _papers(run: Run) -> Iterator[str]:
    """Each paper's part of the graph is what its documents come to now."""
    named = things(run)
    documents = rows.all_ids(run, "Document")
    texts = [rows.record(n).document for chunk in batches(documents, _CHUNK) for n in rows.nodes(run, chunk)]
    groups = join(texts)
    stray = set(rows.all_ids(run, "Paper")) - {g.id for g in groups}
    yield from (f"{id} has no document" for id in sorted(stray))
    for chunk in batches(groups, _CHUNK):
        records: dict[str, Record] = {
            n.id: rows.record(n) for n in rows.nodes(run, [d.id for g in chunk for d in g.documents])
        }
        around = Neighbourhood(frozenset(g.id for g in chunk), records, {})
        parts = [fragment(g, [records[d.id] for d in g.documents], named) for g in chunk]
        nodes, edges = standing(run, around)
        authors = {n.id for part in parts for n in part.nodes if n.kind is NodeKind.AUTHOR}
        shall = [n for part in parts for n in part.nodes]
        change = difference(
            [*nodes, *rows.nodes(run, authors)], shall, edges, [e for part in parts for e in part.edges]
        )
        yield from _lines(change)
        yield from _verbatim(edges, records)
        names = rows.name_links(run, [g.id for g in chunk])
        yield from _names(set(paper_names(chunk)), names)


def _verbatim(edges: Sequence[Edge], records: dict[str, Record]) -> Iterator[str]:
    """Evidence is the document's own words at its place."""
    for edge in edges:
        p = edge.properties
        if "evidence" not in p:
            continue
        text = records[str(p["document"])].document.text
        if text[int(p["start_char"]) : int(p["end_char"])] != p["evidence"]:  # type: ignore[arg-type]
            yield f"statement {p['statement']} quotes words that its document does not have there"


def _entities(run: Run) -> Iterator[str]:
    """Each entity is what papers vote for, and is found by its names."""
    named = things(run)
    for chunk in batches(rows.all_ids(run, "Entity"), _CHUNK):
        votes, forms = rows.votes(run, chunk, named)
        yield from _lines(vote(run, votes, named))
        yield from _names(set(entity_names(forms, named)), rows.name_links(run, chunk))


def _authors(run: Run) -> Iterator[str]:
    """Each author wrote something."""
    for chunk in batches(rows.all_ids(run, "Author"), _CHUNK):
        busy = {e.tail for e in rows.edges_to(run, EdgeKind.WRITTEN_BY, chunk)}
        yield from (f"{id} wrote no paper" for id in chunk if id not in busy)


def _names(shall: set[tuple[str, str]], have: set[tuple[str, str]]) -> Iterator[str]:
    yield from (f"{name} does not lead to {id}" for name, id in sorted(shall - have))
    yield from (f"{name} leads to {id}, which nothing supports" for name, id in sorted(have - shall))


def _lines(change: Change) -> Iterator[str]:
    yield from (f"{n.id} is missing" for n in change.nodes_added)
    yield from (f"{n.id} is there though nothing supports it" for n in change.nodes_removed)
    for old, new in change.nodes_changed:
        yield f"{new.id} differs from what its documents say in {', '.join(_differing(old, new))}"
    yield from (f"{_name(e)} is missing" for e in change.edges_added)
    yield from (f"{_name(e)} is there though nothing supports it" for e in change.edges_removed)
    yield from (f"{_name(e)} differs from what its document says" for e in change.edges_changed)


def _differing(old: Node, new: Node) -> list[str]:
    names = sorted({*old.properties, *new.properties})
    own = [name for name in names if old.properties.get(name) != new.properties.get(name)]
    return own or ["kind"]


def _name(edge: Edge) -> str:
    return f"edge {edge.head} {edge.kind} {edge.tail}"
