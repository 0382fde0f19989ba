"""Tags of words into spans: the best sequence in which an inner word follows only a word of its own kind (Viterbi, 1967)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from loaders.extract.trained.labels import KINDS, TAGS
from loaders.extract.trained.text import Span

Floats = NDArray[np.float32]
_NEVER = -1e9
_FOLLOWS = np.array(
    [[_NEVER if after[0] == "I" and before[2:] != after[2:] else 0.0 for after in TAGS] for before in TAGS],
    dtype=np.float32,
)
_BEGINS = np.array([_NEVER if tag[0] == "I" else 0.0 for tag in TAGS], dtype=np.float32)


def best_tags(scores: Floats) -> list[int]:
    """The best allowed sequence of tags for scores `words × tags` (log probabilities)."""
    best, back = scores[0] + _BEGINS, []
    for row in scores[1:]:
        total = best[:, None] + _FOLLOWS
        origin = total.argmax(0)
        best = total[origin, np.arange(len(TAGS))] + row
        back.append(origin)
    path = [int(best.argmax())]
    for origin in reversed(back):
        path.append(int(origin[path[-1]]))
    return path[::-1]


def spans_of(tags: Sequence[int]) -> list[Span]:
    """The spans that a sequence of tags marks."""
    found: list[Span] = []
    first = None
    for at, tag in enumerate([*tags, 0]):
        if first is not None and TAGS[tag][0] != "I":
            found.append((first, at))
            first = None
        if TAGS[tag][0] == "B":
            first = at
    return found


def leaning_spans(scores: Floats, leanings: Sequence[float]) -> set[Span]:
    """The spans of the best tags, found with ever less heed to "no name": for each leaning its log odds are taken off."""
    found: set[Span] = set()
    for leaning in leanings:
        leant = scores.copy()
        leant[:, 0] -= leaning
        found.update(spans_of(best_tags(leant)))
    return found


def span_chances(chances: Floats, spans: Sequence[Span]) -> Floats:
    """The probability of each kind, and of none, that the tags of spans give on average; the least sure word counts."""
    rows = []
    for first, end in spans:
        inner = chances[first + 1 : end, 2::2]
        kinds = np.minimum(chances[first, 1::2], inner.min(0) if len(inner) else 1.0)
        rows.append([*kinds, max(0.0, 1.0 - float(kinds.sum()))])
    return np.asarray(np.mean(rows, axis=0), dtype=np.float32)


__all__ = ["KINDS", "Floats", "best_tags", "leaning_spans", "span_chances", "spans_of"]
