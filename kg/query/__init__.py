"""Asking: a question in words or a query's name, a store, and answers that show the sentences they came from.

`catalogue()` lists what can be asked, `match()` reads a question, `rows()` runs a query, `fold()` makes answers of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
    ("id", "other"), each with what else its name could have meant. `guessed` is the question as it was understood, where it has no form.
    """

    query: Query
    parameters: Mapping[str, Any]
    things: Mapping[str, Thing]
    answers: tuple[Answer, ...]
    guessed: str = ""

    @property
    def about(self) -> str:
        """The name of the first thing that was asked about; empty where the query is about none."""
        return self.things["id"].match.name if "id" in self.things else ""


@dataclass(frozen=True)
class _Understood:
    """What is asked: a query, what is said of it in words, the reasons that count, and the things that are meant."""

    query: Query
    given: Mapping[str, str]
    reasons: frozenset[str]
    things: Mapping[str, Thing]
    guessed: str = ""


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
    asked = _understood(store, words.strip(), parameters or {})
    query, things, year = asked.query, asked.things, asked_year(asked.given, year)
    ids = {slot: things[slot].match.id if slot in things else None for slot in SLOTS}
    bound = {**ids, "min_confidence": float(min_confidence), "year": year}
    found = [row for row in rows(store, query, bound) if row["reason"] in asked.reasons]
    names = [things[slot].match.name if slot in things else "" for slot in SLOTS]
    return Result(query, bound, things, fold(query, found, *names)[:limit], asked.guessed)


def rows(store: Store, query: Query, parameters: Mapping[str, Any]) -> list[Row]:
    """The rows of a query, one per answer, reason and statement; parameters are id, other, min_confidence and year."""
    return store.ask(query.cypher, parameters)


def _check(min_confidence: float, limit: int | None) -> None:
    if not 0 <= min_confidence <= 1:
        raise UsageError(f"min_confidence is {min_confidence}; it lies between 0 and 1")
    if limit is not None and limit < 1:
        raise UsageError(f"limit is {limit}; it is 1 or more")


def _is_name(words: str, parameters: Mapping[str, str]) -> bool:
    """Whether a query is named, not asked in words: by its own name, or by a wrong one with what it should be about."""
    return words in {query.name for query in catalogue()} or (bool(parameters) and " " not in words)


def _understood(store: Store, words: str, parameters: Mapping[str, str]) -> _Understood:
    """The query that is named; else the first reading whose names are known; else what is most probably asked."""
    if _is_name(words, parameters):
        return _bound(store, get_query(words), parameters)
    try:
        return _first(store, [(query, {**said, **parameters}) for query, said in matches(words)])
    except UsageError:
        from kg.query.guesses import guess  # what it needs of the index costs a tenth of a plain question

        likely = guess(store, words)
        if likely is None:
            raise
    narrow = {REASON: likely.form.reason} if likely.form.reason else {}
    return replace(_bound(store, likely.query, {**narrow, **likely.names, **parameters}), guessed=likely.words)


def _first(store: Store, readings: Iterable[tuple[Query, Mapping[str, str]]]) -> _Understood:
    """The first reading whose names are known; raises the first one's error where none is."""
    errors: list[UsageError] = []
    for query, given in readings:
        try:
            return _bound(store, query, given)
        except UsageError as error:
            errors.append(error)
    raise errors[0]


def _bound(store: Store, query: Query, given: Mapping[str, str]) -> _Understood:
    return _Understood(query, given, asked_reasons(query, given), bind(store, query, given))


__all__ = [
    "FOLDS", "REASON", "Answer", "Form", "Parameter", "Query", "Reason", "Result", "Source", "Thing", "ask", "catalogue",
    "fold", "get_query", "match", "matches", "parameter_names", "resolve", "rows",
]  # fmt: skip
