"""A graph of any size that is spread as the real one: how often a thing is named, how much a paper says.

The figures were fitted to the graph of 7,798 abstracts. How often a thing is named follows a Pitman-Yor process
(Pitman and Yor 1997), whose discount and strength were fitted by maximum likelihood for each family; how many edges of
a kind a paper states is negative binomial. Statements join things that their paper names; their heads are nearly always
the new method that the paper introduces, so that lineages are as long as real ones.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from random import Random
from typing import NamedTuple

from kg.model import Edge, EdgeKind, Element, Node, NodeKind, Scalar

EDGES_PER_PAPER = 27.4
_TALKATIVE = 5.0
"""Shape of the gamma distribution of how much a paper says, relative to the mean paper."""


class _Family(NamedTuple):
    kind: NodeKind
    discount: float
    strength: float
    per_paper: float


_FAMILIES = {
    "method": _Family(NodeKind.METHOD, 0.90, 300, 3.38),
    "task": _Family(NodeKind.TASK, 0.88, 30, 2.39),
    "dataset": _Family(NodeKind.DATASET, 0.84, 100, 0.63),
    "metric": _Family(NodeKind.METRIC, 0.10, 30, 1.06),
    "hardware": _Family(NodeKind.HARDWARE, 0.68, 1, 0.035),
}
_OWN = 0.95
"""Share of the statements whose head is what the paper introduces."""
_MODELS = 0.15
"""Share of the things of the family `method` that are models."""

_STATED = {
    EdgeKind.INTRODUCES: (None, "method", 1.95),
    EdgeKind.BUILDS_ON: ("method", "method", 3.5),
    EdgeKind.ADDRESSES: ("method", "task", 1.9),
    EdgeKind.EVALUATED_ON: ("method", "dataset", 0.6),
    EdgeKind.IMPROVES_ON: ("method", "method", 0.55),
    EdgeKind.TRAINED_ON: ("method", "dataset", 0.039),
    EdgeKind.RUNS_ON: ("method", "hardware", 0.031),
    EdgeKind.COMPARED_WITH: ("method", "method", 0.021),
}
"""The families of head and tail (None is the paper), and how many edges a paper tries, of which some meet themselves."""
_CLAIMS = 2.7
_ROLES = (
    (EdgeKind.ABOUT, "method", 1.0),
    (EdgeKind.FOR, "task", 0.75),
    (EdgeKind.MEASURED_BY, "metric", 0.64),
    (EdgeKind.ON, "dataset", 0.24),
    (EdgeKind.AGAINST, "method", 0.12),
)
"""The family of a claim's end, and the share of the claims that have it."""
_WORDS = ("sparse", "dense", "adapter", "tuning", "beats", "all", "baselines", "on", "long", "tables", "with", "half",
          "the", "memory")  # fmt: skip
_EXTRACTOR = "rules-1+lexicon-0a1b2c3d"


class _Names:
    """Draws the things of one family, as a Pitman-Yor process does: the often named are named again."""

    def __init__(self, prefix: str, family: _Family) -> None:
        self.prefix, self.family = prefix, family
        self.drawn: list[int] = []
        self.counts: list[int] = []

    def new_id(self) -> str:
        """The id of a thing that nobody named before."""
        self.counts.append(1)
        self.drawn.append(len(self.counts) - 1)
        return f"{self.prefix}/{_word(len(self.counts) - 1)}"

    def draw_id(self, random: Random) -> str:
        return f"{self.prefix}/{_word(self._draw(random))}"

    def _draw(self, random: Random) -> int:
        discount, strength = self.family.discount, self.family.strength
        fresh = (strength + discount * len(self.counts)) / (strength + len(self.drawn))
        number = len(self.counts) if random.random() < fresh else self._again(random)
        if number == len(self.counts):
            self.counts.append(0)
        self.counts[number] += 1
        self.drawn.append(number)
        return number

    def _again(self, random: Random) -> int:
        while True:
            number = random.choice(self.drawn)
            if random.random() * self.counts[number] < self.counts[number] - self.family.discount:
                return number

    def node(self, number: int) -> Node:
        model = self.prefix == "method" and number % 100 < _MODELS * 100
        kind = NodeKind.MODEL if model else self.family.kind
        return Node(kind, f"{self.prefix}/{_word(number)}", {"name": _word(number), "aliases": ()})


def _word(number: int) -> str:
    """A name that is its own normal form: letters alone, another for each number."""
    letters = ""
    number += 26**3
    while number:
        number, letter = divmod(number, 26)
        letters = chr(ord("a") + letter) + letters
    return f"{letters}net"


def made_graph(papers: int, seed: int = 1) -> Iterator[Element]:
    """The elements of a graph of so many papers, about 27 edges each: nodes first, then edges, kind by kind."""
    random = Random(seed)
    families = {prefix: _Names(prefix, family) for prefix, family in _FAMILIES.items()}
    edges: dict[EdgeKind, list[Edge]] = defaultdict(list)
    claims: list[Node] = []
    for number in range(papers):
        said = _Paper(number, random, families)
        for edge in chain(said.describes(), said.statements(), said.claims(claims), said.mentions()):
            edges[edge.kind].append(edge)
    for number in range(papers):
        yield _paper_node(number)
        yield _document(number)
    yield from claims
    for names in families.values():
        yield from (names.node(number) for number in range(len(names.counts)))
    for kind in EdgeKind:
        yield from edges.pop(kind, ())


