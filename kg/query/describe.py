"""What the graph holds about one thing or one paper: names, edges by kind, and the sentences that state them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.model import Edge, EdgeKind, Node, NodeKind, Property
from kg.names import paper_keys
from kg.store import Row, Store, rows
from kg.store.cypher import EXTRACTED
from kg.store.schema import ENTITY_KINDS, NODE_PROPERTIES, is_id

_ROLES = (EdgeKind.ABOUT, EdgeKind.AGAINST, EdgeKind.ON, EdgeKind.FOR, EdgeKind.MEASURED_BY)
_LONG_TEXTS = frozenset({"abstract", "text", "extraction", "metadata", "aliases"})
_ORDER = {kind: at for at, kind in enumerate(dict.fromkeys((*EXTRACTED, EdgeKind.MENTIONS, *_ROLES, *EdgeKind)))}
_LEAVING = {NodeKind.CLAIM: (*_ROLES, EdgeKind.STATED_IN), NodeKind.DOCUMENT: (EdgeKind.DESCRIBES,)}


@dataclass(frozen=True)
class Source:
    """One paper's statement of an edge, in its words; `statement` is what `kg decide reject` takes.

    `by` says who wrote the words where they are not the paper's own.
    """

    paper_id: str
    title: str
    year: int | None
    by: str | None
    sentence: str
    confidence: float | None
    statement: str


@dataclass(frozen=True)
class Line:
    """An edge with all papers that state it. Claims are lines too: their edge is the role that the thing plays."""

    edge: str
    head: str
    head_name: str
    tail: str
    tail_name: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Description:
    """What a node is, the names that papers write for it with how many do, and its edges, most papers first."""

    id: str
    kind: str
    name: str
    properties: tuple[tuple[str, Property], ...]
    names: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]


def describe(store: Store, id: str) -> Description | None:
    """The description of a node of any kind; None for what is no id or not in the graph."""
    found = rows.nodes(store.ask, [id] if is_id(id) else [])
    if not found:
        return None
    node = found[0]
    edges, claims, names = _around(store, node)
    wanted = {end for edge in edges for end in (edge.head, edge.tail)} | {str(n.properties["paper"]) for _, n in claims}
    wanted |= {str(edge.properties["paper"]) for edge in edges if "paper" in edge.properties}
    known = {n.id: n for n in rows.nodes(store.ask, sorted(wanted))}
    reading = _Reading({**known, node.id: node})
    lines = [*reading.edge_lines(edges), *reading.claim_lines(node, claims)]
    properties = [(n, node.properties[n]) for n in NODE_PROPERTIES[_label(node)] if n in node.properties]
    return Description(
        id=node.id,
        kind=node.kind.value,
        name=_name(node),
        properties=tuple((n, value) for n, value in properties if n not in _LONG_TEXTS),
        names=names,
        lines=tuple(sorted(lines, key=_rank)),
    )


def decisions(store: Store) -> list[Row]:
    """All decisions in the order in which they were made, as rows."""
    found = sorted(rows.decisions(store.ask), key=lambda d: (d.at, d.id))
    return [{"id": d.id, **d.model_dump(mode="json")} for d in found]


def is_removed(store: Store, words: str) -> bool:
    """Whether words name a paper that was removed from the graph."""
    keys = set(paper_keys(words))
    return any(not keys.isdisjoint(also) for also in rows.tombstones(store.ask).values())


def _label(node: Node) -> str:
    return "Entity" if node.kind in ENTITY_KINDS else node.kind.value


def _name(node: Node) -> str:
    """What a person calls a node."""
    return str(node.properties.get("name") or node.properties.get("title") or node.id)


def _rank(line: Line) -> tuple[int, int, str, str, str]:
    return (
        _ORDER[EdgeKind(line.edge)],
        -len({source.paper_id for source in line.sources}),
        line.head_name.casefold(),
        line.tail_name.casefold(),
        line.head + line.tail,
    )


_Around = tuple[list[Edge], list[tuple[EdgeKind, Node]], tuple[tuple[str, int], ...]]


def _around(store: Store, node: Node) -> _Around:
    """A node's edges that are not rejected, the claims it plays a role in, and its names."""
    if node.kind in ENTITY_KINDS:
        return _around_entity(store, node.id)
    if node.kind is NodeKind.PAPER:
        return _around_paper(store, node.id)
    edges = [e for kind in _LEAVING.get(node.kind, ()) for e in rows.edges_from(store.ask, kind, [node.id])]
    if node.kind is NodeKind.AUTHOR:
        edges += rows.edges_to(store.ask, EdgeKind.WRITTEN_BY, [node.id])
    return edges, [], ()


