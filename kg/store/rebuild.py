"""Computing papers anew from their documents, and writing what differs: the one way in which the graph changes.

Loading, removing, deciding and undoing all end here: some documents come, some go, some papers are computed again.
What stands in the store is read, what shall stand is computed by `kg.identity`, the difference is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.decision import DecisionKind
from kg.identity import (
    Fragment,
    PaperGroup,
    Record,
    Things,
    Votes,
    document_keys,
    entity_node,
    fragment,
    join,
    name_form,
)
from kg.lexicon import lexicon
from kg.model import Document, Edge, EdgeKind, Node, NodeKind, Report
from kg.names import family_of, name_id
from kg.store import cypher, rows
from kg.store.change import Change, apply, batches, difference, put_nodes, relabel, remove_nodes
from kg.store.schema import label_of
from kg.store.transaction import Run

_CLAIM_EDGES = (EdgeKind.STATED_IN, EdgeKind.ABOUT, EdgeKind.AGAINST, EdgeKind.ON, EdgeKind.FOR, EdgeKind.MEASURED_BY)


@dataclass(frozen=True)
class Request:
    """What is asked of a rebuild: records that come, documents that go, papers and entities to compute again."""

    added: Sequence[Record] = ()
    dropped: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Neighbourhood:
    """The papers that a rebuild may change, with the records that describe them now."""

    papers: frozenset[str]
    records: dict[str, Record] = field(default_factory=dict)
    paper_of: dict[str, str] = field(default_factory=dict)


def things(run: Run) -> Things:
    """How names are understood in this store."""
    return Things(lexicon(), rows.decisions(run))


def rebuild(run: Run, request: Request) -> Report:
    """Writes what the requested documents, papers and entities now come to."""
    around = neighbourhood(run, request)
    records = {id: r for id, r in around.records.items() if id not in request.dropped}
    records |= {r.document.id: r for r in request.added}
    named = things(run)
    groups = join(r.document for r in records.values())
    parts = [fragment(g, [records[d.id] for d in g.documents], named) for g in groups]
    change = _change(run, around, parts)
    touched = _touched(change) | request.entities
    existing = {n.id for n in rows.nodes(run, touched)}
    put_nodes(run, [(n, {}) for n in _provisional(change, touched - existing)])
    apply(run, change)
    added, removed = refresh(run, sorted(touched), existing, named)
    _name_papers(run, around.papers, groups)
    idle = _drop_idle_authors(run, change)
    new, changed, renamed = _papers(around, groups, request)
    return Report(
        documents=len(request.added),
        new=new,
        changed=changed,
        renamed=renamed,
        nodes_added=len(change.nodes_added) + added,
        nodes_removed=len(change.nodes_removed) + removed + idle,
        edges_added=len(change.edges_added),
        edges_removed=len(change.edges_removed),
    )


def neighbourhood(run: Run, request: Request) -> Neighbourhood:
    """All papers that share a key, directly or by way of others, with what is requested."""
    state = run(cypher.DOCUMENT_STATE, {"ids": [r.document.id for r in request.added]})
    papers = {row["paper"] for row in state} | request.papers
    papers |= _papers_of_keys(run, (r.document for r in request.added))
    records: dict[str, Record] = {}
    paper_of: dict[str, str] = {}
    fresh = sorted(papers)
    while fresh:
        described = {e.head: e.tail for e in rows.edges_to(run, EdgeKind.DESCRIBES, fresh)}
        found = {n.id: rows.record(n) for n in rows.nodes(run, described)}
        records |= found
        paper_of |= described
        fresh = sorted(_papers_of_keys(run, (r.document for r in found.values())) - papers)
        papers |= set(fresh)
    return Neighbourhood(frozenset(papers), records, paper_of)


def _papers_of_keys(run: Run, documents: Iterable[Document]) -> set[str]:
    names = sorted({name_id(key, "paper") for d in documents for key in document_keys(d)})
    return {row["id"] for batch in batches(names) for row in run(cypher.NAMED_PAPERS, {"ids": batch})}


def standing(run: Run, around: Neighbourhood) -> tuple[list[Node], list[Edge]]:
    """The nodes and edges that the papers around contribute now, authors and entities left out."""
    papers, documents = sorted(around.papers), sorted(around.records)
    if not papers:
        return [], []
    stated_in = rows.edges_to(run, EdgeKind.STATED_IN, papers)
    claims = [e.head for e in stated_in]
    nodes = rows.nodes(run, [*papers, *documents, *claims])
    edges = [*stated_in, *rows.edges_to(run, EdgeKind.DESCRIBES, papers)]
    for kind in (EdgeKind.WRITTEN_BY, EdgeKind.MENTIONS):
        edges += rows.edges_from(run, kind, papers)
    for kind in _CLAIM_EDGES[1:]:
        edges += rows.edges_from(run, kind, claims)
    return nodes, [*edges, *rows.edges_stated(run, documents)]


def _change(run: Run, around: Neighbourhood, parts: Sequence[Fragment]) -> Change:
    nodes, edges = standing(run, around)
    shall = {n.id: n for part in parts for n in part.nodes}
    authors = [id for id, n in shall.items() if n.kind is NodeKind.AUTHOR]
    nodes += rows.nodes(run, authors)
    return difference(nodes, shall.values(), edges, [e for part in parts for e in part.edges])


def _touched(change: Change) -> frozenset[str]:
    edges = (*change.edges_added, *change.edges_changed, *change.edges_removed)
    return frozenset(id for e in edges for id in (e.head, e.tail) if label_of(id) == "Entity")


def _provisional(change: Change, missing: frozenset[str]) -> list[Node]:
    """Entities that edges need for their ends; `refresh` gives them name and kind in the same transaction."""
    found: dict[str, Node] = {}
    for edge in change.edges_added:
        if edge.kind is EdgeKind.MENTIONS and edge.tail in missing:
            kind = NodeKind(str(edge.properties["kind"]))
            found[edge.tail] = Node(kind, edge.tail, {"name": edge.properties["written"]})
    return list(found.values())


def refresh(run: Run, entities: Sequence[str], existing: set[str], named: Things) -> tuple[int, int]:
    """Lets papers vote anew on entities, deletes those that nothing supports, returns how many came and went."""
    votes, forms = rows.votes(run, entities, named)
    change = vote(run, votes, named)
    put_nodes(run, [(new, old.properties) for old, new in change.nodes_changed])
    relabel(run, change.nodes_changed)
    link(run, entity_names(forms, named), rows.name_links(run, entities), "Entity")
    gone = {n.id for n in change.nodes_removed}
    remove_nodes(run, sorted(gone))
    came = {id for id in entities if id not in existing and votes[id].names}
    return len(came), len(gone & existing)


def vote(run: Run, votes: Mapping[str, Votes], named: Things) -> Change:
    """How entities must change to be what the papers in the store vote for."""
    shall = [node for id, own in votes.items() if (node := entity_node(id, own, named.kinds.get(id)))]
    return difference(rows.nodes(run, votes), shall)


def entity_names(forms: Mapping[str, Iterable[str]], named: Things) -> dict[tuple[str, str], str]:
    """(name id, entity) -> normal form, of all names that shall lead to entities, given those that papers use."""
    every = {id: set(own) for id, own in forms.items()}
    for alias in (d for d in named.recorded if d.what is DecisionKind.ALIAS):
        target = named.named(alias.family, (alias.about,)).id
        if every.get(target):
            every[target].add(name_form(family_of(target), alias.about))
    return {(name_id(form, family_of(id)), id): form for id, own_forms in every.items() for form in own_forms}


def paper_names(groups: Iterable[PaperGroup]) -> dict[tuple[str, str], str]:
    """(name id, paper) -> key, of all keys that shall lead to papers."""
    return {(name_id(key, "paper"), g.id): key for g in groups for key in g.also}


def _name_papers(run: Run, old: Iterable[str], groups: Sequence[PaperGroup]) -> None:
    link(run, paper_names(groups), rows.name_links(run, {*old, *(g.id for g in groups)}), "Paper")


def link(run: Run, shall: dict[tuple[str, str], str], have: set[tuple[str, str]], label: str) -> None:
    """Makes exactly these names lead to nodes of a label, and deletes names that lead nowhere."""
    new, gone = sorted(set(shall) - have), sorted(have - set(shall))
    names = {name: {"text": shall[name, id], "family": name.split("/")[1]} for name, id in new}
    for batch in batches([{"id": name, "properties": p} for name, p in names.items()]):
        run(cypher.PUT_NAMES, {"rows": batch})
    for batch in batches([{"name_id": name, "id": id} for name, id in new]):
        run(cypher.link_names(label), {"rows": batch})
    for batch in batches([{"name_id": name, "id": id} for name, id in gone]):
        run(cypher.unlink_names(label), {"rows": batch})
        run(cypher.DELETE_IDLE_NAMES, {"ids": sorted({row["name_id"] for row in batch})})


def _drop_idle_authors(run: Run, change: Change) -> int:
    """Deletes authors whose last paper went."""
    left = sorted({e.tail for e in change.edges_removed if e.kind is EdgeKind.WRITTEN_BY})
    busy = {e.tail for e in rows.edges_to(run, EdgeKind.WRITTEN_BY, left)}
    idle = [id for id in left if id not in busy]
    remove_nodes(run, idle)
    return len(idle)


def _papers(
    around: Neighbourhood, groups: Sequence[PaperGroup], request: Request
) -> tuple[frozenset[str], frozenset[str], dict[str, str]]:
    """Which papers are new, which changed, and which took another id."""
    came = {r.document.id for r in request.added}
    new: set[str] = set()
    changed: set[str] = set()
    renamed: dict[str, str] = {}
    for group in groups:
        before = {around.paper_of[d.id] for d in group.documents if d.id in around.paper_of}
        if any(d.id in came for d in group.documents):
            (changed if before else new).add(group.id)
        renamed |= {old: group.id for old in before if old != group.id}
    return frozenset(new), frozenset(changed), renamed
