"""A reading as one row of words, and its windows as an encoder takes them: subwords with shape and lexicon kind.

The vocabulary is uncased, so that each subword comes with the shape of its word; what the lexicon says of a word comes
with it too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.names import normal_form
from loaders.extract.numbers import Number, find_numbers
from loaders.extract.reading import Reading
from loaders.extract.terms import entry_of, find_known, known
from loaders.extract.tokens import Token
from loaders.extract.trained.labels import KINDS

Ints = NDArray[np.int64]
Span = tuple[int, int]
"""Words `first:end` of a document."""

SUBWORDS = 510
"""Subwords of a window, its two marks left out."""
OVERLAP = 128
"""Subwords that a window shares with the one before it."""
MENTIONS = 200
"""Places at which a name is looked at, so that a word said a hundred thousand times costs no more than a long text."""
SHAPES = 9
LISTED = len(KINDS) + 2
_START, _END, _UNKNOWN = 101, 102, 100
_OURS = re.compile(r"we|our|ours|us|this|paper|here", re.IGNORECASE)
_LONG = 5
"""A name of as many characters is found in any case; a shorter one ("GAN", "gan") only as it is written."""


@dataclass(frozen=True)
class Words:
    """A reading as one row of words: `sentence[i]` is the number of the sentence of `tokens[i]`."""

    reading: Reading
    tokens: tuple[Token, ...]
    sentence: Ints

    @cached_property
    def starts(self) -> Mapping[int, int]:
        return {token.start: at for at, token in enumerate(self.tokens)}

    @cached_property
    def ends(self) -> Mapping[int, int]:
        return {token.end: at for at, token in enumerate(self.tokens)}

    def span(self, start: int, end: int) -> Span | None:
        """The words that lie at these characters exactly."""
        first, last = self.starts.get(start), self.ends.get(end)
        return None if first is None or last is None or last < first else (first, last + 1)

    def text(self, span: Span) -> str:
        """What stands at some words."""
        return self.reading.text[self.tokens[span[0]].start : self.tokens[span[1] - 1].end]

    @cached_property
    def ours(self) -> list[int]:
        """The words with which a paper speaks of itself."""
        return [at for at, token in enumerate(self.tokens) if _OURS.fullmatch(token.text)]

    @cached_property
    def numbers(self) -> dict[int, Number]:
        """The numbers after the title by the word in which they begin, in order; of two in one word the first."""
        found: dict[int, Number] = {}
        at, text = 0, self.reading.text
        for line in sorted(set(self.sentence.tolist())):
            sentence = self.reading.sentences[line]
            for number in () if sentence.part == "title" else find_numbers(text, sentence.start, sentence.end):
                while at < len(self.tokens) - 1 and self.tokens[at].end <= number.start:
                    at += 1
                if self.tokens[0].start <= number.start < self.tokens[-1].end:
                    found.setdefault(at, number)
        return found

    @cached_property
    def listed(self) -> dict[Span, int]:
        """The words that the lexicon knows as a name, with the number of its kind in `KINDS` (of a metric the next)."""
        found, before, names = {}, 0, known()
        for _, row in groupby(zip(self.sentence.tolist(), self.tokens, strict=True), key=itemgetter(0)):
            tokens = [token for _, token in row]
            for first, end, key in find_known(tokens, names):
                span = (before + first, before + end)
                entry = entry_of(self.text(span), key, names)
                if entry:
                    kind = entry.kind.value
                    found[span] = KINDS.index(kind) if kind in KINDS else len(KINDS)
            before += len(tokens)
        return found


def words_of(reading: Reading) -> Words:
    """All words of a reading."""
    return Words(
        reading,
        tuple(token for row in reading.tokens for token in row),
        np.array([number for number, row in enumerate(reading.tokens) for _ in row], dtype=np.int64),
    )


def shape_of(word: str) -> int:
    """The shape of a word: 1 small … 8 sign; 0 is that of the encoder's marks.

    >>> [shape_of(word) for word in ("lora", "Adam", "GAN", "Llama2", "LoRA", "V100", "3.5", "%")]
    [1, 2, 3, 4, 5, 6, 7, 8]
    """
    if not any(char.isalnum() for char in word):
        return 8
    if word.replace(".", "").replace(",", "").isdigit():
        return 7
    if word.islower():
        return 1
    digits = any(char.isdigit() for char in word)
    if word.isupper():
        return 6 if digits else 3 if len(word) > 1 else 2
    if word[0].isupper() and word[1:].islower():
        return 4 if digits else 2
    return 5


@dataclass(frozen=True)
class Window:
    """Some words as the encoder takes them: `owner[i]` is 1 + the place in the window of the word of subword i, 0 of a mark.

    The window holds words `first:end` and speaks for `keep[0]:keep[1]` of them, those that are nearer to its middle
    than to the next one's.
    """

    first: int
    end: int
    keep: Span
    ids: Ints
    shapes: Ints
    listed: Ints
    owner: Ints


def windows(words: Words, tokenizer: Tokenizer) -> Iterator[Window]:
    """The windows of a text, each beginning `OVERLAP` subwords before the end of the one before it."""
    rows = [
        row.ids or [_UNKNOWN]
        for row in tokenizer.encode_batch([t.text for t in words.tokens], add_special_tokens=False)
    ]
    kinds = np.zeros(len(rows), dtype=np.int64)
    for (first, end), kind in sorted(words.listed.items(), key=lambda item: item[0][1] - item[0][0]):
        kinds[first:end] = kind + 1
    bounds = list(_bounds([min(len(row), SUBWORDS) for row in rows]))
    for number, (first, end) in enumerate(bounds):
        keep = (
            first if number == 0 else (first + bounds[number - 1][1]) // 2,
            end if number == len(bounds) - 1 else (end + bounds[number + 1][0]) // 2,
        )
        yield _window(words, rows, kinds, first, end, keep)


def _bounds(sizes: Sequence[int]) -> Iterator[Span]:
    first = 0
    while first < len(sizes):
        end, size = first, 0
        while end < len(sizes) and size + sizes[end] <= SUBWORDS:
            size += sizes[end]
            end += 1
        yield first, end
        if end == len(sizes):
            return
        back, size = end, 0
        while back - 1 > first and size + sizes[back - 1] <= OVERLAP:
            back -= 1
            size += sizes[back]
        first = back


def _window(words: Words, rows: Sequence[Sequence[int]], kinds: Ints, first: int, end: int, keep: Span) -> Window:
    own = [row[:SUBWORDS] for row in rows[first:end]]
    sizes = np.array([len(row) for row in own], dtype=np.int64)

    def spread(values: Iterable[int]) -> Ints:
        return np.concatenate([[0], np.repeat(np.array(list(values), dtype=np.int64), sizes), [0]])

    return Window(
        first,
        end,
        keep,
        ids=np.array([_START, *(id for row in own for id in row), _END], dtype=np.int64),
        shapes=spread(shape_of(token.text) for token in words.tokens[first:end]),
        listed=spread(kinds[first:end]),
        owner=spread(range(1, len(own) + 1)),
    )


def occurrences(words: Words, names: Iterable[str]) -> Iterator[Span]:
    """Where names stand as whole words, the first `MENTIONS` of each."""
    for name in names:
        found = re.finditer(re.escape(name), words.reading.text, re.IGNORECASE if len(name) >= _LONG else 0)
        spans = (words.span(*match.span()) for match in islice(found, 4 * MENTIONS))
        yield from islice((span for span in spans if span), MENTIONS)


def units_of(words: Words, spans: Iterable[Span]) -> dict[str, list[Span]]:
    """Mentions by the normal form of what they say, the first `MENTIONS` of each: the units of which things are made."""
    units: dict[str, list[Span]] = defaultdict(list)
    for span in sorted(set(spans)):
        own = units[normal_form(words.text(span), "method")]
        if len(own) < MENTIONS:
            own.append(span)
    return dict(units)
