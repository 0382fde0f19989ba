"""`kg search`: names, titles and abstracts that words find, best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from kg.cli.options import OneOf, Words, joined, json_option, opened, store_option
from kg.cli.output import Prose, counted, on_terminal, print_json, print_lines, print_rows, say

if TYPE_CHECKING:
    from kg.query.search import Found, Hit

_COLUMNS = ("id", "kind", "name", "papers", "year", "score", "where", "snippet")
_NAMES = ("name", "title")


def _kinds() -> Sequence[str]:
    from kg.query.search import KINDS

    return KINDS


@click.command()
@click.argument("words", nargs=-1, required=True, type=Words(), metavar="WORDS")
@click.option(
    "--kind", "kinds", multiple=True, type=OneOf("kind", _kinds), metavar="KIND", help="Only Method, Model … or Paper."
)
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="Print this many hits at most.")
@json_option
@store_option
def search(words: tuple[str, ...], kinds: tuple[str, ...], limit: int, as_json: bool, address: str) -> None:
    """Find names and papers by words.

    Looks through names, aliases, titles and abstracts; other spellings, mistakes and a last word that is only begun are
    understood. What is called so comes first. The first search after a change of the graph makes an index.
    """
    from kg.query.search import search as find

    text = joined(words)
    with opened(address) as store:
        found = find(store, text, kinds=kinds, limit=limit)
    _tell(found)
    if as_json:
        print_json([hit.model_dump(mode="json") for hit in found.hits])
    elif on_terminal():
        print_lines(line for number, hit in enumerate(found.hits, start=1) for line in _prose(number, hit))
    else:
        print_rows(_COLUMNS, [[getattr(hit, column) for column in _COLUMNS] for hit in found.hits])


def _tell(found: Found) -> None:
    """Says on stderr how the words were understood."""
    for written, read in found.corrected:
        say(f"{written!r} stands nowhere; taken as {read!r}")
    if found.unknown:
        say(f"stands nowhere: {', '.join(map(repr, found.unknown))}")


def _prose(number: int, hit: Hit) -> Iterator[Prose]:
    """A hit as a paragraph for a person, the words that were found in bold."""
    margin = len(f"{number}. ")
    count = hit.year if hit.papers is None else counted(hit.papers, "paper")
    yield 0, "bold", f"{number}. {hit.name}"
    yield margin, "dim", " · ".join(str(part) for part in (hit.kind, hit.id, count) if part)
    if hit.where not in _NAMES:
        yield margin, "", [("" if hit.where == "abstract" else f"{hit.where}: ", ""), *_marked(hit)]


def _marked(hit: Hit) -> Iterator[tuple[str, str]]:
    """The snippet in pieces, each with its style."""
    at = 0
    for start, end in hit.matches:
        yield hit.snippet[at:start], ""
        yield hit.snippet[start:end], "bold"
        at = end
    yield hit.snippet[at:], ""
