"""What one paper's documents contribute to the graph: nodes, and edges that carry the words that state them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.identity.entities import Thing, Things
from kg.identity.papers import PaperGroup, paper_authors, paper_properties
from kg.identity.roads import name_form
from kg.model import (
    PAPER,
    ClaimDraft,
    Document,
    Edge,
    EdgeKind,
    EntityKind,
    Extraction,
    Group,
    Node,
    NodeKind,
    Property,
    Relation,
)
from kg.names import family_of, slug
from kg.ontology import may_join

Properties = dict[str, Property]


@dataclass(frozen=True)
class Record:
    """A document with what its extractor found in it, and when it was loaded (ISO 8601)."""

    document: Document
    extraction: Extraction
    loaded: str


@dataclass(frozen=True)
class Fragment:
    """One paper's part of the graph. Entities appear as ends of edges only: their nodes are voted on by all papers."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def fragment(group: PaperGroup, records: Sequence[Record], things: Things) -> Fragment:
    """The part of the graph that a paper's documents state; `records` are those of the group, in any order."""
    ordered = sorted(records, key=lambda r: r.document.id)
    nodes = [Node(NodeKind.PAPER, group.id, paper_properties(group)), *map(_document_node, ordered)]
    edges = [Edge(EdgeKind.DESCRIBES, r.document.id, group.id) for r in ordered]
    for position, author in enumerate(paper_authors(group), start=1):
        nodes.append(_author_node(author))
        edges.append(Edge(EdgeKind.WRITTEN_BY, group.id, _author_id(author), {"position": position}))
    for record in ordered:
        says = _Reading(record, group.id, frozenset(group.also), things)
        edges += [*says.mentions(), *says.statements()]
        for node, claim_edges in says.claims():
            nodes.append(node)
            edges += claim_edges
    return Fragment(tuple({n.id: n for n in nodes}.values()), _distinct(edges))


@dataclass(frozen=True)
class Named:
    """What a document calls by some names: the names as grouped, those of them that it writes, and the thing meant."""

    names: tuple[str, ...]
    written: tuple[str, ...]
    thing: Thing


def things_in(record: Record, keys: frozenset[str], things: Things) -> Iterator[Named]:
    """All that a document names, the paper that it describes having these keys."""
    says = _Reading(record, PAPER, keys, things)
    for group, thing in says.groups.values():
        yield Named((group.name, *group.aliases), tuple(sorted({m.text for m in group.mentions})), thing)
    for claim in record.extraction.claims:
        if found := says.metric(claim):
            written = record.document.text[found[1] : found[2]]
            yield Named((written,), (written,), found[0])


def stated_by(record: Record, keys: frozenset[str], things: Things) -> frozenset[str]:
    """The statements that a document makes, also those behind which another says the same."""
    says = _Reading(record, PAPER, keys, things)
    return frozenset(str(edge.properties["statement"]) for found in says.parallel() for edge in found)