def _around_entity(store: Store, id: str) -> _Around:
    edges = [edge for kind in EXTRACTED for edge in rows.edges_to(store.ask, kind, [id])]
    edges += [edge for kind in EXTRACTED for edge in rows.edges_from(store.ask, kind, [id])]
    roles = [(kind, edge.head) for kind in _ROLES for edge in rows.edges_to(store.ask, kind, [id])]
    mentions = rows.edges_to(store.ask, EdgeKind.MENTIONS, [id])
    written = Counter(str(edge.properties["written"]) for edge in mentions)
    names = sorted(written.items(), key=lambda item: (-item[1], item[0]))
    return _standing(edges), _claims(store, roles), tuple(names)


def _around_paper(store: Store, id: str) -> _Around:
    documents = [edge.head for edge in rows.edges_to(store.ask, EdgeKind.DESCRIBES, [id])]
    edges = rows.edges_stated(store.ask, documents)
    for kind in (EdgeKind.MENTIONS, EdgeKind.WRITTEN_BY):
        edges += rows.edges_from(store.ask, kind, [id])
    roles = [(EdgeKind.STATED_IN, edge.head) for edge in rows.edges_to(store.ask, EdgeKind.STATED_IN, [id])]
    return _standing(edges), _claims(store, roles), ()


def _standing(edges: Iterable[Edge]) -> list[Edge]:
    return [edge for edge in edges if not edge.properties.get("rejected")]


def _claims(store: Store, roles: Sequence[tuple[EdgeKind, str]]) -> list[tuple[EdgeKind, Node]]:
    found = {node.id: node for node in rows.nodes(store.ask, sorted({id for _, id in roles}))}
    return [(kind, found[id]) for kind, id in roles if id in found and not found[id].properties.get("rejected")]


@dataclass(frozen=True)
class _Reading:
    """Edges and claims in the light of the nodes they name."""

    nodes: Mapping[str, Node]

    @cached_property
    def _names(self) -> dict[str, str]:
        return {id: _name(node) for id, node in self.nodes.items()}

    def edge_lines(self, edges: Iterable[Edge]) -> Iterator[Line]:
        """A line for each kind and pair of ends."""
        groups: defaultdict[tuple[EdgeKind, str, str], list[Edge]] = defaultdict(list)
        for edge in edges:
            groups[edge.kind, edge.head, edge.tail].append(edge)
        for (kind, head, tail), found in groups.items():
            sources = [self._edge_source(edge) for edge in found if "document" in edge.properties]
            yield self._line(kind, head, tail, sources)

    def claim_lines(self, node: Node, claims: Iterable[tuple[EdgeKind, Node]]) -> Iterator[Line]:
        """A line for each claim, from the claim to the node."""
        for kind, claim in claims:
            p = claim.properties
            source = self._source(str(p["paper"]), str(p["evidence"]), p.get("confidence"), claim.id)
            yield Line(kind.value, claim.id, claim_name(p), node.id, _name(node), (source,))

    def _line(self, kind: EdgeKind, head: str, tail: str, sources: Iterable[Source]) -> Line:
        ordered = sorted(sources, key=lambda s: (-(s.confidence or 0.0), s.paper_id, s.sentence))
        return Line(kind.value, head, self._names.get(head, head), tail, self._names.get(tail, tail), tuple(ordered))

    def _edge_source(self, edge: Edge) -> Source:
        p = edge.properties
        words = str(p.get("evidence", p.get("written", "")))
        return self._source(str(p.get("paper", edge.head)), words, p.get("confidence"), str(p.get("statement", "")))

    def _source(self, paper: str, sentence: str, confidence: Property | None, statement: str) -> Source:
        p = self.nodes[paper].properties if paper in self.nodes else {}
        year, by = p.get("year"), p.get("summary_by")
        return Source(
            paper_id=paper,
            title=self._names.get(paper, paper),
            year=year if isinstance(year, int) else None,
            by=str(by) if by else None,
            sentence=sentence,
            confidence=confidence if isinstance(confidence, float) else None,
            statement=statement,
        )


def claim_name(properties: Mapping[str, Property]) -> str:
    """A claim in a few words: kind, metric, value and unit."""
    value = properties.get("value_text") or properties.get("value")
    parts = (properties.get("kind"), properties.get("metric_text"), value, properties.get("unit"))
    return " ".join(str(part) for part in parts if part not in (None, ""))
