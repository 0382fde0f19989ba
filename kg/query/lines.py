"""Edges and claims as lines that a person reads: both ends by name, and each paper's words with its year. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.model import Edge, EdgeKind, Node, NodeKind, Property


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
class Reading:
    """Edges and claims in the light of the nodes they name."""

    nodes: Mapping[str, Node]

    @cached_property
    def _names(self) -> dict[str, str]:
        return {id: node_name(node) for id, node in self.nodes.items()}

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
            yield Line(kind.value, claim.id, claim_name(p), node.id, node_name(node), (source,))

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


def node_name(node: Node) -> str:
    """What a person calls a node."""
    p = node.properties
    if node.kind is NodeKind.DOCUMENT:
        return f"{p['source']}, {p['key']}"
    return str(p.get("name") or p.get("title") or (node.kind is NodeKind.CLAIM and claim_name(p)) or node.id)


def claim_name(properties: Mapping[str, Property]) -> str:
    """A claim in a few words: kind, metric, value and unit."""
    value = properties.get("value_text") or properties.get("value")
    parts = (properties.get("kind"), properties.get("metric_text"), value, properties.get("unit"))
    return " ".join(str(part) for part in parts if part not in (None, ""))
