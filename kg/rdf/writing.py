"""The graph as N-Triples and Turtle: streaming, sorted, no triple twice, the same bytes for the same graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, TypeVar

from pyoxigraph import RdfFormat, Triple, parse, serialize

from kg.model import Element
from kg.rdf.sorting import sorted_lines
from kg.rdf.terms import DEFAULT_BASE, prefixes
from kg.rdf.triples import triples

_BATCH = 5_000
Item = TypeVar("Item")


def write_ntriples(elements: Iterable[Element], stream: IO[bytes], base: str = DEFAULT_BASE) -> int:
    """Writes canonical N-Triples, sorted by line; returns how many triples.

    Raises UsageError for a base that is no absolute IRI ending in a slash.
    """
    count = 0
    for lines in _batches(_lines(elements, base)):
        stream.write(b"".join(lines))
        count += len(lines)
    return count


def write_turtle(elements: Iterable[Element], stream: IO[bytes], base: str = DEFAULT_BASE) -> int:
    """Writes Turtle, sorted and grouped by subject, with the prefixes of the context; returns how many triples.

    Raises UsageError for a base that is no absolute IRI ending in a slash.
    """
    count = 0

    def counted() -> Iterator[Triple]:
        nonlocal count
        for lines in _batches(_lines(elements, base)):
            count += len(lines)
            for quad in parse(b"".join(lines), RdfFormat.N_TRIPLES):
                yield quad.triple

    serialize(counted(), stream, RdfFormat.TURTLE, prefixes=dict(prefixes(base)))
    return count


def _lines(elements: Iterable[Element], base: str) -> Iterator[bytes]:
    return sorted_lines(_ntriples(batch) for batch in _batches(triples(elements, base)))


def _ntriples(batch: list[Triple]) -> bytes:
    text = serialize(batch, format=RdfFormat.N_TRIPLES)
    assert text is not None, "pyoxigraph returns the text where no output is given"
    return text


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
