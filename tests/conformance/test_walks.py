"""Random walks: whatever was loaded, removed, decided and undone on the way, the graph is what is left at the end."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from graph_of import graph

from kg.decision import Decision
from kg.errors import NotFoundError, UsageError
from kg.model import Document, Edge, EdgeKind, EntityKind, Extract, Metadata, Node, NodeKind
from kg.store import BringingBack, Store, open_store

WALKS = int(os.environ.get("KG_WALKS", "25"))
"""`KG_WALKS=1000 pytest tests/conformance/test_walks.py` is the long form."""
SERVER_WALKS = max(2, WALKS // 20)
_NAMES = (
    "LoRA",
    "lora",
    "BarTune",
    "BazNet",
    "FooTune",
    "Foo-Tune",
    "GLUE",
    "SQuAD",
    "A100",
    "translation",
    "BT",
    "FT",
)
_METHODS = ("LoRA", "lora", "BarTune", "BazNet", "FooTune", "Foo-Tune", "BT", "FT")
_KINDS = ("improves-on", "compared-with", "builds-on", "evaluated-on", "introduces", "trained-on")
_TITLES = ("Alpha", "alpha!", "Beta", "Introduction")


def living(store: Store) -> list[tuple[object, ...]]:
    """The graph without Tombstones, which no document supports."""
    return [element for element in graph(store) if element[0] is not NodeKind.TOMBSTONE]


def _document(random: Random) -> Document:
    """A small document that shares names, titles and ids with others."""
    short = random.choice(("", "", "BT is-short-for BarTune.", "BT is-short-for FooTune.", "FT is-short-for BT."))
    sentences = [
        f"{random.choice((*_NAMES, 'paper'))} {random.choice(_KINDS)} {random.choice(_NAMES)}."
        if random.random() < 0.75
        else f"{random.choice(_NAMES)} scores {random.randint(1, 3)}.5 accuracy on {random.choice(('GLUE', 'SQuAD'))}."
        for _ in range(random.randint(0, 3))
    ]
    some = {
        "arxiv": f"2401.0000{random.randint(1, 4)}",
        "doi": f"10.1000/{random.randint(1, 2)}",
        "authors": tuple(random.sample(("Ada", "Bob", "Cy"), 2)),
        "year": random.randint(2020, 2022),
    }
    return Document.make(
        format=random.choice(("jsonl", "listing")),
        key=f"k{random.randint(1, 7)}",
        source="walk",
        title=random.choice(_TITLES),
        abstract=" ".join([*sentences, short]),
        metadata=Metadata.model_validate({name: value for name, value in some.items() if random.random() < 0.35}),
    )


class Walk:
    """A store, and beside it what should be left in it."""

    def __init__(self, store: Store, extract: Extract, random: Random) -> None:
        self.store, self.extract, self.random = store, extract, random
        self.documents: dict[str, Document] = {}
        self.removed: list[Document] = []
        self.stated: set[str] = set()

    def write(self) -> None:
        document = _document(self.random)
        if document.id in self.store.write([document], self.extract).skipped:
            self.removed.append(document)
        else:
            self.documents[document.id] = document

    def remove(self) -> None:
        described = [e for e in self.store.elements() if isinstance(e, Edge) and e.kind is EdgeKind.DESCRIBES]
        if described:
            paper = self.random.choice(described).tail
            self.store.remove([paper])
            self.removed += [self.documents.pop(e.head) for e in described if e.tail == paper]

    def bring_back(self) -> None:
        if self.removed:
            document = self.random.choice(self.removed)
            BringingBack(self.store).write([document], self.extract)
            self.documents[document.id] = document

    def alias(self) -> None:
        if methods := self.entities("method/"):
            self.decide("alias", self.random.choice(_METHODS), family="method", target=self.random.choice(methods))

    def merge(self) -> None:
        if entities := self.entities():
            one = self.random.choice([*entities, *(d.about for d in self.decisions())])
            self.decide("merge", one, target=self.random.choice(self.entities(one.partition("/")[0]) or entities))

    def kind(self) -> None:
        if entities := self.entities():
            self.decide("kind", self.random.choice(entities), kind=self.random.choice(list(EntityKind)))

    def split(self) -> None:
        mentions = [e for e in self.store.elements() if isinstance(e, Edge) and e.kind is EdgeKind.MENTIONS]
        if mentions:
            entity = self.random.choice(mentions).tail
            papers = sorted({e.head for e in mentions if e.tail == entity})
            self.decide("split", entity, papers=self.some_keys(papers))

    def sense(self) -> None:
        papers, methods = self.ids(NodeKind.PAPER), self.entities("method/")
        if papers and methods:
            name, target = self.random.choice(_METHODS), self.random.choice(methods)
            self.decide("sense", name, family="method", target=target, papers=self.some_keys(papers))

    def reject(self) -> None:
        stated = [str(e.properties["statement"]) for e in self.store.elements() if "statement" in e.properties]
        self.stated |= set(stated)
        if about := [*stated, *sorted(self.stated), *self.ids(NodeKind.CLAIM)]:
            self.decide("reject", self.random.choice(about))

    def decide(self, what: str, about: str, **more: object) -> str:
        """The id of a decision; empty where it was refused, which must leave no trace."""
        at = f"2026-01-0{self.random.randint(1, 9)}"
        wish = Decision.model_validate({"what": what, "about": about, "reason": "r", "by": "b", "at": at, **more})
        generation = self.store.generation()
        try:
            return self.store.decide(wish).decision
        except UsageError:
            assert self.store.generation() == generation
            return ""

    def decide_and_undo(self) -> None:
        """A decision that takes no other's place and is undone again was never made."""
        before, standing = living(self.store), {d.id for d in self.decisions()}
        self.random.choice([self.alias, self.merge, self.kind, self.split, self.sense, self.reject])()
        after = {d.id for d in self.decisions()}
        if len(after) == len(standing) + 1 and standing < after:
            self.store.undo((after - standing).pop())
            assert living(self.store) == before

    def undo(self) -> None:
        if decisions := self.decisions():
            self.store.undo(self.random.choice(decisions).id, by="c", reason="r")

    def some_keys(self, papers: Sequence[str]) -> tuple[str, ...]:
        found = self.random.sample(papers, self.random.randint(1, min(2, len(papers))))
        return tuple(paper.removeprefix("paper/") for paper in found)

    def entities(self, family: str = "") -> list[str]:
        """The entities of a family."""
        return [id for kind in EntityKind for id in self.ids(NodeKind(kind.value)) if id.startswith(family)]

    def ids(self, kind: NodeKind) -> list[str]:
        return [e.id for e in self.store.elements() if isinstance(e, Node) and e.kind is kind]

    def decisions(self) -> list[Decision]:
        """The decisions that stand."""
        return [
            Decision.model_validate(dict(node.properties)) for node in self.log() if "undone_at" not in node.properties
        ]

    def log(self) -> list[Node]:
        return [e for e in self.store.elements() if isinstance(e, Node) and e.kind is NodeKind.DECISION]


