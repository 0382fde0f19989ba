"""What decisions about a hub cost: `python tests/benchmarks/decisions_on_a_hub.py [papers] [file|bolt://…]`.

Every paper speaks of the same method, so that thousands of edges run side by side. Prints the seconds of the load, and
of an alias of a small name, of its undoing, of a merge of the whole hub and of its undoing.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence

from kg.decision import Decision, DecisionKind
from kg.model import Document, EdgeKind, EntityKind, Extraction, Group, Mention, Relation
from kg.store import Store, open_store

_BATCH = 100
_KINDS = {"Bench": EntityKind.DATASET, "sorting": EntityKind.TASK}
_STATED = (
    ("own", EdgeKind.IMPROVES_ON, "Hub"),
    ("Hub", EdgeKind.COMPARED_WITH, "Rival"),
    ("Hub", EdgeKind.EVALUATED_ON, "Bench"),
    ("Hub", EdgeKind.ADDRESSES, "sorting"),
    ("paper", EdgeKind.BUILDS_ON, "Hub"),
)


class SpeaksOfTheHub:
    """Finds the same six names and five statements in every document; `own` stands for the paper's own method."""

    version = "hub-1"

    def __call__(self, documents: Sequence[Document], /) -> list[Extraction]:
        return [self._read(document.text) for document in documents]

    def _read(self, text: str) -> Extraction:
        own = text.split(maxsplit=1)[0]
        names = {"own": own, "Hub": "Hub", "Rival": "Rival", "Bench": "Bench", "sorting": "sorting", "Small": "Small"}
        groups = tuple(
            Group(
                id=key,
                kind=_KINDS.get(key, EntityKind.METHOD),
                name=name,
                introduced=key == "own",
                mentions=(Mention(text=name, start=text.index(name), end=text.index(name) + len(name)),),
                confidence=0.9,
                extractor="hub",
            )
            for key, name in names.items()
            if name in text
        )
        relations = tuple(
            Relation(head=head, kind=kind, tail=tail, start=0, end=len(text), confidence=0.8, extractor="hub")
            for head, kind, tail in _STATED
        )
        return Extraction(groups=groups, relations=relations, extractor=self.version)


def _document(number: int) -> Document:
    small = " Small helps." if number % 200 == 0 else ""
    return Document.make(
        format="jsonl", key=str(number), source="hub", title=f"Own{number}x beats Hub",
        abstract=f"Hub and Rival meet on Bench for sorting.{small}",
    )  # fmt: skip


def _timed(name: str, work: Callable[[], object]) -> None:
    begin = time.perf_counter()
    work()
    sys.stdout.write(f"{name:32} {time.perf_counter() - begin:7.2f} s\n")


def _load(store: Store, papers: int) -> None:
    documents = [_document(number) for number in range(papers)]
    for at in range(0, papers, _BATCH):
        store.write(documents[at : at + _BATCH], SpeaksOfTheHub())


def _alias(name: str, target: str) -> Decision:
    return Decision(what=DecisionKind.ALIAS, about=name, family="method", target=target, reason="r", by="b", at="2026")


def main() -> None:
    """Loads the papers, decides and undoes."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as folder:
        address = sys.argv[2] if len(sys.argv) > 2 else f"{folder}/hub.kgl"
        small, whole = _alias("Small", "method/hub"), _alias("Hub", "method/rival")
        with open_store(address) as store:
            _timed(f"load of {papers} papers", lambda: _load(store, papers))
            _timed("alias of a small name", lambda: store.decide(small))
            _timed("its undoing", lambda: store.undo(small.id))
            _timed("the hub becomes another thing", lambda: store.decide(whole))
            _timed("its undoing", lambda: store.undo(whole.id))


if __name__ == "__main__":
    main()
