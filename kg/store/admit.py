"""What may be decided: a decision completed with what the graph knows, or one line that says why it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.decision import Decision, DecisionKind
from kg.errors import NotFoundError, UsageError
from kg.identity import OF_NAMES, Named, Things, name_form, quoted, source, stated_by, things_in
from kg.model import EdgeKind, Node, NodeKind
from kg.names import entity_id, family, family_of, name_id, sense_id
from kg.store import cypher, rows
from kg.store.find import nearest
from kg.store.schema import is_id, label_of
from kg.store.transaction import Run


def admit(run: Run, named: Things, decision: Decision) -> Decision:
    """The decision as it will be recorded, given how names are understood now.

    Ids that lead on by a decision are replaced by where they lead, papers are named by their best keys, and a target
    that follows from the rest is filled in. Raises NotFoundError where it concerns nothing that is in the graph,
    UsageError where it cannot be.
    """
    return _ADMIT[decision.what](run, named, decision)


def check_ends(decision: Decision, rest: Things) -> None:
    """Raises UsageError where a decision would lead an id back to itself, given what else stands."""
    start, target = source(decision, rest.undecided), decision.target
    if decision.what is DecisionKind.REJECT or (decision.what is DecisionKind.KIND and target == start):
        return
    if target == start:
        raise UsageError(f"{_subject(decision)} is {start} by itself: there is nothing to decide")
    if start in rest.decisions.reach([target]):
        by = next(
            d.id for id, d in rest.decisions.steps() if d.target == start and id in rest.decisions.reach([target])
        )
        raise UsageError(f"{target} leads back to {start} by {by}: kg decide undo that first")


def same_papers(run: Run, one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether keys mean the same papers; papers that are not in the graph are the same by the same keys only."""
    return tuple(one) == tuple(other) or (paper_ids(run, one) == paper_ids(run, other) != frozenset())


def paper_ids(run: Run, keys: Iterable[str]) -> frozenset[str]:
    """The papers in the graph that have one of some keys."""
    return frozenset(row["id"] for row in run(cypher.NAMED_PAPERS, {"ids": [name_id(key, "paper") for key in keys]}))


def _subject(decision: Decision) -> str:
    return quoted(decision.about) if decision.what in OF_NAMES else decision.about


def _entity(run: Run, named: Things, id: str) -> Node:
    """The entity of an id, or that to which the id leads on; raises NotFoundError with the nearest names."""
    if is_id(id) and label_of(id) == "Entity":
        followed = named.decisions.follow(id)
        found = rows.nodes(run, [id]) or rows.nodes(run, [d.target for d in followed[-1:]])
        if found:
            return found[0]
    near = ", ".join(nearest(run, id.partition("/")[2].replace("-", " ") or id))
    raise NotFoundError(f"no entity {id!r} in this store" + (f"; nearest: {near}" if near else ""))


def _target(run: Run, named: Things, decision: Decision, own: str) -> str:
    """The id of the entity that a decision names as target, of the same family as what it is about."""
    target = _entity(run, named, decision.target)
    if family_of(target.id) != own:
        raise UsageError(f"{_subject(decision)} as a {own} cannot be {target.id}, which is a {target.kind}")
    return target.id


def _key(run: Run, words: str) -> str:
    """The best key of the one paper that has a key."""
    key = words.removeprefix("paper/")
    found = sorted(id.removeprefix("paper/") for id in paper_ids(run, [key]))
    if not found:
        raise NotFoundError(f"no paper {words!r} in this store")
    if key not in found and len(found) > 1:
        raise UsageError(f"{words!r} means several papers: {', '.join(found)}; say which by its id")
    return key if key in found else found[0]


def _keys(run: Run, decision: Decision) -> tuple[str, ...]:
    if not decision.papers:
        raise UsageError(f"a {decision.what} holds in some papers: name at least one")
    return tuple(sorted({_key(run, words) for words in decision.papers}))


def _alias(run: Run, named: Things, decision: Decision) -> Decision:
    """A name that the lexicon knows as another's cannot be moved without that thing's other names."""
    own, id = decision.family, named.undecided(decision.family, decision.about)
    if id != entity_id(name_form(own, decision.about), own):
        raise UsageError(
            f"{quoted(decision.about)} is a name of {id} in the lexicon: kg decide merge moves that under all its names, "
            "kg decide sense moves the name in some papers"
        )
    return decision.model_copy(update={"target": _target(run, named, decision, decision.family)})


def _merge(run: Run, named: Things, decision: Decision) -> Decision:
    """An id that leads on already is merged anew, unless that made it a thing of another family."""
    about = decision.about
    if about not in named.decisions.moves or family_of(about) != family_of(decision.target):
        about = _entity(run, named, about).id
    told = decision.model_copy(update={"about": about})
    return told.model_copy(update={"target": _target(run, named, told, family_of(about))})