def _walk(store: Store, extract: Extract, random: Random, length: int) -> Walk:
    """Walks, checks every law after each step, and returns what came of it."""
    walk = Walk(store, extract, random)
    often = [walk.write] * 5 + [walk.alias, walk.merge, walk.kind, walk.split, walk.sense] * 2
    steps = [*often, walk.remove, walk.bring_back, walk.reject, walk.undo, walk.decide_and_undo, walk.decide_and_undo]
    for _ in range(length):
        random.choice(steps)()
        assert store.check() == []
    return walk


def _load(store: Store, walk: Walk) -> None:
    """Writes what is left after a walk in another order and in other batches."""
    documents = walk.random.sample(list(walk.documents.values()), len(walk.documents))
    for at in range(0, len(documents), size := walk.random.randint(1, 4)):
        store.write(documents[at : at + size], walk.extract)


@pytest.mark.parametrize("seed", range(WALKS))
def test_a_walk_ends_in_the_graph_of_what_is_left(seed: int, tmp_path: Path, extract: Extract) -> None:
    """Every law holds after each step; a store that gets the decisions first, and one that is restored, are equal."""
    with (
        open_store(str(tmp_path / "walk.kgl")) as store,
        open_store(str(tmp_path / "fresh.kgl")) as fresh,
        open_store(str(tmp_path / "restored.kgl")) as restored,
    ):
        walk = _walk(store, extract, Random(seed), 6 + seed % 18)

        fresh.restore(walk.log())
        _load(fresh, walk)
        restored.restore(store.elements())

        assert living(store) == living(fresh)
        assert list(store.elements()) == list(restored.elements())
        assert restored.check() == []


@pytest.mark.parametrize("seed", range(SERVER_WALKS))
def test_a_walk_on_a_server_ends_in_the_same_graph(
    seed: int, neo4j_address: str, tmp_path: Path, extract: Extract
) -> None:
    """What a server holds after a walk is what a file comes to that gets the decisions first."""
    with open_store(neo4j_address) as store, open_store(str(tmp_path / "fresh.kgl")) as fresh:
        walk = _walk(store, extract, Random(seed), 14)

        fresh.restore(walk.log())
        _load(fresh, walk)

        assert living(store) == living(fresh)


def test_undoing_what_was_never_decided_is_refused(tmp_path: Path) -> None:
    """There is nothing to compute anew."""
    with open_store(str(tmp_path / "graph.kgl")) as store, pytest.raises(NotFoundError):
        store.undo("decision/alias-000000000000")
