"""The differences of two graphs, counted by kind, and the first of each kind in detail: what changed, in which paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.export.difference import Difference, PropertyChange, changes, differences, in_short, key
from kg.model import Edge, EdgeKind, Element, Kind, Node, NodeKind, Property
from kg.query.lines import node_name
from kg.store.schema import ENTITY_KINDS

Side = Callable[[Collection[Kind]], Iterable[Element]]
"""Gives the elements of some kinds of one of two graphs, sorted; it is asked several times."""

KINDS: tuple[Kind, ...] = (*NodeKind, *EdgeKind)

_WORDS = ("evidence", "written")
_LONGEST = 200
"""Characters of a sentence that are shown."""
_LEADING = {EdgeKind.MENTIONS: ENTITY_KINDS, EdgeKind.WRITTEN_BY: (NodeKind.AUTHOR,)}
"""The edges that lead from papers to nodes of some kinds."""


@dataclass(frozen=True)
class Detail:
    """A difference as it is shown. `subject` is a node's id or an edge's head, `object` its tail, `key` its statement.

    `paper` is the paper that it comes from, the first if there are several; `what` the words of what came or went, or
    what changed, in short.
    """

    change: str
    kind: str
    subject: str
    object: str | None
    key: Property | None
    paper: str | None
    title: str | None
    what: str
    changes: tuple[PropertyChange, ...]


@dataclass(frozen=True)
class Comparison:
    """How many elements of each kind came, went and changed, and the first of each kind in detail."""

    counts: Mapping[Kind, Mapping[str, int]]
    details: tuple[Detail, ...]


def compare(old: Side, new: Side, *, kinds: Collection[Kind] = KINDS, limit: int = 0) -> Comparison:
    """The difference of two graphs, or of what is of some kinds in them, with at most `limit` details of each kind.

    Raises FormatError for a side that is not sorted, StoreError for a store that was written to meanwhile.
    """
    counts: dict[Kind, Counter[str]] = {}
    details: list[Detail] = []
    origins: dict[str, str | None] = {}
    needed = _needed(kinds, limit)
    for difference in differences(old(needed), new(needed)):
        _follow(difference.element, origins)
        if _kinds(difference).isdisjoint(kinds):
            continue
        own = counts.setdefault(difference.kind, Counter())
        own[difference.change] += 1
        if own.total() <= limit:
            details.append(_detail(difference))
            origins.setdefault(details[-1].subject, details[-1].paper)
    ordered = sorted(counts, key=KINDS.index)
    return Comparison({kind: dict(counts[kind]) for kind in ordered}, _placed(details, origins, (old, new)))


def _kinds(difference: Difference) -> set[Kind]:
    """The kinds that an element has in both graphs."""
    return {element.kind for element in (difference.old, difference.new) if element}


def _needed(kinds: Collection[Kind], limit: int) -> frozenset[Kind]:
    """The kinds to be read: an entity may have another kind in the other graph, and edges lead details to papers."""
    entities = () if set(kinds).isdisjoint(ENTITY_KINDS) else ENTITY_KINDS
    leading = [edge for edge, ends in _LEADING.items() if limit and not set(kinds).isdisjoint(ends)]
    return frozenset((*kinds, *entities, *leading))


def _detail(difference: Difference) -> Detail:
    element, changed = difference.element, changes(difference)
    head, tail = (element.head, element.tail) if isinstance(element, Edge) else (element.id, None)
    return Detail(
        change=difference.change,
        kind=element.kind.value,
        subject=head,
        object=tail,
        key=key(element) if isinstance(element, Edge) else None,
        paper=_paper(element),
        title=None,
        what="; ".join(map(in_short, changed)) or _words(element),
        changes=changed,
    )


def _words(element: Element) -> str:
    """The words of an element that came or went: a sentence, a name as written, a decision, what a node is called."""
    p = element.properties
    said = next((str(p[name]) for name in _WORDS if name in p), "")
    if element.kind is NodeKind.DECISION:
        said = f"{p['what']} {p['about']}: {p['reason']}"
    elif not said and isinstance(element, Node) and node_name(element) != element.id:
        said = node_name(element)
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def _paper(element: Element) -> str | None:
    """The paper that an element comes from, as far as it says so itself."""
    ends = (element.head, element.tail) if isinstance(element, Edge) else (element.id,)
    paper = element.properties.get("paper")
    return str(paper) if paper else next((end for end in ends if end.startswith("paper/")), None)


def _follow(element: Element, origins: dict[str, str | None]) -> None:
    """Takes an edge from a paper to a node of the details for what that node comes from; the first paper stays."""
    if isinstance(element, Edge) and element.kind in _LEADING and element.tail in origins:
        origins[element.tail] = origins[element.tail] or element.head


def _placed(details: Iterable[Detail], origins: Mapping[str, str | None], sides: Sequence[Side]) -> tuple[Detail, ...]:
    """The details with their papers and these papers' titles."""
    known = [replace(detail, paper=detail.paper or origins.get(detail.subject)) for detail in details]
    owners = _owners({detail.subject for detail in known if not detail.paper}, sides)
    placed = [replace(detail, paper=detail.paper or owners.get(detail.subject)) for detail in known]
    titles = _titles({detail.paper for detail in placed if detail.paper}, sides)
    order = {kind.value: at for at, kind in enumerate(KINDS)}
    titled = [replace(detail, title=titles.get(detail.paper or "")) for detail in placed]
    return tuple(sorted(titled, key=lambda detail: order[detail.kind]))


def _owners(ids: Collection[str], sides: Sequence[Side]) -> dict[str, str]:
    """The papers of claims and documents."""
    kinds: dict[str, Kind] = {"claim": NodeKind.CLAIM, "document": EdgeKind.DESCRIBES}
    wanted = {kinds[prefix] for prefix in (id.partition("/")[0] for id in ids) if prefix in kinds}
    owners = {}
    for element in _of(sides, wanted):
        owned = element.id if isinstance(element, Node) else element.head
        if owned in ids:
            owners[owned] = _paper(element) or ""
    return owners


def _titles(papers: Collection[str], sides: Sequence[Side]) -> dict[str, str]:
    """The titles of papers, those of the new graph where both have one."""
    found = _of(sides, {NodeKind.PAPER} if papers else ())
    return {
        n.id: str(n.properties["title"])
        for n in found
        if isinstance(n, Node) and n.id in papers
        if "title" in n.properties
    }


def _of(sides: Sequence[Side], kinds: Collection[Kind]) -> Iterator[Element]:
    return (element for side in sides for element in side(kinds)) if kinds else iter(())
