"""Rows as people and programs want them: a table on a terminal, TSV in a pipe, JSON when asked for.

Data never reaches a stream raw: a title that holds an escape sequence must not move anybody's cursor.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import click

if TYPE_CHECKING:
    from kg.model import Report

_SPACING = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LONG = 1000
_NARROWEST = 20

Row = Sequence[Any]
Prose = tuple[int, str, str | Sequence[tuple[str, str]]]
"""A line for a person: indentation, style ("" for none) and text, or pieces of text each with a style of its own."""


def printable(text: str) -> str:
    """A text on one line, with U+FFFD for what would steer a terminal.

    >>> printable("a\\tb\\x1b[31m")
    'a b\ufffd[31m'
    """
    return _UNPRINTABLE.sub("\ufffd", _SPACING.sub(" ", text))


def one_line(text: str) -> str:
    """A message on one line of bounded length."""
    line = printable(text)
    return line if len(line) <= _LONG else f"{line[: _LONG - 1]}…"


def cell(value: object) -> str:
    """A value as a cell of a table: nothing for None, commas between the members of a list."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ", ".join(cell(member) for member in value)
    if isinstance(value, dict):
        return printable(to_json(value, indent=None))
    return printable(str(value))


def to_json(value: object, *, indent: int | None = 2) -> str:
    """A value as JSON in which everything that could steer a terminal is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return _UNPRINTABLE.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text)


def on_terminal() -> bool:
    """Whether a person reads stdout."""
    return sys.stdout.isatty()


def print_json(value: object) -> None:
    """Prints a value as JSON."""
    click.echo(to_json(value))


def print_rows(columns: Sequence[str], rows: Iterable[Row], *, as_json: bool = False) -> None:
    """Prints rows as a list of objects, a table or TSV; no rows at all print nothing but `[]`."""
    rows = list(rows)
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif rows and on_terminal():
        _print_table(columns, rows)
    elif rows:
        for row in (columns, *rows):
            click.echo("\t".join(map(cell, row)))


def _print_table(columns: Sequence[str], rows: Iterable[Row]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(Text(printable(column)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell(value)) for value in row))
    Console(highlight=False).print(table)


def print_lines(lines: Iterable[Prose]) -> None:
    """Prints lines of prose for a person, each wrapped under its own margin."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for margin, style, text in lines:
        pieces = [(text, "")] if isinstance(text, str) else text
        line = Text.assemble(*((printable(piece), own) for piece, own in pieces), style=style)
        for part in line.wrap(console, max(_NARROWEST, console.width - margin)) or [Text()]:
            part.rstrip()
            console.print(Text(" " * margin).append_text(part), soft_wrap=True)


class Quoted(Protocol):
    """A sentence and where it stands; `by` says who wrote it where that is not the paper."""

    @property
    def paper_id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def year(self) -> int | None: ...

    @property
    def sentence(self) -> str: ...

    @property
    def statement(self) -> str: ...

    @property
    def by(self) -> str | None: ...


def quotes(sources: Iterable[Quoted], margin: int, *, limit: int | None = None, page: str = "") -> Iterator[Prose]:
    """Sentences with their papers for a person, what several documents of a paper say alike once.

    The page of a paper does not name that paper again.
    """
    groups: dict[tuple[str, str], list[Quoted]] = {}
    for source in sources:
        groups.setdefault((source.paper_id, source.sentence), []).append(source)
    for alike in list(groups.values())[:limit]:
        yield from _quote(alike, margin, page)
    if limit is not None and len(groups) > limit:
        yield margin, "dim", f"and {counted(len(groups) - limit, 'more sentence')}"


def _quote(alike: Sequence[Quoted], margin: int, page: str) -> Iterator[Prose]:
    source = alike[0]
    by = f" (summary by {source.by})" if source.by else ""
    if source.sentence:
        yield margin, "italic", f"“{source.sentence}”{by}"
    title = f"{source.title}{f' ({source.year})' if source.year else ''}"
    where = [] if source.paper_id == page else [title, source.paper_id]
    where += [each.statement for each in alike if each.statement]
    if where:
        yield margin + 2, "dim", " · ".join(where)


def say(message: str) -> None:
    """Tells the person something that is no data, on stderr."""
    click.echo(one_line(message), err=True)


def records(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> list[Row]:
    """Mappings as rows in the order of columns; what a mapping lacks is None."""
    return [[row.get(column) for column in columns] for row in rows]


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "paper"), counted(9021, "node")
    ('1 paper', '9,021 nodes')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def changes(report: Report) -> str:
    """What a write did to nodes and edges."""
    added = f"{counted(report.nodes_added, 'node')} and {counted(report.edges_added, 'edge')} added"
    return f"{added}, {report.nodes_removed:,} and {report.edges_removed:,} removed"
