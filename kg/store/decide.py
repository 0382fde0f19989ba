"""What a decision concerns, and so what must be computed anew when it comes or goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.decision import Decision, DecisionKind
from kg.errors import NotFoundError
from kg.identity import BINDINGS, MOVES, Things, source
from kg.model import Node, NodeKind, Report
from kg.store import cypher, rows
from kg.store.admit import admit, check_ends, paper_ids, same_papers
from kg.store.change import batches
from kg.store.rebuild import Request, things
from kg.store.transaction import Run


@dataclass(frozen=True)
class Plan:
    """A rebuild, with the Decision and Tombstone nodes that come and go before it; `decision` is what it records."""

    request: Request
    put: Sequence[Node] = ()
    drop: Sequence[str] = ()
    decision: str = ""


def decided(run: Run, decision: Decision) -> Plan | Report:
    """The plan of a new decision, which takes the place of what was decided of the same; a report if it stands already.

    One that differs only in its time stands already: what is said again after a fault is not logged twice.
    Raises NotFoundError where it concerns nothing, UsageError where it cannot be.
    """
    before = things(run)
    new = admit(run, before, decision)
    older = [d for d in before.recorded if _is_replaced(run, before, d, new)]
    if any(d.model_copy(update={"at": new.at}) == new for d in older):
        return Report(decision=new.id)
    rest = _with(before, [d for d in before.recorded if d not in older])
    check_ends(new, rest)
    gone = [d.undone(by=new.by, at=new.at, reason=f"{new.id} took its place") for d in older]
    return Plan(
        _concerned(run, before, _with(rest, [*rest.recorded, new]), [new, *older]),
        put=[_node(new), *map(_node, gone)],
        drop=[d.id for d in older if d.id != new.id],
        decision=new.id,
    )


def undone(run: Run, id: str, *, by: str, at: str, reason: str) -> Plan:
    """The plan that takes a decision back and keeps it in the log; NotFoundError for one that does not stand."""
    before = things(run)
    decision = next((d for d in before.recorded if d.id == id), None)
    if decision is None:
        undone_before = any(id in (d.id, d.standing_id) for d in rows.log(run))
        raise NotFoundError(f"{id} was undone already" if undone_before else f"no decision {id!r}: kg decide list shows them")  # fmt: skip
    after = _with(before, [d for d in before.recorded if d.id != id])
    log = decision.undone(by=by, at=at, reason=reason)
    return Plan(_concerned(run, before, after, [decision]), put=[_node(log)], drop=[id], decision=log.id)


def concerned(run: Run) -> Request:
    """The papers and entities that the standing decisions concern which lead names on."""
    named = things(run)
    return _concerned(run, named, named, [d for d in named.recorded if d.what is not DecisionKind.REJECT])


def _with(named: Things, recorded: Iterable[Decision]) -> Things:
    return Things(named.lexicon, tuple(recorded))


def _is_replaced(run: Run, named: Things, old: Decision, new: Decision) -> bool:
    """Whether two decisions speak of one thing: an id that leads on, a name or an id in the same papers."""
    if old.id == new.id:
        return True
    if {old.what, new.what} <= MOVES:
        start = source(new, named.undecided)
        return start == source(old, named.undecided) and start not in (old.target, new.target)
    if old.what is not new.what or new.what not in BINDINGS:
        return False
    same = source(old, named.undecided) == source(new, named.undecided)
    return same and same_papers(run, old.papers, new.papers)


def _node(decision: Decision) -> Node:
    values = decision.model_dump(exclude_defaults=True)
    return Node(NodeKind.DECISION, decision.id, {name: v if name == "papers" else str(v) for name, v in values.items()})


def _concerned(run: Run, before: Things, after: Things, decisions: Iterable[Decision]) -> Request:
    """The papers whose names come to mean something else, and the entities that these may have meant or mean now."""
    papers: set[str] = set()
    entities: set[str] = set()
    for d in decisions:
        start = source(d, before.undecided)
        if d.what is DecisionKind.REJECT:
            papers |= {row["paper"] for row in run(cypher.DOCUMENT_STATE, {"ids": [d.target]})}
            continue
        entities |= before.decisions.reach([start, d.target]) | after.decisions.reach([start, d.target])
        if d.what in BINDINGS:
            papers |= paper_ids(run, d.papers)
        else:
            entities |= {row["id"] for row in run(cypher.NAMED_ENTITIES, {"ids": before.name_ids(start)})}
            papers |= _led_from(run, before, start) | (_led_from(run, before, d.target) if d.kind else set())
    return Request(papers=frozenset(papers), entities=frozenset(entities))


def _led_from(run: Run, named: Things, start: str) -> set[str]:
    """The papers in which a name means an id, or something to which decisions may have led from it."""
    found: set[str] = set()
    for ids in batches(sorted(named.decisions.reach([start]))):
        for row in run(cypher.WRITTEN, {"ids": ids}):
            led = row["borrowed"] or named.is_borrowed(row["id"], row["written"], only_decided=False)
            if row["id"] == start or led:
                found.add(row["paper"])
    return found
