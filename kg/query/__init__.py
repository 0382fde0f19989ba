"""Asking: a question in words or a query's name, a store, and answers that show the sentences they came from.

`catalogue()` lists what can be asked, `match()` reads a question, `rows()` runs a query, `fold()` makes answers of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import UsageError
from kg.query.answers import Answer, Reason, Source
from kg.query.catalogue import SLOTS, Form, Parameter, Query, catalogue, get_query
from kg.query.folds import FOLDS, fold
from kg.query.parameters import Thing, asked_reasons, asked_year, bind, parameter_names
from kg.query.words import REASON, match, matches, resolve
from kg.store import Row, Store


@dataclass(frozen=True)
class Result:
    """The answers to a query.

    `parameters` are as the store got them (id, other, min_confidence, year), `things` are what was asked about, by slot
    ("id", "other"), each with what else its name could have meant.
    """

    query: Query
    parameters: Mapping[str, Any]
    things: Mapping[str, Thing]
    answers: tuple[Answer, ...]

    @property
    def about(self) -> str:
        """The name of the first thing that was asked about; empty where the query is about none."""
        return self.things["id"].match.name if "id" in self.things else ""


def ask(
    store: Store,
    words: str,
    *,
    parameters: Mapping[str, str] | None = None,
    min_confidence: float = 0.0,
    year: int | None = None,
    limit: int | None = None,
) -> Result:
    """Asks a question in words, or the query of that name with its parameters ("method", "dataset", …, "reason").

    `min_confidence` and `year` (of the stating paper) narrow what is read, `limit` bounds the answers.

    Raises NotFoundError for an unknown question, query or name, and UsageError for parameters that cannot be.
    """
    _check(min_confidence, limit)
    query, given, reasons, things = _understood(store, _asked(words, parameters or {}))
    year = asked_year(given, year)
    ids = {slot: things[slot].match.id if slot in things else None for slot in SLOTS}
    bound = {**ids, "min_confidence": float(min_confidence), "year": year}
    found = [row for row in rows(store, query, bound) if row["reason"] in reasons]
    names = [things[slot].match.name if slot in things else "" for slot in SLOTS]
    return Result(query, bound, things, fold(query, found, *names)[:limit])


def rows(store: Store, query: Query, parameters: Mapping[str, Any]) -> list[Row]:
    """The rows of a query, one per answer, reason and statement; parameters are id, other, min_confidence and year."""
    return store.ask(query.cypher, parameters)


def _check(min_confidence: float, limit: int | None) -> None:
    if not 0 <= min_confidence <= 1:
        raise UsageError(f"min_confidence is {min_confidence}; it lies between 0 and 1")
    if limit is not None and limit < 1:
        raise UsageError(f"limit is {limit}; it is 1 or more")


def _asked(words: str, parameters: Mapping[str, str]) -> Iterator[tuple[Query, dict[str, str]]]:
    """The query that is named, or those that may be asked in words, with what is said of each."""
    name = words.strip()
    if name in {query.name for query in catalogue()} or (parameters and " " not in name):
        yield get_query(name), dict(parameters)
    else:
        yield from ((query, {**said, **parameters}) for query, said in matches(words))


def _understood(
    store: Store, readings: Iterable[tuple[Query, dict[str, str]]]
) -> tuple[Query, dict[str, str], frozenset[str], dict[str, Thing]]:
    """The first reading whose names are known, with its reasons and the things they name; raises the first one's error where none is."""
    errors: list[UsageError] = []
    for query, given in readings:
        try:
            return query, given, asked_reasons(query, given), bind(store, query, given)
        except UsageError as error:
            errors.append(error)
    raise errors[0]


__all__ = [
    "FOLDS", "REASON", "Answer", "Form", "Parameter", "Query", "Reason", "Result", "Source", "Thing", "ask", "catalogue",
    "fold", "get_query", "match", "matches", "parameter_names", "resolve", "rows",
]  # fmt: skip
