"""How often each rule was right on annotated papers: `rule_precision.tsv`, which gives every statement its confidence.

A row of the table is a rule, the kind of what it finds, and the share that was right. The rules that weigh cues have a
row for each band of their probability, from its lower bound on; a pattern has one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from kg.lexicon import lexicon

FEWEST = 8
"""A band or rule measured on fewer cases says nothing yet."""


@cache
def measured() -> Mapping[tuple[str, str], tuple[tuple[float, float], ...]]:
    """For each rule and kind, lower bound of probability and precision, ascending."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for row in lexicon().rows("rule_precision"):
        if int(row["count"]) >= FEWEST:
            found.setdefault((row["rule"], row["kind"]), []).append((float(row["from"]), float(row["precision"])))
    return {rule: tuple(_rising(sorted(bands))) for rule, bands in found.items()}


def _rising(bands: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The bands with a precision never below that of a lower band."""
    highest = 0.0
    for lower, precision in bands:
        highest = max(highest, precision)
        yield lower, highest


def confidence(rule: str, kind: str, chance: float) -> float:
    """How often what a rule gave this probability was right; the probability itself where that was not measured."""
    bands = measured().get((rule, kind)) or measured().get((rule, "any")) or ()
    fitting = [precision for lower, precision in bands if lower <= chance]
    return fitting[-1] if fitting else bands[0][1] if bands else round(chance, 3)


def precision(rule: str, kind: str) -> float:
    """How often a pattern was right; 0 where that was not measured."""
    bands = measured().get((f"pattern/{rule}", kind), ())
    return bands[0][1] if bands else 0.0
