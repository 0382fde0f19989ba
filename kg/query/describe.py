"""What the graph holds about one thing: a node of any kind, or the statement of an edge.

A description has facts (what it is), names (as papers write them) and lines (its edges, with the sentences).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.decision import Decision, DecisionKind
from kg.model import Edge, EdgeKind, Kind, Node, NodeKind, Property
from kg.names import paper_keys
from kg.query.lines import Line, Reading, node_name
from kg.query.places import ROLES
from kg.store import Row, Store, cypher, rows
from kg.store.schema import ENTITY_KINDS, NODE_PROPERTIES, is_id, label

OWN_KIND: dict[Kind, str] = {NodeKind.CLAIM: "claim_kind", NodeKind.DECISION: "decided_kind"}
"""What the property `kind` of a node is called where `kind` is the kind of the node itself."""
STATEMENT = "Statement"
"""The kind of what describes an edge as one document states it."""

_ORDER = {kind: at for at, kind in enumerate(dict.fromkeys((*cypher.EXTRACTED, EdgeKind.MENTIONS, *ROLES, *EdgeKind)))}
_LEAVING = {NodeKind.CLAIM: (*ROLES, EdgeKind.STATED_IN), NodeKind.DOCUMENT: (EdgeKind.DESCRIBES,)}
_LEFT_OUT = frozenset({"text", "extraction", "metadata", "aliases", "rejected"})
"""Properties that are no facts: what only programs read, what is shown as names, and what is said in other words."""
_STATED = ("head_as", "tail_as", "count", "memory", "document", "start_char", "end_char", "confidence", "extractor")
_STATEMENT_ID = re.compile(r"[0-9a-f]{16,64}")


@dataclass(frozen=True)
class Fact:
    """A property with its value; `label` is what the value's id, if it is one, is called."""

    name: str
    value: Property
    label: str | None = None


@dataclass(frozen=True)
class Description:
    """What a thing is, the names that papers write for it with how many do, and its edges, most papers first."""

    id: str
    kind: str
    name: str
    facts: tuple[Fact, ...]
    names: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]


def describe(store: Store, id: str, *, text: bool = False) -> Description | None:
    """The description of a node or of a statement; None for what is no id or not in the graph.

    With `text` a document comes with its text.
    """
    if _STATEMENT_ID.fullmatch(id):
        return _statement(store, id)
    found = rows.nodes(store.ask, [id] if is_id(id) else [])
    return _node(store, found[0], text) if found else None


def has_node(store: Store, id: str) -> bool:
    """Whether a text is the id of a node of the graph."""
    return is_id(id) and bool(rows.nodes(store.ask, [id]))


def decisions(store: Store, *, undone: bool = False) -> list[Row]:
    """The decisions that stand, or all that were ever made, in the order in which they were made, as rows."""
    recorded = rows.log(store.ask) if undone else rows.decisions(store.ask)
    found = sorted(recorded, key=lambda d: (d.at, d.id))
    return [{"id": d.id, **d.model_dump(mode="json"), "stood_as": d.standing_id if d.undone_at else ""} for d in found]


def is_removed(store: Store, words: str) -> bool:
    """Whether words name a paper that was removed from the graph."""
    keys = set(paper_keys(words))
    return any(not keys.isdisjoint(also) for also in rows.tombstones(store.ask).values())


def _node(store: Store, node: Node, text: bool) -> Description:
    edges, claims, names = _around(store, node)
    facts = [*_properties(node, text), *_judgement(store, node)]
    wanted = {end for edge in edges for end in (edge.head, edge.tail)} | {str(n.properties["paper"]) for _, n in claims}
    wanted |= {str(edge.properties["paper"]) for edge in edges if "paper" in edge.properties}
    wanted |= {fact.value for fact in facts if isinstance(fact.value, str) and is_id(fact.value)}
    known = {n.id: n for n in rows.nodes(store.ask, sorted(wanted))}
    reading = Reading({**known, node.id: node})
    lines = [*reading.edge_lines(edges), *reading.claim_lines(node, claims)]
    return Description(
        id=node.id,
        kind=node.kind.value,
        name=node_name(node),
        facts=tuple(_labelled(facts, known)),
        names=names,
        lines=tuple(sorted(lines, key=_rank)),
    )


def _properties(node: Node, text: bool) -> Iterator[Fact]:
    """The properties of a node in the order of the schema, a text last."""
    for name in NODE_PROPERTIES[label(node.kind)]:
        if name in node.properties and name not in _LEFT_OUT:
            yield Fact(OWN_KIND[node.kind] if name == "kind" else name, node.properties[name])
    if text and "text" in node.properties:
        yield Fact("text", node.properties["text"])


