"""Why a name means what it means: the chain from the words of papers to the node, step by step."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.identity import name_form, things_in
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
    for paper, keys, record in rows.records(store.ask, sorted({m.head for m in mentions})[:_READ]):
        for one in (one for one in things_in(record, keys, named) if one.thing.id == id):
            for name in written.intersection(one.written):
                found[name, one.thing.because].add(paper)
    if not found and not is_id(words):
        found[words, named.named(family_of(id), (words,)).because] = set()
    ways = [Chain(name, id, steps, tuple(sorted(papers))) for (name, steps), papers in found.items()]
    return sorted(ways, key=lambda way: (-len(way.papers), way.written, way.steps))


def _is_meant(mention: Edge, words: str) -> bool:
    return mention.properties["normal"] == name_form(family_of(mention.tail), words)


__all__ = ["Chain", "chains"]
