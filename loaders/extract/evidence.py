"""Which sentence of a document states a relation: the first of several grounds that any sentence gives.

Cues add up to whether a relation holds, but the sentence with most of them may be background. A sentence that says it
outright is preferred: one where a pattern was found, one of the paper's own that compares, one that names a
shortcoming. Among sentences with the same ground, the one with the strongest cues wins, then the first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from kg.model import PAPER, EdgeKind
from loaders.extract.cast import Cast
from loaders.extract.measured import precision
from loaders.extract.pairs import Pair

PRECISE = 0.25
"""A pattern measured to be right less often than this makes no sentence a better one."""
CLEAR = 0.4
"""A pattern measured to be right this often goes before others."""
_HINT = "shortcoming"
"""The pattern that is a ground of its own."""


class Evidence(NamedTuple):
    """A sentence by its number, and the ground on which it was chosen: "" where only its cues speak for it."""

    sentence: int
    ground: str


@dataclass(frozen=True)
class Case:
    """A pair under one kind, with how strongly the cues of each of its sentences speak for that kind."""

    cast: Cast
    pair: Pair
    kind: EdgeKind
    strengths: Mapping[int, float]

    @property
    def body(self) -> list[int]:
        """The sentences of the pair after the title."""
        return [number for number in self.strengths if number > 0]

    def names_head(self, sentence: int) -> bool:
        """Whether a sentence names the head; for "paper", something else than the tail that the paper introduces."""
        if self.pair.head != PAPER:
            return sentence in self.cast.places[self.pair.head]
        return any(thing.group.id != self.pair.tail for thing in self.cast.introduced.get(sentence, ()))

    def is_own(self, sentence: int) -> bool:
        """Whether a sentence speaks of the head."""
        own_work = self.pair.head == PAPER and self.cast.says(sentence, "own work")
        return own_work or self.names_head(sentence)

    def pattern(self, sentence: int) -> float:
        """The precision of the best pattern of the kind in a sentence."""
        fired = self.pair.fired.get(sentence, ())
        return max((precision(f.rule, f.kind) for f in fired if f.kind is self.kind and f.rule != _HINT), default=0.0)


def _patterns(case: Case) -> list[int]:
    found = [number for number in case.strengths if case.pattern(number) >= PRECISE]
    return [number for number in found if case.pattern(number) >= CLEAR] or found


def _comparisons(case: Case) -> list[int]:
    group = "winning" if case.kind is EdgeKind.IMPROVES_ON else "comparing"
    return [number for number in case.body if case.cast.says(number, group) and case.is_own(number)]


def _shortcomings(case: Case) -> list[int]:
    return [number for number in case.body if case.cast.says(number, "falling short")]


def _followed(case: Case) -> list[int]:
    """The sentences that name a shortcoming right after one that names the tail."""
    if case.pair.head != PAPER:
        return []
    after = [number + 1 for number in case.body if number + 1 < len(case.cast.reading.sentences)]
    return [number for number in after if case.cast.says(number, "falling short")]


def _group_beaten(case: Case) -> list[int]:
    """The sentences after the tail in which the paper beats "existing methods", which take it in.

    Of those that do not name the tail only the first, since no other can be chosen.
    """
    if case.pair.head != PAPER or not case.body:
        return []
    after = islice(case.cast.beating, bisect_right(case.cast.beating, min(case.body)), None)
    first = next((number for number in after if case.is_own(number)), None)
    naming = [number for number in case.body if number in case.cast.beating and case.is_own(number)]
    return [] if first is None else [first, *(number for number in naming if number > first)]


def _own(case: Case) -> list[int]:
    return [number for number in case.strengths if case.is_own(number)]


def _own_after_title(case: Case) -> list[int]:
    return [number for number in case.body if case.is_own(number)]


Ground = tuple[str, Callable[[Case], Iterable[int]]]
_OWN: tuple[Ground, ...] = (("own", _own),)
GROUNDS: Mapping[EdgeKind, tuple[Ground, ...]] = {
    EdgeKind.IMPROVES_ON: (
        ("pattern", _patterns),
        ("comparison", _comparisons),
        ("shortcoming", _shortcomings),
        ("shortcoming after", _followed),
        ("group beaten", _group_beaten),
        ("", _own_after_title),
    ),
    EdgeKind.COMPARED_WITH: (("pattern", _patterns), ("comparison", _comparisons), ("", _own_after_title)),
    EdgeKind.BUILDS_ON: _OWN,
    EdgeKind.ADDRESSES: _OWN,
    EdgeKind.RUNS_ON: _OWN,
}
"""The grounds of each kind in the order of trial; the other kinds are stated best where their cues are strongest."""


def choose_evidence(case: Case) -> Evidence:
    """The sentence that states a relation best."""
    for ground, find in GROUNDS.get(case.kind, ()):
        if found := [*find(case)]:
            return Evidence(_strongest(case, found), ground)
    return Evidence(_strongest(case, case.strengths), "")


def _strongest(case: Case, sentences: Iterable[int]) -> int:
    """The sentence with the strongest cues; one that does not name the tail has none."""
    return max(sentences, key=lambda number: (case.strengths.get(number, float("-inf")), -number))
