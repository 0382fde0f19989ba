"""Log-linear weighing: each cue of a candidate adds its weights, and the sums become probabilities.

The tables `cues_weights_*.tsv` have a column for the cue and one for each label; a cue that is not listed adds nothing.
The weights were fitted to annotated papers (`tests/benchmarks/fit_cues.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.lexicon import lexicon

Vector = tuple[float, ...]


@dataclass(frozen=True)
class Weights:
    """The weights of cues for labels."""

    labels: tuple[str, ...]
    by_cue: Mapping[str, Vector]

    def total(self, cues: Iterable[str]) -> Vector:
        """The sum of the weights of cues, a number for each label."""
        rows = [*filter(None, map(self.by_cue.get, cues))]
        return add(rows) if rows else (0.0,) * len(self.labels)


def add(rows: Sequence[Vector]) -> Vector:
    """The sum of vectors, of which there is at least one."""
    return tuple(map(sum, zip(*rows, strict=True))) if len(rows) > 1 else rows[0]


def softmax(scores: Vector) -> Vector:
    """Probabilities of labels of which one holds."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    whole = sum(powers)
    return tuple([power / whole for power in powers])


def logistic(score: float) -> float:
    """The probability of a label that holds or not."""
    return 1 / (1 + math.exp(-score)) if score > -60 else 0.0


@cache
def weights(name: str) -> Weights:
    """The weights in `cues_weights_<name>.tsv`."""
    table = lexicon().rows(f"cues_weights_{name}")
    labels = tuple(column for column in table[0] if column != "cue")
    return Weights(labels, {row["cue"]: tuple(float(row[label] or 0) for label in labels) for row in table})


@cache
def threshold(of: str) -> float:
    """The probability from which on something is stated: a name, an introduction, a kind of relation or claim."""
    return next(float(row["least"]) for row in lexicon().rows("cues_thresholds") if row["kind"] == of)
