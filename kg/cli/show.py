"""`kg show` and `kg stats`: what one thing is, and how much there is of everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from kg.cli.names import get_match
from kg.cli.options import Words, joined, json_option, opened, store_option
from kg.cli.output import Prose, counted, on_terminal, print_lines, print_rows, quotes

if TYPE_CHECKING:
    from kg.query.describe import Description, Line, Source

_COLUMNS = (
    "subject",
    "property",
    "object",
    "name",
    "paper_id",
    "title",
    "year",
    "confidence",
    "sentence",
    "statement",
    "by",
)
_FOR_PEOPLE = 10
_SENTENCES = 2


@click.command()
@click.argument("words", nargs=-1, required=True, type=Words(), metavar="NAME|ID")
@click.option("--limit", type=click.IntRange(1), help="Edges of each kind; default: 10 on a terminal, else all.")
@json_option
@store_option
def show(words: tuple[str, ...], limit: int | None, as_json: bool, address: str) -> None:
    """Show what a thing or a paper is, with the sentences.

    NAME may be a name, an alias, an id, or a paper's title. Shown are its names and its edges by kind, with the papers
    that state them and their words.
    """
    from kg.query.describe import describe

    text = joined(words)
    with opened(address) as store:
        found = describe(store, text) or describe(store, get_match(store, text).id)
    assert found, "what was found by name is there"
    if on_terminal() and not as_json:
        print_lines(_prose(found, limit or _FOR_PEOPLE))
    else:
        print_rows(_COLUMNS, _rows(found, limit), as_json=as_json)


def _by_edge(lines: Iterable[Line]) -> Iterator[tuple[str, list[Line]]]:
    return ((edge, list(found)) for edge, found in groupby(lines, key=lambda line: line.edge))


def _rows(found: Description, limit: int | None) -> Iterator[tuple[Any, ...]]:
    """The description as subject, property and object, an edge once for each sentence that states it."""
    nothing = (None,) * 7
    yield found.id, "kind", found.kind, found.name, *nothing
    for name, value in found.properties:
        yield found.id, name, value, None, *nothing
    for written, papers in found.names:
        yield found.id, "written", written, counted(papers, "paper"), *nothing
    for edge, lines in _by_edge(found.lines):
        for line in lines[:limit]:
            name = line.head_name if line.tail == found.id else line.tail_name
            for s in line.sources or (None,):
                yield line.head, edge, line.tail, name, *(_source_cells(s) if s else nothing)


def _source_cells(s: Source) -> tuple[Any, ...]:
    return s.paper_id, s.title, s.year, s.confidence, s.sentence, s.statement, s.by


def _prose(found: Description, limit: int) -> Iterator[Prose]:
    """The description as a page for a person."""
    yield 0, "bold", found.name
    yield 2, "", f"{found.kind} · {found.id}"
    for name, value in found.properties:
        if value != found.name:
            yield 2, "", f"{name}: {', '.join(value) if isinstance(value, tuple) else value}"
    if found.names:
        yield 2, "", "written: " + ", ".join(f"{written} ({papers:,})" for written, papers in found.names[:limit])
    for edge, lines in _by_edge(found.lines):
        yield 0, "", ""
        yield 0, "bold", f"{edge} ({len(lines):,})"
        for line in lines[:limit]:
            yield from _line_prose(line, found.id)
        if len(lines) > limit:
            yield 2, "dim", f"… and {len(lines) - limit:,} more: --limit {len(lines)}"


def _line_prose(line: Line, page: str) -> Iterator[Prose]:
    """An edge and its first sources."""
    yield 2, "", f"{line.head_name} → {line.tail_name}"
    yield from quotes(line.sources, 4, limit=_SENTENCES, page=page)


@click.command()
@json_option
@store_option
def stats(as_json: bool, address: str) -> None:
    """Count what the graph holds: nodes, edges."""
    from kg.query.counts import counts

    with opened(address) as store:
        rows = counts(store)
    print_rows(("name", "count"), rows, as_json=as_json)
