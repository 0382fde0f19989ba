"""Why a name means what it means: the chain from the words of papers to the node, step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.identity import Thing, name_form, things_in
from kg.model import Edge, EdgeKind
from kg.names import family_of
from kg.store import Store, rows
from kg.store.rebuild import things
from kg.store.schema import is_id

_READ = 500
"""Papers that are read for one entity, in the order of their ids."""


@dataclass(frozen=True)
class Chain:
    """One way from a name to an entity: the name as written, the steps in words, and the papers that go this way.

    A name that no paper writes has no papers.
    """

    written: str
    id: str
    steps: tuple[str, ...]
    papers: tuple[str, ...]


def chains(store: Store, id: str, words: str) -> list[Chain]:
    """The ways on which words, or for an id all names that papers write, lead to the entity of an id; most papers first.

    Of an entity that is mentioned in many papers the first 500 are read.
    """
    named = things(store.ask)
    mentions = [m for m in rows.edges_to(store.ask, EdgeKind.MENTIONS, [id]) if is_id(words) or _is_meant(m, words)]
    written = {str(m.properties["written"]) for m in mentions}
    found: defaultdict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for paper, name, thing in _named(store, sorted({m.head for m in mentions})[:_READ]):
        if thing.id == id and name in written:
            found[name, thing.because].add(paper)
    if not found and not is_id(words):
        found[words, named.named(family_of(id), (words,)).because] = set()
    ways = [Chain(name, id, steps, tuple(sorted(papers))) for (name, steps), papers in found.items()]
    return sorted(ways, key=lambda way: (-len(way.papers), way.written, way.steps))


def _is_meant(mention: Edge, words: str) -> bool:
    return mention.properties["normal"] == name_form(family_of(mention.tail), words)


def _named(store: Store, papers: Sequence[str]) -> Iterator[tuple[str, str, Thing]]:
    """Each name that papers write, with the paper and what it means there."""
    named = things(store.ask)
    described = {e.head: e.tail for e in rows.edges_to(store.ask, EdgeKind.DESCRIBES, papers)}
    keys = {node.id: _keys(node.properties.get("also")) for node in rows.nodes(store.ask, papers)}
    for node in rows.nodes(store.ask, sorted(described)):
        paper = described[node.id]
        for one in things_in(rows.record(node), keys[paper], named):
            yield from ((paper, name, one.thing) for name in one.written)


def _keys(also: object) -> frozenset[str]:
    return frozenset(map(str, also)) if isinstance(also, Iterable) else frozenset()


__all__ = ["Chain", "chains"]
