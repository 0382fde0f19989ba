"""What a query is asked about: words that were given by name, to the slots of the query and the things they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import UsageError
from kg.query.catalogue import Parameter, Query, catalogue
from kg.query.forms import YEAR
from kg.query.words import REASON, resolve
from kg.store import Match, Store

_FAMILY_OF = {"model": "method", "benchmark": "dataset", "device": "hardware"}
"""Kinds that a person may name a parameter by, and their families."""


@dataclass(frozen=True)
class Thing:
    """A thing that is asked about, and the others that its name could also have meant."""

    match: Match
    others: tuple[Match, ...]


def parameter_names() -> tuple[str, ...]:
    """All names by which `ask` takes a parameter: those in the query files, the families and kinds, and "reason"."""
    own = {name for query in catalogue() for p in query.parameters for name in (p.name, *p.families)}
    return (*sorted(own | set(_FAMILY_OF)), REASON)


def bind(store: Store, query: Query, given: Mapping[str, str]) -> dict[str, Thing]:
    """The thing in each slot that is filled; a reason and a year fill none.

    Raises UsageError for parameters that the query does not take or lacks, and for two names of one thing;
    NotFoundError for a name of nothing.
    """
    filled: dict[str, tuple[str, Sequence[str]]] = {}
    for name in (name for name in given if name not in (REASON, YEAR)):
        slot, families = _place(query, name, filled)
        filled[slot] = (given[name], families)
    for slot in query.slots:
        if slot not in filled and query.needs(slot):
            raise UsageError(f"{query.name} needs {_takes(p for p in query.parameters if p.binds == slot)}")
    things = {slot: Thing(*resolve(store, words, families)) for slot, (words, families) in filled.items()}
    if len(things) > len({thing.match.id for thing in things.values()}):
        match = next(iter(things.values())).match
        raise UsageError(f"both names mean {match.id} ({match.name}): ask about two different things")
    return things


def asked_reasons(query: Query, given: Mapping[str, str]) -> frozenset[str]:
    """The reasons to which answers are narrowed: all unless some are named.

    Commas stand between several names of reasons or tiers. Raises UsageError for a name that the query does not have.
    """
    if REASON not in given:
        return frozenset(query.reasons)
    names = [name.strip().casefold() for name in given[REASON].strip(" ,").split(",")]
    wanted = {name: query.reasons_of(name) for name in names}
    unknown = next((name for name, reasons in wanted.items() if not reasons), None)
    if unknown is not None:
        there = ", ".join([*query.headings, *query.reasons])
        raise UsageError(f"no reason {unknown!r} in {query.name}; there are: {there}")
    return frozenset(reason for reasons in wanted.values() for reason in reasons)


def asked_year(given: Mapping[str, str], year: int | None) -> int | None:
    """The year that is asked for; raises UsageError where the question names another."""
    named = int(given[YEAR]) if YEAR in given else year
    if None not in (year, named) and year != named:
        raise UsageError(f"the question is about {named}, the option about {year}: name one year")
    return named


def _place(query: Query, name: str, filled: Mapping[str, object]) -> tuple[str, Sequence[str]]:
    """The slot for a parameter that is named by its own name, or by the family or kind of what it names."""
    family = _FAMILY_OF.get(name, name)
    own = [p for p in query.parameters if p.name == name]
    fitting = own or [p for p in query.parameters if family in p.families]
    if not fitting:
        raise UsageError(f"{query.name} takes no {name}; it takes {_takes(query.parameters)}")
    free = [p for p in fitting if p.binds not in filled]
    if not free:
        alike = [p for p in query.parameters if p.binds == fitting[0].binds]
        raise UsageError(f"{query.name} takes one of: {_takes(alike)}")
    return free[0].binds, free[0].families if own else (family,)


def _takes(parameters: Iterable[Parameter]) -> str:
    return " or ".join(f"{p.name} ({p.help})" for p in parameters)
