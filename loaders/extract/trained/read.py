"""A text read with the trained reader: everything that is probable, with its probability.

Of a text longer than a window the words are encoded in windows that overlap, the things are those of the whole text, and
relations and claims are read window by window, so that memory grows with the text and never with its square.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from kg.errors import UsageError
from loaders.extract.reading import Reading
from loaders.extract.trained.features import COMPARATOR, SET, SUBJECT, Nodes, pairs_of, seat_features, seats
from loaders.extract.trained.heads import Heads, sigmoid, softmax
from loaders.extract.trained.labels import CLAIM_KINDS, POLARITIES, RELATIONS
from loaders.extract.trained.names import Thing, things_of
from loaders.extract.trained.tagging import Floats
from loaders.extract.trained.text import Span, Window, Words, windows, words_of

Encode = Callable[[Window], Floats]
"""Subwords × width: what an encoder makes of a window."""
SLIGHT = 0.03
"""A probability below this is left out."""


@dataclass(frozen=True)
class Stated:
    """A relation that may be stated: head and tail are places in the list of things from 1 on, 0 is the paper."""

    head: int
    kind: str
    tail: int
    chance: float
    sentence: int


@dataclass(frozen=True)
class Asserted:
    """A claim that may be made in a sentence, by the number at a word or by none; `roles` are (seat, probability) lists.

    Seats are as of things (0 the paper), and from -1 on down: no comparator, literal words, no dataset.
    """

    sentence: int
    number: int | None
    polarity: str
    chance: float
    kinds: tuple[float, ...]
    subjects: tuple[tuple[int, float], ...]
    comparators: tuple[tuple[int, float], ...]
    datasets: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Read:
    """What was read of a text."""

    words: Words
    things: tuple[Thing, ...] = ()
    new: frozenset[int] = frozenset()
    stated: tuple[Stated, ...] = ()
    asserted: tuple[Asserted, ...] = ()


@dataclass(frozen=True)
class _View:
    """The words of one window: rows, and which things stand in it (as places from 1 on)."""

    words: Words
    first: int
    rows: Floats
    nodes: Nodes
    ids: Sequence[int]
    ends: Floats


class _Anchor(NamedTuple):
    """What makes a claim: the row of a number or a sentence, the place in the window of the number's word, and the side."""

    row: Floats
    sentence: int
    number: int | None
    side: int
    chance: float