class _Paper:
    """What one paper says: the things that it names, and edges between them."""

    def __init__(self, number: int, random: Random, families: dict[str, _Names]) -> None:
        self.number, self.random, self.families = number, random, families
        self.id, self.document = _paper(number), f"document/{number:016x}"
        self.rate = random.gammavariate(_TALKATIVE, 1 / _TALKATIVE)
        self.own = families["method"].new_id()
        self.named = {prefix: self._named(names) for prefix, names in families.items()}
        self.named["method"].insert(0, self.own)

    def _named(self, names: _Names) -> list[str]:
        count = self._count(names.family.per_paper)
        return list(dict.fromkeys(names.draw_id(self.random) for _ in range(count)))

    def _count(self, mean: float) -> int:
        """A Poisson variate (Knuth 1969) around what this paper has to say."""
        bound, product, count = math.exp(-mean * self.rate), self.random.random(), 0
        while product > bound:
            product *= self.random.random()
            count += 1
        return count

    def describes(self) -> Iterator[Edge]:
        yield Edge(EdgeKind.DESCRIBES, self.document, self.id, {})

    def mentions(self) -> Iterator[Edge]:
        for prefix, ids in self.named.items():
            kind = _FAMILIES[prefix].kind.value
            for id in ids:
                word = id.partition("/")[2]
                yield Edge(
                    EdgeKind.MENTIONS, self.id, id, self._source() | {"written": word, "normal": word, "kind": kind}
                )

    def statements(self) -> Iterator[Edge]:
        for kind, (heads, tails, mean) in _STATED.items():
            for tail in self._some(tails, self._count(mean)):
                head = self._head(heads)
                if head != tail:
                    yield Edge(kind, head, tail, self._stated(kind, head, tail))

    def _head(self, family: str | None) -> str:
        """What the paper introduces, but for a few statements about others; the paper itself where none is asked for."""
        if family is None:
            return self.id
        return self.own if self.random.random() < _OWN else self.random.choice(self.named[family])

    def _some(self, family: str, count: int) -> list[str]:
        """Different things of a family that the paper names; it names one where it has to."""
        own = self.named[family]
        if count and not own:
            own.append(self.families[family].draw_id(self.random))
        return self.random.sample(own, k=min(count, len(own)))

    def _stated(self, kind: EdgeKind, head: str, tail: str) -> dict[str, Scalar]:
        return self._source() | {
            "statement": f"{kind}-{self.number:x}-{head}-{tail}", "paper": self.id, "evidence": _text(self.random, 25),
            "head_as": "it", "tail_as": tail.partition("/")[2],
        }  # fmt: skip

    def _source(self) -> dict[str, Scalar]:
        confidence = self.random.randrange(30, 100) / 100
        return {
            "document": self.document, "start_char": 80, "end_char": 200, "confidence": confidence, "extractor": _EXTRACTOR,
        }  # fmt: skip

    def claims(self, into: list[Node]) -> Iterator[Edge]:
        for at in range(self._count(_CLAIMS)):
            id = f"claim/{self.number:012x}{at:04x}"
            into.append(Node(NodeKind.CLAIM, id, self._claim()))
            yield Edge(EdgeKind.STATED_IN, id, self.id, {})
            for kind, family, share in _ROLES:
                if self.random.random() < share:
                    yield from (Edge(kind, id, end, {}) for end in self._some(family, 1))

    def _claim(self) -> dict[str, Scalar]:
        value = self.random.randrange(10, 1000) / 10
        return self._source() | {
            "kind": "result", "polarity": "positive", "paper": self.id, "evidence": _text(self.random, 25),
            "value": value, "value_text": f"{value}%", "unit": "%", "metric_text": "accuracy",
            "value_start_char": 90, "value_end_char": 95,
        }  # fmt: skip


def _paper(number: int) -> str:
    return f"paper/arxiv-{2000 + number // 10_000:04d}.{number % 100_000:05d}"


def _text(random: Random, words: int) -> str:
    return " ".join(random.choices(_WORDS, k=words))


def _paper_node(number: int) -> Node:
    arxiv = _paper(number).removeprefix("paper/arxiv-")
    title, abstract = _text(Random(number), 8), _text(Random(-number - 1), 170)
    return Node(
        NodeKind.PAPER, _paper(number),
        {"title": title, "abstract": abstract, "year": 2000 + number % 25, "arxiv": arxiv, "also": (f"arxiv:{arxiv}",)},
    )  # fmt: skip


def _document(number: int) -> Node:
    text = f"{_text(Random(number), 8)}\n{_text(Random(-number - 1), 170)}"
    return Node(
        NodeKind.DOCUMENT, f"document/{number:016x}",
        {"format": "jsonl", "key": str(number), "source": "made.jsonl", "text": text, "sha256": f"{number:064x}",
         "extractor": _EXTRACTOR, "extraction": "{}", "metadata": "{}", "loaded": "2026-01-01T00:00:00Z"},
    )  # fmt: skip


def papers_for(edges: int) -> int:
    """How many papers a graph of about so many edges has."""
    return round(edges / EDGES_PER_PAPER)


__all__ = ["made_graph", "papers_for"]
