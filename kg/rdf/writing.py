"""The graph as triples, N-Triples and Turtle: streaming, no triple twice; files sorted, the same bytes for the same graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, TypeVar

from pyoxigraph import RdfFormat, Triple, parse, serialize

from kg.model import Element
from kg.rdf.lines import ntriples
from kg.rdf.sorting import sorted_lines
from kg.rdf.terms import DEFAULT_BASE, prefixes

_BATCH = 5_000
Item = TypeVar("Item")


def triples(elements: Iterable[Element], base: str = DEFAULT_BASE) -> Iterator[Triple]:
    """The triples of a graph, none twice, given its elements in their order: nodes, then edges by kind, head and tail.

    Raises UsageError for a base that is no absolute IRI ending in a slash, KgError for an id that makes no IRI.
    """
    return _parsed(_encoded(elements, base))


def write_ntriples(elements: Iterable[Element], stream: IO[bytes], base: str = DEFAULT_BASE) -> int:
    """Writes canonical N-Triples, sorted by line; returns how many triples.

    Raises UsageError for a base that is no absolute IRI ending in a slash, KgError for an id that makes no IRI.
    """
    count = 0
    for lines in _batches(sorted_lines(_encoded(elements, base))):
        stream.write(b"".join(lines))
        count += len(lines)
    return count


def write_turtle(elements: Iterable[Element], stream: IO[bytes], base: str = DEFAULT_BASE) -> int:
    """Writes Turtle, sorted and grouped by subject, with the prefixes of the context; returns how many triples.

    Raises UsageError for a base that is no absolute IRI ending in a slash, KgError for an id that makes no IRI.
    """
    count = 0

    def counted() -> Iterator[bytes]:
        nonlocal count
        for line in sorted_lines(_encoded(elements, base)):
            count += 1
            yield line

    serialize(_parsed(counted()), stream, RdfFormat.TURTLE, prefixes=dict(prefixes(base)))
    return count


def _encoded(elements: Iterable[Element], base: str) -> Iterator[bytes]:
    return (line.encode() for line in ntriples(elements, base))


def _parsed(lines: Iterable[bytes]) -> Iterator[Triple]:
    for batch in _batches(lines):
        for quad in parse(b"".join(batch), RdfFormat.N_TRIPLES):
            yield quad.triple


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
