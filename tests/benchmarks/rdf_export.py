"""What the export of a million triples costs: `python tests/benchmarks/rdf_export.py [nt|turtle|jsonl] [papers]`.

Prints the triples (or elements), the processor's seconds and the peak of resident memory of this process; the bytes
go nowhere. The graph is made up, element by element, so that it takes no memory itself.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from measuring import peak_mb

from kg.export import EXPORTERS, Content
from kg.model import RELATIONS, Edge, EdgeKind, Element, Node, NodeKind

_WORDS = (
    "sparse",
    "adapter",
    "tuning",
    "beats",
    "dense",
    "baselines",
    "on",
    "long",
    "tables",
    "with",
    "half",
    "memory",
)
_EXTRACTOR = "rules-1+lexicon-0a1b2c3d"
_METHODS = 2_000


def synthetic(papers: int) -> Iterator[Element]:
    """A graph in the order of `Store.elements`: per paper one document, one mention and four statements."""
    for number in range(papers):
        yield Node(NodeKind.DOCUMENT, f"document/{number:016x}", _document(number))
    for number in range(_METHODS):
        yield Node(NodeKind.METHOD, f"method/m{number:06d}", {"name": f"M{number}", "aliases": (f"method {number}",)})
    for number in range(papers):
        yield Node(NodeKind.PAPER, _paper(number), {"title": _text(number, 8), "year": 2000 + number % 25})
    for kind in (EdgeKind.BUILDS_ON, EdgeKind.COMPARED_WITH, EdgeKind.IMPROVES_ON):
        yield from (_statement(kind, number) for number in range(papers))
    for number in range(papers):
        yield Edge(EdgeKind.DESCRIBES, f"document/{number:016x}", _paper(number))
    yield from (_statement(EdgeKind.INTRODUCES, number) for number in range(papers))
    for number in range(papers):
        yield Edge(EdgeKind.MENTIONS, _paper(number), f"method/m{number % _METHODS:06d}", _mention(number))


def _text(number: int, words: int) -> str:
    return " ".join(random.Random(number).choices(_WORDS, k=words))


def _paper(number: int) -> str:
    return f"paper/arxiv-{2000 + number // 10_000:04d}.{number % 100_000:05d}"


def _document(number: int) -> dict[str, str | int]:
    text = f"{_text(number, 8)}\n{_text(-number, 150)}"
    return {"format": "jsonlines", "key": str(number), "source": "made.jsonl", "text": text, "extractor": _EXTRACTOR}


def _statement(kind: EdgeKind, number: int) -> Edge:
    head = _paper(number) if kind not in RELATIONS else f"method/m{number * 7 % _METHODS:06d}"
    properties = {
        "statement": f"{kind}-{number:012x}",
        "document": f"document/{number:016x}",
        "paper": _paper(number),
        "evidence": _text(number, 20),
        "start_char": 80,
        "end_char": 200,
        "confidence": 0.5 + number % 50 / 100,
        "extractor": _EXTRACTOR,
        "head_as": "it",
        "tail_as": f"M{number % _METHODS}",
    }
    return Edge(kind, head, f"method/m{number % _METHODS:06d}", properties)


def _mention(number: int) -> dict[str, str | int | float]:
    return {
        "written": f"M{number % _METHODS}",
        "normal": f"m {number % _METHODS}",
        "kind": "Method",
        "document": f"document/{number:016x}",
        "start_char": 80,
        "end_char": 84,
        "confidence": 1.0,
        "extractor": _EXTRACTOR,
    }


def main() -> None:
    """Exports the made-up graph and prints what that took."""
    name, papers = (*sys.argv[1:3], *("nt", "8700")[len(sys.argv) - 1 :])
    start = time.process_time()
    for _ in synthetic(int(papers)):
        pass
    made = time.process_time()
    with Path(os.devnull).open("wb") as nowhere:
        count = EXPORTERS[name].write(Content(synthetic(int(papers))), nowhere)
    seconds = time.process_time() - made - (made - start)
    print(f"{name}: {count:,} written in {seconds:.1f} CPU s (making the graph left out), peak {peak_mb():.0f} MB")


if __name__ == "__main__":
    main()
