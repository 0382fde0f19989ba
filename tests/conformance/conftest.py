"""Documents of one sentence a statement, and an extractor that reads exactly those: small, pure, and never wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from kg.model import (
    PAPER,
    ClaimDraft,
    ClaimKind,
    Document,
    EdgeKind,
    EntityKind,
    Extraction,
    Group,
    Mention,
    Metadata,
    Relation,
)

KINDS = {
    "GLUE": EntityKind.DATASET,
    "SQuAD": EntityKind.DATASET,
    "A100": EntityKind.HARDWARE,
    "translation": EntityKind.TASK,
}
_SENTENCE = re.compile(
    r"(?P<head>\S+) (?P<kind>improves-on|compared-with|builds-on|evaluated-on|trained-on|runs-on|addresses|introduces) (?P<tail>[^.]+)\."
)
_SHORT = re.compile(r"(?P<short>\S+) is-short-for (?P<long>[^.]+)\.")
_SCORE = re.compile(r"(?P<subject>\S+) scores (?P<value>[\d.]+) (?P<metric>accuracy|BLEU) on (?P<dataset>\S+)\.")


class ReadsPlainSentences:
    """Reads "A improves-on B.", "A scores 91.5 accuracy on D." and "A is-short-for B."; a name that ends in Net is a Model."""

    version = "plain-1"

    def __call__(self, documents: Sequence[Document], /) -> list[Extraction]:
        return [self._read(document) for document in documents]

    def _read(self, document: Document) -> Extraction:
        places: dict[str, list[tuple[int, int]]] = {}
        relations, claims, introduced = [], [], set()
        for found in _SENTENCE.finditer(document.text):
            kind = EdgeKind(found["kind"])
            for role in ("head", "tail"):
                if found[role] != PAPER:
                    places.setdefault(found[role], []).append(found.span(role))
            if kind is EdgeKind.INTRODUCES:
                introduced.add(found["tail"])
            else:
                relations.append((found["head"], kind, found["tail"], found.span()))
        for found in _SCORE.finditer(document.text):
            for role in ("subject", "dataset"):
                places.setdefault(found[role], []).append(found.span(role))
            claims.append(found)
        long = {found["short"]: found["long"] for found in _SHORT.finditer(document.text) if found["short"] in places}
        for name in long.values():
            places.setdefault(name, []).append((at := document.text.index(f" {name}.") + 1, at + len(name)))
        ids = {name: f"e{at}" for at, name in enumerate(places)} | {PAPER: PAPER}
        ids |= {short: ids[name] for short, name in long.items()}
        return Extraction(
            groups=tuple(
                self._group(ids[name], name, name in introduced, places, [a for a in long if long[a] == name])
                for name in places
                if name not in long
            ),
            relations=tuple(
                Relation(head=ids[h], kind=k, tail=ids[t], start=s, end=e, confidence=0.8, extractor="plain")
                for h, k, t, (s, e) in relations
            ),
            claims=tuple(self._claim(ids, found) for found in claims),
            extractor=self.version,
        )

    def _group(
        self, id: str, name: str, introduced: bool, places: dict[str, list[tuple[int, int]]], short: list[str]
    ) -> Group:
        kind = KINDS.get(name) or (EntityKind.MODEL if name.endswith("Net") else EntityKind.METHOD)
        written = sorted((start, end, text) for text in (name, *short) for start, end in places[text])
        mentions = tuple(Mention(text=text, start=start, end=end) for start, end, text in written)
        return Group(
            id=id, kind=kind, name=name, aliases=tuple(short), introduced=introduced, mentions=mentions, confidence=0.9,
            extractor="plain",
        )  # fmt: skip

    def _claim(self, ids: dict[str, str], found: re.Match[str]) -> ClaimDraft:
        return ClaimDraft(
            kind=ClaimKind.RESULT,
            polarity="+",
            subject=ids[found["subject"]],
            dataset=ids[found["dataset"]],
            metric_text=found["metric"],
            value=float(found["value"]),
            value_text=found["value"],
            value_start=found.start("value"),
            value_end=found.end("value"),
            start=found.start(),
            end=found.end(),
            confidence=0.7,
            extractor="plain",
        )


@pytest.fixture
def extract() -> ReadsPlainSentences:
    return ReadsPlainSentences()


@pytest.fixture
def paper() -> Callable[..., Document]:
    """A function that makes a document from a title, sentences and metadata."""

    def make(
        title: str, text: str = "", *, source: str = "papers.jsonl", format: str = "jsonlines", **metadata: object
    ) -> Document:
        return Document.make(
            format=format, key=str(metadata.get("arxiv") or title), source=source, title=title, abstract=text,
            metadata=Metadata.model_validate(metadata),
        )  # fmt: skip

    return make


@pytest.fixture
def library(paper: Callable[..., Document]) -> list[Document]:
    """Documents that meet in every way: shared names, two records of a paper, a title that gains an id, odd names."""
    return [
        paper("FooTune", "paper introduces FooTune. FooTune improves-on LoRA. FooTune evaluated-on GLUE.", authors=("Ada B", "Cy D")),
        paper("FooTune", "FooTune improves-on LoRA. FooTune runs-on A100.", source="page.txt", format="listing", listed="May 2"),
        paper("BarTune", "BarTune compared-with LoRA. BarTune scores 91.5 accuracy on GLUE.", arxiv="2401.00001"),
        paper("BarTune", "paper improves-on FooTune.", source="page.txt", format="listing", upvotes=3),
        paper("Bar tune", "BarTune builds-on BazNet.", doi="10.1000/x<1>", arxiv="2401.00001v2", source="more.jsonl", authors=("Cy D",)),
        paper("Nets", "BazNet trained-on SQuAD. BazNet addresses translation. LoRA improves-on BazNet.", year=2023),
        paper("More nets", "BazNet improves-on Adam. BazNet improves-on lora.", year=2024),
        paper("C++ and ε-greedy", "ε-greedy improves-on C++. C++ improves-on BERT+MLP. (2+1)D-convolution compared-with C."),
        paper("Quotes", "x'}) DETACH DELETE n // improves-on LoRA. 🦙Net improves-on `C`."),
        paper("Silent", "Nothing is said here."),
    ]  # fmt: skip
