"""Asking: a question in words or a query's name, a store, and answers that show the sentences they came from.

`catalogue()` lists what can be asked, `match()` reads a question, `rows()` runs a query, `fold()` makes answers of rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import UsageError
from kg.query.answers import Answer, Reason, Source, fold
from kg.query.catalogue import Form, Parameter, Query, catalogue, get_query
from kg.query.words import REASON, match, resolve
from kg.store import Match, Row, Store

_FAMILY_OF = {"model": "method", "benchmark": "dataset", "device": "hardware"}
"""Kinds that a person may name a parameter by, and their families."""


@dataclass(frozen=True)
class Result:
    """The answers to a query about one thing.

    `parameters` are as the store got them (id, min_confidence, year), `about` is the thing, `others` are the things
    that its name could also have meant.
    """

    query: Query
    parameters: Mapping[str, Any]
    about: Match
    answers: tuple[Answer, ...]
    others: tuple[Match, ...]


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
    query, given = _asked(words, parameters or {})
    reason = _reason(query, given)
    text, families = _about(query, given)
    about, others = resolve(store, text, families)
    bound = {"id": about.id, "min_confidence": float(min_confidence), "year": year}
    found = [row for row in rows(store, query, bound) if reason in (None, row["reason"])]
    return Result(query, bound, about, fold(query, found, about.name)[:limit], others)


def rows(store: Store, query: Query, parameters: Mapping[str, Any]) -> list[Row]:
    """The rows of a query, one per answer, reason and statement; parameters are id, min_confidence and year."""
    return store.ask(query.cypher, parameters)


def parameter_names() -> tuple[str, ...]:
    """All names by which `ask` takes a parameter: those in the query files, the families and kinds, and "reason"."""
    own = {name for query in catalogue() for p in query.parameters for name in (p.name, *p.families)}
    return (*sorted(own | set(_FAMILY_OF)), REASON)


def _check(min_confidence: float, limit: int | None) -> None:
    if not 0 <= min_confidence <= 1:
        raise UsageError(f"min_confidence is {min_confidence}; it lies between 0 and 1")
    if limit is not None and limit < 1:
        raise UsageError(f"limit is {limit}; it is 1 or more")


def _asked(words: str, parameters: Mapping[str, str]) -> tuple[Query, dict[str, str]]:
    """The query that is named or asked in words, with what is said of it."""
    name = words.strip()
    if name in {query.name for query in catalogue()}:
        return get_query(name), dict(parameters)
    if parameters and " " not in name:
        return get_query(name), dict(parameters)
    query, said = match(words)
    return query, {**said, **parameters}


def _reason(query: Query, given: dict[str, str]) -> str | None:
    """Takes the reason out of what is given."""
    reason = given.pop(REASON, None)
    if reason is not None and reason not in query.reasons:
        raise UsageError(f"no reason {reason!r} in {query.name}; there are: {', '.join(query.reasons)}")
    return reason


def _about(query: Query, given: Mapping[str, str]) -> tuple[str, Sequence[str]]:
    """The words for the thing asked about, and the families in which it is looked for."""
    takes = " or ".join(f"{p.name} ({p.help})" for p in query.parameters)
    if len(given) != 1:
        raise UsageError(f"{query.name} takes one of: {takes}" if given else f"{query.name} needs {takes}")
    [(name, text)] = given.items()
    for parameter in query.parameters:
        if name == parameter.name:
            return text, parameter.families
        if _FAMILY_OF.get(name, name) in parameter.families:
            return text, (_FAMILY_OF.get(name, name),)
    raise UsageError(f"{query.name} takes no {name}; it takes {takes}")


__all__ = [
    "REASON", "Answer", "Form", "Parameter", "Query", "Reason", "Result", "Source", "ask", "catalogue", "fold", "get_query",
    "match", "parameter_names", "resolve", "rows",
]  # fmt: skip