def _kind(run: Run, named: Things, decision: Decision) -> Decision:
    """A kind that was decided already is decided anew."""
    if decision.kind is None:
        raise UsageError("a kind decision names a kind")
    own, about = family(decision.kind), decision.about
    again = [d.target for d in named.recorded if d.what is DecisionKind.KIND and d.about == about]
    if again:
        target = next((id for id in (about, *again) if family_of(id) == own), f"{own}/{about.partition('/')[2]}")
    else:
        node = _entity(run, named, decision.about)
        about, target = node.id, _under(named, node, own)
        if node.kind.value == decision.kind.value:
            raise UsageError(f"{about} is a {node.kind} already")
    target = decision.target or target
    if family_of(target) != own:
        raise UsageError(f"{target} cannot be a {decision.kind}: its id would begin with {own}/")
    return decision.model_copy(update={"about": about, "target": target})


def _under(named: Things, node: Node, own: str) -> str:
    """The id that an entity has in a family: its own there, else that of its best name."""
    if family_of(node.id) == own:
        return node.id
    _, colon, key = node.id.partition(":")
    id = named.undecided(own, str(node.properties["name"]))
    return sense_id(id, key) if colon else id


def _split(run: Run, named: Things, decision: Decision) -> Decision:
    """A split in the same papers is decided anew."""
    about, keys = decision.about, _keys(run, decision)
    splits = [d for d in named.recorded if d.what is DecisionKind.SPLIT and d.about == about]
    again = [d for d in splits if same_papers(run, d.papers, keys)]
    if not again:
        about = _entity(run, named, about).id
    meant = {about, *(d.target for d in again)}
    for key in keys:
        if meant.isdisjoint(e.tail for e in rows.edges_from(run, EdgeKind.MENTIONS, [f"paper/{key}"])):
            raise UsageError(f"paper/{key} does not mention {about}: there is nothing to split off")
    introducer = decision.target.partition(":")[2]
    target = sense_id(about, _key(run, introducer) if introducer else _introducing(run, meant, keys))
    if target == about:
        raise UsageError(f"{about} is named after that paper already: name another that introduces the other thing")
    return decision.model_copy(update={"about": about, "papers": keys, "target": target})


def _introducing(run: Run, entities: set[str], keys: Sequence[str]) -> str:
    """The key of the first paper, by year and id, that introduces one of the entities; of the first at all if none does."""
    papers = {n.id: n for n in rows.nodes(run, [f"paper/{key}" for key in keys])}
    introducing = {e.head for e in rows.edges_from(run, EdgeKind.INTRODUCES, papers) if e.tail in entities}
    first = min(introducing or papers, key=lambda paper: (str(papers[paper].properties.get("year", "unknown")), paper))
    return first.removeprefix("paper/")


def _sense(run: Run, named: Things, decision: Decision) -> Decision:
    keys, own = _keys(run, decision), decision.family
    target = _target(run, named, decision, own)
    id = named.undecided(own, decision.about)
    called: dict[str, list[Named]] = {f"paper/{key}": [] for key in keys}
    for paper, also, record in rows.records(run, called):
        called[paper] += [one for one in things_in(record, also, named) if _is_called(one, named, id)]
    for paper, found in called.items():
        if not found:
            raise UsageError(f"{paper} does not call any {own} {quoted(decision.about)}")
    things = [one.thing for found in called.values() for one in found]
    if all(t.id == target and all(d.what is not DecisionKind.SENSE for d in t.followed) for t in things):
        raise UsageError(f"{quoted(decision.about)} means {target} there already")
    return decision.model_copy(update={"papers": keys, "target": target})


def _is_called(one: Named, named: Things, id: str) -> bool:
    """Whether a thing is called by a name, which by itself has an id."""
    own = family_of(id)
    before = one.thing.before
    return before == id or (family_of(before) == own and any(named.undecided(own, name) == id for name in one.names))


def _reject(run: Run, named: Things, decision: Decision) -> Decision:
    document = _stating(run, named, decision.about)
    if document is None:
        raise NotFoundError(f"no statement or claim {decision.about!r}: kg show NAME prints their ids")
    return decision.model_copy(update={"target": document})


def _stating(run: Run, named: Things, about: str) -> str | None:
    """The document that makes a statement or a claim."""
    if is_id(about):
        found = [n for n in rows.nodes(run, [about]) if n.kind is NodeKind.CLAIM]
        return str(found[0].properties["document"]) if found else None
    shown = (row["document"] for text in cypher.stating() for row in run(text, {"statement": about}))
    return next(shown, None) or _hiding(run, named, about)


def _hiding(run: Run, named: Things, statement: str) -> str | None:
    """The document that makes a statement behind which another says the same, since decisions joined their names."""
    led = sorted({d.target for _, d in named.decisions.steps()})
    papers = {row["paper"] for row in run(cypher.WRITTEN, {"ids": led}) if row["borrowed"]}
    records = rows.records(run, sorted(papers))
    return next((r.document.id for _, also, r in records if statement in stated_by(r, also, named)), None)


_ADMIT: Mapping[DecisionKind, Callable[[Run, Things, Decision], Decision]] = {
    DecisionKind.ALIAS: _alias,
    DecisionKind.MERGE: _merge,
    DecisionKind.SPLIT: _split,
    DecisionKind.SENSE: _sense,
    DecisionKind.KIND: _kind,
    DecisionKind.REJECT: _reject,
}