@dataclass(frozen=True)
class Reader:
    """An encoder, its tokenizer and heads; `least` holds the probabilities from which on a thing is one, is new, is the same."""

    encode: Encode
    tokenizer: Tokenizer
    heads: Heads
    least: Mapping[str, float]

    def read(self, reading: Reading) -> Read:
        """Reads a text."""
        words = words_of(reading)
        if not words.tokens:
            return Read(words)
        found = list(windows(words, self.tokenizer))
        rows, whole = self._rows(words, found)
        scores = np.log(softmax(self.heads.linear("tags", rows)) + 1e-9)
        things = things_of(words, rows, whole, scores, self.heads, self.least)
        new = frozenset(at for at, thing in enumerate(things, start=1) if thing.newness >= self.least["new"])
        stated: dict[tuple[int, str, int], Stated] = {}
        asserted: list[Asserted] = []
        for window in found:
            view = self._view(words, window, rows, whole, things, new)
            for relation in self._stated(view):
                key = (relation.head, relation.kind, relation.tail)
                if key not in stated or stated[key].chance < relation.chance:
                    stated[key] = relation
            asserted += self._asserted(view, window.keep)
        return Read(words, tuple(things), new, tuple(stated.values()), tuple(asserted))

    def _rows(self, words: Words, found: Sequence[Window]) -> tuple[Floats, Floats]:
        """A row for each word, the mean of its subwords in the window that speaks for it; and one for the whole text."""
        rows, wholes = [], []
        for window in found:
            hidden = self.encode(window)
            starts = np.flatnonzero(np.diff(window.owner, prepend=-1))
            sums = np.add.reduceat(hidden, starts, axis=0)
            sizes = np.diff([*starts.tolist(), len(hidden)])
            means = sums / sizes[:, None]
            wholes.append((means[0] + means[-1]) / 2)
            rows.append(means[1:-1][window.keep[0] - window.first : window.keep[1] - window.first])
        if sum(map(len, rows)) != len(words.tokens):
            raise UsageError("the windows of a text do not cover it")
        return np.concatenate(rows).astype(np.float32), wholes[0].astype(np.float32)

    def _view(
        self, words: Words, window: Window, rows: Floats, whole: Floats, things: Sequence[Thing], new: frozenset[int]
    ) -> _View:
        first, end = window.first, window.end
        own = Words(words.reading, words.tokens[first:end], words.sentence[first:end])
        nodes, ids, ends = Nodes([[]], [-1], [False]), [0], []
        for at, thing in enumerate(things, start=1):
            spans = [(a - first, b - first) for a, b in thing.spans if a >= first and b <= end]
            if spans:
                nodes.spans.append(spans)
                nodes.kinds.append(thing.kind)
                nodes.is_new.append(at in new)
                ids.append(at)
                ends.append(self.heads.unit(rows[first:end], spans))
        fresh = [row for row, is_new in zip(ends, nodes.is_new[1:], strict=True) if is_new]
        paper = self.heads.paper(whole, rows[first:end], own.ours, fresh)
        return _View(own, first, rows[first:end], nodes, ids, np.stack([paper, *ends]))

    def _stated(self, view: _View) -> list[Stated]:
        pairs = pairs_of(view.words, view.nodes)
        if pairs is None:
            return []
        chances, seen = self.heads.relations(view.rows, view.ends, pairs)
        sentence = view.words.sentence
        base = int(sentence[0])
        by_sentence = np.zeros((len(seen), int(sentence[-1]) - base + 1), dtype=np.float32)
        np.add.at(by_sentence.T, sentence - base, seen.T)
        where = by_sentence.argmax(1)
        return [
            Stated(
                view.ids[pairs.ends[row, 0]],
                RELATIONS[kind],
                view.ids[pairs.ends[row, 1]],
                float(chances[row, kind]),
                base + int(where[row]),
            )
            for row, kind in np.argwhere(chances > SLIGHT).tolist()
        ]

    def _asserted(self, view: _View, keep: Span) -> list[Asserted]:
        """The claims of the sentences that begin, and of the numbers that stand, in the words that the window speaks for."""
        found = [*self._by_number(view, keep), *self._by_sentence(view, keep)]
        if not found:
            return []
        anchors = np.stack([anchor.row + self.heads.table("side")[anchor.side] for anchor in found])
        kinds = softmax(self.heads.layers("claim_kind", anchors))
        options = seats(view.nodes)
        places = [(anchor.sentence, anchor.number) for anchor in found]
        chances = self.heads.seats(anchors, view.ends, options, seat_features(view.words, view.nodes, places, options))
        ids = [*view.ids, -1, -2, -3]

        def role(row: int, wanted: int) -> tuple[tuple[int, float], ...]:
            return tuple((ids[at], float(chances[row, o])) for o, (of, at) in enumerate(options) if of == wanted)

        return [
            Asserted(
                anchor.sentence,
                None if anchor.number is None else anchor.number + view.first,
                POLARITIES[anchor.side],
                anchor.chance,
                tuple(kinds[row].tolist()),
                role(row, SUBJECT),
                role(row, COMPARATOR),
                role(row, SET),
            )
            for row, anchor in enumerate(found)
        ]

    def _by_number(self, view: _View, keep: Span) -> Iterator[_Anchor]:
        numbers = [at for at in view.words.numbers if keep[0] <= at + view.first < keep[1]]
        if not numbers:
            return
        rows = self.heads.numbers(view.rows, view.words.sentence, numbers)
        for row, at, chances in zip(rows, numbers, softmax(self.heads.layers("number_side", rows)), strict=True):
            if 1 - chances[0] > SLIGHT:
                side = int(chances[1:].argmax())
                yield _Anchor(row, int(view.words.sentence[at]), at, side, float(1 - chances[0]))

    def _by_sentence(self, view: _View, keep: Span) -> Iterator[_Anchor]:
        sentence, parts = view.words.sentence, view.words.reading.sentences
        places = range(keep[0] - view.first, keep[1] - view.first)
        begins = [at for at in places if at == 0 or sentence[at] != sentence[at - 1]]
        lines = [line for line in map(int, sentence[begins]) if parts[line].part != "title"]
        if not lines:
            return
        rows = self.heads.sentences(view.rows, sentence, lines)
        for row, line, sides in zip(rows, lines, sigmoid(self.heads.layers("sentence_side", rows)), strict=True):
            for side in np.flatnonzero(sides > SLIGHT).tolist():
                yield _Anchor(row, line, None, side, float(sides[side]))


__all__ = ["CLAIM_KINDS", "Asserted", "Read", "Reader", "Stated"]