def _judgement(store: Store, node: Node) -> Iterator[Fact]:
    """For a claim, whether it is rejected; for a decision, what it rejects."""
    if node.kind is NodeKind.CLAIM:
        yield from _rejection(store, node.id, node.properties)
    about = str(node.properties.get("about", ""))
    if node.kind is NodeKind.DECISION and _STATEMENT_ID.fullmatch(about):
        stated = _statement(store, about)
        if stated:
            yield Fact("rejects", about, stated.name)


def _rejection(store: Store, about: str, properties: Mapping[str, Property]) -> Iterator[Fact]:
    """Whether a claim or statement is rejected, and by which decision for which reason."""
    rejected = bool(properties.get("rejected"))
    yield Fact("rejected", rejected)
    for decision in rows.decisions(store.ask) if rejected else ():
        if decision.what is DecisionKind.REJECT and decision.about == about:
            yield Fact("rejected_by", decision.id, _verdict(decision))


def _verdict(decision: Decision) -> str:
    return f"{decision.reason} ({decision.by}, {decision.at})"


def _labelled(facts: Iterable[Fact], known: Mapping[str, Node]) -> Iterator[Fact]:
    """The facts, those whose value is an id with the name of what it is the id of."""
    for fact in facts:
        node = known.get(fact.value) if isinstance(fact.value, str) and not fact.label else None
        yield Fact(fact.name, fact.value, node_name(node)) if node else fact


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
    edges = [edge for kind in cypher.EXTRACTED for edge in rows.edges_to(store.ask, kind, [id])]
    edges += [edge for kind in cypher.EXTRACTED for edge in rows.edges_from(store.ask, kind, [id])]
    roles = [(kind, edge.head) for kind in ROLES for edge in rows.edges_to(store.ask, kind, [id])]
    mentions = rows.edges_to(store.ask, EdgeKind.MENTIONS, [id])
    written = Counter(str(edge.properties["written"]) for edge in mentions)
    names = sorted(written.items(), key=lambda item: (-item[1], item[0]))
    return _standing(edges), _claims(store, roles), tuple(names)


def _around_paper(store: Store, id: str) -> _Around:
    describing = rows.edges_to(store.ask, EdgeKind.DESCRIBES, [id])
    edges = describing + rows.edges_stated(store.ask, [edge.head for edge in describing])
    for kind in (EdgeKind.MENTIONS, EdgeKind.WRITTEN_BY):
        edges += rows.edges_from(store.ask, kind, [id])
    roles = [(EdgeKind.STATED_IN, edge.head) for edge in rows.edges_to(store.ask, EdgeKind.STATED_IN, [id])]
    return _standing(edges), _claims(store, roles), ()


def _standing(edges: Iterable[Edge]) -> list[Edge]:
    return [edge for edge in edges if not edge.properties.get("rejected")]


def _claims(store: Store, roles: Sequence[tuple[EdgeKind, str]]) -> list[tuple[EdgeKind, Node]]:
    found = {node.id: node for node in rows.nodes(store.ask, sorted({id for _, id in roles}))}
    return [(kind, found[id]) for kind, id in roles if id in found and not found[id].properties.get("rejected")]


def _statement(store: Store, id: str) -> Description | None:
    """An edge as one document states it: both ends, names as written, the place of its sentence, rejected or not."""
    stating = {row["document"] for text in cypher.stating() for row in store.ask(text, {"statement": id})}
    edges = [e for e in rows.edges_stated(store.ask, sorted(stating)) if e.properties.get("statement") == id]
    if not edges:
        return None
    edge = edges[0]
    p = edge.properties
    known = {n.id: n for n in rows.nodes(store.ask, [edge.head, edge.tail, str(p["paper"]), str(p["document"])])}
    [line] = Reading(known).edge_lines([edge])
    facts = [
        Fact("edge", edge.kind.value),
        Fact("head", edge.head),
        Fact("tail", edge.tail),
        *(Fact(name, p[name]) for name in _STATED if name in p),
        *(Fact("where", _where(document, p)) for document in known.values() if document.kind is NodeKind.DOCUMENT),
        *_rejection(store, id, p),
    ]
    name = f"{line.head_name} {edge.kind} {line.tail_name}"
    return Description(id, STATEMENT, name, tuple(_labelled(facts, known)), (), (line,))


def _where(document: Node, stated: Mapping[str, Property]) -> str:
    """The part of a document in which a sentence stands."""
    start = stated["start_char"]
    ends = (("title", document.properties["title_end"]), ("abstract", document.properties["abstract_end"]))
    return next((name for name, end in ends if isinstance(end, int) and isinstance(start, int) and start < end), "body")
