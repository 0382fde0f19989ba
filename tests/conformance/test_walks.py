"""Random walks: whatever was loaded, removed, decided and undone on the way, the graph is what is left at the end."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from graph_of import graph

from kg.decision import Decision, DecisionKind
from kg.errors import NotFoundError
from kg.model import Document, Edge, EdgeKind, Extract, Metadata, Node, NodeKind
from kg.store import BringingBack, Store, open_store

WALKS = int(os.environ.get("KG_WALKS", "25"))
"""`KG_WALKS=1000 pytest tests/conformance/test_walks.py` is the long form."""
_NAMES = ("LoRA", "lora", "BarTune", "BazNet", "FooTune", "Foo-Tune", "GLUE", "SQuAD", "A100", "translation")
_KINDS = ("improves-on", "compared-with", "builds-on", "evaluated-on", "introduces", "trained-on")
_TITLES = ("Alpha", "alpha!", "Beta", "Introduction")


def living(store: Store) -> list[tuple[object, ...]]:
    """The graph without Tombstones, which no document supports."""
    return [element for element in graph(store) if element[0] is not NodeKind.TOMBSTONE]


def _document(random: Random) -> Document:
    """A small document that shares names, titles and ids with others."""
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
        abstract=" ".join(sentences),
        metadata=Metadata.model_validate({name: value for name, value in some.items() if random.random() < 0.35}),
    )


class Walk:
    """A store, and beside it what should be left in it."""

    def __init__(self, store: Store, extract: Extract, random: Random) -> None:
        self.store, self.extract, self.random = store, extract, random
        self.documents: dict[str, Document] = {}
        self.removed: list[Document] = []

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
        methods = [e.id for e in self.store.elements() if isinstance(e, Node) and e.id.startswith("method/")]
        if methods:
            self._decide("alias", self.random.choice(_NAMES[:6]), family="method", target=self.random.choice(methods))

    def reject(self) -> None:
        stated = [str(e.properties["statement"]) for e in self.store.elements() if "statement" in e.properties]
        claims = [e.id for e in self.store.elements() if isinstance(e, Node) and e.kind is NodeKind.CLAIM]
        if stated or claims:
            self._decide("reject", self.random.choice([*stated, *claims]))

    def _decide(self, what: str, about: str, **more: str) -> None:
        self.store.decide(Decision(what=DecisionKind(what), about=about, reason="r", by="b", at="2026", **more))

    def undo(self) -> None:
        if decisions := self.decisions():
            self.store.undo(self.random.choice(decisions).id)

    def decisions(self) -> list[Node]:
        return [e for e in self.store.elements() if isinstance(e, Node) and e.kind is NodeKind.DECISION]


@pytest.mark.parametrize("seed", range(WALKS))
def test_a_walk_ends_in_the_graph_of_what_is_left(seed: int, tmp_path: Path, extract: Extract) -> None:
    """Every law holds after each step, and a fresh store that gets the documents and decisions at once is equal."""
    random = Random(seed)
    with open_store(str(tmp_path / "walk.kgl")) as store, open_store(str(tmp_path / "fresh.kgl")) as fresh:
        walk = Walk(store, extract, random)
        steps: list[Callable[[], None]] = [walk.write] * 4 + [walk.remove, walk.bring_back, walk.reject, walk.undo] + [walk.alias] * 2  # fmt: skip

        for _ in range(6 + seed % 12):
            random.choice(steps)()
            assert store.check() == []

        fresh.restore(walk.decisions())
        fresh.write(random.sample(list(walk.documents.values()), len(walk.documents)), extract)
        assert living(store) == living(fresh)


def test_undoing_what_was_never_decided_is_refused(tmp_path: Path) -> None:
    """There is nothing to compute anew."""
    with open_store(str(tmp_path / "graph.kgl")) as store, pytest.raises(NotFoundError):
        store.undo("decision/alias-000000000000")
