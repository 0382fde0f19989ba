"""Mentions of things in each sentence: every candidate is weighed, and the most probable that do not overlap stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.lexicon import Entry, lexicon
from loaders.extract import spans
from loaders.extract.reading import Reading
from loaders.extract.terms import Key, Known, entry_of, find_known, known, term_cues
from loaders.extract.tokens import Token, normal_words
from loaders.extract.weights import Vector, Weights, add, softmax, weights

NONE = "None"


class Spot(NamedTuple):
    """A candidate: tokens `first:end` of a sentence, its normal words, and a probability for each label."""

    sentence: int
    first: int
    end: int
    words: Key
    entry: Entry | None
    chances: Vector


def spot_candidates(tokens: Sequence[Token], names: Known) -> Iterator[tuple[int, int, Key]]:
    """All runs of tokens to be weighed, with their normal words, each once."""
    found = dict.fromkeys(spans.candidates(tokens))
    listed = {(first, end): words for first, end, words in find_known(tokens, names)}
    for first, end in dict.fromkeys((*found, *listed)):
        words = listed.get((first, end)) or tuple(w for token in tokens[first:end] for w in normal_words(token.text))
        yield first, end, words


def known_cues(text: str, entry: Entry | None, expansions: Mapping[str, str]) -> list[str]:
    """The cues from the lexicon and from the acronyms of the document."""
    cues = [f"lexicon={entry.kind}"] if entry else []
    bare = text[:-1] if text.endswith("s") else text
    long = expansions.get(text) or expansions.get(bare)
    if long:
        cues += ["acronym", f"means={long.split()[-1].lower().rstrip('s')}", f"means first={long.split()[0].lower()}"]
    elif text in expansions.values():
        cues.append("expansion")
    return cues


class Weighing:
    """The weights of candidates in one sentence; what hangs on one place is added up once."""

    def __init__(self, tokens: Sequence[Token], part: str, table: Weights) -> None:
        self._tokens, self._part, self._table = tokens, part, table
        self._left: dict[int, Vector] = {}
        self._right: dict[int, Vector] = {}

    def total(self, first: int, end: int, more: Sequence[str]) -> Vector:
        """The sum of the weights of all cues of a candidate."""
        if first not in self._left:
            cues = spans.left_cues(self._tokens, first)
            self._left[first] = add([self._table.total(cues), _first(self._tokens[first].text)])
        if end not in self._right:
            cues = spans.right_cues(self._tokens, end)
            self._right[end] = add([self._table.total(cues), _last(self._tokens[end - 1].text)])
        whole = self._table.total([*spans.whole_cues(self._tokens, first, end, self._part), *more])
        return add([self._left[first], self._right[end], whole, *(_inner(t.text) for t in self._tokens[first:end])])


@lru_cache(maxsize=50_000)
def _inner(text: str) -> Vector:
    return weights("kind").total(spans.inner_cues(text))


@lru_cache(maxsize=50_000)
def _first(text: str) -> Vector:
    return weights("kind").total(spans.first_cues(text))


@lru_cache(maxsize=50_000)
def _last(text: str) -> Vector:
    return weights("kind").total(spans.last_cues(text))


def weigh(reading: Reading, sentence: int) -> list[Spot]:
    """The candidates of a sentence with their probabilities."""
    tokens, names = reading.tokens[sentence], known()
    weighing = Weighing(tokens, reading.sentences[sentence].part, weights("kind"))
    found = []
    for first, end, words in spot_candidates(tokens, names):
        text = reading.text[tokens[first].start : tokens[end - 1].end]
        entry = entry_of(text, words, names)
        more = [*known_cues(text, entry, reading.expansions), *term_cues(words, names)]
        found.append(Spot(sentence, first, end, words, entry, softmax(weighing.total(first, end, more))))
    return found


def choose(found: Sequence[Spot], least: float) -> list[Spot]:
    """The most probable candidates that do not overlap; `least` is the probability of being a thing that they need."""
    none = weights("kind").labels.index(NONE)
    taken: set[int] = set()
    kept = []
    for spot in sorted(found, key=lambda s: (s.chances[none], s.first, s.end)):
        places = range(spot.first, spot.end)
        if 1 - spot.chances[none] >= least and not any(place in taken for place in places):
            taken.update(places)
            kept.append(spot)
    return sorted(kept, key=lambda s: s.first)


def least_chance() -> float:
    """The probability of being a thing from which on a candidate is one."""
    return next(float(row["least"]) for row in lexicon().rows("cues_thresholds") if row["kind"] == "name")


def find_spots(reading: Reading) -> list[Spot]:
    """The mentions of a document, in order."""
    least = least_chance()
    return [spot for sentence in range(len(reading.sentences)) for spot in choose(weigh(reading, sentence), least)]
