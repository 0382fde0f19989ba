"""`kg show` and `kg stats`: what one thing is, and how much there is of everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from kg.cli.names import get_match
from kg.cli.options import Words, joined, json_option, opened, store_option
from kg.cli.output import Prose, cell, counted, on_terminal, print_lines, print_rows, quotes
from kg.cli.pages import Page, page_option, write_thing
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.query.describe import Description, Fact
    from kg.query.lines import Line, Source

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
@click.option("--text", "with_text", is_flag=True, help="Show the text of a document, too.")
@page_option
@json_option
@store_option
def show(
    words: tuple[str, ...], limit: int | None, with_text: bool, page: Page | None, as_json: bool, address: str
) -> None:
    """Show what a thing or a paper is, with the sentences.

    NAME may be a name, an alias, a paper's title or the id of anything: an entity, paper, claim, document, author or
    decision, or a statement. Shown are what it is and its edges by kind, with the papers that state them and their
    words. What was rejected is shown where its own id is asked for, and says so.
    """
    from kg.query.describe import describe

    text = joined(words)
    with opened(address) as store:
        found = describe(store, text, text=with_text) or describe(store, get_match(store, text).id)
        assert found, "what was found by name is there"
        if with_text and not any(fact.name == "text" for fact in found.facts):
            raise UsageError(f"{found.id} has no text of its own: --text goes with the id of a document")
        if page:
            write_thing(store, found, page, limit=limit)
    if page:
        return
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
    for fact in found.facts:
        yield found.id, fact.name, fact.value, fact.label, *nothing
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
    for fact in found.facts:
        if fact.value != found.name:
            yield from _fact_prose(fact)
    if found.names:
        yield 2, "", "written: " + ", ".join(f"{written} ({papers:,})" for written, papers in found.names[:limit])
    for edge, lines in _by_edge(found.lines):
        yield 0, "", ""
        yield 0, "bold", f"{edge} ({len(lines):,})"
        for line in lines[:limit]:
            yield from _line_prose(line, found.id)
        if len(lines) > limit:
            yield 2, "dim", f"… and {len(lines) - limit:,} more: --limit {len(lines)}"


def _fact_prose(fact: Fact) -> Iterator[Prose]:
    """A fact on a line; a text keeps its own lines."""
    if fact.name == "text":
        yield 2, "", "text:"
        yield from ((4, "", line) for line in str(fact.value).split("\n"))
    else:
        yield 2, "", f"{fact.name}: {cell(fact.value)}{f' ({fact.label})' if fact.label else ''}"


def _line_prose(line: Line, page: str) -> Iterator[Prose]:
    """An edge and its first sources, or the id of its other end where no sentence states it; a paper's own title is spared."""
    ends = (line.head, line.head_name), (line.tail, line.tail_name)
    head, tail = ("" if id == page and id.startswith("paper/") else name for id, name in ends)
    yield 2, "", f"{head} → {tail}".strip()
    if not line.sources:
        yield 6, "dim", line.head if line.tail == page else line.tail
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
