"""Mentions of things in each sentence: every candidate is weighed, and the most probable that do not overlap stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.lexicon import Entry, lexicon
from kg.model import EntityKind
from loaders.extract import spans
from loaders.extract.reading import Reading
from loaders.extract.terms import Key, Known, entry_of, find_known, known, term_cues
from loaders.extract.tokens import Token, normal_words
from loaders.extract.weights import Vector, Weights, add, softmax, threshold, weights

NONE = "None"
CLEAR = 4.0
"""A candidate for which "no thing" leads by more than this (odds of 50 to 1) is dropped at once."""
HOPELESS = 2.0
"""A candidate whose words speak this much against it was a name in 1 of 100 cases (measured on annotated papers)."""


class Spot(NamedTuple):
    """A candidate: tokens `first:end` of a sentence, its normal words, and a probability for each label."""

    sentence: int
    first: int
    end: int
    words: Key
    entry: Entry | None
    chances: Vector


def spot_candidates(sentence: spans.Frame, names: Known) -> Iterator[tuple[int, int, Key]]:
    """All runs of tokens to be weighed, with their normal words, each once."""
    tokens = sentence.tokens
    found = dict.fromkeys(spans.candidates(sentence))
    listed = {(first, end): words for first, end, words in find_known(tokens, names)}
    for first, end in dict.fromkeys((*found, *listed)):
        words = listed.get((first, end)) or tuple(w for token in tokens[first:end] for w in normal_words(token.text))
        yield first, end, words


def known_cues(text: str, entry: Entry | None, reading: Reading) -> list[str]:
    """The cues from the lexicon and from the acronyms of the document."""
    cues = [f"lexicon={entry.kind}"] if entry else []
    if not reading.acronyms:
        return cues
    bare = text[:-1] if text.endswith("s") else text
    long = reading.expansions.get(text) or reading.expansions.get(bare)
    if long:
        cues += ["acronym", f"means={long.split()[-1].lower().rstrip('s')}", f"means first={long.split()[0].lower()}"]
    elif text in reading.long_forms:
        cues.append("expansion")
    return cues


class Weighing:
    """The weights of candidates in one sentence; what hangs on one place is added up once."""

    def __init__(self, sentence: spans.Frame, part: str, table: Weights) -> None:
        self._frame, self._tokens, self._part, self._table = sentence, sentence.tokens, part, table
        self._left: dict[int, Vector] = {}
        self._right: dict[int, Vector] = {}

    def is_hopeless(self, first: int, end: int) -> bool:
        """Whether the words of a candidate speak so much against it that nothing around them can help."""
        doubt = _against("first", self._tokens[first].text) + _against("last", self._tokens[end - 1].text)
        for token in self._tokens[first:end]:
            doubt += _against("", token.text)
        return doubt > HOPELESS

    def total(self, first: int, end: int, more: Sequence[str]) -> Vector:
        """The sum of the weights of all cues of a candidate."""
        if first not in self._left:
            cues = spans.left_cues(self._frame, first)
            self._left[first] = add([self._table.total(cues), _first(self._tokens[first].text)])
        if end not in self._right:
            cues = spans.right_cues(self._frame, end)
            self._right[end] = add([self._table.total(cues), _last(self._tokens[end - 1].text)])
        rows = [self._left[first], self._right[end], _whole(spans.outline(self._tokens, first, end, self._part))]
        rows += [_inner(token.text) for token in self._tokens[first:end]]
        for cue in more:
            if row := self._table.by_cue.get(cue):
                rows.append(row)
        return add(rows)


@lru_cache(maxsize=100_000)
def _against(role: str, text: str) -> float:
    """How much more a word speaks for no thing than for any kind of thing."""
    row = _first(text) if role == "first" else _last(text) if role == "last" else _inner(text)
    none = weights("kind").labels.index(NONE)
    return row[none] - max(row[:none] + row[none + 1 :])


@lru_cache(maxsize=50_000)
def _inner(text: str) -> Vector:
    return weights("kind").total(spans.inner_cues(text))


@lru_cache(maxsize=50_000)
def _whole(whole: spans.Outline) -> Vector:
    return weights("kind").total(spans.whole_cues(whole))


@lru_cache(maxsize=50_000)
def _first(text: str) -> Vector:
    return weights("kind").total(spans.first_cues(text))


@lru_cache(maxsize=50_000)
def _last(text: str) -> Vector:
    return weights("kind").total(spans.last_cues(text))


@dataclass(frozen=True)
class Runs:
    """The candidates of one sentence, with their normal words."""

    frame: spans.Frame
    found: Sequence[tuple[int, int, Key]]


def find_runs(reading: Reading) -> list[Runs]:
    """The candidates of each sentence."""
    names = known()
    frames = [spans.frame(tokens) for tokens in reading.tokens]
    return [Runs(frame, list(spot_candidates(frame, names))) for frame in frames]


def frequencies(runs: Sequence[Runs]) -> Mapping[Key, tuple[int, bool]]:
    """In how many sentences of the document the words of a candidate occur, and whether in the first."""
    counts = Counter(words for sentence in runs for words in {words for _, _, words in sentence.found})
    title = {words for _, _, words in runs[0].found} if runs else set()
    return {words: (count, words in title) for words, count in counts.items()}


def often_cues(frequency: tuple[int, bool], words: Key) -> list[str]:
    """The cues from how often a candidate occurs."""
    count, title = min(4, frequency[0]), frequency[1]
    return [f"often={count} {title} {min(3, len(words))}"]


def weigh(reading: Reading, sentence: int, runs: Runs, often: Mapping[Key, tuple[int, bool]]) -> list[Spot]:
    """The candidates of a sentence with their probabilities; those whose words alone rule them out are left out."""
    tokens, names = reading.tokens[sentence], known()
    none = weights("kind").labels.index(NONE)
    weighing = Weighing(runs.frame, reading.sentences[sentence].part, weights("kind"))
    found = []
    torn = reading.torn.get(sentence, ())
    for first, end, words in runs.found:
        if any(tokens[first].start < stop and start < tokens[end - 1].end for start, stop in torn):
            continue
        listed = words in names.entries or words in names.terms
        if not listed and weighing.is_hopeless(first, end):
            continue
        text = reading.text[tokens[first].start : tokens[end - 1].end]
        entry = entry_of(text, words, names) if listed else None
        more = [*known_cues(text, entry, reading), *term_cues(words, names), *often_cues(often[words], words)]
        scores = weighing.total(first, end, more)
        if scores[none] < CLEAR + max(scores[:none] + scores[none + 1 :]):
            found.append(Spot(sentence, first, end, words, entry, softmax(scores)))
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


def find_spots(reading: Reading) -> list[Spot]:
    """The mentions of a document, in order."""
    least, runs = threshold("doubtful name"), find_runs(reading)
    often = frequencies(runs)
    return [
        without_count(spot, reading.tokens[number])
        for number, found in enumerate(runs)
        for spot in choose(weigh(reading, number, found, often), least)
    ]


def without_count(spot: Spot, tokens: Sequence[Token]) -> Spot:
    """A device without the words in front that say how many there are."""
    hardware = spot.chances[weights("kind").labels.index(EntityKind.HARDWARE)]
    first = spot.first
    while hardware == max(spot.chances) and first < spot.end - 1 and is_count(tokens[first]):
        first += 1
    return spot._replace(first=first)


def is_count(token: Token) -> bool:
    """Whether a word may stand in "how many of what"."""
    return token.text.replace(",", "").isdigit() or token.lower in _counts()


@lru_cache(maxsize=1)
def _counts() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon().rows("numbers")) | {"x", "×", "single"}
