"""What a decision concerns, and so what must be computed anew when it comes or goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.decision import Decision, DecisionKind
from kg.errors import NotFoundError, UsageError
from kg.model import Node, NodeKind
from kg.store import cypher, rows
from kg.store.rebuild import Request, things
from kg.store.schema import is_id, label_of
from kg.store.transaction import Run


@dataclass(frozen=True)
class Plan:
    """A rebuild, with the Decision and Tombstone nodes that come and go before it."""

    request: Request
    put: Sequence[Node] = ()
    drop: Sequence[str] = ()


def decided(run: Run, decision: Decision) -> Plan:
    """The plan of a new decision; NotFoundError where it concerns nothing, UsageError where it cannot be."""
    if decision.what is DecisionKind.REJECT:
        document = _stating(run, decision.about)
        if document is None:
            raise NotFoundError(f"no statement or claim {decision.about!r}: kg show NAME prints their ids")
        return Plan(_papers_of(run, [document]), put=[_node(decision.model_copy(update={"target": document}))])
    _check_target(run, decision)
    named = things(run)
    meant = named.named(decision.family, (decision.about,))
    older = [
        d
        for d in rows.decisions(run)
        if d.what is DecisionKind.ALIAS and d.id != decision.id and d.family == decision.family
        if named.named(d.family, (d.about,)).before == meant.before
    ]
    entities = {decision.target, meant.before, meant.id, *(d.target for d in older)}
    return Plan(_mentioning(run, entities), put=[_node(decision)], drop=[d.id for d in older])


def undone(run: Run, id: str) -> Plan:
    """The plan that takes a decision back; NotFoundError for one that is not recorded."""
    decision = next((d for d in rows.decisions(run) if d.id == id), None)
    if decision is None:
        raise NotFoundError(f"no decision {id!r}: kg decide list shows them")
    if decision.what is DecisionKind.REJECT:
        return Plan(_papers_of(run, [decision.target]), drop=[id])
    meant = things(run).named(decision.family, (decision.about,))
    return Plan(_mentioning(run, {decision.target, meant.before, meant.id}), drop=[id])


def _node(decision: Decision) -> Node:
    properties = {name: value for name, value in decision.model_dump(mode="json").items() if value != ""}
    return Node(NodeKind.DECISION, decision.id, properties)


def _check_target(run: Run, decision: Decision) -> None:
    target = decision.target
    if not is_id(target) or label_of(target) != "Entity" or not rows.nodes(run, [target]):
        raise NotFoundError(f"no entity {target!r} in this store")
    if target.split("/")[0] != decision.family:
        raise UsageError(f"{decision.about!r} as a {decision.family} cannot mean {target}, which is of another kind")


def _stating(run: Run, about: str) -> str | None:
    """The document that makes a statement or a claim."""
    if is_id(about):
        found = [n for n in rows.nodes(run, [about]) if n.kind is NodeKind.CLAIM]
        return str(found[0].properties["document"]) if found else None
    return next((row["document"] for text in cypher.stating() for row in run(text, {"statement": about})), None)


def _papers_of(run: Run, documents: Sequence[str]) -> Request:
    return Request(papers=frozenset(row["paper"] for row in run(cypher.DOCUMENT_STATE, {"ids": list(documents)})))


def _mentioning(run: Run, entities: set[str]) -> Request:
    papers = frozenset(row["id"] for row in run(cypher.PAPERS_OF_ENTITIES, {"ids": sorted(entities)}))
    return Request(papers=papers, entities=frozenset(entities))
