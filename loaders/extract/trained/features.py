"""What the heads for relations and claims look at beside the words: which pairs there are, and where their ends stand."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz

from loaders.extract.trained.labels import DATASET, KINDS, NAMED, PAPER_KIND, RELATIONS, allows
from loaders.extract.trained.tagging import Floats
from loaders.extract.trained.text import Ints, Span, Words

ALLOWED = np.array(
    [
        [[allows(relation, head, tail) for relation in RELATIONS] for tail in range(len(KINDS))]
        for head in range(PAPER_KIND + 1)
    ],
    dtype=np.float32,
)
"""`heads × tails × relations`: 1 where the kinds allow the relation."""
MOST = 400
"""Names of a text that are compared with each other at most."""
APART = 2
"""How many sentences two things may stand apart to be a pair."""


def alike(one: str, other: str, acronyms: frozenset[tuple[str, str]]) -> list[float]:
    """How alike two names are written: six features; `acronyms` are pairs of short and long forms, case folded."""
    a, b = one.casefold(), other.casefold()
    left, right = re.findall(r"\w+", a), re.findall(r"\w+", b)
    short, long = (a, right) if len(a) < len(b) else (b, left)
    initials = "".join(word[0] for word in long)
    return [
        float((a, b) in acronyms or (b, a) in acronyms),
        float(a in b or b in a),
        float(len(short) > 1 and initials in (short, short.rstrip("s"))),
        fuzz.ratio(a, b) / 100,
        float(bool(left) and bool(right) and left[-1] == right[-1]),
        float(bool(left) and bool(right) and left[0] == right[0]),
    ]


def pairs_of_names(words: Words, names: Sequence[str]) -> tuple[Ints, Floats]:
    """Each two of the first `MOST` names, as `pairs × 2`, and how alike they are written, as `pairs × 6`."""
    acronyms = acronyms_of(words)
    pairs = [(i, j) for i in range(min(MOST, len(names))) for j in range(i)]
    features = [alike(names[i], names[j], acronyms) for i, j in pairs]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array(features, dtype=np.float32).reshape(-1, 6)


def acronyms_of(words: Words) -> frozenset[tuple[str, str]]:
    """The short and long forms that a text defines, case folded."""
    return frozenset((short.casefold(), long.casefold()) for short, long in words.reading.expansions.items())


@dataclass
class Nodes:
    """The ends of relations: row 0 is the paper, the others are things; `spans` are the places of each."""

    spans: list[list[Span]]
    kinds: list[int]
    is_new: list[bool]

    def places(self, words: Words) -> list[list[Span]]:
        """The places of each; the paper stands where it speaks of itself or of what it introduces."""
        own = [span for spans, new in zip(self.spans[1:], self.is_new[1:], strict=True) if new for span in spans]
        return [[*((at, at + 1) for at in words.ours), *own], *self.spans[1:]]


def _around(sentence: Ints, spans: Sequence[Span]) -> tuple[Floats, Floats]:
    """Of each word, whether its sentence holds one of the spans, and how near one is (1 is inside)."""
    at = np.arange(len(sentence))
    inside, near = np.zeros(len(sentence), dtype=np.float32), np.zeros(len(sentence), dtype=np.float32)
    for first, end in spans:
        same = (sentence == sentence[first]).astype(np.float32)
        np.maximum(inside, same, out=inside)
        gap = np.where(at < first, first - at, np.maximum(at - end + 1, 0))
        np.maximum(near, np.exp(-gap / 5).astype(np.float32) * same, out=near)
    return inside, near


class Pairs(NamedTuple):
    """Pairs of a head and a tail: rows of `Nodes` `P × 2`, kinds as one number, what words are near (`P × words × 6`),
    four features of the pair itself, and what its kinds allow (`P × relations`)."""

    ends: Ints
    kinds: Ints
    near: Floats
    features: Floats
    allowed: Floats


def pairs_of(words: Words, nodes: Nodes) -> Pairs | None:
    """All pairs of a head (the paper, or a thing that it does not introduce) and a tail that some relation allows."""
    sentence, spans = words.sentence, nodes.places(words)
    around = [_around(sentence, own) for own in spans]
    inside = np.stack([a for a, _ in around])
    near = np.stack([n for _, n in around])
    lines = [{int(sentence[first]) for first, _ in own} for own in spans]
    heads = [0, *(i for i in range(1, len(spans)) if not nodes.is_new[i] and nodes.kinds[i] in NAMED)]
    kinds = [PAPER_KIND, *nodes.kinds[1:]]
    ends = np.array(
        [
            (head, tail)
            for head in heads
            for tail in range(1, len(spans))
            if head != tail
            and ALLOWED[kinds[head], kinds[tail]].any()
            and (head == 0 or _close(lines[head], lines[tail]))
        ],
        dtype=np.int64,
    )
    if not len(ends):
        return None
    ours = np.isin(sentence, sentence[words.ours]).astype(np.float32)
    head, tail = inside[ends[:, 0]], inside[ends[:, 1]]
    both = head * tail
    stacked = np.stack([head, tail, both, near[ends[:, 0]], near[ends[:, 1]], np.broadcast_to(ours, head.shape)], -1)
    is_new, titled = (
        np.array(nodes.is_new, dtype=np.float32),
        np.array([float(0 in own) for own in lines], dtype=np.float32),
    )
    features = np.stack([both.any(1), ends[:, 0] == 0, is_new[ends[:, 1]], titled[ends[:, 1]]], -1).astype(np.float32)
    of = np.array(kinds, dtype=np.int64)
    allowed = ALLOWED[of[ends[:, 0]], of[ends[:, 1]]]
    return Pairs(ends, of[ends[:, 0]] * len(KINDS) + of[ends[:, 1]], stacked, features, allowed)


def _close(one: set[int], other: set[int]) -> bool:
    return any(abs(a - b) <= APART for a in one for b in other)


def nearby(sentence: Ints, at: Ints, numbers: Ints | None) -> Floats:
    """What words are near to anchors, `anchors × words × 4`: in the sentence, in the one before, how near, how near after.

    `at` are the anchors' sentences, `numbers` the words of their numbers; a sentence is as near to all its words.
    """
    same = (sentence[None] == at[:, None]).astype(np.float32)
    before = (sentence[None] == at[:, None] - 1).astype(np.float32)
    gap = np.full(same.shape, 9.0) if numbers is None else np.arange(len(sentence))[None] - numbers[:, None]
    near = np.exp(-np.abs(gap) / 4) * same
    return np.stack([same, before, near, near * (gap > 0)], -1).astype(np.float32)


SUBJECT, COMPARATOR, SET = range(3)
"""What a thing may be in a claim: what it is about, what it is compared with, the dataset."""
NOTHING, LITERAL, NO_SET = range(3)
"""What may stand in the place of a thing: no comparator, literal words as comparator, no dataset."""


def seats(nodes: Nodes) -> list[tuple[int, int]]:
    """The candidates of each role, as (role, row); the rows after those of the nodes are `NOTHING`, `LITERAL`, `NO_SET`."""
    count = len(nodes.spans)
    named = [i for i in range(1, count) if nodes.kinds[i] in NAMED and not nodes.is_new[i]]
    found = [(SUBJECT, 0), *((SUBJECT, i) for i in named)]
    found += [(COMPARATOR, count + NOTHING), (COMPARATOR, count + LITERAL), *((COMPARATOR, i) for i in named)]
    return [*found, (SET, count + NO_SET), *((SET, i) for i in range(1, count) if nodes.kinds[i] == DATASET)]


def seat_features(
    words: Words, nodes: Nodes, anchors: Sequence[tuple[int, int | None]], found: Sequence[tuple[int, int]]
) -> Floats:
    """`anchors × seats × 7`: where a candidate stands from an anchor, which is a sentence and the word of its number or None."""
    count, own = len(nodes.spans), [*nodes.places(words), [], [], []]
    lines = [[int(words.sentence[first]) for first, _ in spans] for spans in own]
    rows = np.zeros((len(anchors), len(found), 7), dtype=np.float32)
    for a, (sentence, number) in enumerate(anchors):
        for f, (_, at) in enumerate(found):
            near = after = 0.0
            if number is not None and sentence in lines[at]:
                gaps = [
                    (first - number if first > number else number - end + 1, first > number)
                    for (first, end), line in zip(own[at], lines[at], strict=True)
                    if line == sentence
                ]
                gap, later = min(gaps)
                near, after = math.exp(-gap / 6), float(later)
            rows[a, f] = [
                sentence in lines[at],
                sentence - 1 in lines[at],
                near,
                after * near,
                at == 0,
                at >= count,
                at < count and 0 in lines[at],
            ]
    return rows
