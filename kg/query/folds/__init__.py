"""Rows into answers, by the shape of a query: one function a shape in FOLDS. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.query.answers import Answer
from kg.query.catalogue import Query
from kg.query.folds.claims import fold_claims
from kg.query.folds.counts import fold_counts
from kg.query.folds.devices import fold_devices
from kg.query.folds.lineage import fold_lineage
from kg.query.folds.paths import fold_paths
from kg.query.folds.reasons import fold_reasons
from kg.query.folds.results import fold_results
from kg.store import Row

Fold = Callable[[Query, Iterable[Row], str, str], tuple[Answer, ...]]

FOLDS: dict[str, Fold] = {
    "claims": fold_claims,
    "counts": fold_counts,
    "devices": fold_devices,
    "lineage": fold_lineage,
    "paths": fold_paths,
    "reasons": fold_reasons,
    "results": fold_results,
}
"""What a query file may name as its `shape`, and the function that makes answers of its rows.

A function takes the query, its rows and the names of what was asked about (`about`, and `other` where a question names
two things), and gives the answers in their order.
"""


def fold(query: Query, rows: Iterable[Row], about: str, other: str = "") -> tuple[Answer, ...]:
    """The answers that a query's rows give, best first; `about` and `other` name what was asked about."""
    return FOLDS[query.shape](query, rows, about, other)


__all__ = ["FOLDS", "fold"]