def _distinct(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """The edges without parallels of one key: one mention per paper, entity and written name.

    The first of each is kept, but a borrowed mention before others, so that each trace of a decision can be found.
    """
    ordered = sorted(edges, key=lambda e: "borrowed" not in e.properties)
    return tuple({(e.kind, e.head, e.tail, _key(e)): e for e in reversed(ordered)}.values())


def _key(edge: Edge) -> Property | None:
    return next((edge.properties[k] for k in ("statement", "written", "position") if k in edge.properties), None)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\0".join("" if part is None else str(part) for part in parts).encode()).hexdigest()[:20]


def _document_node(record: Record) -> Node:
    document, extraction = record.document, record.extraction
    properties: Properties = document.model_dump(exclude={"id", "metadata"})
    properties["metadata"] = document.metadata.to_json()
    properties["extraction"] = extraction.model_dump_json(exclude_defaults=True)
    return Node(
        NodeKind.DOCUMENT, document.id, {**properties, "extractor": extraction.extractor, "loaded": record.loaded}
    )


def _author_id(name: str) -> str:
    return f"author/{slug(' '.join(name.casefold().split()))}-{_digest(name)[:6]}"


def _author_node(name: str) -> Node:
    return Node(NodeKind.AUTHOR, _author_id(name), {"name": name})


@dataclass(frozen=True)
class _Reading:
    """One document's statements, with names turned into entities."""

    record: Record
    paper: str
    keys: frozenset[str]
    things: Things

    @cached_property
    def groups(self) -> dict[str, tuple[Group, Thing]]:
        return {g.id: (g, self.things.of(g, self.keys)) for g in self.record.extraction.groups}

    def _end(self, local: str) -> tuple[str, str, NodeKind, str]:
        """Id, id before decisions, kind and name as written of a group or of the paper itself."""
        if local == PAPER:
            return self.paper, PAPER, NodeKind.PAPER, PAPER
        group, thing = self.groups[local]
        return thing.id, thing.before, self._kind(thing, group.kind), group.name

    def _kind(self, thing: Thing, extracted: EntityKind) -> NodeKind:
        return NodeKind(self.things.kind_of(thing.id, extracted).value)

    # mentions

    def mentions(self) -> Iterator[Edge]:
        """One edge per entity and exact written name, at its first place."""
        for group, thing in self.groups.values():
            first = {m.text: (m.start, m.end) for m in reversed(group.mentions)}
            for written, (start, end) in sorted(first.items()):
                yield self._mention(thing, written, group.kind, (start, end), group.confidence, group.extractor)
        for claim in self.record.extraction.claims:
            found = self.metric(claim)
            if found:
                thing, start, end = found
                written = self.record.document.text[start:end]
                yield self._mention(thing, written, EntityKind.METRIC, (start, end), claim.confidence, claim.extractor)

    def _mention(
        self, thing: Thing, written: str, kind: EntityKind, span: tuple[int, int], confidence: float, extractor: str
    ) -> Edge:
        properties: Properties = {
            "written": written,
            "normal": name_form(family_of(thing.id), written),
            "kind": kind.value,
            "document": self.record.document.id,
            "start_char": span[0],
            "end_char": span[1],
            "confidence": round(confidence, 4),
            "extractor": extractor,
        }
        if thing.followed:
            properties["borrowed"] = True
        return Edge(EdgeKind.MENTIONS, self.paper, thing.id, properties)

    # statements

    def statements(self) -> list[Edge]:
        """The edges that the text states: one per head, kind and tail, from the sentence that states it best."""
        return [_best(found) for found in self.parallel()]

    def parallel(self) -> Iterable[list[Edge]]:
        """For each head, kind and tail, what states it: different statements where decisions joined their names."""
        found: defaultdict[tuple[EdgeKind, str, str], list[Edge]] = defaultdict(list)
        for relation in (*self._introductions(), *self.record.extraction.relations):
            edge = self._statement(relation)
            if edge:
                found[edge.kind, edge.head, edge.tail].append(edge)
        return found.values()

    def _introductions(self) -> Iterator[Relation]:
        """The introductions for which the extractor quotes no sentence: the name itself is all the evidence."""
        stated = {r.tail for r in self.record.extraction.relations if r.kind is EdgeKind.INTRODUCES}
        for group, _ in self.groups.values():
            if group.introduced and group.id not in stated:
                first = group.mentions[0]
                yield Relation(
                    head=PAPER,
                    kind=EdgeKind.INTRODUCES,
                    tail=group.id,
                    start=first.start,
                    end=first.end,
                    confidence=group.confidence,
                    extractor=group.extractor,
                )

    def _statement(self, relation: Relation) -> Edge | None:
        head, head_before, head_kind, head_as = self._end(relation.head)
        tail, tail_before, tail_kind, tail_as = self._end(relation.tail)
        if head == tail or not may_join(relation.kind, head_kind, tail_kind):
            return None
        statement = _digest(self.record.document.id, head_before, relation.kind, tail_before)
        properties: Properties = {
            "statement": statement,
            "document": self.record.document.id,
            "paper": self.paper,
            "evidence": self.record.document.text[relation.start : relation.end],
            "start_char": relation.start,
            "end_char": relation.end,
            "confidence": round(relation.confidence, 4),
            "extractor": relation.extractor,
            "head_as": head_as,
            "tail_as": tail_as,
        }
        if statement in self.things.decisions.rejected:
            properties["rejected"] = True
        if relation.count is not None:
            properties["count"] = relation.count
        if relation.memory is not None:
            properties["memory"] = relation.memory
        return Edge(relation.kind, head, tail, properties)

    # claims

    def claims(self) -> Iterator[tuple[Node, list[Edge]]]:
        """Each claim with its edges."""
        for claim in self.record.extraction.claims:
            yield self._claim(claim)

    def metric(self, claim: ClaimDraft) -> tuple[Thing, int, int] | None:
        """The metric that a claim means and its place in the claim's sentence, where it stands there literally."""
        if not claim.metric_text or not claim.metric_text.strip():
            return None
        at = self.record.document.text.find(claim.metric_text, claim.start, claim.end)
        if at < 0:
            return None
        return self.things.named("metric", (claim.metric_text,), self.keys), at, at + len(claim.metric_text)

    def _claim(self, claim: ClaimDraft) -> tuple[Node, list[Edge]]:
        evidence = self.record.document.text[claim.start : claim.end]
        before = {role: self._end(local)[1] for role, local in self._roles(claim)}
        id = "claim/" + _digest(
            self.record.document.id, evidence, claim.kind, before.get(EdgeKind.ABOUT), claim.metric_text,
            before.get(EdgeKind.ON), before.get(EdgeKind.FOR), before.get(EdgeKind.AGAINST) or claim.comparator_text,
            claim.value_text,
        )  # fmt: skip
        edges = [Edge(EdgeKind.STATED_IN, id, self.paper)]
        for role, local in self._roles(claim):
            tail, _, kind, _ = self._end(local)
            if may_join(role, NodeKind.CLAIM, kind):
                edges.append(Edge(role, id, tail))
        found = self.metric(claim)
        if found and may_join(EdgeKind.MEASURED_BY, NodeKind.CLAIM, self._kind(found[0], EntityKind.METRIC)):
            edges.append(Edge(EdgeKind.MEASURED_BY, id, found[0].id))
        return Node(NodeKind.CLAIM, id, self._claim_properties(id, claim, evidence)), edges

    def _roles(self, claim: ClaimDraft) -> list[tuple[EdgeKind, str]]:
        roles = (
            (EdgeKind.ABOUT, claim.subject),
            (EdgeKind.AGAINST, claim.comparator),
            (EdgeKind.ON, claim.dataset),
            (EdgeKind.FOR, claim.task),
        )
        return [(role, local) for role, local in roles if local]

    def _claim_properties(self, id: str, claim: ClaimDraft, evidence: str) -> Properties:
        found: dict[str, Property | None] = {
            "kind": claim.kind.value,
            "polarity": claim.polarity,
            "metric_text": claim.metric_text,
            "value": claim.value,
            "value_max": claim.value_max,
            "value_text": claim.value_text,
            "unit": claim.unit,
            "comparator_text": claim.comparator_text,
            "evidence": evidence,
            "start_char": claim.start,
            "end_char": claim.end,
            "value_start_char": claim.value_start,
            "value_end_char": claim.value_end,
            "confidence": round(claim.confidence, 4),
            "extractor": claim.extractor,
            "paper": self.paper,
            "document": self.record.document.id,
            "rejected": True if id in self.things.decisions.rejected else None,
        }
        return {name: value for name, value in found.items() if value is not None}


def _best(parallel: list[Edge]) -> Edge:
    """The statement that is shown of those that say the same; a sentence that is rejected of one is so of all."""
    rejected = {_span(e) for e in parallel if "rejected" in e.properties}
    if rejected:
        parallel = [replace(e, properties={**e.properties, "rejected": True}) if _span(e) in rejected else e for e in parallel]  # fmt: skip
    return min(parallel, key=_rank)


def _span(edge: Edge) -> tuple[Property, Property]:
    return edge.properties["start_char"], edge.properties["end_char"]


def _rank(edge: Edge) -> tuple[bool, float, int, str]:
    """Lower is better: not rejected, surer, earlier in the text."""
    p = edge.properties
    return ("rejected" in p, -float(p["confidence"]), int(p["start_char"]), str(p["statement"]))  # type: ignore[arg-type]
